import json
from pathlib import Path

from sitegen.model.record import Identifier, Link, Notice, PartialDate, Signal
from sitegen.parse.openalex import parse, recognises

SAMPLE = (Path(__file__).parent / "samples" / "openalex" / "works.json").read_text()
DAY = PartialDate(2025, 11)


def read(text):
    outcome = parse(text.encode(), "dumps/works.json", DAY)
    return outcome.value.records, outcome.diagnostics


def test_every_field_is_read():
    (first, _), problems = read(SAMPLE)
    assert problems == ()
    assert first.title == "Loops and Scarves"
    assert first.authors == ("Ada Wool", "Bo Needle")
    assert first.date == PartialDate(2024, 3, 1)
    assert first.venue == "Journal of Yarn"
    assert first.identifiers == (
        Identifier("doi", "10.1000/yarn.1"),
        Identifier("arxiv", "2403.00001", "2"),
        Identifier("openalex", "W100000001"),
        Identifier("pmid", "12345"),
    )
    assert first.links == (
        Link("page", "https://doi.org/10.1000/yarn.1"),
        Link("pdf", "https://arxiv.org/pdf/2403.00001v2"),
    )
    assert first.keywords == ("Knitting", "Textile Machines")
    assert first.signals == (Signal("citations", 0, DAY, "dumps/works.json"),)
    assert first.notices == (Notice("retracted", "", None, "dumps/works.json"),)
    assert first.where.line == 4


def test_the_abstract_is_put_together_from_its_words():
    assert [record.abstract for record in read(SAMPLE)[0]] == ["We knit scarves; We dance.", ""]


def test_a_repository_is_no_venue_and_what_is_absent_stays_so():
    (_, second), _ = read(SAMPLE)
    assert second.title == "Kettles"
    assert second.venue == ""
    assert second.date == PartialDate(2023)
    assert second.identifiers == (Identifier("arxiv", "2311.00002"), Identifier("openalex", "W100000002"))
    assert (second.signals, second.notices, second.authors) == ((), (), ())


def test_positions_beyond_measure_cost_no_memory():
    index = {"far": [10**12], "near": [0], "below": [-3]}
    work = {"id": "https://openalex.org/W1", "title": "A", "abstract_inverted_index": index}
    assert read(json.dumps(work))[0][0].abstract == "below near far"


def test_works_come_in_an_answer_an_array_a_line_each_or_alone():
    works = json.loads(SAMPLE)["results"]
    titles = [record.title for record in read(SAMPLE)[0]]
    for text in (json.dumps(works), "\n".join(map(json.dumps, works))):
        assert recognises(text)
        assert [record.title for record in read(text)[0]] == titles
    for text in (json.dumps(works[0]), json.dumps(works[0], indent=2)):
        assert recognises(text)
        assert [record.title for record in read(text)[0]] == titles[:1]
