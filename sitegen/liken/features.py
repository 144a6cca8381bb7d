"""Papers as short rows of weighted features: the few things that tell a paper from the others."""

from __future__ import annotations

import importlib
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import isqrt
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.liken.ranking import best

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.liken.counting import Counts
    from sitegen.liken.texts import Texts
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site

UNIT = 1024  # the length of a row
_WORDS = 16  # of a paper at most: its heaviest
_COMMON = 600  # papers; what more than these have tells little, and costs its square
_COMMON_PART = 4  # nor does what every fourth paper has
CONTEXT = 512
"""Words, each with a bit."""


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
    contexts: Sequence[bytes]


def weigh(site: Site, papers: Sequence[Paper], texts: Texts, *, numpy: bool) -> Features:
    """Weights are tf × idf: what a paper often says and few others say. Lengths of rows are UNIT."""
    whole = len(papers)
    most = min(_COMMON, max(2, whole // _COMMON_PART))
    rarity = {share: _bits(whole, share) for share in range(2, most + 1)}
    weights = [_SILENT] * (len(texts.spellings) + len(texts.phrases))  # of phrases from the end
    for term, share in texts.counts.shares.items():
        if 1 < share <= most:
            weights[term] = rarity[share] * (_WORD if term >= 0 else _PHRASE) // _WORD
    marked = [tuple(marks_of(site, paper)) for paper in papers]
    shares = Counter(mark for marks in marked for mark in marks)
    marks = {
        mark: len(texts.spellings) + number
        for number, mark in enumerate(sorted(mark for mark, share in shares.items() if 1 < share <= most))
    }
    rows = []
    heaviest = (
        _heaviest_by_numpy(texts.counts, weights) if numpy else _heaviest_by_lists(texts.counts, weights)
    )
    for own, row in zip(marked, heaviest, strict=True):
        row += [(rarity[shares[mark]] * _MARKS[mark[0]], marks[mark]) for mark in own if mark in marks]
        rows.append(_normal(row))
    frequent = sorted(
        ((-share, term) for term, share in texts.counts.shares.items() if term >= 0 and share > 1)
    )
    terms = [term for _, term in frequent[:CONTEXT]]
    contexts = _contexts_by_numpy(texts.counts, terms) if numpy else _contexts_by_lists(texts.counts, terms)
    return Features(rows, tuple(marks), contexts)


def _heaviest_by_lists(counts: Counts, weights: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    """Of every paper (weight, term), the heaviest first."""
    parts = _parts(counts)
    for begin, end in pairwise(counts.starts):
        terms = counts.terms[begin:end]
        said = [
            (weight * parts[times], term)
            for weight, term, times in zip(
                map(weights.__getitem__, terms), terms, counts.times[begin:end], strict=True
            )
            if weight != _SILENT
        ]
        yield sorted(said, reverse=True)[:_WORDS]


def _heaviest_by_numpy(counts: Counts, weights: Sequence[int]) -> Iterator[list[tuple[int, int]]]:
    np: Any = importlib.import_module("numpy")
    terms, starts = np.array(counts.terms, np.int64), np.array(counts.starts, np.int64)
    telling = np.array(weights, np.int64)[terms]
    said = np.flatnonzero(telling != _SILENT)
    papers = np.searchsorted(starts, said, side="right") - 1
    heavy = telling[said] * np.array(_parts(counts), np.int64)[np.array(counts.times)[said]]
    papers, heavy, terms = best(np, papers, heavy, len(weights) - terms[said], _WORDS)
    rows = list(zip(heavy.tolist(), (len(weights) - terms).tolist(), strict=True))
    ends = np.searchsorted(papers, np.arange(len(starts))).tolist()
    return (rows[begin:end] for begin, end in pairwise(ends))


def _parts(counts: Counts) -> list[int]:
    """Of a term's weight, by how many times it is said."""
    return [_WORD * times // (times + _FEW) for times in range(max(counts.times, default=0) + 1)]


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


def _contexts_by_lists(counts: Counts, terms: Sequence[int]) -> list[bytes]:
    bits = {term: 1 << number for number, term in enumerate(terms)}
    return [
        sum([bits[term] for term in counts.terms[begin:end] if term in bits]).to_bytes(CONTEXT // 8, "little")
        for begin, end in pairwise(counts.starts)
    ]


def _contexts_by_numpy(counts: Counts, terms: Sequence[int]) -> list[bytes]:
    np: Any = importlib.import_module("numpy")
    said, starts = np.array(counts.terms, np.int64), np.array(counts.starts, np.int64)
    numbers = np.full(max(terms, default=0) + 2, -1)
    numbers[list(terms)] = np.arange(len(terms))
    bits = numbers[np.clip(said, -1, len(numbers) - 1)]
    at = np.flatnonzero(bits >= 0)
    papers = np.searchsorted(starts, at, side="right") - 1
    size = CONTEXT // 8
    places = papers * size + (bits[at] >> 3)
    sums = np.bincount(places, weights=1 << (bits[at] & 7), minlength=(len(starts) - 1) * size)
    packed = sums.astype(np.uint8).tobytes()  # every bit was added once
    return [packed[begin : begin + size] for begin in range(0, len(packed), size)]
