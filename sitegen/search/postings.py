"""Terms turned around: for every term, the documents that have it, and where."""

from __future__ import annotations

from array import array
from functools import partial
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.search.arrays import Numbers, longest, numpy_for
from sitegen.search.terms import STOPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sitegen.search.terms import Terms

ALSO = 2  # fields of other spellings after those of the texts: in the title, elsewhere
_AT_ONCE = 1 << 17  # numbers: bounds what is in memory beside the keys


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


class _Keys(msgspec.Struct, frozen=True):
    """How a term in a document is one number: from the lowest bit, position in the cell, document, list."""

    lists: int
    texts: int  # fields, after which other spellings have theirs
    documents: int  # bits
    positions: int  # bits

    @property
    def fields(self) -> int:
        return self.texts + ALSO


def transpose(
    terms: Terms, numbering: Sequence[int], places: Sequence[int], also: Mapping[int, Numbers]
) -> Postings:
    """Postings in which the document at position `d` is called `numbering[d]`, and term `t` stands at `places[t]`.

    Terms whose place is -1 are left out. `also` has other spellings: place → documents, each as 2 · position, and one
    more where it is not in the title.
    """
    lists = (max([*places, *also], default=-1) + 1) * (terms.fields + ALSO)
    positions = longest(terms.starts).bit_length()
    form = _Keys(lists, terms.fields, terms.documents.bit_length(), positions)
    np = numpy_for(len(terms.stream)) if lists.bit_length() + form.documents + positions < 64 else None
    make = _keys if np is None else partial(_keys_by_numpy, np)
    each = form.fields << (form.documents + positions)
    keys = make(
        terms,
        # What each adds to a key.
        [number << positions for number in numbering],
        [place * each if place >= 0 else -1 for place in places],
        {(place + 1) * form.fields - ALSO: values for place, values in also.items()},
        list_bit=form.documents + positions,
    )
    keys.sort()
    return _by_going_through(keys, form) if np is None else _by_numpy(np, keys, form)


def _by_numpy(np: Any, keys: Any, form: _Keys) -> Postings:
    gaps = keys.view(np.uint32)  # written over keys that were read
    documents, counts = (np.empty(len(keys) + 1, np.uint32) for _ in range(2))  # unused pages are never there
    sizes = np.zeros(form.lists, np.int64)
    owner = before = kept = count = first = 0
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE].copy()
        owned = part >> form.positions
        position = part - (owned << form.positions)
        new = np.empty(len(part), bool)
        new[0] = start == 0 or owned[0] != owner
        new[1:] = owned[1:] != owned[:-1]
        owner = owned[-1]
        gap = np.diff(position, prepend=before)
        before = position[-1]
        gap[new] = position[new]
        lists = owned >> form.documents
        gap = gap[lists % form.fields < form.texts]
        gaps[kept : kept + len(gap)] = gap
        kept += len(gap)
        at = np.flatnonzero(new)
        documents[count : count + len(at)] = owned[at] & ((1 << form.documents) - 1)
        counts[count : count + len(at)] = np.diff(at + start, prepend=first)  # of the posting before
        first = at[-1] + start if len(at) else first
        count += len(at)
        sizes[lists[0] : lists[-1] + 1] += np.bincount(
            lists[at] - lists[0], minlength=lists[-1] - lists[0] + 1
        )
    counts[count] = len(keys) - first
    counts[1 : count + 1][np.repeat(np.arange(form.lists) % form.fields >= form.texts, sizes)] = 0
    del gaps
    keys.resize((kept + 1) // 2, refcheck=False)  # in its place, without a copy
    documents.resize(count, refcheck=False)
    counts.resize(count + 1, refcheck=False)
    return Postings(
        array("Q", np.concatenate([[0], np.cumsum(sizes)]).astype(np.uint64).tobytes()),
        memoryview(documents),
        memoryview(counts)[1:],
        memoryview(keys.view(np.uint32))[:kept],
        form.fields,
    )


def _keys_by_numpy(
    np: Any,
    terms: Terms,
    numbers: Sequence[int],
    places: Sequence[int],
    also: Mapping[int, Numbers],
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
    wanted = first_list >= 0
    bases = (of_document[:, None] + (np.arange(terms.fields, dtype=np.int64) << list_bit)).ravel()

    others = np.frombuffer(b"".join(also.values()), np.uint32)
    lists = np.repeat(np.fromiter(also, np.int64), [*map(len, also.values())]) + (others & 1)
    keys = np.empty(len(stream) + len(others), np.int64)
    end = len(others)
    keys[:end] = (lists << list_bit) + of_document[others >> 1]
    cells = max(1, _AT_ONCE // 32)
    for first in range(0, len(bases), cells):
        bounds = starts[first : first + cells + 1]
        words = stream[bounds[0] : bounds[-1]]
        at = np.flatnonzero(wanted.take(words))
        cell = np.repeat(np.arange(len(bounds) - 1, dtype=np.uint16), np.diff(bounds))[at]
        here = (bases[first : first + cells] - bounds[:-1] + bounds[0])[cell]
        here += at
        here += first_list.take(words.take(at))
        keys[end : end + len(here)] = here
        end += len(here)
    keys.resize(end, refcheck=False)
    return keys


def _keys(
    terms: Terms,
    numbers: Sequence[int],
    places: Sequence[int],
    also: Mapping[int, Numbers],
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


def _by_going_through(keys: Iterable[int], form: _Keys) -> Postings:
    sizes = [0] * (form.lists + 1)
    documents, counts, gaps = array("I"), array("I"), array("I")
    owner = before = -1
    for key in keys:
        owned = key >> form.positions
        position = key - (owned << form.positions)
        at = owned >> form.documents
        if owned != owner:
            owner, before = owned, 0
            sizes[at + 1] += 1
            documents.append(owned - (at << form.documents))
            counts.append(0)
        if at % form.fields < form.texts:
            counts[-1] += 1
            gaps.append(position - before)
            before = position
    return Postings(array("Q", accumulate(sizes)), documents, counts, gaps, form.fields)
