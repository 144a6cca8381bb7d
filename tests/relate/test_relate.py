"""Who is under which tag and year, and in which lists, in a decided order."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Span
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import Paper
from sitegen.model.record import PartialDate
from sitegen.model.settings import Settings
from sitegen.model.site import Site
from sitegen.model.tag import Tag
from sitegen.relate import relate


def _paper(name: str, date: tuple[int, ...] = (), tags: tuple[str, ...] = ()) -> Paper:
    return Paper(id=name, title=name.title(), date=PartialDate(*date) if date else None, tags=tags)


def _tag(name: str, parent: str = "", label: str = "") -> Tag:
    return Tag(id=name, label=label or name, where=Span("tags.yaml", 1), parent=parent)


def _site(*papers: Paper, tags: tuple[Tag, ...] = (), lists: tuple[ReadingList, ...] = ()) -> Site:
    known = {tag.id: tag for tag in tags}
    return relate(Library(settings=Settings(title="T"), papers=papers, lists=lists, tags=known, pages=()))


def _ids(papers: tuple[Paper, ...]) -> list[str]:
    return [paper.id for paper in papers]


def test_newest_first_vague_dates_after_precise_ones_undated_last():
    site = _site(
        _paper("undated"),
        _paper("year", (2024,)),
        _paper("month", (2024, 3)),
        _paper("early", (2024, 3, 1)),
        _paper("late", (2024, 3, 9)),
        _paper("old", (1998, 12, 31)),
        _paper("also-early", (2024, 3, 1)),
    )
    assert _ids(site.newest) == ["late", "also-early", "early", "month", "year", "old", "undated"]


def test_years_stand_newest_first_and_undated_papers_by_title():
    site = _site(
        _paper("b"), _paper("x", (2001, 1)), _paper("y", (2003,)), _paper("a"), _paper("z", (2001, 2))
    )
    assert {year: _ids(papers) for year, papers in site.by_year.items()} == {2003: ["y"], 2001: ["z", "x"]}
    assert list(site.by_year) == [2003, 2001]
    assert _ids(site.undated) == ["a", "b"]


def test_a_tag_holds_its_childrens_papers_each_once():
    tags = (_tag("language"), _tag("llm", "language"), _tag("small", "llm"), _tag("unused"))
    site = _site(
        _paper("one", (2020,), ("llm", "small")),
        _paper("two", (2021,), ("small",)),
        _paper("three", (2022,), ("language",)),
        tags=tags,
    )
    assert {tag: _ids(papers) for tag, papers in site.by_tag.items()} == {
        "language": ["three", "two", "one"],
        "llm": ["two", "one"],
        "small": ["two", "one"],
        "unused": [],
    }


def test_children_stand_by_label():
    tags = (_tag("top"), _tag("a", "top", "Zebra"), _tag("b", "top", "ämter"), _tag("c", "top", "Boat"))
    assert _site(tags=tags).children == {"top": ("b", "c", "a")}


def test_related_tags_share_papers_most_first_and_are_no_relatives():
    tags = (_tag("top"), _tag("a", "top"), _tag("b"), _tag("c"))
    site = _site(
        _paper("1", tags=("a", "b")),
        _paper("2", tags=("a", "c")),
        _paper("3", tags=("a", "c", "top")),
        tags=tags,
    )
    assert site.related_tags["a"] == (("c", 2), ("b", 1))
    assert site.related_tags["top"] == (("c", 2), ("b", 1))


def test_a_paper_knows_its_places_and_its_neighbours_across_sections():
    one, two, three = _paper("one"), _paper("two"), _paper("three")
    parts = (
        Part(id="p", entries=(Entry(paper=one), Entry(paper=two))),
        Part(id="q", entries=(Entry(paper=three),)),
    )
    first = ReadingList(id="f", path="f.yaml", title="F", parts=parts)
    second = ReadingList(id="s", path="s.yaml", title="S", parts=(Part(id="p", entries=(Entry(paper=two),)),))
    places = _site(one, three, two, lists=(first, second)).appearances
    assert list(places) == ["one", "three", "two"]
    middle, alone = places["two"]
    assert (middle.list.id, middle.part_id, middle.position, middle.previous, middle.next) == (
        "f",
        "p",
        2,
        one,
        three,
    )
    assert (alone.list.id, alone.position, alone.previous, alone.next) == ("s", 1, None, None)
    assert (places["one"][0].previous, places["three"][0].next) == (None, None)


@given(
    st.permutations(
        [_paper("a", (2020,), ("t",)), _paper("b", (2020,), ("t", "u")), _paper("c"), _paper("d", (2021, 5))]
    )
)
def test_the_order_of_the_papers_changes_no_index(papers):
    tags = (_tag("t"), _tag("u"))
    one, other = _site(*papers, tags=tags), _site(*sorted(papers, key=lambda p: p.id), tags=tags)
    assert (one.newest, one.undated, list(one.by_year.items())) == (
        other.newest,
        other.undated,
        list(other.by_year.items()),
    )
    assert (list(one.by_tag.items()), one.related_tags) == (list(other.by_tag.items()), other.related_tags)
