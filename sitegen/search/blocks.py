"""How the index lies on disk: families of small compressed blocks, of which a query loads the few that it needs.

Every block is zlib-compressed. Inside, by family (read by templates/assets/js/search/blocks.js):

postings    varint: bytes of the names; the block's terms, one a line; then, for each term, varints: for each field
            how many documents have it, and for each field that has any: gaps between the documents' numbers (the
            first from -1), how often each has the term, and, but for the long field, the lengths of their fields.
vocabulary  a line for each term: the term, a tab, in how many fields of documents it stands.
endings     a line for each term, written backwards.
cards       a JSON array for each document, one a line.
abstracts   a JSON string for each document, one a line.

Terms are in the order of JavaScript's strings. A varint has seven bits a byte, the lowest first; 128 says "more".
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

if TYPE_CHECKING:
    from array import array
    from collections.abc import Iterator, Sequence

    from sitegen.search.postings import Postings

_POSTINGS_BYTES = 14_000  # before compression: some 8 KB after it
_VOCABULARY_TERMS = 1_500


_T = TypeVar("_T")


class Block(NamedTuple):
    """`start` is the first term, by which the right block is found; "" in families that go by number."""

    start: str
    data: bytes


def postings_blocks(
    names: Sequence[str], postings: Postings, lengths: Sequence[array[int]], long: int
) -> Iterator[Block]:
    """Terms with their postings, in blocks of about the same size; a very frequent term has one to itself.

    `lengths` are the fields' lengths by document number; the field `long` has its own elsewhere.
    """
    varints = _Varints()
    fields, starts = postings.fields, postings.starts
    kept: list[str] = []
    bodies: list[bytes] = []
    size = 0
    for term in _in_javascript_order(names):
        values, parts = [], []
        for field in range(fields):
            first, end = starts[term * fields + field], starts[term * fields + field + 1]
            values.append(end - first)
            if first == end:
                continue
            documents = postings.documents[first:end].tolist()
            parts.append(documents[0] + 1)
            parts += map(int.__sub__, documents[1:], documents)
            parts += postings.counts[first:end]
            if field != long:
                parts += map(lengths[field].__getitem__, documents)
        body = b"".join(map(varints.__getitem__, values + parts))
        if kept and size + len(body) > _POSTINGS_BYTES:
            yield _postings_block(kept, bodies, varints)
            kept, bodies, size = [], [], 0
        kept.append(names[term])
        bodies.append(body)
        size += len(body) + len(names[term])
    if kept:
        yield _postings_block(kept, bodies, varints)


def _postings_block(names: Sequence[str], bodies: Sequence[bytes], varints: _Varints) -> Block:
    head = "\n".join(names).encode()
    return Block(names[0], b"".join((varints[len(head)], head, *bodies)))


class _Varints(dict[int, bytes]):
    def __missing__(self, value: int) -> bytes:
        low, rest = value & 127, value >> 7
        self[value] = code = bytes((low | 128,)) + self[rest] if rest else bytes((low,))
        return code


def vocabulary_blocks(names: Sequence[str], postings: Postings) -> Iterator[Block]:
    """Every term, and how common it is: for beginnings of words and for misspelt ones."""
    fields, starts = postings.fields, postings.starts
    order = _in_javascript_order(names)
    for chunk in _chunks(order, _VOCABULARY_TERMS):
        lines = [f"{names[t]}\t{starts[(t + 1) * fields] - starts[t * fields]}" for t in chunk]
        yield Block(names[chunk[0]], "\n".join(lines).encode())


def ending_blocks(names: Sequence[str]) -> Iterator[Block]:
    """Every term backwards, in that order: for `*ending`."""
    reversed_names = [name[::-1] for name in names]
    for chunk in _chunks(_in_javascript_order(reversed_names), _VOCABULARY_TERMS):
        lines = [reversed_names[term] for term in chunk]
        yield Block(lines[0], "\n".join(lines).encode())


def line_blocks(values: Sequence[object], size: int) -> Iterator[Block]:
    """`size` values a block, each as JSON on a line of its own."""
    for chunk in _chunks(values, size):
        yield Block("", b"\n".join(map(msgspec.json.encode, chunk)))


def _in_javascript_order(names: Sequence[str]) -> list[int]:
    """Positions of the names, sorted by UTF-16 units, big-endian bytes of which compare as the units do."""
    return sorted(range(len(names)), key=lambda term: names[term].encode("utf-16-be"))


def _chunks(values: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    return (values[at : at + size] for at in range(0, len(values), size))
