"""A curator has the last word."""

from __future__ import annotations

import pytest

from sitegen.diagnostics import Diagnostic, Outcome, Span
from sitegen.merge import merge
from sitegen.model.paper import Paper
from sitegen.model.record import Identifier, Link, PartialDate, Record

_TITLE = "Sparse Gates for Small Machines"
_FULL = Record(
    where=Span("dump.jsonl", 1),
    title=_TITLE,
    identifiers=(Identifier("arxiv", "2401.00010"), Identifier("doi", "10.1145/1.2")),
    links=(Link("page", "https://proceedings.example.org/one.html"),),
    date=PartialDate(2024),
)
_OTHER = Record(where=Span("dump.jsonl", 2), title="Deep Kernels in Practice", date=PartialDate(2024))


def _said(line: int = 1, title: str = "", **fields) -> Record:
    return Record(where=Span("content/papers/a.yaml", line), curated=True, title=title, **fields)


def _lines(outcome: Outcome[tuple[Paper, ...]]) -> list[list[tuple[str, int]]]:
    return sorted([(r.where.path[0], r.where.line) for r in paper.records] for paper in outcome.value)


def _codes(problems: tuple[Diagnostic, ...]) -> list[tuple[str, str]]:
    return [(problem.severity, problem.code) for problem in problems]


@pytest.mark.parametrize(
    "reference",
    [
        "sparse-gates-for-small-machines",
        "2401.00010",
        "arXiv:2401.00010v3",
        "https://arxiv.org/abs/2401.00010",
        "10.1145/1.2",
        "https://doi.org/10.1145/1.2",
        "http://proceedings.example.org/one.html#abstract",
        "sparse gates for small machines",
    ],
)
def test_an_addition_joins_the_paper_that_it_names_in_any_way(reference):
    outcome = merge([_FULL, _OTHER, _said(names=reference, tags=("gates",))])
    assert outcome.diagnostics == ()
    assert _lines(outcome) == [[("c", 1), ("d", 1)], [("d", 2)]]
    paper = next(paper for paper in outcome.value if paper.tags)
    assert (paper.id, paper.title, paper.tags) == ("sparse-gates-for-small-machines", _TITLE, ("gates",))
    assert paper.aliases == ()
    assert [(reason.rule, reason.evidence) for reason in paper.reasons] == [("named", reference)]


def test_an_addition_to_an_unknown_paper_is_left_out_and_reported():
    outcome = merge([_FULL, _said(7, names="Sparse Gatez for Small Machine")])
    assert _lines(outcome) == [[("d", 1)]]
    (problem,) = outcome.diagnostics
    assert (problem.severity, problem.code, problem.where.line) == ("error", "unknown-paper", 7)
    assert problem.hint == f"did you mean '{_TITLE}'?"


def test_an_addition_that_could_mean_two_papers_names_both():
    late = Record(where=Span("dump.jsonl", 9), title=_TITLE, date=PartialDate(1999))
    outcome = merge([_FULL, late, _said(names=_TITLE)])
    problem = next(d for d in outcome.diagnostics if d.severity == "error")
    assert problem.code == "ambiguous-paper"
    assert "dump.jsonl:1" in problem.message
    assert "dump.jsonl:9" in problem.message


def test_an_addition_can_name_one_of_two_by_its_id():
    late = Record(where=Span("dump.jsonl", 9), title=_TITLE, date=PartialDate(1999))
    for paper in merge([_FULL, late]).value:
        outcome = merge([_FULL, late, _said(names=paper.id, tags=("x",))])
        assert [tagged.id for tagged in outcome.value if tagged.tags] == [paper.id]


def test_an_identifier_that_an_addition_brings_joins_what_has_it():
    twin = Record(
        where=Span("dump.txt", 3), title="Renamed Gates", identifiers=(Identifier("acl", "P19-1001"),)
    )
    outcome = merge([_FULL, twin, _said(names=_TITLE, identifiers=(Identifier("acl", "P19-1001"),))])
    assert _lines(outcome) == [[("c", 1), ("d", 1), ("d", 3)]]


def test_an_addition_whose_identifier_contradicts_its_paper_is_reported():
    outcome = merge([_FULL, _said(names=_TITLE, identifiers=(Identifier("arxiv", "1111.11111"),))])
    assert _codes(outcome.diagnostics) == [("warning", "merge-conflict")]
    assert "2401.00010" in outcome.diagnostics[0].message


def test_same_as_unites_what_nothing_else_would():
    outcome = merge([_FULL, _OTHER, _said(names="deep-kernels-in-practice", same_as=("2401.00010",))])
    assert outcome.diagnostics == ()
    (paper,) = outcome.value
    assert sorted(reason.rule for reason in paper.reasons) == ["named", "same_as"]


def test_same_as_overrules_the_guards():
    late = _said(3, title=_TITLE, date=PartialDate(1999), same_as=(_TITLE,))
    assert len(merge([_FULL, late]).value) == 1


def test_not_same_as_parts_what_a_title_would_unite():
    outcome = merge([_FULL, _said(title=_TITLE, not_same_as=("2401.00010",))])
    assert _lines(outcome) == [[("c", 1)], [("d", 1)]]


def test_not_same_as_parts_what_an_identifier_would_unite():
    own = _said(
        title="Another", identifiers=_FULL.identifiers[:1], not_same_as=("sparse-gates-for-small-machines",)
    )
    assert len(merge([_FULL, own]).value) == 2


def test_an_addition_speaks_for_its_paper_when_it_says_not_same_as():
    twin = Record(where=Span("dump.txt", 3), title=_TITLE, identifiers=(Identifier("acl", "P19-1001"),))
    outcome = merge([_FULL, twin, _said(names="10.1145/1.2", not_same_as=("P19-1001",))])
    assert _lines(outcome) == [[("c", 1), ("d", 1)], [("d", 3)]]


def test_same_as_against_not_same_as_is_an_error():
    outcome = merge([_FULL, _said(title=_TITLE, same_as=("2401.00010",), not_same_as=("2401.00010",))])
    assert ("error", "contradiction") in _codes(outcome.diagnostics)


@pytest.mark.parametrize("field", ["same_as", "not_same_as"])
def test_an_overruling_that_names_nothing_is_an_error(field):
    outcome = merge([_FULL, _said(title="Mine", **{field: ("9999.99999",)})])
    assert _codes(outcome.diagnostics) == [("error", "unknown-paper")]
    assert len(outcome.value) == 2


def test_not_same_as_itself_is_an_error():
    outcome = merge([_said(title=_TITLE, not_same_as=(_TITLE,))])
    assert _codes(outcome.diagnostics) == [("error", "unknown-paper")]
