"""Terms turned around: for every term, the documents that have it, and where."""

from __future__ import annotations

from array import array
from functools import partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.search.arrays import Numbers, numpy_for
from sitegen.search.terms import STOPPED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.search.terms import Terms

ALSO = 2  # fields of other spellings after those of the texts: in the title, elsewhere


class Postings(msgspec.Struct, frozen=True):
    """For list `l` (term `l // fields`, field `l % fields`): documents in ascending order, and how often each has it.

    Both stand in `[starts[l]:starts[l + 1]]` of their arrays. `gaps` are the words from one occurrence to the next in
    a document, from its beginning to the first: `counts` of them for each posting. Other spellings count 0.
    """

    starts: array[int]
    documents: Numbers
    counts: Numbers
    gaps: Numbers
    fields: int


class Occurrences(msgspec.Struct, frozen=True):
    """Of terms in documents, in no order. Each is one number: from the lowest bit, position in the cell, document, list."""

    np: Any  # numpy, of which the keys are an array "q"; else they are a list
    keys: Any
    lists: int
    texts: int  # fields, after which other spellings have theirs
    documents: int  # bits
    positions: int  # bits

    @property
    def fields(self) -> int:
        return self.texts + ALSO


def transpose(
    terms: Terms, numbering: Sequence[int], places: Sequence[int], also: Mapping[int, array[int]]
) -> Postings:
    """Postings in which the document at position `d` is called `numbering[d]`, and term `t` stands at `places[t]`.

    `also` has other spellings: place → documents, each as 2 · position, and one more where it is not in the title.
    """
    return postings_of(occurrences(terms, numbering, places, also))


def occurrences(
    terms: Terms, numbering: Sequence[int], places: Sequence[int], also: Mapping[int, array[int]]
) -> Occurrences:
    """The first half of `transpose`: for the second, terms need not be in memory any more."""
    lists = (max([*places, *also], default=-1) + 1) * (terms.fields + ALSO)
    positions = max(map(int.__sub__, terms.starts[1:], terms.starts), default=0).bit_length()
    documents = terms.documents.bit_length()
    fits = lists.bit_length() + documents + positions < 64
    np = numpy_for(len(terms.stream)) if fits else None
    make = _keys if np is None else partial(_keys_by_numpy, np)
    keys = make(
        terms,
        # What each adds to a key.
        [number << positions for number in numbering],
        [place * (terms.fields + ALSO) << (documents + positions) for place in places],
        {(place + 1) * (terms.fields + ALSO) - ALSO: values for place, values in also.items()},
        list_bit=documents + positions,
    )
    return Occurrences(np, keys, lists, terms.fields, documents, positions)


def postings_of(found: Occurrences) -> Postings:
    """The second half; numpy's keys are written over."""
    found.keys.sort()
    return _by_going_through(found) if found.np is None else _by_numpy(found.np, found)


_AT_ONCE = 1 << 17  # numbers: bounds what is in memory beside the keys


def _by_numpy(np: Any, found: Occurrences) -> Postings:
    keys = found.keys
    gaps = keys.view(np.uint32)  # written over keys that were read
    documents, counts = (np.empty(len(keys) + 1, np.uint32) for _ in range(2))  # unused pages are never there
    sizes = np.zeros(found.lists, np.int64)
    owner = before = kept = count = first = 0
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE].copy()
        owned = part >> found.positions
        position = part - (owned << found.positions)
        new = np.empty(len(part), bool)
        new[0] = start == 0 or owned[0] != owner
        new[1:] = owned[1:] != owned[:-1]
        owner = owned[-1]
        gap = np.diff(position, prepend=before)
        before = position[-1]
        gap[new] = position[new]
        gap = gap[(owned >> found.documents) % found.fields < found.texts]
        gaps[kept : kept + len(gap)] = gap
        kept += len(gap)
        at = np.flatnonzero(new)
        owned = owned[at]
        documents[count : count + len(at)] = owned & ((1 << found.documents) - 1)
        counts[count : count + len(at)] = np.diff(at + start, prepend=first)  # of the posting before
        first = at[-1] + start if len(at) else first
        count += len(at)
        sizes += np.bincount(owned >> found.documents, minlength=found.lists)
    counts[count] = len(keys) - first
    counts[1 : count + 1][np.repeat(np.arange(found.lists) % found.fields >= found.texts, sizes)] = 0
    del gaps
    keys.resize((kept + 1) // 2, refcheck=False)  # in its place, without a copy
    documents.resize(count, refcheck=False)
    counts.resize(count + 1, refcheck=False)
    return Postings(
        array("Q", np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint64).tobytes()),
        memoryview(documents),
        memoryview(counts)[1:],
        memoryview(keys.view(np.uint32))[:kept],
        found.fields,
    )


