"""Merging is right about pairs that are known: no two works become one, and hardly one stays two."""

from __future__ import annotations

import lzma
from collections import Counter
from hashlib import blake2b
from pathlib import Path

import pytest
import yaml
from gold import pairs_of
from msgspec.structs import replace

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.dump import parse_dump

_CONTENT = Path(__file__).parents[2] / "content" / "papers"
_RECALL = 0.98


@pytest.fixture(scope="module")
def corpus(real_papers):
    data = lzma.decompress(real_papers.read_bytes())
    file = SourceFile("content/dumps/papers.jsonl", data, blake2b(data).hexdigest())
    return parse_dump(file, DumpSource(file.path)).value.records


def _own_titles():
    return [
        entry["title"]
        for path in sorted(_CONTENT.glob("*.yaml"))
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))
        if "title" in entry
    ]


def _judged(pairs):
    """What was united wrongly, what was kept apart wrongly, and how many pairs are one work."""
    wrong, missed, whole = [], [], 0
    for pair in pairs:
        united = len(merge((pair.one, pair.other)).value) == 1
        whole += pair.same
        if united and not pair.same:
            wrong.append((pair.what, pair.one.title, pair.other.title))
        if pair.same and not united:
            missed.append((pair.what, pair.one.title, pair.other.title))
    return wrong, missed, whole


def test_no_two_works_of_our_own_list_become_one_and_hardly_one_stays_two():
    pairs = list(pairs_of(_own_titles()))
    wrong, missed, whole = _judged(pairs)
    assert len(pairs) >= 400
    assert wrong == []
    assert len(missed) <= (1 - _RECALL) * whole, Counter(what for what, *_ in missed)


def test_no_two_real_works_become_one_and_hardly_one_stays_two(corpus):
    wrong, missed, whole = _judged(pairs_of([], corpus[::7]))
    assert wrong == []
    assert len(missed) <= (1 - _RECALL) * whole, Counter(what for what, *_ in missed)


def test_ten_thousand_papers_said_twice_are_ten_thousand_papers(corpus):
    """Among all the others a pair behaves as it does alone."""
    again = [replace(record, where=Span("other.bib", line)) for line, record in enumerate(corpus, 1)]
    assert [paper.id for paper in merge([*corpus, *again]).value] == [
        paper.id for paper in merge(corpus).value
    ]
