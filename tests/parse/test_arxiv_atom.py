from pathlib import Path

import pytest

from sitegen.model.record import Identifier, Link, Notice, PartialDate
from sitegen.parse.arxiv_atom import parse, recognises

SAMPLE = (Path(__file__).parent / "samples" / "arxiv_atom" / "query.xml").read_text()


def read(text):
    outcome = parse(text.encode(), "dumps/query.xml", None)
    return outcome.value.records, outcome.diagnostics


def test_every_field_is_read():
    (first, second), problems = read(SAMPLE)
    assert problems == ()
    assert first.title == "Loops and Scarves & $n^2$ Knots"
    assert first.abstract == r"We knit scarves of 72\% wool: https://github.com/wool-lab/loops."
    assert first.authors == ("Ada Wool", "The Yarn Collaboration")
    assert first.date == PartialDate(2024, 3, 1)
    assert first.venue == "J. Yarn 3 (2024) 14"
    assert first.identifiers == (Identifier("arxiv", "2403.00001", "2"), Identifier("doi", "10.1000/yarn.1"))
    assert first.links == (
        Link("page", "http://arxiv.org/abs/2403.00001v2"),
        Link("pdf", "http://arxiv.org/pdf/2403.00001v2"),
        Link("code", "https://github.com/wool-lab/loops"),
        Link("other", "https://wool.example/p"),
    )
    assert first.keywords == ("cs.CL", "cs.LG")
    assert first.notices == (Notice("revised", "v2", PartialDate(2024, 5, 9), "dumps/query.xml"),)
    assert second.identifiers == (Identifier("arxiv", "math/0309136", "1"),)
    assert second.notices == (Notice("withdrawn", second.abstract, None, "dumps/query.xml"),)
    assert [record.where.line for record in (first, second)] == [9, 33]


def test_an_error_that_arxiv_answers_with_is_no_paper():
    records, problems = read(
        '<feed xmlns="http://www.w3.org/2005/Atom"><entry><id>http://arxiv.org/api/errors#incorrect_id_format</id>'
        "<title>Error</title><summary>incorrect id format for 1234</summary></entry></feed>"
    )
    assert records == ()
    assert [(problem.code, "incorrect id format" in problem.message) for problem in problems] == [
        ("listing-error", True)
    ]


@pytest.mark.parametrize(
    "entry",
    [
        "<entry><title>Broken</entry>",
        "<entry><title>a & b</title></entry>",
        "<entry><title>&nbsp;</title></entry>",
        "<entry><title>never ends",
        "<entry><arxiv:doi>no such namespace</arxiv:doi></entry>",
    ],
)
def test_a_bad_entry_costs_that_entry(entry):
    begin = SAMPLE.index("  <entry>", 500)
    text = SAMPLE[:begin] + entry + "\n" + SAMPLE[begin:]
    records, problems = read(text)
    assert len(records) == 2
    assert [problem.code for problem in problems] == ["bad-xml"]
    assert problems[0].where.line in {33, 34}
    assert entry[:20] in problems[0].message


def test_a_download_that_breaks_off_keeps_the_entries_before():
    records, problems = read(SAMPLE[: SAMPLE.index("A Kettle") + 3])
    assert [record.title for record in records] == ["Loops and Scarves & $n^2$ Knots"]
    assert [(problem.code, problem.where.line) for problem in problems] == [("bad-xml", 36)]


def test_controls_are_replaced_and_counted():
    records, problems = read(SAMPLE.replace("A Kettle", "A\x08 Kettle"))
    assert records[1].title == "A\N{REPLACEMENT CHARACTER} Kettle"
    assert [problem.code for problem in problems] == ["control-characters"]


def test_an_encoding_that_the_file_claims_is_ignored_because_it_was_decoded_before():
    for encoding in ("iso-8859-1", "utf-16", "no-such-thing"):
        assert read(SAMPLE.replace("UTF-8", encoding).replace("Ada", "Zoë"))[0][0].authors[0] == "Zoë Wool"


def test_entities_are_refused():
    records, problems = read(SAMPLE.replace("<feed", '<!DOCTYPE feed [<!ENTITY a "aaaa">]>\n<feed', 1))
    assert records == ()
    assert [problem.code for problem in problems] == ["xml-entities"]


def test_prefixes_are_as_good_as_none():
    text = (
        '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:entry><a:id>http://arxiv.org/abs/2403.00001</a:id>'
        "<a:title>Loops</a:title></a:entry></a:feed>"
    )
    assert recognises(text)
    assert [record.title for record in read(text)[0]] == ["Loops"]


def test_a_feed_of_something_else_is_not_recognised():
    assert recognises(SAMPLE)
    assert not recognises('<feed xmlns="http://www.w3.org/2005/Atom"><title>A blog</title></feed>')
