"""Plain JSON: an object with a `title` on each line, or an array of them; the documented shape for listings of one's own.

    title, abstract, authors (["…"], [{"name": "…", "orcid": "…"}] or "a; b"), year or date, venue, kind, volume, issue, pages, publisher, url,
    pdf, doi, arxiv, code, project, keywords (["…"] or "a; b"), citations

Only `title` is needed; other keys are ignored.
"""

from __future__ import annotations

from itertools import zip_longest
from typing import TYPE_CHECKING, get_args

import msgspec

from sitegen.model.record import PublicationKind, Record
from sitegen.parse.claims import Claims
from sitegen.parse.json_entries import read, sample

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import PartialDate
    from sitegen.model.source import Dump
    from sitegen.parse.json_entries import Entry

FORMAT = "jsonl"


def recognises(start: str) -> bool:
    """Whether one of the first entries is a JSON object with a title."""
    return any("title" in fields for fields in sample(start))


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every entry that has a title. A bad entry costs that entry, a bad field that field."""
    claims = Claims(path, captured)
    return claims.dump(FORMAT, (_record(entry, given, claims) for entry, given in read(text, _Line, claims)))


class _Person(msgspec.Struct, gc=False):
    name: str | None = None
    orcid: str | None = None


Names = list[str] | str | None


class _Line(msgspec.Struct, gc=False):
    title: str | None = None
    abstract: str | None = None
    authors: list[str | _Person] | str | None = None
    orcids: list[str] | None = None  # of the authors, in their order, as our own export has them
    year: int | str | None = None
    date: int | str | None = None
    venue: str | None = None
    kind: str | None = None  # one of PublicationKind
    volume: str | int | None = None
    issue: str | int | None = None
    pages: str | int | None = None
    publisher: str | None = None
    url: str | None = None
    pdf: str | None = None
    doi: str | None = None
    arxiv: str | None = None
    code: str | None = None
    project: str | None = None
    keywords: Names = None
    citations: int | None = None


def _record(entry: Entry, given: _Line, claims: Claims) -> Record | None:
    line = entry.line
    title = claims.text(given.title)
    if not title:
        claims.untitled(line, entry.data)
        return None
    abstract = claims.text(given.abstract)
    authors, orcids = claims.people(line, "orcid", _people(given))
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=authors,
        orcids=orcids,
        date=claims.date(line, ("date", given.date), ("year", given.year)),
        venue=claims.text(given.venue),
        publication=claims.publication(
            given.venue or "",
            _KINDS.get(given.kind or ""),
            volume=given.volume,
            issue=given.issue,
            pages=given.pages,
            publisher=given.publisher,
        ),
        identifiers=claims.identifiers(
            line, (("doi", given.doi), ("arxiv", given.arxiv)), (given.url, given.pdf)
        ),
        links=claims.links(
            line,
            (
                ("url", "page", given.url),
                ("pdf", "pdf", given.pdf),
                ("code", "code", given.code),
                ("project", "project", given.project),
            ),
            abstract,
        ),
        keywords=claims.texts(_listed(given.keywords)),
        signals=claims.signals(line, ("citations", "citations", given.citations)),
    )


_KINDS: Mapping[str, PublicationKind] = {kind: kind for kind in get_args(PublicationKind)}


def _people(given: _Line) -> Iterator[tuple[str | None, str | None]]:
    authors: Sequence[str | _Person] = (
        given.authors.split(";") if isinstance(given.authors, str) else given.authors or ()
    )
    for author, orcid in zip_longest(authors, (given.orcids or ())[: len(authors)]):
        if isinstance(author, _Person):
            yield author.name, author.orcid or orcid
        else:
            yield author, orcid


def _listed(names: Names) -> list[str] | None:
    return names.split(";") if isinstance(names, str) else names
