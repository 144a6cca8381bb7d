"""Postings as blocks have them: columns of varints, in which every term has a share."""

from __future__ import annotations

from array import array
from bisect import bisect
from functools import partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.search.arrays import differences, numbers, numpy_for, raised, sums_before
from sitegen.search.postings import ALSO, transpose
from sitegen.search.varints import packed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sitegen.search.arrays import Numbers
    from sitegen.search.postings import Postings
    from sitegen.search.reading import Apart
    from sitegen.search.terms import Terms

# Bound what is in memory beside the columns.
_AT_ONCE = 2_000_000  # occurrences that are turned around together, in all processes
_PACKED_AT_ONCE = 1 << 18  # postings


class Column:
    """Varints, and where the share of each term starts; at last, where that of the last one ends."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []  # one that grows would be moved about in memory, and leave holes
        self._starts = array("Q", [0])

    def add(self, np: Any, data: bytes, starts: array[int]) -> None:
        """More terms, with the starts of their shares in the data, and the last one's end."""
        self._starts += raised(np, starts, self._starts.pop())
        self._parts.append(data)

    def share(self, first: int, end: int) -> memoryview:
        """That of some terms, `end` exclusive."""
        if len(self._parts) > 1:
            self._parts = [b"".join(self._parts)]
        return memoryview(self._parts[0])[self._starts[first] : self._starts[end]]


class Columns(msgspec.Struct):
    """By term: how many postings it has, and how many of them are no other spellings; and its shares of the columns.

    `postings` are in the order in which blocks.py tells of them.
    """

    totals: array[int]
    frequency: array[int]
    postings: tuple[Column, ...]
    positions: Column

    @property
    def starts(self) -> array[int]:
        """Where the postings of each term start, were they numbered, and where the last one's end."""
        return array("Q", accumulate(self.totals, initial=0))

    def add(self, np: Any, portion: Portion) -> None:
        """The terms that come next."""
        self.totals.frombytes(portion.totals)
        self.frequency.frombytes(portion.frequency)
        for column, parts in zip((*self.postings, self.positions), portion.columns, strict=True):
            for data, starts in parts:
                column.add(np, data, numbers("Q", starts))


class Portion(msgspec.Struct):
    """What Columns say of neighbouring terms, of a kind for pipes: arrays are bytes."""

    totals: bytes
    frequency: bytes
    columns: tuple[list[tuple[bytes, bytes]], ...]  # parts of each, as `Column.add` takes them


