"""For every paper the others that are most like it."""

from __future__ import annotations

import importlib
from collections import Counter, defaultdict
from itertools import chain, pairwise
from math import isqrt
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from sitegen.liken.features import CONTEXT, UNIT
from sitegen.liken.ranking import best

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.liken.features import Features, Row

Ranked = list[tuple[int, int]]
"""Other papers: (likeness per mille, paper), the most alike first, equals by number."""

_NEIGHBOURS = 10
_CANDIDATES = 24
_LEAST = UNIT * UNIT // 16  # less is chance
_AFFORDABLE = 1_000  # products per paper
_COUNT = 6  # bits: how many features two papers share stands below the sum of their products
_MASK = (1 << _COUNT) - 1


def find_neighbours(features: Features, *, numpy: bool) -> list[Ranked]:
    """For every paper its neighbours, ten at most. The same with numpy and without.

    Candidates are compared by the product of their rows, less where a single feature makes it; then by what stands around.
    """
    rows = _affordable(features.rows)
    if numpy:
        return _by_numpy(rows, features.contexts)
    contexts = [int.from_bytes(context, "little") for context in features.contexts]
    sizes = [context.bit_count() for context in contexts]
    return [_reconsidered(paper, near, contexts, sizes) for paper, near in enumerate(_by_lists(rows))]


def _affordable(rows: Sequence[Row]) -> Sequence[Row]:
    """The rows without features that so many papers have that comparing all of these would take too long."""
    shares = Counter(map(itemgetter(0), chain.from_iterable(rows)))
    cost = 0
    for share, features in sorted(Counter(shares.values()).items()):
        cost += share * share * features
        if cost > _AFFORDABLE * len(rows):
            return [[(feature, weight) for feature, weight in row if shares[feature] < share] for row in rows]
    return rows


