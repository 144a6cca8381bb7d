"""Places of the content that contradict each other about one paper."""

from __future__ import annotations

import pytest

from sitegen.check import conflicting_facts
from sitegen.diagnostics import Span
from sitegen.model.record import Identifier, PartialDate, Record

_PICK = Span("content/collections/c.yaml", 4)
_FILE = Span("content/papers/x.yaml", 1)


def _record(where: Span, **facts) -> Record:
    return Record(where=where, title="Sparse Gates", curated=where.path.startswith("content/"), **facts)


def _two(site_of, left, right, where=_FILE):
    return conflicting_facts.check(site_of([_record(_PICK, **left), _record(where, **right)]))


@pytest.mark.parametrize(
    ("left", "right", "said"),
    [
        (
            {"date": PartialDate(2017, 6, 12)},
            {"date": PartialDate(2018, 1, 1)},
            "the date 2018-01-01 here, and 2017-06-12 in content/collections/c.yaml:4",
        ),
        ({"author_count": 8}, {"author_count": 9}, "the number of authors 9 here, and 8 in"),
        (
            {"identifiers": (Identifier("doi", "10.1145/x"),)},
            {"same_as": ("10.1145/x",), "identifiers": (Identifier("doi", "10.1145/y"),)},
            "the DOI 10.1145/y here, and 10.1145/x in",
        ),
    ],
)
def test_a_fact_in_which_two_places_differ_is_reported_with_both(site_of, left, right, said):
    (problem,) = _two(site_of, left, right)
    assert (problem.severity, problem.code, problem.where) == ("warning", "conflicting-facts", _FILE)
    assert said in problem.message


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ({"date": PartialDate(2017)}, {"date": PartialDate(2017, 6, 12)}),
        ({"date": PartialDate(2017)}, {"author_count": 8}),
        (
            {"identifiers": (Identifier("arxiv", "2401.00010", "1"),)},
            {"identifiers": (Identifier("arxiv", "2401.00010", "2"), Identifier("doi", "10.1145/y"))},
        ),
    ],
)
def test_what_completes_another_place_contradicts_nothing(site_of, left, right):
    assert _two(site_of, left, right) == ()


def test_content_may_contradict_a_source(site_of):
    facts = {"author_count": 8, "date": PartialDate(2017)}, {"author_count": 9, "date": PartialDate(2018)}
    assert _two(site_of, *facts, where=Span("dumps/d.txt", 1)) == ()