def columns_of(
    terms: Terms,
    numbering: Sequence[int],
    places: Sequence[int],
    also: Mapping[int, Numbers],
    tables: Sequence[array[int] | None],
    *,
    apart: Apart | None = None,
) -> Columns:
    """What `transpose` makes of the same, packed. By field, `tables` have a number of each document that its postings tell, too.

    `apart` has one half made by another process.
    """
    found = Columns(array("I"), array("I"), tuple(Column() for _ in range(4)), Column())
    np = numpy_for(len(terms.stream))
    sizes = _occurrences(terms, places, also)
    processes = 1 if apart is None else 2
    portions = iter(_alike(sizes, processes * -(-sum(sizes) // _AT_ONCE)))

    def make(first: int, end: int) -> Portion:
        postings = transpose(
            terms,
            numbering,
            [place - first if first <= place < end else -1 for place in places],
            {place - first: documents for place, documents in also.items() if first <= place < end},
        )
        return _packed(np, postings, (*tables, *[None] * ALSO))

    for portion in portions:
        following = next(portions, None) if apart else None
        other = apart(partial(make, *following), Portion) if apart and following else None
        found.add(np, make(*portion))
        if other:
            found.add(np, other())
    return found


def _occurrences(terms: Terms, places: Sequence[int], also: Mapping[int, Numbers]) -> list[int]:
    """By place, how often the term that stands there is met."""
    times = [0] * (max([*places, *also], default=-1) + 1)
    for term, count in zip(terms.term_of, terms.counts, strict=True):
        if term >= 0:
            times[places[term]] += count
    for place, documents in also.items():
        times[place] += len(documents)
    return times


def _alike(sizes: Sequence[int], count: int) -> list[tuple[int, int]]:
    """Neighbours that are about as much together, so many times or, where few are very large, less often; first and last (exclusive)."""
    until = [*accumulate(sizes)]
    cuts = [bisect(until, until[-1] * number // count) for number in range(1, count)] if until else []
    return [(first, end) for first, end in pairwise((0, *cuts, len(sizes))) if first < end]


def _portions(sizes: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    """Neighbours of no more than so much together, if it is more than one; first and last (exclusive)."""
    first = size = 0
    for at, each in enumerate(sizes):
        size += each
        if size > most and at > first:
            yield first, at
            first, size = at, each
    if sizes:
        yield first, len(sizes)


def _packed(np: Any, postings: Postings, tables: Sequence[array[int] | None]) -> Portion:
    fields, starts = postings.fields, postings.starts
    firsts = starts[::fields]
    totals = differences(np, firsts)
    frequency = array("I", map(int.__sub__, starts[fields - ALSO :: fields], firsts))
    found = Portion(totals.tobytes(), frequency.tobytes(), ([], [], [], [], []))
    at = 0
    for first, end in _portions(totals, _PACKED_AT_ONCE):
        lists = starts[first * fields : end * fields + 1]
        sizes = differences(np, lists)
        documents = postings.documents[lists[0] : lists[-1]]
        counts = postings.counts[lists[0] : lists[-1]]
        terms = array("Q", range(0, len(sizes) + 1, fields))
        by_term = sums_before(np, sizes, terms)
        met = sums_before(np, counts, by_term)
        size = met[-1]
        told = array("I", sizes)
        for field, table in enumerate(tables):
            if table is None:
                told[field::fields] = array("I", bytes(told.itemsize * (end - first)))
        columns = (
            (sizes, terms),
            (_gaps(np, documents, sizes), by_term),
            (counts, by_term),
            (_looked_up(np, documents, sizes, tables), sums_before(np, told, terms)),
            (postings.gaps[at : at + size], met),
        )
        for parts, (values, shares) in zip(found.columns, columns, strict=True):
            data, starts_of_shares = packed(np, values, shares)
            parts.append((data, starts_of_shares.tobytes()))
        at += size
    return found


def _gaps(np: Any, values: Numbers, sizes: array[int]) -> array[int]:
    """From each value of an ascending list to the next, the first from -1; lists of these sizes stand one after another."""
    if np is not None:
        whole = np.frombuffer(values, np.uint32)
        result = np.diff(whole, prepend=np.uint32(0))
        lists = np.frombuffer(sizes, np.uint32)
        firsts = (np.cumsum(lists) - lists)[lists > 0]
        result[firsts] = whole[firsts] + 1
        return array("I", result.tobytes())
    gaps = array("I", values)
    start = 0
    for size in filter(None, sizes):
        part = values[start : start + size]
        gaps[start] = part[0] + 1
        gaps[start + 1 : start + size] = array("I", map(int.__sub__, part[1:], part))
        start += size
    return gaps


def _looked_up(
    np: Any, documents: Numbers, sizes: array[int], tables: Sequence[array[int] | None]
) -> array[int]:
    """Each document's number in the table of its list: list `l`, of `sizes[l]` documents, has table `l % len(tables)`.

    Nothing for lists without a table.
    """
    if np is not None:
        lists = np.frombuffer(sizes, np.uint32)
        number = np.repeat(np.resize(np.arange(len(tables), dtype=np.uint8), len(lists)), lists)
        papers = np.frombuffer(documents, np.uint32)
        result = np.zeros(len(papers), np.uint32)
        wanted = np.zeros(len(papers), bool)
        for at, table in enumerate(tables):
            if table is not None:
                here = number == at
                wanted |= here
                result[here] = np.frombuffer(table, np.uint32)[papers[here]]
        return array("I", result[wanted].tobytes())
    found = array("I")
    start = 0
    for at, size in enumerate(sizes):
        table = tables[at % len(tables)]
        if table is not None and size:
            found.extend(map(table.__getitem__, documents[start : start + size]))
        start += size
    return found
