"""Papers of Semantic Scholar, as its Academic Graph API answers: one, an array, `data`, or one on each line.

https://api.semanticscholar.org/api-docs/graph
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.model.record import Identifier, Record
from sitegen.parse.claims import Claims
from sitegen.parse.json_entries import read, sample
from sitegen.text.names import display_name

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import PartialDate
    from sitegen.model.source import Dump
    from sitegen.parse.json_entries import Entry

FORMAT = "semantic-scholar"


def recognises(start: str) -> bool:
    """Whether an object has a `paperId`."""
    return any("paperId" in fields for fields in sample(start))


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every paper. `tldr` is left out: a machine wrote it, and it is no abstract."""
    claims = Claims(path, captured)
    return claims.dump(FORMAT, (_record(entry, paper, claims) for entry, paper in read(text, _Paper, claims)))


class _Named(msgspec.Struct, gc=False):
    name: str | None = None


class _Author(msgspec.Struct, rename="camel", gc=False):
    name: str | None = None
    external_ids: dict[str, Any] | None = None  # `ORCID` is a text, `DBLP` a list of names


class _Address(msgspec.Struct, gc=False):
    url: str | None = None


class _Paper(msgspec.Struct, rename="camel", gc=False):
    paper_id: str | None = None
    external_ids: dict[str, str | int | None] | None = None
    title: str | None = None
    abstract: str | None = None
    venue: str | None = None
    publication_venue: _Named | None = None
    journal: _Named | None = None
    year: int | None = None
    publication_date: str | None = None
    authors: list[_Author] | None = None
    url: str | None = None
    open_access_pdf: _Address | None = None
    citation_count: int | None = None
    fields_of_study: list[str] | None = None


def _record(entry: Entry, paper: _Paper, claims: Claims) -> Record | None:
    line = entry.line
    title = claims.text(paper.title)
    if not title:
        claims.untitled(line, entry.data)
        return None
    abstract = claims.text(paper.abstract)
    ids = paper.external_ids or {}
    venues = (named.name for named in (paper.publication_venue, paper.journal) if named)
    authors, orcids = claims.people(line, "authors.externalIds.ORCID", _people(paper))
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=authors,
        orcids=orcids,
        date=claims.date(line, ("publicationDate", paper.publication_date), ("year", paper.year)),
        venue=next(filter(None, map(claims.text, (paper.venue, *venues))), ""),
        identifiers=claims.identifiers(
            line,
            tuple(
                (f"externalIds.{name}", str(ids[name])) for name in ("ArXiv", "DOI", "ACL") if ids.get(name)
            ),
            others=_identifiers(paper.paper_id, ids),
        ),
        links=claims.links(
            line,
            (
                ("url", "page", paper.url),
                ("openAccessPdf.url", "pdf", paper.open_access_pdf.url if paper.open_access_pdf else None),
            ),
            abstract,
        ),
        keywords=claims.texts(paper.fields_of_study),
        signals=claims.signals(line, ("citationCount", "citations", paper.citation_count)),
    )


def _people(paper: _Paper) -> Iterator[tuple[str, str | None]]:
    for author in paper.authors or ():
        orcid = (author.external_ids or {}).get("ORCID")
        yield display_name(author.name or ""), orcid if isinstance(orcid, str) else None


def _identifiers(paper_id: str | None, ids: dict[str, str | int | None]) -> Iterator[Identifier]:
    if ids.get("PubMed"):
        yield Identifier("pmid", str(ids["PubMed"]))
    if paper_id:
        yield Identifier("s2", paper_id.lower())
