"""Terms turned around: for every term, the documents that have it."""

from __future__ import annotations

import importlib
import importlib.util
from array import array
from collections import Counter
from itertools import accumulate
from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.search.terms import Terms

_NUMPY_PAYS = 500_000  # terms in the stream; below it numpy takes longer to load than it saves
_HAS_NUMPY = importlib.util.find_spec("numpy") is not None


class Postings(msgspec.Struct, frozen=True):
    """For list `l` (term `l // fields`, field `l % fields`): documents in ascending order, and how often each has it.

    Both stand in `[starts[l]:starts[l + 1]]` of their arrays.
    """

    starts: array[int]
    documents: array[int]
    counts: array[int]
    fields: int


def transpose(terms: Terms, numbering: Sequence[int], *, numpy: bool | None = None) -> Postings:
    """Postings in which the document at position `d` is called `numbering[d]`.

    With numpy or without, the arrays are the same; None decides by installation and size.
    """
    if numpy is None:
        numpy = _HAS_NUMPY and len(terms.stream) >= _NUMPY_PAYS
    return _by_numpy(terms, numbering) if numpy else _by_counting(terms, numbering)


def _by_numpy(terms: Terms, numbering: Sequence[int]) -> Postings:
    """Sorts (term, field, document) as one number per occurrence, and counts the equal ones."""
    np: Any = importlib.import_module("numpy")
    fields, documents = terms.fields, terms.documents
    sizes = np.diff(np.frombuffer(terms.starts, dtype=np.uint64).astype(np.int64))
    cells = np.tile(np.arange(fields), documents) * documents
    cells += np.repeat(np.asarray(numbering, dtype=np.int64), fields)
    keys = np.frombuffer(terms.stream, dtype=np.uint32).astype(np.int64)
    keys *= fields * documents
    keys += np.repeat(cells, sizes)
    keys.sort()
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    counts = np.diff(firsts, append=len(keys))
    keys = keys[firsts]
    starts = np.searchsorted(keys, np.arange(len(terms.names) * fields + 1) * documents)

    def packed(code: str, values: Any, kind: Any) -> array[int]:
        return array(code, values.astype(kind).tobytes())

    return Postings(
        packed("Q", starts, np.uint64),
        packed("I", keys % max(documents, 1), np.uint32),
        packed("I", counts, np.uint32),
        fields,
    )


def _by_counting(terms: Terms, numbering: Sequence[int]) -> Postings:
    """A counting sort: how long every list is, then every posting straight to its place."""
    cells, fields = terms.starts, terms.fields
    order = sorted(range(terms.documents), key=numbering.__getitem__)
    sizes = [0] * (len(terms.names) * fields + 1)
    lists, times, ends = (
        array("Q"),
        array("I"),
        array("Q"),
    )  # the postings as they are met, document by document
    for document in order:
        for field in range(fields):
            cell = document * fields + field
            for term, count in Counter(terms.stream[cells[cell] : cells[cell + 1]]).items():
                at = term * fields + field
                sizes[at + 1] += 1
                lists.append(at)
                times.append(count)
        ends.append(len(lists))

    starts = array("Q", accumulate(sizes))
    place = list(starts)
    documents, counts = array("I", bytes(4 * len(lists))), array("I", bytes(4 * len(lists)))
    entry = 0
    for number, end in enumerate(ends):
        for at in lists[entry:end]:
            posting = place[at]
            place[at] = posting + 1
            documents[posting] = number
            counts[posting] = times[entry]
            entry += 1
    return Postings(starts, documents, counts, fields)
