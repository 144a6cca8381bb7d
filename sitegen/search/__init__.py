"""Site → the search index: what lunr would find, on plain files that a browser loads a few of."""

from __future__ import annotations

import base64
import hashlib
import zlib
from array import array
from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from sitegen import __version__
from sitegen.model.page import Output
from sitegen.search.blocks import ending_blocks, line_blocks, postings_blocks, vocabulary_blocks
from sitegen.search.documents import FIELDS, LONG, read_documents
from sitegen.search.postings import transpose
from sitegen.search.stock import K1, B
from sitegen.search.terms import read_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.site import Site

_FORMAT = 1  # of the blocks and the manifest; engine.js refuses others

# Files of a family: hosts count them. Blocks grow only where papers are many.
_CARDS, _MOST_CARD_BLOCKS = 16, 1_500
_ABSTRACTS, _MOST_ABSTRACT_BLOCKS = 8, 1_250


def build(site: Site) -> Iterator[Output]:
    """All files under search/, the manifest last. Same site, same files; an unchanged block keeps its name.

    Papers are numbered by the length of their abstracts, so that these lengths need no place in the postings; equal
    ones stay newest first.
    """
    papers = list(read_documents(site))
    terms = read_terms((paper.texts for paper in papers), len(FIELDS))
    long = terms.lengths(LONG)
    order = sorted(range(len(papers)), key=long.__getitem__)
    numbering = array("I", bytes(4 * len(order)))
    for number, position in enumerate(order):
        numbering[position] = number
    postings = transpose(terms, numbering)
    lengths = [array("I", map(terms.lengths(field).__getitem__, order)) for field in range(len(FIELDS))]
    cards_each = max(_CARDS, -(-len(papers) // _MOST_CARD_BLOCKS))
    abstracts_each = max(_ABSTRACTS, -(-len(papers) // _MOST_ABSTRACT_BLOCKS))
    families = {
        "postings": postings_blocks(terms.names, postings, lengths, LONG),
        "vocabulary": vocabulary_blocks(terms.names, postings),
        "endings": ending_blocks(terms.names),
        "cards": line_blocks([papers[position].card for position in order], cards_each),
        "abstracts": line_blocks([papers[position].abstract for position in order], abstracts_each),
    }

    index: dict[str, dict[str, str]] = {}
    for family, blocks in families.items():
        starts, digests = [], []
        for number, block in enumerate(blocks):
            digest = _digest(block.data)
            starts.append(block.start)
            digests.append(digest)
            yield Output(f"search/{family}/{number}.{digest}.bin", zlib.compress(block.data))
        index[family] = {"digests": "".join(digests), "starts": "\n".join(starts).rstrip("\n")}

    yield Output(
        "search/manifest.json",
        msgspec.json.encode(
            {
                "format": _FORMAT,
                "generator": f"sitegen {__version__}",
                "documents": len(papers),
                "terms": len(terms.names),
                "k1": K1,
                "b": B,
                "fields": [
                    {"name": name, "boost": boost, "length": sum(lengths[field])}
                    for field, (name, boost) in enumerate(FIELDS.items())
                ],
                "long": LONG,
                # how many papers have how long a long field: length, papers, length, papers …
                "lengths": [value for pair in sorted(Counter(long).items()) for value in pair],
                "collections": [[each.id, each.title] for each in site.library.lists],
                "cards": cards_each,
                "abstracts": abstracts_each,
                "blocks": index,
            }
        ),
    )


def _digest(data: bytes) -> str:
    """Six letters and digits, of 30 bits: enough beside a block's number, and there are thousands in the manifest."""
    return base64.b32encode(hashlib.blake2b(data, digest_size=5).digest()).decode()[:6].lower()
