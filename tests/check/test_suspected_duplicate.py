"""Pairs that merging did not dare to unite."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.check.suspected_duplicate import check
from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.model.record import Identifier, PartialDate, Record

_TITLE = "Sparse Gates for Small Machines"
_OTHER = "Sparse Gates for Smal Machines"


def _record(line: int, title: str, **fields) -> Record:
    return Record(where=Span("d.txt", line), title=title, **fields)


@pytest.mark.parametrize(
    ("other", "reason"),
    [
        (_OTHER, "their titles are 98% alike"),
        (f"{_TITLE}: A Study", "their titles differ by a subtitle"),
    ],
)
def test_titles_that_nearly_agree_are_reported_at_the_later_place(site_of, other, reason):
    (problem,) = check(site_of([_record(3, other), _record(1, _TITLE)]))
    assert (problem.severity, problem.code, problem.where) == (
        "warning",
        "suspected-duplicate",
        Span("d.txt", 3),
    )
    assert problem.message.endswith(reason)
    assert "d.txt:1" in problem.message


def test_one_abstract_under_two_titles_is_reported(site_of):
    abstract = "Gates decide which part of a machine works, and few of them are open at a time. " * 3
    (problem,) = check(
        site_of([_record(1, _TITLE, abstract=abstract), _record(2, "Doors", abstract=abstract)])
    )
    assert problem.message.endswith("their abstracts begin alike")


@pytest.mark.parametrize("field", ["same_as", "not_same_as"])
def test_the_line_in_the_hint_settles_it(site_of, field):
    records = [_record(1, _TITLE), _record(2, _OTHER)]
    hint = check(site_of(records))[0].hint
    assert "`- {paper: sparse-gates-for-smal-machines, same_as: [sparse-gates-for-small-machines]}`" in hint
    said = Record(where=Span("p.yaml", 1), curated=True, title="", names="sparse-gates-for-smal-machines")
    settled = [*records, replace(said, **{field: ("sparse-gates-for-small-machines",)})]
    assert merge(settled).diagnostics == ()
    assert check(site_of(settled)) == ()


def test_what_speaks_for_and_against_stands_beside_the_reason(site_of):
    records = [
        _record(1, _TITLE, authors=("Ada Lovelace",), date=PartialDate(2020), venue="ICML"),
        _record(2, _OTHER, authors=("Ada Lovelace",), date=PartialDate(2021), venue="NeurIPS"),
    ]
    (problem,) = check(site_of(records))
    assert problem.message.endswith(
        "their titles are 98% alike, 1 of their authors are the same; but they are of 2020 and 2021; "
        "but they appeared at ICML and NeurIPS"
    )


def test_equal_titles_that_merging_kept_apart_by_years_are_not_worth_a_look(site_of):
    assert (
        check(
            site_of([_record(1, _TITLE, date=PartialDate(2001)), _record(2, _TITLE, date=PartialDate(2020))])
        )
        == ()
    )


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (_record(1, "Scaling Laws, Part I"), _record(2, "Scaling Laws, Part II")),
        (_record(1, "Sparse Gates VL 1.5 Report"), _record(2, "Sparse Gates VL 2 Report")),
        (_record(1, _TITLE, authors=("A. Lovelace",)), _record(2, _OTHER, authors=("G. Hopper",))),
        (
            _record(1, _TITLE, identifiers=(Identifier("arxiv", "2401.00010"),)),
            _record(2, _OTHER, identifiers=(Identifier("arxiv", "2401.00011"),)),
        ),
        (_record(1, _TITLE, date=PartialDate(2001)), _record(2, _OTHER, date=PartialDate(2020))),
        (_record(1, "Foo: A Study"), _record(2, "Foo: Another View of Everything")),
    ],
)
def test_works_that_something_tells_apart_are_no_suspects(site_of, one, other):
    assert check(site_of([one, other])) == ()
