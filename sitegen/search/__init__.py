"""Site → the search index: what lunr would find, on plain files that a browser loads a few of."""

from __future__ import annotations

import base64
import hashlib
import zlib
from array import array
from collections import Counter
from functools import partial
from itertools import chain, islice
from typing import TYPE_CHECKING

import msgspec

from sitegen import __version__
from sitegen.model.page import Output
from sitegen.search.arrays import frequencies
from sitegen.search.blocks import (
    Block,
    block_cuts,
    card_blocks,
    in_javascript_order,
    line_blocks,
    positions_blocks,
    postings_blocks,
)
from sitegen.search.documents import FIELDS, LONG
from sitegen.search.facets import FACETS, facet_blocks
from sitegen.search.postings import ALSO, occurrences, postings_of
from sitegen.search.reading import MANY
from sitegen.search.reading import read as read_papers
from sitegen.search.spellings import other_spellings
from sitegen.search.stock import K1, B
from sitegen.search.terms import STOP_WORDS, STOPPED
from sitegen.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sitegen.model.site import Site
    from sitegen.search.postings import Postings
    from sitegen.search.reading import Apart, Read
    from sitegen.search.terms import Terms

_FORMAT = 2  # of the blocks and the manifest; blocks.js refuses others

_FAMILIES = ("postings", "positions", "vocabulary", "endings", "words", "cards", "facets")
_CARDS, _MOST_CARD_BLOCKS = 16, 2_600  # as blocks.py says
_MOST_ASIDE = 30_000  # papers; of more, spellings take too much memory beside the cards
_MOST_DIGESTS = 128  # of a family in the manifest: beyond that, neighbours share one
_LEVEL = 5  # a thousandth larger than with 6, in three quarters of the time


