"""All files of the index, made of the whole site."""

from __future__ import annotations

from array import array
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING, Protocol

import msgspec

from sitegen.search.blocks import (
    Block,
    block_cuts,
    card_blocks,
    in_javascript_order,
    line_blocks,
    positions_blocks,
    postings_blocks,
)
from sitegen.search.columns import Columns, columns_of
from sitegen.search.documents import LONG, read_labels
from sitegen.search.facets import facet_blocks
from sitegen.search.families import Family, cards_each, family_files, manifest
from sitegen.search.forms import as_written
from sitegen.search.index import LINES, Index
from sitegen.search.reading import MANY
from sitegen.search.reading import read as read_papers
from sitegen.search.spellings import Rule, other_spellings
from sitegen.search.terms import STOPPED

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence

    from sitegen.model.page import Output
    from sitegen.model.site import Site
    from sitegen.search.documents import Labels
    from sitegen.search.reading import Apart, Read
    from sitegen.search.terms import Terms

_MOST_ASIDE = 30_000  # papers; of more, cards take too much memory in two processes


class Elsewhere(Protocol):
    """Where another process puts files of the index."""

    def stands(self, path: str, digest: bytes) -> bool:
        """As `build` asks it."""

    def put(self, output: Output) -> None:
        """Put a file in place."""

    def told(self) -> bytes:
        """All that the first process has to know of this."""


