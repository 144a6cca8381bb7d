"""How the index lies on disk: families of small compressed blocks, of which a query loads the few that it needs.

Every block is zlib-compressed. Inside, by family (read by templates/assets/js/search/blocks.js):

postings    varint: bytes of the names; the block's terms, one a line; then columns of varints, each over all lists of
            the block, term by term and field by field: documents in the list; gaps between the documents' numbers
            (in each list the first from -1); how often each document has the term; and lengths of the documents'
            fields, in the lists of all fields but the long one and those of other spellings.
positions   for the block of postings with the same number, gaps between the term's places in the document (the first
            from 0): as many for each posting as it has occurrences, none for other spellings.
vocabulary  a line for each term: the term, a tab, in how many fields of documents it stands.
endings     the same, terms written backwards.
words       a line for each word as it is written: the word, a tab, how often it is met.
cards       a JSON array for each document, one a line.
facets      by number, as facets.py says.

Terms are in the order of JavaScript's strings. A varint has seven bits a byte, the lowest first; 128 says "more".
"""

from __future__ import annotations

import sys
from array import array
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from sitegen.search.varints import varints

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.search.columns import Columns

# Blocks grow only where papers are many: hosts count files. The families of postings, positions, cards and lines have
# 4,000 of them at most, shared out so that a query of two words with ten results loads the least.
_POSTINGS, _MOST_POSTINGS_BLOCKS = 5_000, 590  # some 7 KB
_LINES, _MOST_LINE_BLOCKS = 1_500, 70

_T = TypeVar("_T")


class Block(NamedTuple):
    """`start` is a beginning of the first term, by which the right block is found; "" in families that go by number."""

    start: str
    data: bytes
    packed: bytes = b""  # as it is written, where that is known


def postings_blocks(
    names: Sequence[str], columns: Columns, cuts: Iterable[tuple[int, int]]
) -> Iterator[Block]:
    """Terms, `names` in their order, with their postings, cut as `block_cuts` has it."""
    before = ""
    for first, end in cuts:
        start = separator(before, names[first])
        yield Block(start, with_head(names[first:end], [each.share(first, end) for each in columns.postings]))
        before = names[end - 1]


def with_head(names: Sequence[str], columns: Iterable[bytes | memoryview]) -> bytes:
    """The bytes of a block of postings."""
    head = "\n".join(names).encode()
    return b"".join((varints([len(head)]), head, *columns))


def positions_blocks(columns: Columns, cuts: Iterable[tuple[int, int]]) -> Iterator[Block]:
    """For every block of postings, where the terms stand."""
    for first, end in cuts:
        yield Block("", bytes(columns.positions.share(first, end)))


def block_cuts(starts: Sequence[int]) -> list[tuple[int, int]]:
    """First and last term (exclusive) of each block, by where the postings of each term start, and the last's end.

    A very frequent term has a block to itself.
    """
    most = max(_POSTINGS, starts[-1] // _MOST_POSTINGS_BLOCKS) if starts else _POSTINGS
    # Frequent terms cut blocks short that stand before them: how many there will be is known when they are cut.
    while len(cuts := list(_cuts(starts, most))) > _MOST_POSTINGS_BLOCKS:
        most += most // 8
    return cuts


def _cuts(starts: Sequence[int], most: int) -> Iterator[tuple[int, int]]:
    first = 0
    for term in range(len(starts) - 1):
        if term > first and starts[term + 1] - starts[first] > most:
            yield first, term
            first = term
    if len(starts) > 1:
        yield first, len(starts) - 1


def separator(before: str, start: str) -> str:
    """The shortest beginning of `start` that is not a beginning of what stands before it."""
    for size in range(1, len(start)):
        if not before.startswith(start[:size]):
            return start[:size]
    return start


def line_blocks(names: Sequence[str], numbers: Mapping[str, int]) -> Iterator[Block]:
    """Words, which stand in JavaScript's order, each with its number."""
    return blocks_of_lines([f"{name}\t{numbers[name]}" for name in names])


def blocks_of_lines(lines: Sequence[str]) -> Iterator[Block]:
    """The same lines, cut into blocks."""
    most = max(_LINES, -(-len(lines) // _MOST_LINE_BLOCKS))
    before = ""
    for chunk in _chunks(lines, most):
        yield Block(separator(before, name_of(chunk[0])), "\n".join(chunk).encode())
        before = name_of(chunk[-1])


def name_of(line: str) -> str:
    """The word of a line that has its number, too."""
    return line.partition("\t")[0]


def card_blocks(cards: Sequence[bytes], size: int) -> Iterator[Block]:
    """`size` cards a block, each as JSON on a line of its own."""
    for chunk in _chunks(cards, size):
        yield Block("", b"\n".join(chunk))


def in_javascript_order(names: Iterable[str]) -> list[str]:
    """By UTF-16 units, which differs from Python's order only where there are characters of two units."""
    result = list(names)
    letters = "".join(result)
    result.sort(key=units if len(letters.encode("utf-16-le")) > 2 * len(letters) else None)
    return result


def units(name: str) -> str:
    """By which names are compared in JavaScript's order."""
    return name if name.isascii() else "".join(map(chr, array("H", name.encode(_UTF_16))))


_UTF_16 = f"utf-16-{sys.byteorder[0]}e"


def _chunks(values: Sequence[_T], size: int) -> Iterator[Sequence[_T]]:
    return (values[at : at + size] for at in range(0, len(values), size))
