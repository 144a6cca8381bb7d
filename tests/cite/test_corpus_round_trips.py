"""10,000 real papers written as BibTeX, RIS and CSL-JSON, and read back by our own importers: the same papers."""

from __future__ import annotations

import lzma

import pytest

from sitegen.merge import merge
from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.dump import parse_dump
from sitegen.render.cite.citation import citation
from sitegen.text.tex import plain


@pytest.fixture(scope="module")
def papers(real_papers):
    text = lzma.decompress(real_papers.read_bytes())
    dump = parse_dump(SourceFile("papers.jsonl", text, ""), DumpSource("*")).value
    assert len(dump.records) == 10_000
    return merge(dump.records).value


@pytest.mark.parametrize("name", ["bibtex", "ris", "csl-json"])
def test_real_papers_come_back_as_they_were(papers, exported, name):
    outcome = parse_dump(SourceFile(f"papers.{name}", exported(name, papers), ""), DumpSource("*"))
    assert outcome.value.format == name
    assert not [problem for problem in outcome.diagnostics if problem.code != "hidden-characters"]
    assert len(outcome.value.records) == len(papers)
    wrong = [
        (paper.id, field, was, came)
        for paper, record in zip(papers, outcome.value.records, strict=True)
        for field, was, came in _compared(paper, record)
        if was != came
    ]
    assert not wrong


def _compared(paper, record):
    cited = citation(paper)
    yield "title", cited.title, " ".join(plain(record.title).split())
    yield "authors", len(paper.authors), len(record.authors)
    yield "date", paper.date and paper.date.iso, record.date and record.date.iso
    yield "doi", cited.doi, next((i.value for i in record.identifiers if i.kind == "doi"), "")
    yield (
        "arxiv",
        cited.arxiv.partition("v")[0],
        next((i.value for i in record.identifiers if i.kind == "arxiv"), ""),
    )
