import json
from pathlib import Path

import pytest

from sitegen.model.record import Identifier, Link, Notice, PartialDate, Signal
from sitegen.parse.csl_json import parse, recognises

SAMPLES = Path(__file__).parent / "samples" / "csl_json"
ZOTERO = (SAMPLES / "zotero.json").read_text()
CROSSREF = (SAMPLES / "crossref.json").read_text()


def read(text):
    outcome = parse(text.encode(), "dumps/csl.json", PartialDate(2025))
    return outcome.value.records, outcome.diagnostics


def one(**fields):
    (record,), problems = read(json.dumps([{"type": "article", "title": "A Title", **fields}]))
    return record, problems


def test_items_of_zotero_are_read():
    (first, second, third), problems = read(ZOTERO)
    assert problems == ()
    assert first.title == "Loops and H2O & Scarves"
    assert first.abstract == "We knit where 1 < 2."
    assert first.authors == ("Ada Wool", "Jan van der Berg Jr.", "Yarn Collaboration", "山田太郎")
    assert first.date == PartialDate(2024, 3, 1)
    assert first.venue == "Journal of Yarn"
    assert first.identifiers == (Identifier("doi", "10.1000/yarn.1"),)
    assert first.links == (Link("page", "https://doi.org/10.1000/yarn.1"),)
    assert first.keywords == ("knitting", "wool")
    assert (second.date, second.identifiers) == (PartialDate(2023, 11), (Identifier("arxiv", "2311.00002"),))
    assert (third.date, third.identifiers) == (
        PartialDate(2003, 9, 8),
        (Identifier("arxiv", "math/0309136"),),
    )


def test_works_of_crossref_are_read():
    (work,), problems = read(CROSSREF)
    assert problems == ()
    assert work.title == "Loops and Scarves"
    assert work.abstract == "We knit. We dance."
    assert work.authors == ("Ada Wool", "Yarn Collaboration")
    assert work.date == PartialDate(2024, 3)
    assert work.venue == "Journal of Yarn"
    assert work.links == (
        Link("page", "https://doi.org/10.1000/yarn.1"),
        Link("pdf", "https://yarn.example/1.pdf"),
    )
    assert work.signals == (Signal("citations", 12, PartialDate(2025), "dumps/csl.json"),)
    assert work.notices == (Notice("retracted", "", PartialDate(2025, 1, 2), "dumps/csl.json"),)


@pytest.mark.parametrize(
    ("issued", "date"),
    [
        ({"date-parts": [[2024]]}, PartialDate(2024)),
        ({"date-parts": [["2024", "03"]]}, PartialDate(2024, 3)),
        ({"date-parts": [[2024, 3, 1], [2024, 4, 1]]}, PartialDate(2024, 3, 1)),
        ({"date-parts": [[None]]}, None),
        ({"date-parts": []}, None),
        ({"raw": "2024-03"}, PartialDate(2024, 3)),
        ("2024-03-01", PartialDate(2024, 3, 1)),
        (None, None),
    ],
)
def test_every_way_to_write_a_date_is_read(issued, date):
    record, problems = one(issued=issued)
    assert record.date == date
    assert problems == ()


@pytest.mark.parametrize("issued", [{"date-parts": [[2024, 13]]}, {"literal": "spring"}, {"date-parts": [["x"]]}, "soon"])  # fmt: skip
def test_a_date_that_does_not_exist_is_reported(issued):
    record, problems = one(issued=issued)
    assert record.date is None
    assert [problem.code for problem in problems] == ["bad-date"]


def test_an_item_is_not_taken_for_plain_json():
    assert recognises(ZOTERO)
    assert recognises(CROSSREF)
    assert not recognises('{"title": "A", "type": "paper", "authors": ["B"]}')
    assert not recognises('[{"title": "A", "author": []}]')