def _keys_by_numpy(
    np: Any,
    terms: Terms,
    numbers: Sequence[int],
    places: Sequence[int],
    also: Mapping[int, array[int]],
    *,
    list_bit: int,
) -> Any:
    stream = np.frombuffer(terms.stream, np.uint32)
    starts = np.frombuffer(terms.starts, np.uint64).astype(np.int64)
    term_of = np.frombuffer(terms.term_of, np.int32)
    first_list = np.full(len(term_of), -1, np.int64)
    kept = term_of != STOPPED
    first_list[kept] = np.asarray(places, np.int64)[term_of[kept]]
    of_document = np.asarray(numbers, np.int64)
    bases = (of_document[:, None] + (np.arange(terms.fields, dtype=np.int64) << list_bit)).ravel()

    others = np.frombuffer(b"".join(also.values()), np.uint32)
    lists = np.repeat(np.fromiter(also, np.int64), [*map(len, also.values())]) + (others & 1)
    keys = np.empty(len(stream) + len(others), np.int64)
    end = len(others)
    keys[:end] = (lists << list_bit) + of_document[others >> 1]
    cells = max(1, _AT_ONCE // 32)
    for first in range(0, len(bases), cells):
        bounds = starts[first : first + cells + 1]
        lists = first_list[stream[bounds[0] : bounds[-1]]]
        here = np.repeat(bases[first : first + cells] - bounds[:-1], np.diff(bounds))
        here += np.arange(bounds[0], bounds[-1])
        here += lists
        here = here[lists >= 0]
        keys[end : end + len(here)] = here
        end += len(here)
    keys.resize(end, refcheck=False)
    return keys


def _keys(
    terms: Terms,
    numbers: Sequence[int],
    places: Sequence[int],
    also: Mapping[int, array[int]],
    *,
    list_bit: int,
) -> list[int]:
    first_list = [-1 if term == STOPPED else places[term] for term in terms.term_of]
    keys = [
        (first + (value & 1) << list_bit) + numbers[value >> 1]
        for first, values in also.items()
        for value in values
    ]
    for cell, (start, end) in enumerate(pairwise(terms.starts)):
        document, field = divmod(cell, terms.fields)
        base = numbers[document] + (field << list_bit)
        lists = map(first_list.__getitem__, terms.stream[start:end])
        keys += [at + first for at, first in enumerate(lists, base) if first >= 0]
    return keys


def _by_going_through(found: Occurrences) -> Postings:
    sizes = [0] * (found.lists + 1)
    documents, counts, gaps = array("I"), array("I"), array("I")
    owner = before = -1
    for key in found.keys:
        owned = key >> found.positions
        position = key - (owned << found.positions)
        at = owned >> found.documents
        if owned != owner:
            owner, before = owned, 0
            sizes[at + 1] += 1
            documents.append(owned - (at << found.documents))
            counts.append(0)
        if at % found.fields < found.texts:
            counts[-1] += 1
            gaps.append(position - before)
            before = position
    return Postings(array("Q", accumulate(sizes)), documents, counts, gaps, found.fields)
