import gzip
import json
import lzma

import msgspec
import pytest

from sitegen.build.theme import read_theme
from sitegen.liken import liken
from sitegen.model.record import PartialDate
from sitegen.model.source import SourceFile
from sitegen.plan.context import Context
from sitegen.plan.map import address_of, plan_map
from sitegen.text.slug import slug


@pytest.fixture
def shelf(make_site, make_paper, make_list, make_tag):
    """Two subjects of eight papers each; the second has a list, and both share a tag."""

    def make(count=16, **settings):
        papers = [
            make_paper(
                slug(title := f"{_SUBJECTS[n % 2].split()[0]} and a matter no. {n}"),
                title=title,
                abstract=f"{_SUBJECTS[n % 2]} number{n % 5}.",
                date=PartialDate(2020 + n % 7) if n else None,
                tags=("common",) if n < 6 else (),
            )
            for n in range(count)
        ]
        lists = [make_list(*papers[1::2], name="walking", title="Walking")] if count > 1 else []
        return liken(make_site(papers, lists=lists, tags=[make_tag("common")], **settings))

    return make


_SUBJECTS = (
    "Speech recognition spoken words acoustic phonemes transcribed",
    "Walking robots legged gait balance terrain torque",
)


@pytest.fixture
def planned(texts):
    def planned(site):
        pages = {page.url: page for page in plan_map(Context(site, texts))}
        return pages["map.html"].view, msgspec.to_builtins(pages["map.json"].view)

    return planned


def test_few_papers_make_no_map(shelf, texts):
    assert list(plan_map(Context(shelf(11), texts))) == []
    assert len(list(plan_map(Context(shelf(12), texts)))) == 2


def test_where_likeness_is_switched_off_nothing_leads_to_a_map(shelf, texts):
    site = shelf()
    settings = msgspec.structs.replace(site.library.settings, related=False)
    library = msgspec.structs.replace(site.library, settings=settings)
    site = msgspec.structs.replace(site, library=library)
    context = Context(site, texts)
    assert list(plan_map(context)) == []
    assert "map.html" not in {item.url for item in context.frame.footer}
    assert "map.html" in {item.url for item in Context(shelf(), texts).frame.footer}


def test_the_data_holds_every_paper_at_its_place_and_its_id_in_what_the_title_does_not_say(shelf, planned):
    site = shelf()
    _, data = planned(site)
    assert len(data["titles"]) == len(data["x"]) == len(data["y"]) == 16
    assert min(data["x"]) == min(data["y"]) == 0
    assert max(data["x"]) == max(data["y"]) == 4095
    ids = [_id(title, difference) for title, difference in zip(data["titles"], data["ids"], strict=True)]
    assert ids == [spot.paper_id for spot in site.map]
    assert set(data["ids"]) == {""}


@pytest.mark.parametrize(
    "title", ["Ünïcode & more", "A " + "very " * 30 + "long title", "$x^2$: 5% of C++", "日本", "CON", "a--b"]
)
def test_any_id_comes_back_from_its_title_and_the_difference(make_paper, shelf, planned, title):
    site = shelf()
    odd = make_paper(slug(title), title=title, abstract="Walking robots legged gait balance.")
    library = msgspec.structs.replace(
        site.library, papers=tuple(sorted((*site.library.papers, odd), key=lambda p: p.id))
    )
    _, data = planned(liken(msgspec.structs.replace(site, library=library)))
    at = [spot.paper_id for spot in liken(msgspec.structs.replace(site, library=library)).map].index(odd.id)
    assert _id(data["titles"][at], data["ids"][at]) == slug(title)


def _id(title, difference):
    same, _, rest = difference.partition(":")
    return address_of(title)[: int(same)] + rest if same else address_of(title)


def test_layers_are_collections_tags_and_years_and_their_papers_are_found_again(shelf, planned):
    site = shelf()
    view, data = planned(site)
    assert [way.name for way in view.ways] == ["lists", "tags", "years"]
    [walking] = view.ways[0].layers
    assert (walking.label, walking.url, len(walking.papers)) == ("Walking", "collections/walking.html", 8)
    ids = [spot.paper_id for spot in site.map]
    for way in view.ways:
        for layer, steps in zip(way.layers, data["layers"][way.name], strict=True):
            numbers = [sum(steps[: n + 1]) for n in range(len(steps))]
            assert {ids[n] for n in numbers} == set(layer.papers)


def test_every_paper_is_in_the_legend_once_or_among_the_others(shelf, planned):
    view, _ = planned(shelf())
    for way in view.ways:
        assert len(frozenset().union(*(entry.layer.papers for entry in way.legend))) + way.others == 16
        assert len(way.legend) <= 8


def test_the_five_newest_years_have_shades(shelf, planned):
    view, _ = planned(shelf())
    years = view.ways[2]
    assert [entry.layer.label for entry in years.legend] == ["2026", "2025", "2024", "2023", "2022"]
    assert years.colours == "age"


def test_lines_lead_to_the_three_that_are_most_like_a_paper(shelf, planned):
    site = shelf()
    _, data = planned(site)
    ids = [spot.paper_id for spot in site.map]
    for at, kin in enumerate(data["kin"]):
        assert [ids[n] for n in kin] == [each.paper_id for each in site.related[ids[at]][:3]]


def test_the_list_names_every_paper_of_a_short_list_and_only_the_middle_of_a_long_one(shelf, planned):
    view, _ = planned(shelf())
    assert sum(len(region.central) + len(region.outer) for region in view.regions) == 16
    assert [region.others for region in view.regions] == [0] * len(view.regions)
    view, _ = planned(shelf(410))
    assert all(len(region.central) <= 5 and not region.outer for region in view.regions)
    assert sum(len(region.central) + region.others for region in view.regions) == 410


def test_a_thousand_papers_fit_into_sixty_kilobytes(real_papers, make_paper, make_site, planned):
    with lzma.open(real_papers, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for _, line in zip(range(1000), lines, strict=False)]
    papers = {
        slug(each["title"]): make_paper(
            slug(each["title"]),
            title=each["title"],
            abstract=each["abstract"],
            date=PartialDate(int(each["year"])) if each["year"] else None,
        )
        for each in found
    }
    _, data = planned(liken(make_site(papers.values())))
    assert len(gzip.compress(msgspec.json.encode(data), 9)) <= 60 * 1024


def test_what_the_page_adds_to_the_theme_stays_within_its_budget(root):
    """As published: without comments and indentation."""
    home = root / "templates"
    files = tuple(
        SourceFile(f"default/{file.relative_to(home).as_posix()}", file.read_bytes(), digest="")
        for file in sorted((home / "assets").rglob("*"))
        if file.is_file()
    )
    _, assets = read_theme(files)
    packed = {name: len(gzip.compress(data, 9)) for name, (_, data) in assets.items()}
    assert packed["js/map.js"] <= 5 * 1024
    assert packed["css/map.css"] + packed["css/site.css"] <= 8 * 1024
