"""Postings as blocks have them: columns of varints, in which every term has a share."""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.search.arrays import differences, numpy_for, sums_before
from sitegen.search.postings import ALSO, transpose
from sitegen.search.varints import packed

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.search.arrays import Numbers
    from sitegen.search.postings import Postings
    from sitegen.search.terms import Terms

# Bound what is in memory beside the columns.
_AT_ONCE = 2_000_000  # occurrences that are turned around together
_PACKED_AT_ONCE = 1 << 18  # postings


class Column:
    """Varints, and where the share of each term starts; at last, where that of the last one ends."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []  # one that grows would be moved about in memory, and leave holes
        self._starts = array("Q", [0])

    def add(self, data: bytes, starts: Iterable[int]) -> None:
        """More terms, with the starts of their shares in the data, and the last one's end."""
        at = self._starts.pop()
        self._starts.extend([at + start for start in starts])
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


def columns_of(
    terms: Terms,
    numbering: Sequence[int],
    places: Sequence[int],
    also: Mapping[int, Numbers],
    tables: Sequence[array[int] | None],
) -> Columns:
    """What `transpose` makes of the same, packed. By field, `tables` have a number of each document that its postings tell, too."""
    found = Columns(array("I"), array("I"), tuple(Column() for _ in range(4)), Column())
    np = numpy_for(len(terms.stream))
    for first, end in _portions(_occurrences(terms, places, also), _AT_ONCE):
        postings = transpose(
            terms,
            numbering,
            [place - first if first <= place < end else -1 for place in places],
            {place - first: documents for place, documents in also.items() if first <= place < end},
        )
        _add(np, found, postings, (*tables, *[None] * ALSO))
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


def _add(np: Any, found: Columns, postings: Postings, tables: Sequence[array[int] | None]) -> None:
    fields, starts = postings.fields, postings.starts
    firsts = starts[::fields]
    totals = differences(np, firsts)
    found.totals += totals
    found.frequency.extend(map(int.__sub__, starts[fields - ALSO :: fields], firsts))
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
        for column, values, shares in (
            (found.postings[0], sizes, terms),
            (found.postings[1], _gaps(np, documents, sizes), by_term),
            (found.postings[2], counts, by_term),
            (found.postings[3], _looked_up(np, documents, sizes, tables), sums_before(np, told, terms)),
            (found.positions, postings.gaps[at : at + size], met),
        ):
            column.add(*packed(np, values, shares))
        at += size


def _gaps(np: Any, values: Numbers, sizes: array[int]) -> array[int]:
    """From each value of an ascending list to the next, the first from -1; lists of these sizes stand one after another."""
    if np is not None:
        numbers = np.frombuffer(values, np.uint32)
        result = np.diff(numbers, prepend=np.uint32(0))
        lists = np.frombuffer(sizes, np.uint32)
        firsts = (np.cumsum(lists) - lists)[lists > 0]
        result[firsts] = numbers[firsts] + 1
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
