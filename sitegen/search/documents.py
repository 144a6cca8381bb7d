"""Papers as the index reads them and as a result shows them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.paper import Paper
    from sitegen.model.site import Site

# By name, the boost that a term's weight gets in this field. A higher one for titles alone found no more in trials.
FIELDS = {"title": 1.0, "abstract": 1.0, "authors": 1.0, "notes": 1.0, "tags": 1.0}
LONG = 1  # the abstract: its length numbers the documents

_NAMES_SHOWN = 3
_LINKS_AND_TAGS = re.compile(r"!?\[([^\]\[]*)\]\([^()\s]*\)|<[^<>]*>")
_MARKS = re.compile(r"(?<!\w)[*_`~#>]+|[*_`~]+(?!\w)")


class Document(msgspec.Struct, frozen=True):
    """One paper. `texts` are in the order of FIELDS; `card` is one line of a block of cards, as engine.js reads it."""

    texts: tuple[str, ...]
    card: tuple[object, ...]

    @property
    def abstract(self) -> str:
        return self.texts[LONG]


def read_documents(site: Site) -> Iterator[Document]:
    """Every paper, newest first: among equals, that order decides."""
    numbers = {reading_list.id: number for number, reading_list in enumerate(site.library.lists)}
    for paper in site.newest:
        appearances = site.appearances.get(paper.id, ())
        notes = [_prose(text) for text in (*(a.entry.note for a in appearances), paper.summary) if text]
        tags = [site.library.tags[tag] for tag in paper.tags]
        title = _text(paper.title)
        yield Document(
            texts=(
                title,
                _text(paper.abstract),
                _text(", ".join(paper.authors)),
                " ".join(notes),
                _text(", ".join(name for tag in tags for name in (tag.label, *tag.aliases))),
            ),
            card=(
                paper.id,
                title,
                [_text(name) for name in paper.authors[:_NAMES_SHOWN]],
                _author_count(paper),
                paper.date.iso if paper.date else "",
                _text(paper.venue),
                notes[0] if notes else "",
                [(tag.id, _text(tag.label)) for tag in tags],
                list(dict.fromkeys(numbers[a.list.id] for a in appearances)),
            ),
        )


def _author_count(paper: Paper) -> int | None:
    return paper.author_count or len(paper.authors) or None


def _prose(markdown: str) -> str:
    """Markdown with its marks roughly off: what is left is searched and shown in one line, never rendered."""
    words = _LINKS_AND_TAGS.sub(lambda found: found[1] or "", markdown)
    return _text(" ".join(_MARKS.sub("", words).split()))


def _text(text: str) -> str:
    """Without TeX, and without the lone surrogates that no file can hold."""
    if not text:
        return ""
    text = plain(text)
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
