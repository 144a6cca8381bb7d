"""Postings of single terms, read back from blocks and changed in a few papers."""

from __future__ import annotations

from itertools import accumulate, chain, islice
from typing import TYPE_CHECKING, NamedTuple

from sitegen.search.blocks import with_head
from sitegen.search.documents import FIELDS, LONG
from sitegen.search.postings import ALSO
from sitegen.search.varints import varints

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

_TEXTS = len(FIELDS)
_ALL = _TEXTS + ALSO

# A paper's share of a term's postings: by field, the gaps between its places; none for other spellings.
Share = dict[int, tuple[int, ...]]


class Lists(NamedTuple):
    """The postings of one term as its block has them: columns over the lists of all fields, and gaps between its places."""

    sizes: Sequence[int]
    documents: Sequence[int]  # gaps between their numbers
    counts: Sequence[int]
    lengths: Sequence[int]
    places: Sequence[int]


NONE = Lists((0,) * _ALL, (), (), (), ())


def read_lists(postings: bytes, positions: bytes) -> Iterator[tuple[str, Lists]]:
    """Terms of a block and their lists."""
    size, start = _first(postings)
    names = postings[start : start + size].decode().split("\n")
    values = _numbers(postings[start + size :])
    places = _numbers(positions)
    sizes = values[: len(names) * _ALL]
    total = sum(sizes)
    at = len(sizes)
    documents, counts = values[at : at + total], values[at + total : at + 2 * total]
    lengths = values[at + 2 * total :]
    first = first_length = first_place = 0
    for number, name in enumerate(names):
        mine = sizes[number * _ALL : (number + 1) * _ALL]
        end = first + sum(mine)
        end_length = first_length + sum(mine[field] for field in range(_TEXTS) if field != LONG)
        end_place = first_place + sum(counts[first:end])
        yield (
            name,
            Lists(
                mine,
                documents[first:end],
                counts[first:end],
                lengths[first_length:end_length],
                places[first_place:end_place],
            ),
        )
        first, first_length, first_place = end, end_length, end_place


def with_shares(
    lists: Lists, gone: Collection[int], shares: Mapping[int, Share], lengths: Sequence[Sequence[int]]
) -> Lists:
    """The lists without papers that are `gone`, and with these shares of others, by number.

    `lengths` are those of the fields, by number.
    """
    sizes: list[int] = []
    documents: list[int] = []
    counts: list[int] = []
    found: list[int] = []
    places: list[int] = []
    at = 0
    rest = iter(lists.places)
    for field, size in enumerate(lists.sizes):
        papers = [each - 1 for each in accumulate(lists.documents[at : at + size])]
        each_has = {
            paper: tuple(islice(rest, count))
            for paper, count in zip(papers, lists.counts[at : at + size], strict=True)
        }
        at += size
        for paper in gone:
            each_has.pop(paper, None)
        each_has.update((paper, share[field]) for paper, share in shares.items() if field in share)
        papers = sorted(each_has)
        sizes.append(len(papers))
        documents += [paper - before for paper, before in zip(papers, [-1, *papers])]  # noqa: B905  one more
        counts += [len(each_has[paper]) for paper in papers]
        if field < _TEXTS and field != LONG:
            found += [lengths[field][paper] for paper in papers]
        places += chain.from_iterable([each_has[paper] for paper in papers])
    return Lists(sizes, documents, counts, found, places)


def written_lists(names: Sequence[str], lists: Sequence[Lists]) -> tuple[bytes, bytes]:
    """A block of postings and its positions."""
    columns = (
        varints(list(chain.from_iterable(column)))
        for column in (
            [each.sizes for each in lists],
            [each.documents for each in lists],
            [each.counts for each in lists],
            [each.lengths for each in lists],
        )
    )
    return with_head(names, columns), varints(list(chain.from_iterable([each.places for each in lists])))


def _first(data: bytes) -> tuple[int, int]:
    """The first varint, and where what follows starts."""
    end = next(at for at, byte in enumerate(data) if byte < 128) + 1
    return _numbers(data[:end])[0], end


def _numbers(data: bytes) -> list[int]:
    """What `varints` wrote."""
    if data.isascii():
        return list(data)
    values: list[int] = []
    add = values.append
    value = shift = 0
    for byte in data:
        if byte < 128:
            add(value | byte << shift)
            value = shift = 0
        else:
            value |= (byte & 127) << shift
            shift += 7
    return values
