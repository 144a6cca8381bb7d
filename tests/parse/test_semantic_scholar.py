from pathlib import Path

from sitegen.model.record import Identifier, Link, PartialDate, Signal
from sitegen.parse.semantic_scholar import parse, recognises

SAMPLE = (Path(__file__).parent / "samples" / "semantic_scholar" / "search.json").read_text()


def read(text):
    outcome = parse(text.encode(), "dumps/s2.json", None)
    return outcome.value.records, outcome.diagnostics


def test_every_field_is_read():
    (first, second), problems = read(SAMPLE)
    assert problems == ()
    assert first.title == "Loops and Scarves"
    assert first.authors == ("Ada Wool", "Bo Needle")
    assert first.date == PartialDate(2024, 3, 1)
    assert first.venue == "Journal of Yarn"
    assert first.identifiers == (
        Identifier("arxiv", "2403.00001"),
        Identifier("doi", "10.1000/yarn.1"),
        Identifier("acl", "2024.yarn-long.1"),
        Identifier("pmid", "12345"),
        Identifier("s2", "ab00000000000000000000000000000000000001"),
    )
    assert first.links == (
        Link("page", "https://www.semanticscholar.org/paper/ab00000000000000000000000000000000000001"),
        Link("pdf", "https://yarn.example/1.pdf"),
        Link("code", "https://github.com/wool-lab/loops"),
    )
    assert first.keywords == ("Computer Science",)
    assert first.signals == (Signal("citations", 12, None, "dumps/s2.json"),)
    assert (second.date, second.venue, second.links, second.signals) == (PartialDate(2023), "TeaConf", (), ())


def test_a_summary_by_a_machine_is_no_abstract():
    assert read('{"paperId": "ab", "title": "A", "tldr": {"text": "Short."}}')[0][0].abstract == ""


def test_papers_are_recognised_by_their_id():
    assert recognises(SAMPLE)
    assert not recognises('[{"id": "a", "title": "A"}]')
