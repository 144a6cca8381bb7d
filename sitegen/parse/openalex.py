"""Works of OpenAlex, as its API answers (`results`) or its snapshot has them, one on each line.

https://docs.openalex.org/api-entities/works/work-object
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import Identifier, Notice, Record
from sitegen.parse.claims import Claims
from sitegen.parse.json_entries import read, sample
from sitegen.text.identifiers import recognise
from sitegen.text.names import display_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import PartialDate, Publication, PublicationKind
    from sitegen.model.source import Dump
    from sitegen.parse.json_entries import Entry

FORMAT = "openalex"


def recognises(start: str) -> bool:
    """Whether an object has an `id` at openalex.org."""
    return any("openalex.org/" in str(fields.get("id", ""))[:40] for fields in sample(start))


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every work."""
    claims = Claims(path, captured)
    return claims.dump(FORMAT, (_record(entry, work, claims) for entry, work in read(text, _Work, claims)))


class _Named(msgspec.Struct, gc=False):
    display_name: str | None = None


class _Person(msgspec.Struct, gc=False):
    display_name: str | None = None
    orcid: str | None = None


class _Authorship(msgspec.Struct, gc=False):
    author: _Person | None = None
    raw_author_name: str | None = None


class _Source(msgspec.Struct, gc=False):
    display_name: str | None = None
    type: str | None = None
    host_organization_name: str | None = None


class _Biblio(msgspec.Struct, gc=False):
    volume: str | int | None = None
    issue: str | int | None = None
    first_page: str | int | None = None
    last_page: str | int | None = None


class _Location(msgspec.Struct, gc=False):
    landing_page_url: str | None = None
    pdf_url: str | None = None
    source: _Source | None = None


class _Work(msgspec.Struct, gc=False):
    id: str | None = None
    ids: dict[str, str | int | None] | None = None
    doi: str | None = None
    title: str | None = None
    display_name: str | None = None
    publication_date: str | None = None
    publication_year: int | None = None
    type: str | None = None
    type_crossref: str | None = None
    biblio: _Biblio | None = None
    authorships: list[_Authorship] | None = None
    primary_location: _Location | None = None
    best_oa_location: _Location | None = None
    locations: list[_Location] | None = None
    abstract_inverted_index: dict[str, list[int]] | None = None
    topics: list[_Named] | None = None
    keywords: list[_Named] | None = None
    cited_by_count: int | None = None
    is_retracted: bool | None = None


def _record(entry: Entry, work: _Work, claims: Claims) -> Record | None:
    line = entry.line
    title = claims.text(work.title or work.display_name)
    if not title:
        claims.untitled(line, entry.data)
        return None
    primary, open_access = work.primary_location or _Location(), work.best_oa_location or _Location()
    abstract = claims.text(_reassembled(work.abstract_inverted_index))
    keywords = (*(work.keywords or ()), *(work.topics or ()))
    authors, orcids = claims.people(line, "authorships.author.orcid", _people(work))
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=authors,
        orcids=orcids,
        date=claims.date(
            line,
            ("publication_date", work.publication_date),
            ("publication_year", work.publication_year),
        ),
        venue=_venue(primary, claims),
        publication=_publication(work, primary.source or _Source(), claims),
        identifiers=claims.identifiers(line, (("doi", work.doi),), others=_identifiers(work)),
        links=claims.links(
            line,
            (
                ("primary_location.landing_page_url", "page", primary.landing_page_url or work.doi),
                ("primary_location.pdf_url", "pdf", primary.pdf_url),
                ("best_oa_location.pdf_url", "pdf", open_access.pdf_url),
            ),
            abstract,
        ),
        keywords=tuple(dict.fromkeys(claims.texts(keyword.display_name for keyword in keywords))),
        signals=claims.signals(line, ("cited_by_count", "citations", work.cited_by_count)),
        notices=(Notice("retracted", "", None, claims.path),) if work.is_retracted else (),
    )


def _reassembled(index: dict[str, list[int]] | None) -> str:
    """The abstract from its words, each with the positions at which it stands."""
    words = {place: word for word, places in (index or {}).items() for place in places}
    return " ".join(map(words.__getitem__, sorted(words)))


def _people(work: _Work) -> Iterator[tuple[str, str | None]]:
    for authorship in work.authorships or ():
        person = authorship.author or _Person()
        yield display_name(person.display_name or authorship.raw_author_name or ""), person.orcid


def _venue(location: _Location, claims: Claims) -> str:
    """The journal or meeting. A repository is where a work lies, not where it appeared."""
    source = location.source
    return claims.text(source.display_name) if source is not None and source.type != "repository" else ""


def _publication(work: _Work, source: _Source, claims: Claims) -> Publication:
    """OpenAlex calls papers of conferences articles, too, unless it says what Crossref calls them."""
    said = work.biblio or _Biblio()
    kind = (
        _KINDS.get(work.type_crossref or "") or _KINDS.get(work.type or "") or _KINDS.get(source.type or "")
    )
    pages = [str(page) for page in (said.first_page, said.last_page) if page]
    return claims.publication(
        source.display_name or "",
        "preprint" if source.type == "repository" else kind,
        volume=said.volume,
        issue=said.issue,
        pages="--".join(dict.fromkeys(pages)),
        publisher=source.host_organization_name,
    )


# `type`, `type_crossref` and `primary_location.source.type`.
_KINDS: Mapping[str, PublicationKind] = {
    **dict.fromkeys(("journal-article", "journal"), "article"),
    **dict.fromkeys(("proceedings-article", "conference"), "paper"),
    **dict.fromkeys(("book-chapter", "reference-entry"), "chapter"),
    **dict.fromkeys(("book", "monograph", "edited-book", "reference-book"), "book"),
    "dissertation": "thesis",
    "report": "report",
    **dict.fromkeys(("preprint", "posted-content"), "preprint"),
}


def _identifiers(work: _Work) -> Iterator[Identifier]:
    """OpenAlex has no field for arXiv's ids: they are in the addresses of the copies of a work."""
    places = (work.primary_location, work.best_oa_location, *(work.locations or ()))
    for place in places:
        for address in (place.landing_page_url, place.pdf_url) if place else ():
            found = recognise(address) if address else None
            if found is not None and found.kind == "arxiv":
                yield found
    for address in (work.id, (work.ids or {}).get("pmid")):
        found = recognise(address) if isinstance(address, str) else None
        if found is not None and found.kind in {"openalex", "pmid"}:
            yield found
