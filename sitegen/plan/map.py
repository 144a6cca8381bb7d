"""The map: every paper at its place by likeness, as data to draw, and as a list that says the same."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, partial
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.likeness import MAP_SIZE
from sitegen.model.page import Page
from sitegen.plan.card import paper_url
from sitegen.plan.frame import Frame, Head, has_map
from sitegen.text.digest import digest_of
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sitegen.model.likeness import Related
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site
    from sitegen.plan.card import TagLink
    from sitegen.plan.context import Context

_URL = "map.html"
_COLOURS = 8  # as many as eyes tell apart in a legend
_YEARS = 5  # shades
_TAGS = 60  # to choose from, the most used
_FEWEST = 2  # papers of a tag or list that is worth looking for on the map
_KIN = 3  # lines from a paper to those that are most like it
_LISTED = 400  # papers that the list names one by one; beyond it, only those in the middle of each region
_CENTRAL = 5


class Layer(msgspec.Struct, frozen=True, gc=False):
    """A collection, a tag or a year, as the map can show it."""

    label: str
    url: str  # of its own page; names the layer in the map's address, too
    papers: frozenset[str]  # ids


class Coloured(msgspec.Struct, frozen=True, gc=False):
    """A layer of the legend."""

    layer: Layer
    at: int  # its position among all


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One way to colour the map."""

    name: str
    layers: tuple[Layer, ...]  # in the order in which a reader chooses one
    legend: tuple[Coloured, ...]  # in the order of the colours; of a paper's, the last one counts
    colours: str  # their classes, without the number
    others: int  # papers without a colour
    told: bool  # beside the title of a paper


class Place(msgspec.Struct, frozen=True, gc=False):
    title: str  # TeX, as the source wrote it
    url: str


class Neighbourhood(msgspec.Struct, frozen=True):
    """A region of the map, as a part of the list."""

    words: tuple[str, ...]
    central: tuple[Place, ...]  # from its middle outwards
    outer: tuple[Place, ...]  # going on outwards
    others: int  # papers that are not named


class MapView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    papers: int
    ways: tuple[Way, ...]  # the first at first
    regions: tuple[Neighbourhood, ...]


class MapData(msgspec.Struct, frozen=True, kw_only=True):
    """`map.json`: one member of each list per paper, in the order of their ids."""

    titles: list[str]
    ids: list[str]  # "" where the title makes the id (see `address_of`), else how the id differs from that
    x: list[int]
    y: list[int]
    kin: list[list[int]]
    layers: dict[str, list[list[int]]]  # papers of each: the first, then the steps to the next ones
    regions: list[tuple[int, int, str]]  # x, y, name; the largest first


def plan_map(context: Context) -> Iterator[Page]:
    """`map.html` and `map.json`, where there are papers enough to make a map."""
    if not has_map(context.site):
        return
    ways = cache(partial(_ways, context))  # of which one of many builds has a need
    head = context.head(
        _URL,
        context.texts("map.title"),
        context.texts("map.about", n=len(context.library.papers)),
        section="statistics.html",
    )
    made_of = context.lasting("map", _key(context), bytes, lambda: digest_of(list(_told(context, ways()))))
    told = context.fingerprints.of((), head, made_of)
    view = partial(_view, context, ways, head)
    yield Page(_URL, "html", "map.html", view, modified="", alike=True, fingerprint=told)
    yield Page("map.json", "json", "", partial(_data, context.site, ways), alike=True, fingerprint=told)


def _key(context: Context) -> bytes:
    """Of all that has a say in `_told`, or b""."""
    site, library = context.site, context.library
    if not site.of_likeness or not library.of_papers:
        return b""
    lists = [(each.id, each.title, [entry.paper.id for entry in each.entries]) for each in library.lists]
    tags = [(tag.id, tag.label, tag.parent) for tag in library.tags.values()]
    return digest_of((site.of_likeness, library.of_papers, lists, tags))


def _ways(context: Context) -> tuple[Way, ...]:
    return tuple(way for way in (_collections(context), _tags(context), _years(context)) if way.layers)


def _told(context: Context, ways: Iterable[Way]) -> Iterator[object]:
    """All that the two are made of."""
    site, digest = context.site, context.fingerprints.digest
    yield [digest(way, _way_in_full) for way in ways]
    yield digest(site.map), digest(site.regions), digest(site.related, _closest_kin)
    yield [paper.title for paper in site.library.papers]


def _way_in_full(way: Way) -> object:
    layers = [(layer.label, layer.url, sorted(layer.papers)) for layer in way.layers]
    return way.name, layers, [entry.at for entry in way.legend], way.colours, way.others, way.told


def _closest_kin(related: Mapping[str, tuple[Related, ...]]) -> object:
    return [(paper, [each.paper_id for each in kin[:_KIN]]) for paper, kin in related.items()]


def address_of(title: str) -> str:
    """What a title makes of itself in an address; `map.js` does the same.

    >>> address_of("UL2: Unifying (Language) Learning")
    'ul2-unifying-language-learning'
    """
    return _NEITHER.sub("-", title).strip("-").lower()


_NEITHER = re.compile(r"[^A-Za-z0-9]+")


def _collections(context: Context) -> Way:
    related = context.site.related
    shared = context.recall(
        "lists of kin", related, lambda: Counter(each for kin in _closest(related) for each in kin.lists)
    )
    groups = {
        each.id: Layer(each.title, f"collections/{each.id}.html", _ids(entry.paper for entry in each.entries))
        for each in context.library.lists
    }
    return _way(context.site, "lists", *_coloured(groups, shared), told=True)


def _tags(context: Context) -> Way:
    site, links = context.site, context.tag_links
    key = (site.by_tag, site.children, site.related, site.map, links)
    return context.recall("tags on the map", key, lambda: _by_tag(site, links))


