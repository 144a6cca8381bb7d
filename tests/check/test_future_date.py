"""Days that curators wrote and that have not come."""

from __future__ import annotations

import pytest

from sitegen.check.future_date import future_dates
from sitegen.diagnostics import Span
from sitegen.model.collection import Collection, Pick, Section
from sitegen.model.record import PartialDate, Record
from sitegen.model.source import SourceFile

TODAY = "2026-11-21"
PATH = "content/collections/a.yaml"


def told(site_of, *, added="", updated="", paper=None, text="", curated=True):
    record = Record(where=Span(PATH, 7), curated=curated, title="A Theory", date=paper)
    pick = Pick(paper="A Theory", where=Span(PATH, 3), added=added)
    collection = Collection(
        id="a", where=Span(PATH), title="A", updated=updated, sections=(Section(picks=(pick,)),)
    )
    sources = {PATH: SourceFile(PATH, text.encode(), "")}
    return future_dates(site_of([record], [collection]), sources, TODAY)


def test_a_pick_added_in_a_year_to_come_is_shown_at_its_line(site_of):
    text = "title: A\npicks:\n  - paper: A Theory\n    added: 2062-11-21\n"
    (problem,) = told(site_of, added="2062-11-21", text=text)
    assert (problem.severity, problem.code) == ("warning", "future-date")
    assert problem.message == "2062-11-21 is not here yet"
    assert problem.where == Span(PATH, 4, 12, 10)


def test_a_lists_day_of_change_is_looked_at_too(site_of):
    (problem,) = told(site_of, added="2026-11-20", updated="2027-01-01", text='{"updated": "2027-01-01"}')
    assert problem.where == Span(PATH, 1, 14, 10)


def test_a_day_that_is_written_in_another_way_is_reported_for_its_file(site_of):
    (problem,) = told(site_of, added="2062-01-02", text="added: !!str\n  2062-01-02\n")
    assert problem.where == Span(PATH)


@pytest.mark.parametrize("added", ["", "2026-11-20", "2026-11-21"])
def test_a_day_that_has_come_is_fine(site_of, added):
    assert told(site_of, added=added) == ()


def test_a_paper_far_ahead_is_reported_at_its_record(site_of):
    (problem,) = told(site_of, paper=PartialDate(2062, 3))
    assert problem.message == "the paper is dated 2062-03, after the next year"
    assert problem.where == Span(PATH, 7)


def test_a_paper_that_is_to_appear_is_fine(site_of):
    assert told(site_of, paper=PartialDate(2027, 5)) == ()
    assert told(site_of, paper=PartialDate(2027)) == ()


def test_what_a_listing_says_is_not_the_curators_to_mend(site_of):
    assert told(site_of, paper=PartialDate(2062), curated=False) == ()