def _reconsidered(paper: int, candidates: Ranked, contexts: Sequence[int], sizes: Sequence[int]) -> Ranked:
    """Two papers that share rare words mean the same by them if their other words are alike, too."""
    context, size = contexts[paper], sizes[paper]
    ranked = [
        (-(score * (_ALONE + alike) * 1000 // _WHOLE), other)
        for score, other in candidates
        for alike in [(context & contexts[other]).bit_count() * 1000 // (isqrt(size * sizes[other]) or 1)]
    ]
    ranked.sort()
    return [(-score, other) for score, other in ranked[:_NEIGHBOURS] if score]


_ALONE = 100  # per mille: how much a likeness is worth where nothing else is alike
_WHOLE = UNIT * UNIT * (_ALONE + 1000)


def _weakened(total: int) -> int:
    """A sum of products with the number of them in its low bits, as a score: one shared feature may be chance."""
    shared = total & _MASK
    return (total >> _COUNT) * (2 * shared - 1) // (2 * shared + 1)


def _by_lists(rows: Sequence[Row]) -> Iterator[Ranked]:
    postings: dict[int, Ranked] = defaultdict(list)
    for paper in range(len(rows) - 1, -1, -1):
        for feature, weight in rows[paper]:
            postings[feature].append((paper, weight << _COUNT))
    found: list[Ranked] = [[] for _ in rows]
    for paper, row in enumerate(rows):
        sums: dict[int, int] = defaultdict(int)
        for feature, weight in row:
            later = postings[feature]
            later.pop()  # this paper
            for other, theirs in later:
                sums[other] += weight * theirs + 1
        for other, total in sums.items():
            if total >> _COUNT >= _LEAST:
                score = _weakened(total)
                found[paper].append((-score, other))
                found[other].append((-score, paper))
    for each in found:
        yield [(-score, other) for score, other in sorted(each)[:_CANDIDATES]]


def _by_numpy(rows: Sequence[Row], contexts: Sequence[bytes]) -> list[Ranked]:
    """The same sums: every product is one number (paper, later paper, product), and sorting brings together what belongs together."""
    np: Any = importlib.import_module("numpy")
    whole = len(rows)
    pairs = chain.from_iterable(rows)
    flat = np.fromiter(chain.from_iterable(pairs), dtype=np.int64).reshape(-1, 2)
    papers = np.repeat(np.arange(whole), [len(row) for row in rows])
    order = np.lexsort((papers, flat[:, 0]))  # postings: by feature, then by paper
    features, weights, papers = flat[order, 0], flat[order, 1], papers[order]
    later = np.searchsorted(features, features, side="right") - np.arange(len(order)) - 1
    by_paper = np.argsort(papers, kind="stable")
    firsts = np.searchsorted(papers[by_paper], np.arange(whole + 1))

    costs = np.bincount(papers, weights=later, minlength=whole).astype(np.int64) + (whole >> _ROWS)
    costs = costs.cumsum() // _PIECE
    cuts = [0, *(np.flatnonzero(np.diff(costs)) + 1).tolist(), whole]
    found = []
    for begin, end in pairwise(cuts):
        at = by_paper[firsts[begin] : firsts[end]]
        times = later[at]
        others = np.arange(times.sum()) + np.repeat(at + 1 - times.cumsum() + times, times)
        products = np.repeat(weights[at], times) * weights[others]
        pairs = np.repeat((papers[at] - begin) * whole, times) + papers[others]
        found.append(_sums(np, pairs << _PRODUCT | products << _COUNT | 1, begin * whole))
    pairs, scores = (np.concatenate(each) for each in zip(*found, strict=True))
    papers, others = pairs // whole, pairs % whole
    del found, pairs
    # Either way on its own first: of a hundred thousand papers these are the largest arrays.
    halves = (
        best(np, papers, scores, others, _CANDIDATES),
        best(np, others, scores, papers, _CANDIDATES),
    )
    papers, scores, others = (np.concatenate(each) for each in zip(*halves, strict=True))
    papers, scores, others = best(np, papers, scores, others, _CANDIDATES)
    scores = _reconsidered_by_numpy(np, papers, scores, others, contexts)
    good = scores > 0
    papers, scores, others = best(np, papers[good], scores[good], others[good], _NEIGHBOURS)
    ranked = list(zip(scores.tolist(), others.tolist(), strict=True))
    ends = np.searchsorted(papers, np.arange(whole + 1)).tolist()
    return [ranked[begin:end] for begin, end in pairwise(ends)]


_PIECE = 200_000  # products at a time: 10 MB
_ROWS = (
    14  # bits: papers at a time × papers stay below 2 ** 34, so that a pair and a product fit into 64 bits
)
_PRODUCT = 2 * UNIT.bit_length() + _COUNT  # bits of a product above its count


def _sums(np: Any, packed: Any, first: int) -> tuple[Any, Any]:
    """Pairs of papers that are alike enough, as `paper * papers + other`, and their scores."""
    packed.sort()
    pairs = packed >> _PRODUCT
    firsts = np.flatnonzero(np.diff(pairs, prepend=-1))
    totals = np.add.reduceat(packed & ((1 << _PRODUCT) - 1), firsts)
    enough = totals >> _COUNT >= _LEAST
    pairs, totals = pairs[firsts[enough]] + first, totals[enough]
    shared = totals & _MASK
    return pairs, (totals >> _COUNT) * (2 * shared - 1) // (2 * shared + 1)


def _reconsidered_by_numpy(np: Any, papers: Any, scores: Any, others: Any, contexts: Sequence[bytes]) -> Any:
    words = np.frombuffer(b"".join(contexts), np.uint16).reshape(-1, CONTEXT // 16)
    bits = np.array([number.bit_count() for number in range(1 << 16)], np.uint8)
    sizes = bits[words].sum(axis=1, dtype=np.int64)
    alike = np.zeros(len(papers), np.int64)
    for at in range(0, len(papers), _PAIRS):
        both = words[papers[at : at + _PAIRS]] & words[others[at : at + _PAIRS]]
        bits[both].sum(axis=1, out=alike[at : at + _PAIRS])
    lengths = np.maximum(np.sqrt(sizes[papers] * sizes[others]).astype(np.int64), 1)
    return scores * (_ALONE + alike * 1000 // lengths) * 1000 // _WHOLE


_PAIRS = 1 << 15  # of papers at a time: 4 MB
