"""Blocks as files: what each is called, and what the manifest tells of them all."""

from __future__ import annotations

import base64
import hashlib
import zlib
from collections import Counter
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sitegen import __version__
from sitegen.model.page import Output
from sitegen.search.documents import FIELDS, LONG
from sitegen.search.facets import FACETS
from sitegen.search.forms import STOP_WORDS
from sitegen.search.stock import K1, B

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from sitegen.search.blocks import Block
    from sitegen.search.documents import Labels

FAMILIES = ("postings", "positions", "vocabulary", "endings", "words", "cards", "facets")

_FORMAT = 2  # of the blocks and the manifest; blocks.js refuses others
_CARDS, _MOST_CARD_BLOCKS = 16, 2_600  # as blocks.py says
_MOST_DIGESTS = 128  # of a family in the manifest: beyond that, neighbours share one
_LEVEL = 5  # a thousandth larger than with 6, in three quarters of the time


class Family(msgspec.Struct, frozen=True):
    """Files of blocks of one kind, by number. So many neighbours (`together`) share a digest of all their bytes."""

    together: int
    digests: list[bytes]
    starts: list[str]

    def path(self, family: str, number: int) -> str:
        """Of the block with this number."""
        return _path(family, number, self.digests[number // self.together])


class Standing(NamedTuple):
    """A block that is one of the last build's, unchanged but perhaps for its number and its start."""

    number: int
    start: str


class Before(NamedTuple):
    """A family as the last build made it, whose blocks can be read again."""

    family: Family
    read: Callable[[int], Block]


def family_files(
    name: str,
    blocks: Iterable[Block | Standing],
    count: int,
    stands: Callable[[str, bytes], bool],
    before: Before | None = None,
) -> Generator[Output, None, Family]:
    """The files of a family of `count` blocks, but for those that stand; returns the Family.

    Blocks that stand since the build `before` are read only where they share a digest with others, or have another number.
    """
    together = together_of(count)
    digests: list[bytes] = []
    starts: list[str] = []
    for each in _groups(blocks, together):
        group = each
        digest = _known(group, len(starts), together, before)
        if digest is None:
            whole = [_whole(block, before) for block in group]
            group, digest = list(whole), _digest(len(starts), whole)
        digests.append(digest)
        for number, block in enumerate(group, len(starts)):
            path = _path(name, number, digest)
            if not stands(path, digest):
                it = _whole(block, before)
                yield Output(path, (it.packed or pack(it.data),))
        starts += [block.start for block in group]
    return Family(together, digests, starts)


def together_of(count: int) -> int:
    """How many neighbours share a digest where there are so many blocks."""
    return -(-count // _MOST_DIGESTS) or 1


def pack(block: bytes) -> bytes:
    """A block as it is written."""
    return zlib.compress(block, _LEVEL)


def cards_each(papers: int) -> int:
    """How many cards a block has."""
    return max(_CARDS, -(-papers // _MOST_CARD_BLOCKS))


def manifest(
    labels: Labels, lengths: Sequence[array[int]], terms: int, families: Mapping[str, Family]
) -> Output:
    """What a browser loads first. `lengths` are those of the fields, by number; `terms` is how many lunr knows."""
    papers = len(lengths[LONG])
    data = msgspec.json.encode(
        {
            "format": _FORMAT,
            "generator": f"sitegen {__version__}",
            "documents": papers,
            "terms": terms,
            "k1": K1,
            "b": B,
            "fields": [
                {"name": name, "boost": boost, "length": sum(lengths[field])}
                for field, (name, boost) in enumerate(FIELDS.items())
            ],
            "long": LONG,
            # how many papers have how long a long field: length, papers, length, papers …
            "lengths": [value for pair in sorted(Counter(lengths[LONG]).items()) for value in pair],
            "stopWords": " ".join(sorted(STOP_WORDS)),
            "collections": labels.lists,
            "facets": FACETS,
            "cards": cards_each(papers),
            "blocks": {
                name: {
                    "each": families[name].together,
                    "digests": "".join(map(_name, families[name].digests)),
                    "starts": "\n".join(families[name].starts).rstrip("\n"),
                }
                for name in FAMILIES
            },
        }
    )
    return Output("search/manifest.json", (data,))


def _known(
    group: Sequence[Block | Standing], first: int, together: int, before: Before | None
) -> bytes | None:
    """The digest of a group that is one of the last build's."""
    if before is None or before.family.together != together:
        return None
    family = before.family
    size = min(together, len(family.starts) - first)
    numbers = [block.number if isinstance(block, Standing) else -1 for block in group]
    return family.digests[first // together] if numbers == [*range(first, first + size)] else None


def _whole(block: Block | Standing, before: Before | None) -> Block:
    if isinstance(block, Standing):
        assert before is not None
        return before.read(block.number)._replace(start=block.start)
    return block


def _groups(blocks: Iterable[Block | Standing], size: int) -> Iterator[list[Block | Standing]]:
    rest = iter(blocks)
    while group := list(islice(rest, size)):
        yield group


def _digest(first: int, blocks: Sequence[Block]) -> bytes:
    """Of neighbours, the first with this number: moved by one, they would give their names to each other."""
    digest = hashlib.blake2b(b"%d\n" % first, digest_size=16)
    for block in blocks:
        digest.update(b"%d\n%b" % (len(block.data), block.data))
    return digest.digest()


def _path(family: str, number: int, digest: bytes) -> str:
    return f"search/{family}/{number}.{_name(digest)}.bin"


def _name(digest: bytes) -> str:
    """Six letters and digits, of 30 bits: enough beside a block's number, and there are hundreds in the manifest."""
    return base64.b32encode(digest)[:6].decode().lower()
