"""Papers as the index reads them and as a result shows them."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

import msgspec

from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.model.library import Library
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site

# By name, the boost of a term's weight where exactly lunr's results are asked for. Beyond that, score.js weighs fields.
FIELDS = {"title": 1.0, "abstract": 1.0, "authors": 1.0, "notes": 1.0, "tags": 1.0, "venue": 1.0}
LONG = 1  # the abstract: its length numbers the documents

_NAMES_SHOWN = 3
_LINKS_AND_TAGS = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)|<[^<>]*>")
_MARKS = re.compile(r"(?<!\w)[*_`~#>]+|[*_`~]+(?!\w)")


class Facets(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """What a paper is filtered and sorted by."""

    date: int  # 20240301, with 00 for what is unknown; 0 for no date
    discussion: int  # comments
    venue: str
    tags: tuple[str, ...]  # ids
    lists: tuple[str, ...]  # ids
    statuses: tuple[str, ...]


class Labels(msgspec.Struct, frozen=True):
    """What tags and lists are called, by their ids; lists in the order of the home page."""

    tags: dict[str, str]
    lists: list[tuple[str, str]]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """One paper. `texts` are in the order of FIELDS; `card` is one line of a block of cards, as engine.js reads it."""

    texts: tuple[str, ...]
    card: tuple[object, ...]
    facets: Facets
    identifiers: tuple[str, ...]  # `arxiv:2511.18903`, in lower case: terms that stand in no text


def read_labels(library: Library) -> Labels:
    """Of the library's tags and lists."""
    tags = {tag: term.label for tag, term in library.tags.items()}
    return Labels(tags, [(each.id, each.title) for each in library.lists])


def read_documents(site: Site, papers: Iterable[Paper]) -> Iterator[Document]:
    """Papers of the site, one after another. For the index newest first: among equals, that order decides."""
    library = site.library
    numbers = {reading_list.id: number for number, reading_list in enumerate(library.lists)}
    tag_names = {tag: _text(", ".join((term.label, *term.aliases))) for tag, term in library.tags.items()}
    labels = {tag: _text(term.label) for tag, term in library.tags.items()}
    for paper in papers:
        appearances = site.appearances.get(paper.id, ())
        written = [*[each.entry.note for each in appearances], paper.summary]
        notes = [_prose(text) for text in written if text]
        lists = tuple(dict.fromkeys([each.list.id for each in appearances]))
        title, venue, date = _text(paper.title), _venue(paper.venue), paper.date
        iso = date.iso if date else ""
        comments = paper.reading("comments")
        names = ", ".join(paper.authors)
        authors = _text(names)
        shown = paper.authors[:_NAMES_SHOWN]
        yield Document(
            texts=(
                title,
                _text(paper.abstract),
                authors,
                " ".join(notes),
                ", ".join([tag_names[tag] for tag in paper.tags]),
                venue,
            ),
            card=(
                paper.id,
                title,
                list(shown) if authors is names else [_text(name) for name in shown],
                _author_count(paper),
                iso,
                venue,
                notes[0] if notes else "",
                [(tag, labels[tag]) for tag in paper.tags],
                [numbers[each] for each in lists],
                *_since(site.since[paper.id], iso),
            ),
            facets=Facets(
                date=date.year * 10_000 + date.month * 100 + date.day if date else 0,
                discussion=comments.value if comments else 0,
                venue=venue,
                tags=paper.tags,
                lists=lists,
                statuses=tuple(
                    dict.fromkeys([each.entry.status for each in appearances if each.entry.status])
                ),
            ),
            identifiers=tuple([f"{each.kind}:{each.value}".lower() for each in paper.identifiers]),
        )


def _since(iso: str, date: str) -> tuple[str, ...]:
    """Nothing where the paper's own date says it, which is what most cards can spare."""
    return () if iso == date else (iso,)


def _author_count(paper: Paper) -> int | None:
    return paper.author_count or len(paper.authors) or None


def _prose(markdown: str) -> str:
    """Markdown with its marks roughly off: what is left is searched and shown in one line, never rendered."""
    words = _LINKS_AND_TAGS.sub(lambda found: found[1] or "", markdown)
    return _text(" ".join(_MARKS.sub("", words).split()))


@functools.cache
def _venue(text: str) -> str:
    return _text(text)


def _text(text: str) -> str:
    """Without TeX, and without the lone surrogates that no file can hold."""
    if not text:
        return ""
    text = plain(text)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace").decode()
    return text