def build(
    site: Site,
    papers: Read | None = None,
    *,
    apart: Apart | None = None,
    stands: Callable[[str, bytes], bool] = lambda _path, _digest: False,
) -> Iterator[Output]:
    """All files under search/, the manifest last. Same site, same files; an unchanged block keeps its name.

    Papers are numbered by the length of their abstracts, so that these lengths need no place in the postings; equal
    ones stay newest first.

    `papers` are the site's, as `read` has them; else they are read now, where `apart` starts work in another process. A
    file that `stands` already, by its path and a digest of what it is made of, is left out.
    """
    read = papers or read_papers(site, apart=apart)
    terms = read.terms()
    count = len(read.cards)
    lengths = terms.lengths()
    order = sorted(range(count), key=lengths[LONG].__getitem__)
    numbering = array("I", bytes(4 * len(order)))
    for number, position in enumerate(order):
        numbering[position] = number
    lengths = [array("I", map(each.__getitem__, order)) for each in lengths]
    aside = apart if apart is not None and count >= MANY else None
    spellings: Callable[[], dict[str, bytes]] = partial(_spellings, terms, read)
    if aside is not None and count <= _MOST_ASIDE:
        spellings = aside(spellings, dict[str, bytes])

    blocks = _Families(stands)
    written = _written(terms)
    yield from blocks.outputs("words", line_blocks(in_javascript_order(written), written))
    cards_each = _cards_each(count)
    cards = card_blocks([read.cards[position] for position in order], cards_each)
    yield from blocks.outputs("cards", cards, -(-count // cards_each))
    facets = facet_blocks([read.facets[position] for position in order], site.library)
    yield from blocks.outputs("facets", facets)
    del written, cards, facets

    others = spellings()
    # What was read has no use any more, but for those who gave it; postings take twice as much.
    del read, spellings
    names = in_javascript_order({*terms.names, *others})
    place_of = {name: place for place, name in enumerate(names)}
    also = {place_of[name]: array("I", documents) for name, documents in others.items()}
    found = occurrences(terms, numbering, [place_of[name] for name in terms.names], also)
    known = len(terms.names)
    del terms, others, also, place_of
    postings = postings_of(found)
    del found

    rest: Callable[[], dict[str, list[Block]]] = partial(_packed, partial(_with_postings, names, postings))
    rest_aside = aside(rest, dict[str, list[Block]]) if aside is not None else None
    posted = len(block_cuts(postings))
    yield from blocks.outputs("postings", postings_blocks(names, postings, lengths, LONG), posted)
    for family, made in (rest_aside() if rest_aside else _with_postings(names, postings)).items():
        yield from blocks.outputs(family, made, posted if family == "positions" else 1)

    yield Output(
        "search/manifest.json",
        msgspec.json.encode(
            {
                "format": _FORMAT,
                "generator": f"sitegen {__version__}",
                "documents": count,
                "terms": known,
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
                "collections": [[each.id, each.title] for each in site.library.lists],
                "facets": FACETS,
                "cards": cards_each,
                "blocks": {family: blocks.index[family] for family in _FAMILIES},
            }
        ),
    )


class _Families:
    """Families of blocks as files, and what the manifest says of them."""

    def __init__(self, stands: Callable[[str, bytes], bool]) -> None:
        self._stands = stands
        self.index: dict[str, dict[str, object]] = {}

    def outputs(self, family: str, blocks: Iterable[Block], count: int = 1) -> Iterator[Output]:
        """The files of so many blocks that do not stand already."""
        together = -(-count // _MOST_DIGESTS) or 1
        starts, digests, number = [], [], 0
        for group in _groups(blocks, together):
            digest = _digest(group)
            digests.append(_name(digest))
            for block in group:
                starts.append(block.start)
                path = f"search/{family}/{number}.{digests[-1]}.bin"
                if not self._stands(path, digest):
                    yield Output(path, block.packed or _pack(block.data))
                number += 1
        self.index[family] = {
            "each": together,
            "digests": "".join(digests),
            "starts": "\n".join(starts).rstrip("\n"),
        }


def _spellings(terms: Terms, read: Read) -> dict[str, bytes]:
    """By name, documents under which they are found, too: arrays "I" of the kind that `transpose` takes."""
    others = {
        **other_spellings(terms, chain.from_iterable(read.explained)),
        **_by_identifier(read.identifiers),
    }
    return {name: documents.tobytes() for name, documents in others.items()}


def _with_postings(names: Sequence[str], postings: Postings) -> dict[str, Iterable[Block]]:
    """The blocks of those families that need nothing else; the postings' own apart."""
    frequency = _frequency(names, postings)
    backwards = {name[::-1]: times for name, times in frequency.items()}
    return {
        "positions": positions_blocks(postings),
        "vocabulary": line_blocks(list(frequency), frequency),
        "endings": line_blocks(in_javascript_order(backwards), backwards),
    }


def _packed(families: Callable[[], Mapping[str, Iterable[Block]]]) -> dict[str, list[Block]]:
    """The same blocks, as they are written, too."""
    return {
        name: [Block(block.start, block.data, _pack(block.data)) for block in blocks]
        for name, blocks in families().items()
    }


def _pack(block: bytes) -> bytes:
    return zlib.compress(block, _LEVEL)


def _cards_each(papers: int) -> int:
    return max(_CARDS, -(-papers // _MOST_CARD_BLOCKS))


def _by_identifier(identifiers: Sequence[tuple[str, ...]]) -> dict[str, array[int]]:
    """As other spellings that stand elsewhere than in the title: an identifier is none of lunr's terms."""
    found: dict[str, array[int]] = {}
    for position, names in enumerate(identifiers):
        for identifier in dict.fromkeys(names):
            found.setdefault(identifier, array("I")).append(2 * position + 1)
    return found


def _frequency(names: Sequence[str], postings: Postings) -> dict[str, int]:
    """How many fields of documents have a term of lunr's, in the order of names; other spellings are in none."""
    firsts = postings.starts[:: postings.fields]
    ends = postings.starts[postings.fields - ALSO :: postings.fields]
    return {name: end - first for name, first, end in zip(names, firsts, ends, strict=False) if end > first}


def _written(terms: Terms) -> Mapping[str, int]:
    """Words as people write them, with their accents and without, by which a misspelt or unfinished one is understood."""
    counts = frequencies(terms.stream, len(terms.words))
    rows = zip(terms.words, terms.term_of, counts, strict=True)
    words = [(word, times) for word, term, times in rows if term != STOPPED]
    written = Counter({word: times for word, times in words if word.isalpha() and 2 < len(word) < 25})
    accented = [(word, times) for word, times in words if not word.isascii()]
    for word, times in accented:
        plain = fold(word)
        if plain != word and plain.isalpha() and 2 < len(plain) < 25:
            written[plain] += times
    return written


def _groups(blocks: Iterable[Block], size: int) -> Iterator[list[Block]]:
    rest = iter(blocks)
    while group := list(islice(rest, size)):
        yield group


def _digest(blocks: Sequence[Block]) -> bytes:
    digest = hashlib.blake2b(digest_size=16)
    for block in blocks:
        digest.update(b"%d\n%b" % (len(block.data), block.data))
    return digest.digest()


def _name(digest: bytes) -> str:
    """Six letters and digits, of 30 bits: enough beside a block's number, and there are hundreds in the manifest."""
    return base64.b32encode(digest)[:6].decode().lower()
