import json
from pathlib import Path

import pytest

from sitegen.model.record import Identifier, Link, Notice, PartialDate
from sitegen.parse.arxiv_snapshot import parse, recognises

SAMPLE = (Path(__file__).parent / "samples" / "arxiv_snapshot" / "snapshot.jsonl").read_text()


def read(text):
    outcome = parse(text.encode(), "dumps/arxiv.json", None)
    return outcome.value.records, outcome.diagnostics


def one(**fields):
    (record,), problems = read(json.dumps({"id": "0704.0001", "title": "A Title", **fields}))
    return record, problems


def test_every_field_is_read():
    (first, second), problems = read(SAMPLE)
    assert problems == ()
    assert first.title == "Loops and Scarves"
    assert first.abstract == "We knit scarves of $n^2$ loops."
    assert first.authors == ("A. Wool", "B. Needé", "C. van Kettle Jr.", "the Yarn Collaboration")
    assert first.venue == "J.Yarn 3:14,2008"
    assert first.identifiers == (
        Identifier("arxiv", "0704.0001", "2"),
        Identifier("doi", "10.1000/yarn.3"),
        Identifier("doi", "10.1000/yarn.4"),
    )
    assert first.links == (Link("other", "https://wool.example/patterns"),)
    assert first.keywords == ("cs.CL", "stat.ML")
    assert second.identifiers == (Identifier("arxiv", "math/0309136", "1"),)
    assert second.authors == ("Dee Leaf", "Eve Pot", "Fay Lid")


def test_the_date_is_that_of_the_first_version_and_never_of_the_last_change():
    (first, second), _ = read(SAMPLE)
    assert (first.date, second.date) == (PartialDate(2007, 4, 2), PartialDate(2003, 9, 8))
    assert one(update_date="2008-11-26")[0].date is None


def test_a_withdrawn_paper_carries_the_notice():
    (first, second), _ = read(SAMPLE)
    assert first.notices == (Notice("revised", "v2", PartialDate(2007, 7, 24), "dumps/arxiv.json"),)
    assert second.notices == (Notice("withdrawn", second.abstract, None, "dumps/arxiv.json"),)


@pytest.mark.parametrize(
    "comment", ["This paper has been withdrawn", "Withdrawn by the authors", "The submission was withdrawn."]
)
def test_a_withdrawal_may_be_told_in_the_comment(comment):
    assert one(comments=comment)[0].notices[0].text == comment


@pytest.mark.parametrize(
    "comment", ["withdrawn users", "Money that was withdrawn", "We study withdrawn papers. The rest is new"]
)
def test_the_word_alone_is_no_withdrawal(comment):
    assert one(comments=comment, abstract=comment)[0].notices == ()


@pytest.mark.parametrize("created", ["yesterday", "Mon, 31 Feb 2007 19:18:42 GMT", "Mon, 2 Foo 2007"])
def test_a_date_that_is_none_is_reported(created):
    record, problems = one(versions=[{"version": "v1", "created": created}])
    assert record.date is None
    assert [problem.code for problem in problems] == ["bad-date"]


def test_lines_are_recognised_by_what_only_arxiv_has():
    assert recognises(SAMPLE)
    assert not recognises('{"id": "1", "title": "A", "authors": "B"}')
