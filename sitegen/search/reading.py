"""All papers read: what the index needs of each, once their texts are words. Each half can be read by a process of its own."""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import msgspec

from sitegen.search.documents import FIELDS, Facets, read_documents
from sitegen.search.spellings import acronyms
from sitegen.search.terms import Terms, joined, read_terms

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.site import Site

_EXPLAINING = 2  # fields, title and abstract, in which acronyms are explained


class Read(msgspec.Struct):
    """By position of a paper, newest first, but for `explained`: acronyms, of all papers. Cards are JSON."""

    cards: list[bytes]
    facets: list[Facets]
    identifiers: list[tuple[str, ...]]
    explained: list[tuple[str, ...]]


class Share(Read):
    """What one process has read, for a pipe: arrays as bytes."""

    names: tuple[str, ...]
    words: tuple[str, ...]
    term_of: bytes
    stream: bytes
    starts: bytes


def read(site: Site, part: slice = slice(None)) -> tuple[Read, Terms]:
    """Some of the papers, or all."""
    kept = Read([], [], [], [])
    return kept, read_terms(_texts(site, part, kept), len(FIELDS))


def read_share(site: Site, part: slice) -> Share:
    """The same, packed."""
    kept, terms = read(site, part)
    return Share(
        kept.cards,
        kept.facets,
        kept.identifiers,
        kept.explained,
        terms.names,
        terms.words,
        terms.term_of.tobytes(),
        terms.stream.tobytes(),
        terms.starts.tobytes(),
    )


def with_share(kept: Read, terms: Terms, share: Share) -> tuple[Read, Terms]:
    """What was read, and after it a share of the papers that follow."""
    theirs = Terms(
        share.names,
        share.words,
        array("i", share.term_of),
        array("I", share.stream),
        array("Q", share.starts),
        terms.fields,
    )
    both = Read(
        kept.cards + share.cards,
        kept.facets + share.facets,
        kept.identifiers + share.identifiers,
        kept.explained + share.explained,
    )
    return both, joined(terms, theirs)


def _texts(site: Site, part: slice, kept: Read) -> Iterator[tuple[str, ...]]:
    """The texts of papers, one after another; what is left of each is kept."""
    for paper in read_documents(site, part):
        kept.cards.append(msgspec.json.encode(paper.card))
        kept.facets.append(paper.facets)
        kept.identifiers.append(paper.identifiers)
        for text in paper.texts[:_EXPLAINING]:
            if "(" in text:
                kept.explained.extend(acronyms(text))
        yield paper.texts
