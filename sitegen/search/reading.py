"""All papers read: what the index needs of each, once their texts are words. A part of them can be read by another process."""

from __future__ import annotations

from array import array
from io import BytesIO
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from sitegen.search.arrays import frequencies, list_starts, renumbered
from sitegen.search.documents import FIELDS, Facets, read_documents
from sitegen.search.forms import find_forms
from sitegen.search.spellings import acronyms
from sitegen.search.terms import Terms, Words, terms_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sitegen.model.paper import Paper
    from sitegen.model.site import Site
    from sitegen.search.documents import Document

T = TypeVar("T")

_EXPLAINING = 2  # fields, title and abstract, in which acronyms are explained
MANY = 2_000  # papers, of which another process reads most
# Papers for which a process is started. It copies each page of memory that it touches, if only to count references:
# of few papers these are few.
_BATCH = 10_000
_NUMBER = 4  # bytes


class Read(msgspec.Struct):
    """What the index needs of papers, by their position; cards are JSON. Of a kind for pipes and files: arrays are bytes."""

    cards: list[bytes]
    facets: list[Facets]
    identifiers: list[tuple[str, ...]]
    explained: list[list[tuple[str, ...]]]  # acronyms
    words: list[str]  # their texts, as Terms has them
    stream: bytes  # as Terms has it
    told: list[bytes] = []  # what the site tells of the papers, as digests; none where nobody asks

    def terms(self) -> Terms:
        """All that the papers say."""
        return terms_of(self.words, _numbers(self.stream), len(FIELDS))


class Apart(Protocol):
    """Starts a function in another process whose result is of a kind that msgspec knows; calling what it gives waits."""

    def __call__(self, run: Callable[[], T], kind: type[T]) -> Callable[[], T]: ...


def read(
    site: Site,
    *,
    told: Mapping[str, bytes] | None = None,
    before: Read | None = None,
    apart: Apart | None = None,
) -> Read:
    """Every paper, newest first. Those that were read `before` are not read again.

    `told` has, by a paper's id, a digest of all that the site tells of it: equal ones mean equal papers. Names of tags
    and lists have to be those of the time `before`.
    """
    papers = site.newest
    if told is None:
        return _with_words_in_order(_read(site, papers, Words(), apart))
    keys = [told[paper.id] for paper in papers]
    known = {key: at for at, key in enumerate(before.told)} if before else {}
    if before is None or known.keys().isdisjoint(keys):
        return _with_words_in_order(msgspec.structs.replace(_read(site, papers, Words(), apart), told=keys))
    fresh = [paper for paper, key in zip(papers, keys, strict=True) if key not in known]
    more = _read(site, fresh, Words(before.words), apart)
    after = iter(range(len(known), len(papers) + len(known)))
    order = [known[key] if key in known else next(after) for key in keys]
    return _with_words_in_order(_in_order(_together(before, more), order, keys))


def _read(site: Site, papers: Sequence[Paper], words: Words, apart: Apart | None) -> Read:
    """All of the papers, most of each batch in another process where there may be one."""
    words.expect(sum(len(paper.abstract) for paper in papers))
    if apart is None or len(papers) < MANY:
        return read_some(read_documents(site, papers), words)
    read, stream = Read([], [], [], [], words.texts, b""), BytesIO()
    size = -(-len(papers) // -(-len(papers) // _BATCH))  # all alike
    for start in range(0, len(papers), size):
        for part in _read_by_two(site, papers[start : start + size], words, apart):
            read.cards += part.cards
            read.facets += part.facets
            read.identifiers += part.identifiers
            read.explained += part.explained
            stream.write(part.stream)
    read.stream = stream.getvalue()  # without a copy
    return read


def _read_by_two(site: Site, papers: Sequence[Paper], words: Words, apart: Apart) -> tuple[Read, Read]:
    known, ours = len(words.texts), len(papers) // 2
    rest = apart(lambda: read_some(read_documents(site, papers[ours:]), words, known), Read)
    first = read_some(read_documents(site, papers[:ours]), words)
    # While the other process is at work, this one makes ready for what it brings.
    find_forms(words.texts[known:])
    second = rest()
    second.stream = words.taken(second.words, _numbers(second.stream), known)
    return first, second


def read_some(papers: Iterable[Document], words: Words, known: int = 0) -> Read:
    """These papers, with the words beyond so many known ones; `words` gets those that it has not."""
    kept = Read([], [], [], [], [], b"")
    kept.stream = words.read(_texts(papers, kept)).tobytes()
    kept.words = words.texts[known:]
    return kept


def _texts(papers: Iterable[Document], kept: Read) -> Iterator[tuple[str, ...]]:
    """The texts of papers, one after another; what is left of each is kept."""
    for paper in papers:
        kept.cards.append(msgspec.json.encode(paper.card))
        kept.facets.append(paper.facets)
        kept.identifiers.append(paper.identifiers)
        kept.explained.append(
            [each for text in paper.texts[:_EXPLAINING] if "(" in text for each in acronyms(text)]
        )
        yield paper.texts


def _together(one: Read, other: Read) -> Read:
    """Papers of the one, then those of the other, which has the one's words and more."""
    return Read(
        one.cards + other.cards,
        one.facets + other.facets,
        one.identifiers + other.identifiers,
        one.explained + other.explained,
        other.words,
        one.stream + other.stream,
    )


def _in_order(papers: Read, order: Sequence[int], told: list[bytes]) -> Read:
    starts = list_starts(_numbers(papers.stream))[:: len(FIELDS)]
    stream = memoryview(papers.stream)
    return Read(
        [papers.cards[at] for at in order],
        [papers.facets[at] for at in order],
        [papers.identifiers[at] for at in order],
        [papers.explained[at] for at in order],
        papers.words,
        b"".join([stream[_NUMBER * starts[at] : _NUMBER * starts[at + 1]] for at in order]),
        told,
    )


def _with_words_in_order(papers: Read) -> Read:
    """Without those that no paper has any more; most of what follows is sooner done with words in order."""
    stream = _numbers(papers.stream)
    counts = frequencies(stream, len(papers.words))
    used = [word for word in range(1, len(counts)) if counts[word]]
    used.sort(key=papers.words.__getitem__)
    order = [0, *used]
    if order != list(range(len(papers.words))):
        numbers = array("I", bytes(_NUMBER * len(papers.words)))
        for number, word in enumerate(order):
            numbers[word] = number
        papers.words = [papers.words[word] for word in order]
        papers.stream = renumbered(stream, numbers)
    return papers


def _numbers(stream: bytes) -> memoryview:
    return memoryview(stream).cast("I")
