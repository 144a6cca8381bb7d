"""A bad entry costs that entry: it is reported with its line and its own text, and its neighbours are read. For every format."""

from __future__ import annotations

import json

import pytest

from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.dump import PARSERS, parse_dump

BROKEN = "SPOILT"  # stands in every bad entry, and is to stand in what is said about it


def lines(*entries):
    return "\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in entries) + "\n"


def array(*entries):
    return (
        "[\n"
        + ",\n".join(entry if isinstance(entry, str) else json.dumps(entry) for entry in entries)
        + "\n]\n"
    )


def arxiv(number, title):
    return {
        "id": f"2401.0000{number}",
        "title": title,
        "versions": [],
        "authors_parsed": [],
        "categories": "cs.CL",
    }


def openalex(number, title):
    return {"id": f"https://openalex.org/W{number}", "title": title, "authorships": []}


def scholar(number, title):
    return {"paperId": f"{number:040}", "externalIds": {}, "title": title}


def daily(number, title):
    return {
        "paper": {"id": f"2401.0000{number}", "title": title, "summary": "Text."},
        "publishedAt": "2024-01-02T00:00:00Z",
    }


def code(number, title):
    return {
        "paper_url": f"https://example.org/{number}",
        "arxiv_id": f"2401.0000{number}",
        "title": title,
        "abstract": "Text.",
    }


def link(number, title):
    return {
        "paper_url": f"https://example.org/{number}",
        "paper_title": title,
        "repo_url": f"https://example.org/code/{number}",
        "is_official": True,
    }


def csl(number, title):
    return {"id": str(number), "type": "article-journal", "title": title, "issued": {"date-parts": [[2020]]}}


ATOM = """\
<feed xmlns="http://www.w3.org/2005/Atom">
<entry><id>http://arxiv.org/abs/2401.00001v1</id><title>First</title><summary>A</summary></entry>
<entry><id>http://arxiv.org/abs/2401.00002v1</id><title></title><summary>SPOILT</summary></entry>
<entry><id>http://arxiv.org/abs/2401.00003v1</id><title>Last</title><summary>C</summary></entry>
</feed>
"""
ACL = """\
<collection id="2024.test"><volume id="1">
<paper id="1"><title>First</title></paper>
<paper id="2"><title></title><abstract>SPOILT</abstract></paper>
<paper id="3"><title>Last</title></paper>
</volume></collection>
"""
PAGE = """\
Daily Papers

Dec 9

First

The first text is long enough to be an abstract, as it has several sentences. It goes on like this for a while.

  • 3 authors
·
Mar 4

SPOILT

  • 4 authors
·
Mar 5

Last

The last text is long enough to be an abstract, as it has several sentences. It goes on like this for a while.

  • 5 authors
·
Mar 6
"""

# Format → a listing of three entries, the second of which cannot be read, and the line where that one begins.
BAD = {
    **{
        f"{name}, {what}": (text, line)
        for name, make in {
            "arxiv-snapshot": arxiv, "openalex": openalex, "semantic-scholar": scholar, "jsonl": lambda n, t: {"title": t, "year": 2020},
        }.items()
        for what, text, line in (
            ("broken", lines(make(1, "First"), json.dumps(make(2, BROKEN))[:-9] + BROKEN, make(3, "Last")), 2),
            ("no object", lines(make(1, "First"), f'["{BROKEN}"]', make(3, "Last")), 2),
            ("untitled", lines(make(1, "First"), {"note": BROKEN, **make(2, "")}, make(3, "Last")), 2),
        )
    },
    **{
        f"{name}, {what}": (text, line)
        for name, make in {
            "daily-papers-api": daily, "papers-with-code": code, "papers-with-code-links": link, "csl-json": csl,
        }.items()
        for what, text, line in (
            ("broken", array(make(1, "First"), json.dumps(make(2, BROKEN))[:-1] + f", {BROKEN}}}", make(3, "Last")), 3),
            ("no object", array(make(1, "First"), f'["{BROKEN}"]', make(3, "Last")), 3),
        )
    },
    "bibtex": ("@misc{a, title={First}}\n@misc{b, title={SPOILT, year=\n\n@misc{c, title={Last}}\n", 2),
    "bibtex, untitled": ("@misc{a, title={First}}\n@misc{b, note={SPOILT}}\n@misc{c, title={Last}}\n", 2),
    "ris": ("TY  - JOUR\nTI  - First\nER  - \nTY  - JOUR\nN1  - SPOILT\nTY  - JOUR\nTI  - Last\nER  - \n", 4),
    "arxiv-atom": (ATOM, 3),
    "acl-anthology": (ACL, 3),
}  # fmt: skip


@pytest.mark.parametrize("case", BAD)
def test_a_bad_entry_costs_that_entry(case):
    text, line = BAD[case]
    outcome = parse_dump(SourceFile("bad.txt", text.encode(), ""), DumpSource("*"))
    assert outcome.value.format == case.split(",")[0]
    assert [record.title for record in outcome.value.records] == ["First", "Last"]
    told = [problem for problem in outcome.diagnostics if problem.where.line == line]
    assert told, outcome.diagnostics
    assert any(BROKEN in problem.message for problem in told), told


def test_a_block_of_a_page_that_is_no_paper_costs_its_neighbours_nothing():
    outcome = parse_dump(SourceFile("bad.txt", PAGE.encode(), ""), DumpSource("*", "2025"))
    assert outcome.value.format == "daily-papers"
    # A page's titles are lines like any other: one without an abstract is a paper still.
    assert [record.title for record in outcome.value.records] == ["First", BROKEN, "Last"]
    assert outcome.diagnostics == ()


def test_every_format_is_among_these():
    assert {case.split(",")[0] for case in BAD} | {"daily-papers"} == set(PARSERS)