def _by_tag(site: Site, links: Mapping[str, TagLink]) -> Way:
    # A tag with others below it is about nearly everything.
    shared = Counter(
        each
        for kin in _closest(site.related)
        for each in kin.tags
        if each in site.by_tag and not site.children.get(each)
    )
    used = sorted(site.by_tag, key=lambda tag: (-len(site.by_tag[tag]), tag))[:_TAGS]
    groups = {
        tag: Layer(links[tag].label, links[tag].url, _ids(site.by_tag[tag]))
        for tag in sorted(used, key=lambda tag: (links[tag].label.casefold(), tag))
    }
    return _way(site, "tags", *_coloured(groups, shared))


def _years(context: Context) -> Way:
    site = context.site
    return context.recall("years on the map", (site.by_year, site.map), lambda: _by_year(site))


def _by_year(site: Site) -> Way:
    by_year = site.by_year
    layers = tuple(Layer(str(year), f"years/{year}.html", _ids(papers)) for year, papers in by_year.items())
    shades = tuple(range(len(layers)))[:_YEARS]
    return _way(site, "years", layers if len(layers) > 1 else (), shades, colours="age", told=True)


def _closest(related: Mapping[str, tuple[Related, ...]]) -> Iterator[Related]:
    return (first for kin in related.values() for first in kin[:1])


def _ids(papers: Iterable[Paper]) -> frozenset[str]:
    return frozenset(paper.id for paper in papers)


def _way(
    site: Site,
    name: str,
    layers: tuple[Layer, ...],
    coloured: Sequence[int],
    *,
    colours: str = "hue",
    told: bool = False,
) -> Way:
    legend = tuple(Coloured(layers[at], at) for at in coloured) if layers else ()
    seen = frozenset[str]().union(*(entry.layer.papers for entry in legend))
    others = len(site.map) - len(seen)
    return Way(name=name, layers=layers, legend=legend, colours=colours, others=others, told=told)


def _coloured(groups: dict[str, Layer], shared: Counter[str]) -> tuple[tuple[Layer, ...], list[int]]:
    """The groups that are worth looking for, and the positions of those that have colours.

    Colours go to the groups that most papers share with the paper that is most like them: these lie together on the
    map, where a colour shows something. The largest of them comes first, so that the smallest counts.
    """
    kept = {group: layer for group, layer in groups.items() if len(layer.papers) >= _FEWEST}
    names = list(kept)
    best = sorted(names, key=lambda group: (-shared[group], -len(kept[group].papers), group))
    coloured = sorted(best[:_COLOURS], key=lambda group: (-len(kept[group].papers), group))
    return tuple(kept.values()), [names.index(group) for group in coloured]


def _view(context: Context, ways: Callable[[], tuple[Way, ...]], head: Head) -> MapView:
    site = context.site
    return MapView(
        frame=context.frame,
        head=head,
        papers=len(site.map),
        ways=ways(),
        regions=tuple(_neighbourhoods(context)),
    )


def _neighbourhoods(context: Context) -> Iterator[Neighbourhood]:
    site = context.site
    members: list[list[tuple[int, str]]] = [[] for _ in site.regions]
    middles = [(region.x, region.y) for region in site.regions]
    for paper, x, y in site.map if middles else ():
        distances = [(x - to_x) ** 2 + (y - to_y) ** 2 for to_x, to_y in middles]
        nearest = min(distances)
        members[distances.index(nearest)].append((nearest, paper))
    named = None if len(site.map) <= _LISTED else _CENTRAL
    for region, papers in zip(site.regions, members, strict=True):
        shown = [context.papers[paper] for _, paper in sorted(papers)[:named]]
        places = tuple(Place(paper.title, paper_url(paper)) for paper in shown)
        if places:
            others = len(papers) - len(places)
            yield Neighbourhood(region.words, places[:_CENTRAL], places[_CENTRAL:], others)


def _data(site: Site, ways: Callable[[], tuple[Way, ...]]) -> MapData:
    number = {spot.paper_id: at for at, spot in enumerate(site.map)}
    papers = {paper.id: paper for paper in site.library.papers}
    across, down = _fitting(spot.x for spot in site.map), _fitting(spot.y for spot in site.map)
    titles = [plain(papers[spot.paper_id].title) for spot in site.map]
    return MapData(
        titles=titles,
        ids=[_difference(title, spot.paper_id) for title, spot in zip(titles, site.map, strict=True)],
        x=[across(spot.x) for spot in site.map],
        y=[down(spot.y) for spot in site.map],
        kin=[
            [number[kin.paper_id] for kin in site.related.get(spot.paper_id, ())[:_KIN]] for spot in site.map
        ],
        layers={
            way.name: [_steps(number[paper] for paper in layer.papers) for layer in way.layers]
            for way in ways()
        },
        regions=[(across(region.x), down(region.y), " · ".join(region.words[:2])) for region in site.regions],
    )


def _fitting(coordinates: Iterable[int]) -> Callable[[int], int]:
    """Spreads them over all of the map: directions mean nothing, so each may be as long as there is room."""
    values = tuple(coordinates)
    first, span = min(values), max(max(values) - min(values), 1)
    return lambda value: (value - first) * (MAP_SIZE - 1) // span


def _difference(title: str, paper_id: str) -> str:
    """How many characters of the title's own address the id begins with, and what follows them."""
    made = address_of(title)
    if made == paper_id:
        return ""
    same = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(made, paper_id, strict=False)))
    return f"{same}:{paper_id[same:]}"


def _steps(numbers: Iterable[int]) -> list[int]:
    """Small numbers pack well."""
    ordered = sorted(numbers)
    return [*ordered[:1], *(after - before for before, after in pairwise(ordered))]
