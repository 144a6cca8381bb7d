import json
from pathlib import Path

import pytest

from sitegen.model.record import Identifier, Link, Organization, PartialDate, Signal
from sitegen.parse.daily_papers_api import parse, recognises

SAMPLE = (Path(__file__).parent / "samples" / "daily_papers_api" / "day.json").read_text()
DAY = PartialDate(2025, 11, 20)


def read(text, captured=DAY):
    outcome = parse(text.encode(), "dumps/day.json", captured)
    return outcome.value.records, outcome.diagnostics


def test_every_field_is_read():
    (first, second), problems = read(SAMPLE)
    assert problems == ()
    assert first.title == "Loops and Scarves: Knitting by Machine"
    assert first.abstract == "We knit. The scarves are at https://github.com/wool-lab/scarves."
    assert first.authors == ("Ada Wool", "Bo Needle")
    assert first.organizations == (Organization("The Wool Lab", "wool-lab"),)
    assert first.identifiers == (Identifier("arxiv", "2511.00001"),)
    assert first.links == (
        Link("code", "https://github.com/wool-lab/loops"),
        Link("project", "https://wool-lab.github.io/loops"),
        Link("code", "https://github.com/wool-lab/scarves"),
    )
    assert first.keywords == ("knitting", "yarn")
    assert [record.where.line for record in (first, second)] == [2, 25]


def test_the_date_is_the_paper_s_and_never_the_day_of_the_listing():
    (first, second), _ = read(SAMPLE)
    assert first.date == PartialDate(2025, 11, 3)
    assert second.date is None


def test_counts_carry_the_day_of_capture_and_what_is_absent_is_not_zero():
    (first, second), _ = read(SAMPLE)
    assert first.signals == (
        Signal("comments", 3, DAY, "dumps/day.json"),
        Signal("upvotes", 0, DAY, "dumps/day.json"),
        Signal("stars", 12, DAY, "dumps/day.json"),
    )
    assert second.signals == ()
    assert {signal.day for signal in read(SAMPLE, None)[0][0].signals} == {None}


@pytest.mark.parametrize("field", ["id", "authors", "publishedAt", "upvotes", "summary", "githubRepo", "organization", "ai_keywords"])  # fmt: skip
def test_a_field_of_a_wrong_type_is_reported_and_the_entry_is_a_record(field):
    day = json.loads(SAMPLE)
    day[0]["paper"][field] = 7.5
    records, problems = read(json.dumps(day))
    assert [record.title for record in records] == ["Loops and Scarves: Knitting by Machine", "Kettles"]
    assert [(problem.code, problem.where.line) for problem in problems] == [("wrong-type", 1)]
    assert f"`paper.{field}`" in problems[0].message
    assert records[0].keywords == (("knitting", "yarn") if field != "ai_keywords" else ())


def test_one_author_of_a_wrong_type_costs_that_author():
    day = json.loads(SAMPLE)
    day[0]["paper"]["authors"][:0] = ["Cy Kettle"]
    records, problems = read(json.dumps(day))
    assert records[0].authors == ("Ada Wool", "Bo Needle")
    assert ["`paper.authors[0]`" in problem.message for problem in problems] == [True]


def test_entries_are_recognised_by_the_paper_within():
    assert recognises(SAMPLE)
    assert not recognises('[{"paper": "A Title", "title": "x"}]')
    assert not recognises('{"title": "A", "id": "2511.00001"}')
