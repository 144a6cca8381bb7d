"""Library → Site: who is under which tag and year, and in which lists. Every order here is decided."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TYPE_CHECKING

from sitegen.model.recall import Recall, make_anew
from sitegen.model.site import Appearance, Site
from sitegen.text.normal import fold, title_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sitegen.model.library import Library
    from sitegen.model.paper import Paper
    from sitegen.model.tag import Tag

_RELATED_TAGS = 12


def relate(library: Library, *, recall: Recall = make_anew) -> Site:
    """The library with its indices. Papers stand newest first everywhere; undated ones last, never first.

    What only papers and the order of tags have a say in comes from `recall`.
    """
    tags = library.tags
    order = [(tag.id, tag.label, tag.parent) for tag in tags.values()]
    newest, dates = recall("newest", library.papers, lambda: _newest(library.papers))
    by_tag = recall("by tag", (newest, order), lambda: _by_tag(newest, tags))
    appearances = _appearances(library)
    papers = {entry.paper.id: entry.paper for each in library.lists for entry in each.entries}
    return Site(
        library=library,
        by_tag=by_tag,
        by_year=recall("by year", newest, lambda: _by_year(newest)),
        undated=recall("undated", newest, lambda: _undated(newest)),
        newest=newest,
        children=_children(tags),
        related_tags=recall("related tags", (newest, order), lambda: _related_tags(by_tag, tags)),
        appearances=appearances,
        since=dates | {paper: _since(papers[paper], places) for paper, places in appearances.items()},
    )


def _newest(papers: Iterable[Paper]) -> tuple[tuple[Paper, ...], dict[str, str]]:
    """Newest first; and the dates by id, "" where there is none."""
    newest = tuple(sorted(papers, key=attrgetter("recency")))
    iso = cache(attrgetter("iso"))  # there are far fewer days than papers
    return newest, {paper.id: iso(paper.date) if paper.date else "" for paper in newest}


def _undated(newest: Iterable[Paper]) -> tuple[Paper, ...]:
    undated = (paper for paper in newest if paper.date is None)
    return tuple(sorted(undated, key=lambda paper: (title_key(paper.title), paper.id)))


def _since(paper: Paper, appearances: Sequence[Appearance]) -> str:
    """The day on which the paper was last added to a list, else its own date, else its lists' last update, else ""."""
    return (
        max((place.entry.added for place in appearances), default="")
        or (paper.date.iso if paper.date else "")
        or max((place.list.updated for place in appearances), default="")
    )


def _by_tag(newest: Sequence[Paper], tags: Mapping[str, Tag]) -> dict[str, tuple[Paper, ...]]:
    """Every tag of the library, also those without papers; a paper is under its tags and all tags above them."""
    lines = {tag: _line(tag, tags) for tag in tags}
    index: dict[str, list[Paper]] = {tag: [] for tag in tags}
    for paper in newest:
        own = paper.tags
        if len(own) == 1:
            above: Sequence[str] = lines[own[0]]
        else:
            above = list(dict.fromkeys(tag for key in own for tag in lines[key]))
        for tag in above:
            index[tag].append(paper)
    return {tag: tuple(index[tag]) for tag in sorted(index)}


def _line(tag: str, tags: Mapping[str, Tag]) -> tuple[str, ...]:
    """The tag and every tag above it."""
    line = [tag]
    while (parent := tags[line[-1]].parent) in tags and parent not in line:
        line.append(parent)
    return tuple(line)


def _by_year(newest: Sequence[Paper]) -> dict[int, tuple[Paper, ...]]:
    dated = [(paper.date.year, paper) for paper in newest if paper.date is not None]
    return {
        year: tuple([paper for _, paper in of_year]) for year, of_year in groupby(dated, key=itemgetter(0))
    }


def _children(tags: Mapping[str, Tag]) -> dict[str, tuple[str, ...]]:
    below: dict[str, list[str]] = {tag: [] for tag in sorted(tags)}
    for tag in sorted(tags.values(), key=lambda tag: (fold(tag.label), tag.id)):
        if tag.parent in below:
            below[tag.parent].append(tag.id)
    return {tag: tuple(children) for tag, children in below.items() if children}


def _related_tags(
    by_tag: Mapping[str, tuple[Paper, ...]], tags: Mapping[str, Tag]
) -> dict[str, tuple[tuple[str, int], ...]]:
    """Tags that papers share, at most twelve each, without those above or below: these are shown as such."""
    lines = {tag: frozenset(_line(tag, tags)) for tag in tags}
    related = {}
    for tag, papers in by_tag.items():
        shared = Counter(other for paper in papers for other in paper.tags)
        ranked = sorted(
            (
                (other, count)
                for other, count in shared.items()
                if other not in lines[tag] and tag not in lines[other]
            ),
            key=lambda pair: (-pair[1], pair[0]),
        )
        related[tag] = tuple(ranked[:_RELATED_TAGS])
    return related


def _appearances(library: Library) -> dict[str, tuple[Appearance, ...]]:
    places: dict[str, list[Appearance]] = {}
    for reading_list in library.lists:
        entries = [(part.id, entry) for part in reading_list.parts for entry in part.entries]
        for i, (part, entry) in enumerate(entries):
            appearance = Appearance(
                list=reading_list,
                part_id=part,
                entry=entry,
                position=i + 1,
                previous=entries[i - 1][1].paper if i else None,
                next=entries[i + 1][1].paper if i + 1 < len(entries) else None,
            )
            places.setdefault(entry.paper.id, []).append(appearance)
    return {paper: tuple(places[paper]) for paper in sorted(places)}
