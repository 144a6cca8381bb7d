"""Every entry of every list is a paper that we have."""

from __future__ import annotations

import pytest

from sitegen.curate import curate
from sitegen.diagnostics import Outcome, Span
from sitegen.merge import merge
from sitegen.model.collection import Collection, Pick, Section
from sitegen.model.free_page import FreePage
from sitegen.model.library import Library
from sitegen.model.record import Identifier, Link, PartialDate, Record
from sitegen.model.settings import Settings

_GATES = Record(
    where=Span("d.jsonl", 1),
    title="Sparse Gates for $N^2$ Machines",
    identifiers=(Identifier("arxiv", "2401.00010"), Identifier("doi", "10.1145/1.2")),
    links=(Link("page", "https://p.example/1"), Link("code", "https://github.com/a/b")),
    date=PartialDate(2024),
)
_KERNELS = Record(where=Span("d.jsonl", 2), title="Deep Kernels in Practice")
_GATES_ID = "sparse-gates-for-n2-machines"


def _pick(paper: str, line: int = 5, **fields) -> Pick:
    return Pick(paper=paper, where=Span("content/collections/c.yaml", line, 5, len(paper)), **fields)


def _collection(*picks: Pick, path: str = "content/collections/c.yaml", **fields) -> Collection:
    fields = {"id": "c", "title": "C", "sections": (Section(picks=picks),), **fields}
    return Collection(where=Span(path, 1), **fields)


def _curated(
    *collections: Collection, records: tuple[Record, ...] = (_GATES, _KERNELS), pages=()
) -> Outcome[Library]:
    return curate(Settings(title="T"), merge(records).value, collections, (), pages)


def _entries(outcome: Outcome[Library]) -> list[str]:
    return [entry.paper.id for entry in outcome.value.lists[0].entries]


@pytest.mark.parametrize(
    "reference",
    [
        _GATES_ID,
        "2401.00010",
        "arxiv:2401.00010v2",
        "https://arxiv.org/pdf/2401.00010",
        "10.1145/1.2",
        "https://doi.org/10.1145/1.2",
        "https://p.example/1/",
        "https://github.com/A/b.git",
        "sparse gates for N^2 machines",
    ],
)
def test_a_pick_names_its_paper_in_any_way(reference):
    outcome = _curated(_collection(_pick(reference)))
    assert outcome.diagnostics == ()
    assert _entries(outcome) == [_GATES_ID]


def test_a_pick_finds_its_paper_by_a_title_that_lost_the_merge():
    renamed = Record(where=Span("z.txt", 1), title="Gates, First Draft", identifiers=_GATES.identifiers[:1])
    assert _entries(_curated(_collection(_pick("gates: first draft")), records=(_GATES, renamed))) == [
        _GATES_ID
    ]


def test_a_pick_that_names_no_paper_is_left_out_and_reported():
    outcome = _curated(
        _collection(_pick("Sparse Gate for N^2 Machine", 7), _pick("Deep Kernels in Practice", 8))
    )
    assert _entries(outcome) == ["deep-kernels-in-practice"]
    (problem,) = outcome.diagnostics
    assert (problem.severity, problem.code) == ("error", "unknown-paper")
    assert problem.where == Span("content/collections/c.yaml", 7, 5, 27)
    assert problem.hint == "did you mean 'Sparse Gates for $N^2$ Machines'?"


def test_a_mistyped_id_is_told_the_id():
    outcome = _curated(_collection(_pick("deep-kernel-in-practise")))
    assert outcome.diagnostics[0].hint == "did you mean 'deep-kernels-in-practice'?"


def test_words_of_a_title_are_told_the_title():
    outcome = _curated(_collection(_pick("Kernels")))
    assert outcome.diagnostics[0].hint == "did you mean 'Deep Kernels in Practice'?"


@pytest.mark.parametrize(
    ("reference", "definition"),
    [
        ("2401.99999", "{title: …, arxiv: 2401.99999}"),
        ("arXiv:2401.99999v3", "{title: …, arxiv: 2401.99999}"),
        ("https://arxiv.org/abs/2401.99999", "{title: …, arxiv: 2401.99999}"),
        ("10.1145/1.99", "{title: …, doi: 10.1145/1.99}"),
        ("https://q.example/2", "{title: …, links: {page: https://q.example/2}}"),
        ("Quokka", "{title: …, arxiv: …}"),
    ],
)
def test_a_pick_that_is_like_no_paper_is_told_how_to_describe_it(reference, definition):
    outcome = _curated(_collection(_pick(reference)))
    assert outcome.diagnostics[0].hint == f"no dump has it; describe it here: paper: {definition}"


