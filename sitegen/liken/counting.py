"""How often each paper says what. With numpy or without, to the same numbers."""

from __future__ import annotations

import importlib
from array import array
from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

Pair = tuple[int, int]
Stems = list[int]
"""Numbers of stems, in reading order."""

_TITLE = 3  # times a word of the title counts: it is chosen
_AT_ONCE = 1 << 16  # stems: bounds what is in memory beside the counts


class Counts(msgspec.Struct, frozen=True):
    """Paper `p` has the terms `terms[starts[p]:starts[p + 1]]`, each once, in any order, `times` times.

    A term from 0 on is a stem. A term `~p` below 0 is phrase `p`: two stems that follow each other.
    """

    starts: array[int]
    terms: array[int]
    times: array[int]
    shares: dict[int, int]  # term → how many papers have it


def count(
    papers: Iterable[tuple[Stems, Stems]],
    phrases: Mapping[Pair, int],
    *,
    numpy: bool,
) -> Counts:
    """Counts titles and bodies. A phrase counts once however often it is said, but in a title."""
    return _by_numpy(papers, phrases) if numpy else _by_lists(papers, phrases)


def _by_lists(papers: Iterable[tuple[Stems, Stems]], phrases: Mapping[Pair, int]) -> Counts:
    known = phrases.keys()
    starts, terms, times = array("Q", [0]), array("i"), array("I")
    shares: Counter[int] = Counter()
    for title, body in papers:
        said = Counter(body)
        for pair in known & pairwise(body):
            said[phrases[pair]] = 1
        for stem in title:
            said[stem] += _TITLE
        for pair in known & pairwise(title):
            said[phrases[pair]] = _TITLE
        terms.extend(said)
        times.extend(said.values())
        starts.append(len(terms))
        shares.update(said.keys())
    return Counts(starts, terms, times, shares)


def _by_numpy(papers: Iterable[tuple[Stems, Stems]], phrases: Mapping[Pair, int]) -> Counts:
    """Every stem is one number (paper, term, times), and sorting brings together what belongs together."""
    np: Any = importlib.import_module("numpy")
    find = _finder(np, phrases)
    starts, terms, times = array("Q", [0]), array("i"), array("I")
    for stream, ends in _parts(papers):
        said = np.array(stream, np.int64)
        owners = np.repeat(np.arange(len(ends) - 1), np.diff(ends))
        at, found = find(said)
        within = owners[at] == owners[at + 1]
        said = np.append(said, found[within]) + len(phrases)
        owners = np.append(owners, owners[at[within]])
        packed = owners >> 1 << _HALF | said << 2 | np.where(owners & 1, 1, _TITLE)
        packed.sort()
        firsts = np.flatnonzero(np.diff(packed >> 2, prepend=-1))
        lasts = np.append(firsts, len(packed))[1:] - 1
        said = (packed[firsts] & _LOW) >> 2
        added = np.add.reduceat(packed & 3, firsts)
        most = packed[lasts] & 3
        counted = np.where(said < len(phrases), most, added)
        bounds = np.searchsorted(packed[firsts] >> _HALF, np.arange(1, len(ends) // 2 + 1)) + len(terms)
        starts.frombytes(bounds.astype(np.uint64).tobytes())
        terms.frombytes((said - len(phrases)).astype(np.int32).tobytes())
        times.frombytes(counted.astype(np.uint32).tobytes())
    shares = np.bincount(np.array(terms, np.int64) + len(phrases)).tolist()
    return Counts(starts, terms, times, {n - len(phrases): share for n, share in enumerate(shares) if share})


_HALF = 32  # bits
_LOW = (1 << _HALF) - 1


def _parts(papers: Iterable[tuple[Stems, Stems]]) -> Iterator[tuple[array[int], list[int]]]:
    """The stems of many papers in one stream, and where their texts end in it: title, body, title, body …"""
    stream, ends = array("i"), [0]
    for paper in papers:
        for text in paper:
            stream.fromlist(text)
            ends.append(len(stream))
        if len(stream) > _AT_ONCE:
            yield stream, ends
            stream, ends = array("i"), [0]
    yield stream, ends


def _finder(np: Any, phrases: Mapping[Pair, int]) -> Callable[[Any], tuple[Any, Any]]:
    """A function from a stream of stems to where phrases begin in it, and to these phrases."""
    pairs = np.array(list(phrases), np.int64).reshape(-1, 2)
    most = int(pairs.max(initial=0)) + 1
    opens, closes = np.zeros((2, most + 1), bool)
    opens[pairs[:, 0]] = closes[pairs[:, 1]] = True
    keys = pairs[:, 0] * most + pairs[:, 1]
    order = np.argsort(keys)
    keys = np.append(keys[order], most * most)

    def find(stems: Any) -> tuple[Any, Any]:
        stems = np.minimum(stems, most)
        at = np.flatnonzero(opens[stems[:-1]] & closes[stems[1:]])
        wanted = stems[at] * most + stems[at + 1]
        near = np.searchsorted(keys, wanted)
        right = keys[near] == wanted
        return at[right], ~order[near[right]]

    return find
