"""What one source claims about a work."""

from __future__ import annotations

from typing import Literal

import msgspec

from sitegen.diagnostics import Span

Certainty = Literal["exact", "inferred"]
LinkKind = Literal[
    "page", "pdf", "code", "project", "model", "data", "demo", "video", "slides", "poster", "other"
]
SignalKind = Literal["comments", "upvotes", "citations", "stars"]
NoticeKind = Literal["revised", "corrected", "retracted", "withdrawn"]
PublicationKind = Literal["article", "paper", "chapter", "book", "thesis", "report", "preprint"]


class PartialDate(msgspec.Struct, frozen=True, order=True, gc=False):
    """A date as precise as it is known: 0 for an unknown month or day. An unknown date is None, not this."""

    year: int
    month: int = 0
    day: int = 0
    certainty: Certainty = "exact"  # "inferred": the year follows from evidence about the day of capture

    @property
    def iso(self) -> str:
        """`2024`, `2024-03` or `2024-03-01`."""
        month = f"-{self.month:02}" if self.month else ""
        return f"{self.year:04}{month}-{self.day:02}" if self.day else f"{self.year:04}{month}"


class Identifier(msgspec.Struct, frozen=True, order=True, gc=False):
    """A name that a registry gave a work, in that registry's one normal form, version apart."""

    kind: str  # "arxiv", "doi", "acl", "openreview", "s2", "openalex", "pmid", "isbn" …
    value: str
    version: str = ""  # "2" for arXiv's v2


class Link(msgspec.Struct, frozen=True, order=True, gc=False):
    """A safe http(s) address. Unsafe ones never become a Link."""

    kind: LinkKind
    url: str
    label: str = ""


class Organization(msgspec.Struct, frozen=True, order=True, gc=False):
    name: str
    handle: str = ""


class Signal(msgspec.Struct, frozen=True, order=True, gc=False):
    """A count that was read on a day. Without that day it is kept, and never shown."""

    kind: SignalKind
    value: int
    day: PartialDate | None = None
    source: str = ""  # path of the dump it was read from


class Notice(msgspec.Struct, frozen=True, order=True, gc=False):
    """What a source says has happened to a work since it appeared."""

    kind: NoticeKind
    text: str = ""  # the reason, in the source's words; the version of what is revised: `v2`
    day: PartialDate | None = None  # on which that happened
    source: str = ""  # path of the dump it was read from


class Publication(msgspec.Struct, frozen=True, order=True, gc=False):
    """In what form a work appeared and where in its venue, as references have it. What is empty is not known.

    An article is in a journal, a paper in proceedings, a chapter in a book.
    """

    kind: PublicationKind | Literal[""] = ""
    volume: str = ""
    issue: str = ""  # of a journal; of a report its number
    pages: str = ""  # `11–24`, an en dash between first and last; or an article's number; or `in press`
    publisher: str = ""  # of a thesis the university, of a report the institution

    def __bool__(self) -> bool:
        """Whether it says anything."""
        return self != UNPUBLISHED

    @property
    def place(self) -> str:
        """Where in its venue, as lists of literature have it: `12(3), 11–24`."""
        number = f"{self.volume}({self.issue})" if self.issue else self.volume
        return ", ".join(filter(None, (number, self.pages)))

    @property
    def page_range(self) -> tuple[str, str]:
        """First and last page, or an article's number alone; nothing of several ranges and of words."""
        first, _, last = self.pages.partition("\N{EN DASH}")
        return ("", "") if not {" ", "\N{EN DASH}"}.isdisjoint(first + last) else (first, last)


UNPUBLISHED = Publication()  # which says nothing


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One source's claim. Text is as the source wrote it, TeX included; empty means "says nothing"."""

    where: Span  # file and line of its first line; the whole provenance of the claim
    curated: bool = False  # written by a person of this project (a pick, content/papers/), not by a listing
    title: str
    abstract: str = ""
    summary: str = ""  # Markdown, by curators
    authors: tuple[str, ...] = ()
    orcids: tuple[str, ...] = ()  # of the authors, in their order, "" where not known; () where none is
    author_count: int | None = None
    organizations: tuple[Organization, ...] = ()
    date: PartialDate | None = None
    venue: str = ""
    publication: Publication = UNPUBLISHED  # in that venue
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[Link, ...] = ()
    keywords: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()
    notices: tuple[Notice, ...] = ()
    tags: tuple[str, ...] = ()
    id: str = ""  # the paper's id where a curator fixed it
    names: str = ""  # content/papers/ only: the paper that this adds to, by id, identifier, URL or title
    same_as: tuple[str, ...] = ()
    not_same_as: tuple[str, ...] = ()