def build(
    site: Site,
    papers: Read | None = None,
    *,
    apart: Apart | None = None,
    stands: Callable[[str, bytes], bool] = lambda _path, _digest: False,
    elsewhere: Callable[[], Elsewhere] | None = None,
    take: Callable[[bytes], None] = lambda _told: None,
    keep: Callable[[Index], None] | None = None,
) -> Iterator[Output]:
    """All files under search/, the manifest last. Same site, same files; an unchanged block keeps its name.

    Papers are numbered by the length of their abstracts, so that these lengths need no place in the postings; equal
    ones stay newest first.

    `papers` are the site's, as `read` has them; else they are read now, where `apart` starts work in another process. A
    file that `stands` already, by its path and a digest of what it is made of, is left out. Where it says `elsewhere`,
    other processes make some of the files, which are left out, too; `take` is given what each of them told of its own.
    `keep` is given the index as the next build may patch it.
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
    counts = array("I", terms.counts).tobytes()
    starts = terms.starts[:: terms.fields].tobytes()
    kept = read if keep is not None else None
    families, labels = _Families(stands, elsewhere, take), read_labels(site.library)
    aside = apart if count >= MANY else None

    shown = yield from families.made_by(
        aside if count <= _MOST_ASIDE else None, partial(_shown, terms, read, order, labels)
    )
    others, rules = _spellings(terms, read)
    del read  # it has no use any more, but for those who gave it or keep it
    names = in_javascript_order(dict.fromkeys(chain(terms.names, others)))  # the sooner for being nearly so
    place_of = {name: place for place, name in enumerate(names)}
    also = {place_of[name]: documents for name, documents in others.items()}
    known = len(terms.names)
    tables = [None if field == LONG else length for field, length in enumerate(lengths)]
    places = [place_of[name] for name in terms.names]
    del others, place_of
    columns = columns_of(terms, numbering, places, also, tables, apart=aside)
    del terms, also, places

    cuts = block_cuts(columns.starts)
    # Other spellings are in no field.
    frequency = {name: times for name, times in zip(names, columns.frequency, strict=True) if times}
    rest = yield from families.made_by(aside, partial(_rest, columns, cuts, frequency))
    yield from families.outputs("postings", postings_blocks(names, columns, cuts), len(cuts))
    yield from families.outputs("vocabulary", line_blocks(list(frequency), frequency))
    rest()
    shown()
    yield manifest(labels, lengths, known, families.made)
    if keep is not None and kept is not None:
        keep(
            Index(
                papers=kept,
                starts=starts,
                counts=counts,
                numbering=numbering.tobytes(),
                lengths=[each.tobytes() for each in lengths],
                rules=rules,
                names=names,
                totals=columns.totals.tobytes(),
                lines=families.lines,
                families=families.made,
            )
        )


class _Families:
    """Families of blocks as files, and what is to be known of them."""

    def __init__(
        self,
        stands: Callable[[str, bytes], bool],
        elsewhere: Callable[[], Elsewhere] | None = None,
        take: Callable[[bytes], None] = lambda _told: None,
    ) -> None:
        self._stands, self._elsewhere, self._take = stands, elsewhere, take
        self.made: dict[str, Family] = {}
        self.lines: dict[str, bytes] = {}  # of families of LINES

    def outputs(self, family: str, blocks: Iterable[Block], count: int = 1) -> Iterator[Output]:
        """The files of so many blocks that do not stand already."""
        if family in LINES:
            blocks = list(blocks)
            self.lines[family] = b"\n".join([block.data for block in blocks])
        self.made[family] = yield from family_files(family, blocks, count, self._stands)

    def made_by(
        self, apart: Apart | None, make: Callable[[_Families], Iterator[Output]]
    ) -> Generator[Output, None, Callable[[], None]]:
        """Families made now, or begun by another process, which puts their files in place; what is returned waits for it."""
        if apart is None or self._elsewhere is None:
            yield from make(self)
            return lambda: None
        made = apart(partial(_made_elsewhere, make, self._elsewhere), Made)

        def told() -> None:
            others = made()
            self.made |= others.families
            self.lines |= others.lines
            self._take(others.told)

        return told


class Made(msgspec.Struct):
    """Families as another process tells of them."""

    families: dict[str, Family]
    lines: dict[str, bytes]
    told: bytes  # of their files


def _made_elsewhere(
    make: Callable[[_Families], Iterator[Output]], elsewhere: Callable[[], Elsewhere]
) -> Made:
    files = elsewhere()
    families = _Families(files.stands)
    for output in make(families):
        files.put(output)
    return Made(families.made, families.lines, files.told())


def _shown(
    terms: Terms, read: Read, order: Sequence[int], labels: Labels, families: _Families
) -> Iterator[Output]:
    """Words as people write them, what results show, and by what they are filtered."""
    written = _written(terms)
    yield from families.outputs("words", line_blocks(in_javascript_order(written), written))
    size = cards_each(len(order))
    cards = card_blocks([read.cards[position] for position in order], size)
    yield from families.outputs("cards", cards, -(-len(order) // size))
    facets = facet_blocks([read.facets[position] for position in order], labels)
    yield from families.outputs("facets", facets)


def _rest(
    columns: Columns, cuts: Sequence[tuple[int, int]], frequency: Mapping[str, int], families: _Families
) -> Iterator[Output]:
    """Where terms stand, and in how many fields of documents each of lunr's does, written backwards."""
    yield from families.outputs("positions", positions_blocks(columns, cuts), len(cuts))
    backwards = {name[::-1]: times for name, times in frequency.items()}
    yield from families.outputs("endings", line_blocks(in_javascript_order(backwards), backwards))


def _spellings(terms: Terms, read: Read) -> tuple[dict[str, array[int]], list[Rule]]:
    """By name, documents under which they are found, too, of the kind that `transpose` takes; and why."""
    spelled, rules = other_spellings(terms, chain.from_iterable(read.explained))
    return {**spelled, **_by_identifier(read.identifiers)}, rules


def _by_identifier(identifiers: Sequence[tuple[str, ...]]) -> dict[str, array[int]]:
    """As other spellings that stand elsewhere than in the title: an identifier is none of lunr's terms."""
    found: dict[str, array[int]] = {}
    for position, names in enumerate(identifiers):
        for identifier in dict.fromkeys(names):
            found.setdefault(identifier, array("I")).append(2 * position + 1)
    return found


def _written(terms: Terms) -> Mapping[str, int]:
    """Words as people write them, with their accents and without, by which a misspelt or unfinished one is understood."""
    rows = zip(terms.words, terms.term_of, terms.counts, strict=True)
    words = [(word, times) for word, term, times in rows if term != STOPPED]
    written = {
        word: times for word, times in words if 2 < len(word) < 25 and word.isascii() and word.isalpha()
    }
    for word, times in words:
        if not word.isascii():
            for form in as_written(word):
                written[form] = written.get(form, 0) + times
    return written
