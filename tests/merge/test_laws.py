"""Merging does not depend on order, on repetition, or on what else there is."""

from __future__ import annotations

from contextlib import AbstractContextManager
from unittest.mock import patch

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from sitegen.diagnostics import Span
from sitegen.merge import clusters, merge
from sitegen.model.record import Identifier, Link, PartialDate, Publication, Record
from sitegen.text.normal import title_key
from sitegen.text.slug import title_slug

_TITLES = [
    "Sparse Gates",
    "sparse gates",
    "$Sparse$ Gates",
    "Sparse Gates 2",
    "Deep Kernels at Work",
    "Editorial",
    "C++ at 1.5",
    "C plus plus @ 1 5",
    "Deep Kernels at Work: A Study",
    "DKs at Work",
    "?!",
    " ",
]
_IDENTIFIERS = [
    Identifier("arxiv", "2401.00010"),
    Identifier("arxiv", "2402.22222", "2"),
    Identifier("doi", "10.1/x"),
    Identifier("doi", "10.1/y"),
    Identifier("acl", "P19-1001"),
]
_LINKS = [
    Link("page", "https://a.example/1"),
    Link("pdf", "https://a.example/2"),
    Link("code", "https://github.com/a/b"),
]
_REFERENCES = ["Sparse Gates", "2401.00010", "deep-kernels-at-work", "https://a.example/1", "nothing like it"]


def _lists(items: list, size: int = 2) -> st.SearchStrategy:
    return st.lists(st.sampled_from(items), max_size=size, unique=True).map(tuple)


_listed = st.builds(
    Record,
    where=st.just(Span("")),
    title=st.sampled_from(_TITLES),
    authors=_lists(["Ada Lovelace", "Lovelace, A.", "Grace Hopper"]),
    date=st.none() | st.builds(PartialDate, st.sampled_from([2015, 2017, 2019, 2024])),
    identifiers=_lists(_IDENTIFIERS),
    links=_lists(_LINKS),
    abstract=st.sampled_from(["", "An abstract.", "Another abstract."]),
    venue=st.sampled_from(["", "ICML", "icml", "Journal of Gates", "arXiv"]),
    publication=st.builds(
        Publication,
        kind=st.sampled_from(["", "article", "paper", "thesis", "preprint"]),
        volume=st.sampled_from(["", "1", "2"]),
        pages=st.sampled_from(["", "1–9"]),
    ),
)
_curated = st.builds(
    lambda record, **said: replace(record, curated=True, **said),
    _listed,
    same_as=_lists(_REFERENCES, 1),
    not_same_as=_lists(_REFERENCES, 1),
    id=st.sampled_from(["", "", "mine", "sparse-gates"]),
)


def _placed(records: list[Record]) -> list[Record]:
    return [replace(record, where=Span("d.txt", line)) for line, record in enumerate(records, 1)]


_records = st.lists(_listed, max_size=7).map(_placed)
_claims = st.lists(_listed | _curated, max_size=7).map(_placed)


def _crowd(data: st.DataObject) -> AbstractContextManager[object]:
    """How many works are too many to be compared."""
    return patch.object(clusters, "_CROWD", data.draw(st.sampled_from([2, 3, 500])))


@settings(max_examples=150)
@given(st.data())
def test_the_order_of_the_records_changes_nothing(data):
    records = data.draw(_claims)
    shuffled = data.draw(st.permutations(records))
    with _crowd(data):
        assert merge(shuffled) == merge(records)


@given(
    st.permutations(
        [_placed([Record(where=Span(""), title=title)])[0] for title in ("\ud800", "a", "b", "b")]
    )
)
def test_records_that_claim_one_place_have_an_order_too(records):
    assert merge(records) == merge(records[::-1])


@settings(max_examples=100)
@given(_claims)
def test_merging_what_was_merged_changes_nothing(records):
    papers = merge(records).value
    again = merge(record for paper in papers for record in paper.records)
    assert again.value == papers


@settings(max_examples=100)
@given(st.lists(_claims, max_size=3))
def test_merging_what_was_merged_in_parts_is_merging_everything(parts):
    parts = [
        [replace(record, where=Span(f"{at}.txt", record.where.line)) for record in part]
        for at, part in enumerate(parts)
    ]
    apart = [record for part in parts for paper in merge(part).value for record in paper.records]
    assert merge(apart).value == merge(record for part in parts for record in part).value


@settings(max_examples=150)
@given(_claims)
def test_every_record_is_in_exactly_one_paper_and_ids_are_unique(records):
    papers = merge(records).value
    assert sorted(record.where for paper in papers for record in paper.records) == [r.where for r in records]
    assert len({paper.id for paper in papers}) == len(papers)
    assert [paper.id for paper in papers] == sorted(paper.id for paper in papers)
    aliases = [alias for paper in papers for alias in paper.aliases]
    assert len(set(aliases)) == len(aliases)
    assert not set(aliases) & {paper.id for paper in papers}


@settings(max_examples=150)
@given(_claims)
def test_a_papers_reasons_span_its_records(records):
    for paper in merge(records).value:
        reached = {0}
        for _ in paper.reasons:
            reached |= {n for r in paper.reasons if {r.left, r.right} & reached for n in (r.left, r.right)}
        assert reached == set(range(len(paper.records)))
        assert len(paper.reasons) == len(paper.records) - 1


@settings(max_examples=100)
@given(st.data())
def test_a_record_said_twice_adds_a_record_and_changes_nothing_else(data):
    telling = [record for record in data.draw(_records) if record.title not in {"Editorial", "?!", " "}]
    if not telling:
        return
    doubled = data.draw(st.sampled_from(telling))
    again = replace(doubled, where=Span("e.txt", 1))
    with _crowd(data):
        before, after = merge(telling).value, merge([*telling, again]).value
    bare = {"records": (), "provenance": (), "reasons": ()}
    assert [replace(paper, **bare) for paper in after] == [replace(paper, **bare) for paper in before]


_PIECES = ["a", "b ", "c", " plus ", "+", "#", " sharp ", "&", " and ", "1", "2", ".", " ", "-"]
_SPELLINGS = st.lists(st.sampled_from(_PIECES), max_size=8).map("".join)


@settings(max_examples=150)
@given(st.lists(_SPELLINGS | st.text(max_size=30), max_size=8), _SPELLINGS | st.text(max_size=30))
def test_a_paper_of_another_title_renames_none(titles, newcomer):
    records = [Record(where=Span("d.txt", line), title=title) for line, title in enumerate(titles, 1)]
    assume(title_key(newcomer) not in set(map(title_key, titles)))
    before = {paper.records: paper.id for paper in merge(records).value}
    added = {
        paper.records: paper.id
        for paper in merge([*records, Record(where=Span("a.txt", 1), title=newcomer)]).value
    }
    assert before.items() <= added.items()


@settings(max_examples=200)
@given(_SPELLINGS, _SPELLINGS)
def test_two_title_keys_have_two_slugs(one, other):
    assume(title_key(one) != title_key(other))
    assert title_slug(one) != title_slug(other)