def test_a_title_that_two_papers_bear_lists_both():
    twin = Record(
        where=Span("d.jsonl", 9), title="Deep Kernels in Practice", identifiers=(Identifier("doi", "10.1/x"),)
    )
    other = Record(
        where=Span("d.jsonl", 10),
        title="Deep Kernels in Practice",
        identifiers=(Identifier("doi", "10.1/y"),),
    )
    outcome = _curated(_collection(_pick("Deep kernels in practice")), records=(twin, other))
    assert _entries(outcome) == []
    (problem,) = outcome.diagnostics
    assert (problem.severity, problem.code) == ("error", "ambiguous-paper")
    assert "d.jsonl:9" in problem.message
    assert "d.jsonl:10" in problem.message


def test_a_paper_picked_twice_stays_where_it_was_first():
    outcome = _curated(_collection(_pick("2401.00010", 5, note="a"), _pick("10.1145/1.2", 6, note="b")))
    assert [entry.note for entry in outcome.value.lists[0].entries] == ["a"]
    (problem,) = outcome.diagnostics
    assert (problem.severity, problem.code, problem.where.line) == ("warning", "duplicate-pick", 6)
    assert "line 5" in problem.message


def test_a_paper_defined_in_place_is_the_one_it_merged_into():
    definition = Record(
        where=Span("content/collections/c.yaml", 5), title="Deep kernels in practice", curated=True
    )
    pick = _pick(definition.title, definition=definition)
    outcome = _curated(_collection(pick), records=(_GATES, _KERNELS, definition))
    assert outcome.diagnostics == ()
    assert [len(entry.paper.records) for entry in outcome.value.lists[0].entries] == [2]


def test_an_entry_keeps_all_that_its_pick_says():
    pick = _pick(
        "2401.00010", note="n", tags=("B", "a"), status="read", rating=4, start_here=True, added="2026-01-02"
    )
    (entry,) = _curated(_collection(pick)).value.lists[0].entries
    assert (entry.note, entry.tags, entry.status, entry.rating) == ("n", ("b", "a"), "read", 4)
    assert (entry.start_here, entry.added) == (True, "2026-01-02")


def test_fragments_are_unique_within_a_list():
    sections = tuple(Section(title=title) for title in ("", "Papers", "The Same", "the same!", ""))
    (reading_list,) = _curated(_collection(sections=sections)).value.lists
    assert len({part.id for part in reading_list.parts}) == len(sections)
    assert reading_list.parts[2].id == "section-the-same"


def test_a_section_never_has_the_fragment_of_a_paper():
    (reading_list,) = _curated(_collection(sections=(Section(title="Paper foo"),))).value.lists
    assert not reading_list.parts[0].id.startswith("paper-")


@pytest.mark.parametrize(
    ("written", "added", "updated"),
    [("2026-05-01", "2026-11-21", "2026-05-01"), ("", "2026-11-21", "2026-11-21"), ("", "", "")],
)
def test_a_list_is_as_new_as_it_says_or_as_its_newest_pick(written, added, updated):
    picks = (_pick("2401.00010", added=added), _pick("Deep Kernels in Practice", added=""))
    assert _curated(_collection(*picks, updated=written)).value.lists[0].updated == updated


def test_lists_stand_by_weight_then_title():
    collections = [
        _collection(id=name, path=f"{name}.yaml", title=title, weight=weight)
        for name, title, weight in (("a", "Zoo", 0), ("b", "Ape", 0), ("c", "Ant", 5), ("d", "Yak", -1))
    ]
    assert [one.id for one in _curated(*collections).value.lists] == ["d", "b", "a", "c"]


def test_two_files_that_claim_one_id_are_an_error_that_names_both():
    outcome = _curated(_collection(path="c.yaml"), _collection(path="C.yml", id="C"))
    assert len(outcome.value.lists) == 1
    (problem,) = outcome.diagnostics
    assert (problem.severity, problem.code) == ("error", "duplicate-collection")
    assert {problem.where.path, *problem.message.split()} >= {"c.yaml", "C.yml"}


def test_free_pages_stand_by_title_and_share_no_id():
    pages = [
        FreePage(id=i, where=Span(f"{n}.md", 1), title=t, text="")
        for n, (i, t) in enumerate([("b", "Z"), ("a", "Y"), ("a", "X")])
    ]
    outcome = _curated(pages=pages)
    assert [page.title for page in outcome.value.pages] == ["X", "Z"]
    assert [(d.code, d.where.path) for d in outcome.diagnostics] == [("duplicate-page", "1.md")]


def test_free_pages_stand_by_folder_then_order_each_folder_beginning_with_its_index():
    def page(name: str, order: int = 0) -> FreePage:
        return FreePage(id=name, where=Span(f"content/pages/{name}.md", 1), title=name, text="", order=order)

    pages = [page("docs/b"), page("docs/z", -1), page("about"), page("docs/index", 9), page("docs/a")]
    found = curate(Settings(title="x"), (), (), (), pages).value.pages
    assert [each.id for each in found] == ["about", "docs/index", "docs/z", "docs/a", "docs/b"]
