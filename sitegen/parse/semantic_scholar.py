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
from sitegen.text.venues import is_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import PartialDate, Publication, PublicationKind
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


class _Venue(msgspec.Struct, gc=False):
    name: str | None = None
    type: str | None = None  # "journal", "conference"


class _Journal(msgspec.Struct, gc=False):
    name: str | None = None
    volume: str | int | None = None
    pages: str | None = None


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
    publication_venue: _Venue | None = None
    publication_types: list[str] | None = None
    journal: _Journal | None = None
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
    names = (named.name for named in (paper.publication_venue, paper.journal) if named)
    venue = next(filter(None, map(claims.text, (paper.venue, *names))), "")
    authors, orcids = claims.people(line, "authors.externalIds.ORCID", _people(paper))
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=authors,
        orcids=orcids,
        date=claims.date(line, ("publicationDate", paper.publication_date), ("year", paper.year)),
        venue=venue,
        publication=_publication(paper, venue, claims),
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


def _publication(paper: _Paper, venue: str, claims: Claims) -> Publication:
    """The journal's volume and pages, where that is the venue; its types call preprints articles of a journal, too."""
    journal = paper.journal or _Journal()
    if is_repository(journal.name or "") and not is_repository(venue):
        journal = _Journal()  # of the preprint, whose number is then the volume
    types = paper.publication_types or ()
    kind = next((_KINDS[name] for name in ("BookSection", "Book", "Conference") if name in types), None)
    place = paper.publication_venue.type if paper.publication_venue else None
    return claims.publication(
        venue, kind or _KINDS.get(place or ""), volume=journal.volume, pages=journal.pages
    )


_KINDS: Mapping[str, PublicationKind] = {
    "BookSection": "chapter",
    "Book": "book",
    "Conference": "paper",
    "conference": "paper",
    "journal": "article",
}


def _people(paper: _Paper) -> Iterator[tuple[str, str | None]]:
    for author in paper.authors or ():
        orcid = (author.external_ids or {}).get("ORCID")
        yield display_name(author.name or ""), orcid if isinstance(orcid, str) else None


def _identifiers(paper_id: str | None, ids: dict[str, str | int | None]) -> Iterator[Identifier]:
    if ids.get("PubMed"):
        yield Identifier("pmid", str(ids["PubMed"]))
    if paper_id:
        yield Identifier("s2", paper_id.lower())
