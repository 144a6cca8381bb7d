"""Terms turned around: for every term, the documents that have it, and where."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from itertools import pairwise
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
    terms: Terms, numbering: Sequence[int], places: Sequence[int], also: Mapping[int, Sequence[int]]
) -> Postings:
    """Postings in which the document at position `d` is called `numbering[d]`, and term `t` stands at `places[t]`.

    `also` has other spellings: place → documents, each as 2 · number, and one more where it is not in the title.
    """
    longest = max(map(int.__sub__, terms.starts[1:], terms.starts), default=0) + 1
    lists = (max([*places, *also], default=-1) + 1) * (terms.fields + ALSO)
    work = _Work(terms, numbering, places, also, terms.fields + ALSO, lists, longest)
    fits = lists * (terms.documents or 1) * longest < 1 << 63
    np = numpy_for(len(terms.stream)) if fits else None
    return _by_sorting(work) if np is None else _by_numpy(np, work)


class _Work(msgspec.Struct, frozen=True):
    """Every occurrence is one number: (list · documents + document) · longest + position in the cell."""

    terms: Terms
    numbering: Sequence[int]
    places: Sequence[int]
    also: Mapping[int, Sequence[int]]
    fields: int
    lists: int
    longest: int

    @property
    def per_list(self) -> int:
        return self.terms.documents * self.longest

    @property
    def spellings(self) -> list[int]:
        return [
            ((place + 1) * self.fields - ALSO + (value & 1)) * self.per_list + (value >> 1) * self.longest
            for place, values in self.also.items()
            for value in values
        ]


_CELLS = 50_000  # at once: bounds what is in memory beside the keys


def _by_numpy(np: Any, work: _Work) -> Postings:
    terms, longest, per_list = work.terms, work.longest, work.per_list
    stream = np.frombuffer(terms.stream, np.uint32)
    starts = np.frombuffer(terms.starts, np.uint64).astype(np.int64)
    term_of = np.frombuffer(terms.term_of, np.int32)
    list_of = np.full(len(term_of), -1, np.int64)
    kept = term_of != STOPPED
    list_of[kept] = np.asarray(work.places, np.int64)[term_of[kept]] * work.fields * per_list
    bases = (
        np.asarray(work.numbering, np.int64)[:, None] * longest + np.arange(terms.fields) * per_list
    ).ravel()

    extra = work.spellings
    keys = np.empty(len(stream) + len(extra), np.int64)
    end = 0
    for first in range(0, len(bases), _CELLS):
        bounds = starts[first : first + _CELLS + 1]
        lists = list_of[stream[bounds[0] : bounds[-1]]]
        here = np.repeat(bases[first : first + _CELLS] - bounds[:-1], np.diff(bounds))
        here += np.arange(bounds[0], bounds[-1])
        here += lists
        here = here[lists >= 0]
        keys[end : end + len(here)] = here
        end += len(here)
    keys[end : end + len(extra)] = extra
    keys = keys[: end + len(extra)]
    keys.sort()

    owners = keys // longest
    keys -= owners * longest  # positions, from here on
    firsts = np.flatnonzero(np.diff(owners, prepend=-1))
    gaps = np.diff(keys, prepend=0)
    gaps[firsts] = keys[firsts]
    counts = np.diff(firsts, append=len(keys))
    lists, documents = np.divmod(owners[firsts], max(terms.documents, 1))
    in_text = lists % work.fields < terms.fields
    if extra:
        gaps = gaps[np.repeat(in_text, counts)]
        counts[~in_text] = 0

    def packed(code: str, values: Any, kind: Any) -> array[int]:
        return array(code, values.astype(kind).tobytes())

    return Postings(
        packed("Q", np.searchsorted(lists, np.arange(work.lists + 1)), np.uint64),
        packed("I", documents, np.uint32),
        packed("I", counts, np.uint32),
        packed("I", gaps, np.uint32),
        work.fields,
    )


def _by_sorting(work: _Work) -> Postings:
    terms, longest, per_list = work.terms, work.longest, work.per_list
    list_of = [
        -1 if term == STOPPED else work.places[term] * work.fields * per_list for term in terms.term_of
    ]
    keys: list[int] = []
    for cell, (start, end) in enumerate(pairwise(terms.starts)):
        document, field = divmod(cell, terms.fields)
        base = work.numbering[document] * longest + field * per_list
        lists = map(list_of.__getitem__, terms.stream[start:end])
        keys += [at + place for at, place in enumerate(lists, base) if place >= 0]
    keys += work.spellings
    keys.sort()

    found = [0] * (work.lists + 1)
    documents, counts, gaps = array("I"), array("I"), array("I")
    owner, before = -1, 0
    for key in keys:
        owned, position = divmod(key, longest)
        if owned != owner:
            owner, before = owned, 0
            at, document = divmod(owned, terms.documents)
            found[at + 1] += 1
            documents.append(document)
            counts.append(0)
            in_text = at % work.fields < terms.fields
        if in_text:
            counts[-1] += 1
            gaps.append(position - before)
            before = position
    starts = array("Q", [0])
    for number in found[1:]:
        starts.append(starts[-1] + number)
    return Postings(starts, documents, counts, gaps, work.fields)
