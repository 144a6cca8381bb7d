"""Terms turned around: for every term, the documents that have it, and where."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import Any

import msgspec

from sitegen.search.arrays import numpy_for
from sitegen.search.terms import STOPPED, Terms

ALSO = 2  # fields of other spellings after those of the texts: in the title, elsewhere


class Postings(msgspec.Struct, frozen=True):
    """For list `l` (term `l // fields`, field `l % fields`): documents in ascending order, and how often each has it.

    Both stand in `[starts[l]:starts[l + 1]]` of their arrays. `gaps` are the words from one occurrence to the next in
    a document, from its beginning to the first: `counts` of them for each posting. Other spellings count 0.
    """

    starts: array[int]
    documents: array[int]
    counts: array[int]
    gaps: array[int]
    fields: int


def transpose(
    terms: Terms, numbering: Sequence[int], places: Sequence[int], also: Mapping[int, array[int]]
) -> Postings:
    """Postings in which the document at position `d` is called `numbering[d]`, and term `t` stands at `places[t]`.

    `also` has other spellings: place → documents, each as 2 · position, and one more where it is not in the title.
    """
    work = _Work(
        terms,
        numbering,
        places,
        also,
        fields=terms.fields + ALSO,
        lists=(max([*places, *also], default=-1) + 1) * (terms.fields + ALSO),
        positions=max(map(int.__sub__, terms.starts[1:], terms.starts), default=0).bit_length(),
        documents=terms.documents.bit_length(),
    )
    fits = work.lists.bit_length() + work.documents + work.positions < 64
    np = numpy_for(len(terms.stream)) if fits else None
    return _by_sorting(work) if np is None else _by_numpy(np, work)


class _Work(msgspec.Struct, frozen=True):
    """Every occurrence is one number: from the lowest bit, position in the cell, document, list."""

    terms: Terms
    numbering: Sequence[int]
    places: Sequence[int]
    also: Mapping[int, array[int]]
    fields: int
    lists: int
    positions: int  # bits
    documents: int  # bits

    @property
    def list_bit(self) -> int:
        return self.positions + self.documents


_AT_ONCE = 1 << 17  # numbers: bounds what is in memory beside the keys


def _by_numpy(np: Any, work: _Work) -> Postings:
    texts = work.terms.fields
    keys = _keys(np, work)
    keys.sort()
    gaps = keys.view(np.uint32)  # written over keys that were read
    documents, firsts = (np.empty(len(keys), np.uint32) for _ in range(2))  # unused pages are never there
    sizes = np.zeros(work.lists, np.int64)
    owner = before = kept = count = 0
    for start in range(0, len(keys), _AT_ONCE):
        part = keys[start : start + _AT_ONCE].copy()
        owned = part >> work.positions
        position = part - (owned << work.positions)
        new = np.empty(len(part), bool)
        new[0] = start == 0 or owned[0] != owner
        new[1:] = owned[1:] != owned[:-1]
        owner = owned[-1]
        gap = np.diff(position, prepend=before)
        before = position[-1]
        gap[new] = position[new]
        gap = gap[(owned >> work.documents) % work.fields < texts]
        gaps[kept : kept + len(gap)] = gap
        kept += len(gap)
        at = np.flatnonzero(new)
        owned = owned[at]
        documents[count : count + len(at)] = owned & ((1 << work.documents) - 1)
        firsts[count : count + len(at)] = at + start
        count += len(at)
        sizes += np.bincount(owned >> work.documents, minlength=work.lists)
    counts = np.diff(firsts[:count], append=np.uint32(len(keys)))
    counts[np.repeat(np.arange(work.lists) % work.fields >= texts, sizes)] = 0
    gaps = _packed("I", gaps[:kept])
    del keys
    return Postings(
        _packed("Q", np.concatenate([[0], np.cumsum(sizes)])),
        _packed("I", documents[:count]),
        _packed("I", counts),
        gaps,
        work.fields,
    )


def _packed(code: str, values: Any) -> array[int]:
    result = array(code)
    result.frombytes(memoryview(values).cast("B"))
    return result


def _keys(np: Any, work: _Work) -> Any:
    """In no order."""
    terms = work.terms
    stream = np.frombuffer(terms.stream, np.uint32)
    starts = np.frombuffer(terms.starts, np.uint64).astype(np.int64)
    term_of = np.frombuffer(terms.term_of, np.int32)
    first_list = np.full(len(term_of), -1, np.int64)
    kept = term_of != STOPPED
    first_list[kept] = np.asarray(work.places, np.int64)[term_of[kept]] * work.fields << work.list_bit
    numbers = np.asarray(work.numbering, np.int64)[:, None] << work.positions
    bases = (numbers + (np.arange(terms.fields, dtype=np.int64) << work.list_bit)).ravel()

    extra = _spelling_keys(np, work)
    keys = np.empty(len(stream) + len(extra), np.int64)
    end = 0
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
    keys[end : end + len(extra)] = extra
    return keys[: end + len(extra)]


def _spelling_keys(np: Any, work: _Work) -> Any:
    values = np.frombuffer(b"".join(work.also.values()), np.uint32)
    lists = (np.fromiter(work.also, np.int64) + 1) * work.fields - ALSO
    lists = np.repeat(lists, [*map(len, work.also.values())]) + (values & 1)
    numbers = np.asarray(work.numbering, np.int64)[values >> 1]
    return (lists << work.list_bit) + (numbers << work.positions)


def _by_sorting(work: _Work) -> Postings:
    terms, texts = work.terms, work.terms.fields
    first_list = [
        -1 if term == STOPPED else work.places[term] * work.fields << work.list_bit for term in terms.term_of
    ]
    keys = [
        ((place + 1) * work.fields - ALSO + (value & 1) << work.list_bit)
        + (work.numbering[value >> 1] << work.positions)
        for place, values in work.also.items()
        for value in values
    ]
    for cell, (start, end) in enumerate(pairwise(terms.starts)):
        document, field = divmod(cell, texts)
        base = (work.numbering[document] << work.positions) + (field << work.list_bit)
        lists = map(first_list.__getitem__, terms.stream[start:end])
        keys += [at + first for at, first in enumerate(lists, base) if first >= 0]
    keys.sort()

    found = [0] * (work.lists + 1)
    documents, counts, gaps = array("I"), array("I"), array("I")
    owner = before = -1
    for key in keys:
        owned = key >> work.positions
        position = key - (owned << work.positions)
        at = owned >> work.documents
        if owned != owner:
            owner, before = owned, 0
            found[at + 1] += 1
            documents.append(owned - (at << work.documents))
            counts.append(0)
        if at % work.fields < texts:
            counts[-1] += 1
            gaps.append(position - before)
            before = position
    return Postings(array("Q", accumulate(found)), documents, counts, gaps, work.fields)
