"""Papers as short rows of weighted features: the few things that tell a paper from the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import isqrt
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.liken.texts import Texts
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site

UNIT = 1024  # the length of a row
_WORDS = 16  # of a paper at most: its heaviest
_COMMON = 600  # papers; what more than these have tells little, and costs its square
_COMMON_PART = 4  # nor does what every fourth paper has
_CONTEXT = 512  # words


Row = Sequence[tuple[int, int]]
"""(feature, weight), the heaviest first."""


class Features(msgspec.Struct, frozen=True):
    """What each paper is compared by. All are whole numbers: sums are the same in any order and on any machine.

    A feature is a term of the texts or the number of a mark, and
    the two never meet: `marks[feature - stems]` is ("tag", id), ("list", id) or ("part", list id, part id).
    `contexts[p]` has a bit for each of the most frequent telling words: what the paper says around its own words.
    """

    rows: Sequence[Row]
    marks: Sequence[tuple[str, ...]]
    contexts: Sequence[int]


def weigh(site: Site, papers: Sequence[Paper], texts: Texts) -> Features:
    """Weights are tf × idf: what a paper often says and few others say. Lengths of rows are UNIT."""
    whole = len(papers)
    most = min(_COMMON, max(2, whole // _COMMON_PART))
    rarity = {share: _bits(whole, share) for share in range(2, most + 1)}
    weights = [_SILENT] * (len(texts.spellings) + len(texts.phrases))  # of phrases from the end
    for term, share in texts.shares.items():
        if 1 < share <= most:
            weights[term] = rarity[share] * (_WORD if term >= 0 else _PHRASE) // _WORD
    marked = [tuple(marks_of(site, paper)) for paper in papers]
    shares = Counter(mark for marks in marked for mark in marks)
    marks = {
        mark: len(texts.spellings) + number
        for number, mark in enumerate(sorted(mark for mark, share in shares.items() if 1 < share <= most))
    }
    rows = []
    for own, said in zip(marked, _said(texts, weights), strict=True):
        row = sorted(said, reverse=True)[:_WORDS]
        row += [(rarity[shares[mark]] * _MARKS[mark[0]], marks[mark]) for mark in own if mark in marks]
        rows.append(_normal(row))
    return Features(rows, tuple(marks), _contexts(texts))


def _said(texts: Texts, weights: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    starts, terms, counts = texts.starts, texts.terms, texts.counts
    parts = [_WORD * count // (count + _FEW) for count in range(max(counts, default=0) + 1)]
    for paper in range(len(starts) - 1):
        begin, end = starts[paper], starts[paper + 1]
        said = terms[begin:end]
        yield [
            (weight * parts[count], term)
            for weight, term, count in zip(
                map(weights.__getitem__, said), said, counts[begin:end], strict=True
            )
            if weight != _SILENT
        ]


_SILENT = -1
_WORD = 1000
_PHRASE = 750  # its words count already
_MARKS = {"tag": 600, "list": 250, "part": 450}  # a title's word has 500 if it is nowhere else
_FEW = 3  # times: the tenth time says little more than the fifth


def marks_of(site: Site, paper: Paper) -> Iterator[tuple[str, ...]]:
    """Tags and places in lists that a person made. A list by rule says nothing that tags and words do not say."""
    for tag in paper.tags:
        yield "tag", tag
    places = [place for place in site.appearances.get(paper.id, ()) if place.list.rule is None]
    yield from sorted({("list", place.list.id) for place in places})
    yield from sorted({("part", place.list.id, place.part_id) for place in places})


def _normal(row: list[tuple[int, int]]) -> Row:
    length = isqrt(sum([weight * weight for weight, _ in row])) or 1
    return [(feature, weight * UNIT // length) for weight, feature in sorted(row, reverse=True)]


def _bits(whole: int, share: int) -> int:
    """8 × log2(whole / share), rounded up, from whole numbers alone: logarithms differ from machine to machine."""
    return int((whole**8 // share**8).bit_length())


def _contexts(texts: Texts) -> list[int]:
    frequent = sorted(((-share, term) for term, share in texts.shares.items() if term >= 0 and share > 1))[
        :_CONTEXT
    ]
    bits = {term: 1 << number for number, (_, term) in enumerate(frequent)}
    starts, terms = texts.starts, texts.terms
    return [
        sum([bits[term] for term in terms[starts[paper] : starts[paper + 1]] if term in bits])
        for paper in range(len(starts) - 1)
    ]
