"""CSL-JSON: the items that Zotero exports, and Crossref's works, which are nearly the same.

https://docs.citationstyles.org/en/stable/specification.html, https://api.crossref.org/swagger-ui
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import Identifier, Notice, NoticeKind, Record
from sitegen.parse.claims import Claims
from sitegen.parse.json_entries import read, sample
from sitegen.text.dates import calendar_date, parse_date
from sitegen.text.identifiers import recognise
from sitegen.text.names import display_name, full_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import PartialDate, Publication, PublicationKind
    from sitegen.model.source import Dump
    from sitegen.parse.json_entries import Entry

FORMAT = "csl-json"


def recognises(start: str) -> bool:
    """Whether an object has a `type` and a `title`, and something else that is spelt as in CSL alone."""
    return any({"type", "title"} <= fields.keys() and not _OWN.isdisjoint(fields) for fields in sample(start))


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every item."""
    claims = Claims(path, captured)
    return claims.dump(FORMAT, (_record(entry, item, claims) for entry, item in read(text, _Item, claims)))


_OWN = frozenset({"author", "issued", "container-title", "DOI", "URL", "citation-key", "citation-label"})


class _Name(msgspec.Struct, rename="kebab", gc=False):
    family: str | None = None
    given: str | None = None
    suffix: str | None = None
    dropping_particle: str | None = None
    non_dropping_particle: str | None = None
    literal: str | None = None
    name: str | None = None  # Crossref's word for `literal`
    orcid: str | None = msgspec.field(name="ORCID", default=None)  # Crossref's


class _Date(msgspec.Struct, rename="kebab", gc=False):
    date_parts: list[list[int | str | None]] | None = None
    raw: str | None = None
    literal: str | None = None


class _File(msgspec.Struct, rename="kebab", gc=False):
    url: str | None = msgspec.field(name="URL", default=None)
    content_type: str | None = None


class _Update(msgspec.Struct, gc=False):
    type: str | None = None
    updated: _Date | None = None


Texts = str | list[str] | None


class _Item(msgspec.Struct, rename="kebab", gc=False):
    title: Texts = None
    container_title: Texts = None
    event_title: str | None = None
    author: list[_Name] | None = None
    issued: _Date | str | None = None
    published: _Date | None = None
    abstract: str | None = None
    keyword: str | None = None
    subject: list[str] | None = None
    doi: str | None = msgspec.field(name="DOI", default=None)
    url: str | None = msgspec.field(name="URL", default=None)
    pmid: str | int | None = msgspec.field(name="PMID", default=None)
    type: str | None = None
    genre: str | None = None
    collection_title: Texts = None
    volume: str | int | None = None
    issue: str | int | None = None
    page: str | int | None = None
    article_number: str | int | None = None
    publisher: str | None = None
    number: str | int | None = None
    note: str | None = None
    link: list[_File] | None = None
    is_referenced_by_count: int | None = None
    updated_by: list[_Update] | None = None


def _record(entry: Entry, item: _Item, claims: Claims) -> Record | None:
    line = entry.line
    title = _text(item.title, claims)
    if not title:
        claims.untitled(line, entry.data)
        return None
    abstract = claims.text(_without_markup(item.abstract or ""))
    people = ((_name(name), name.orcid) for name in item.author or ())
    authors, orcids = claims.people(line, "ORCID", people)
    venue = (
        _text(item.container_title, claims)
        or claims.text(item.event_title)
        or _text(item.collection_title, claims)
    )
    files = (file.url for file in item.link or () if file.content_type == "application/pdf")
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=authors,
        orcids=orcids,
        date=_date(line, item, claims),
        venue=venue,
        publication=_publication(item, venue, claims),
        identifiers=claims.identifiers(line, (("DOI", item.doi),), (item.url,), _identifiers(item)),
        links=claims.links(line, (("URL", "page", item.url), ("link", "pdf", next(files, None))), abstract),
        keywords=claims.texts((*_BETWEEN_KEYWORDS.split(item.keyword or ""), *(item.subject or ()))),
        signals=claims.signals(line, ("is-referenced-by-count", "citations", item.is_referenced_by_count)),
        notices=tuple(_notices(item, claims)),
    )


def _publication(item: _Item, venue: str, claims: Claims) -> Publication:
    """`article` may be anything without a container, for CSL; `posted-content` is Crossref's word for a preprint."""
    kind = "preprint" if (item.genre or "").casefold() == "preprint" else _KINDS.get(item.type or "")
    return claims.publication(
        venue,
        kind,
        volume=item.volume,
        issue=item.number if kind == "report" else item.issue,
        pages=item.page or item.article_number,
        publisher=_text(item.publisher, claims),
    )


# CSL's types, and Crossref's: https://api.crossref.org/types
_KINDS: Mapping[str, PublicationKind] = {
    **dict.fromkeys(
        ("article-journal", "article-magazine", "article-newspaper", "journal-article", "review"), "article"
    ),
    **dict.fromkeys(("paper-conference", "proceedings-article"), "paper"),
    **dict.fromkeys(("chapter", "entry-dictionary", "entry-encyclopedia", "reference-entry"), "chapter"),
    **dict.fromkeys(("book-chapter", "book-part", "book-section"), "chapter"),
    **dict.fromkeys(("book", "edited-book", "monograph", "proceedings", "reference-book"), "book"),
    **dict.fromkeys(("dissertation", "thesis"), "thesis"),
    **dict.fromkeys(("report", "report-component"), "report"),
    "posted-content": "preprint",
}


def _text(texts: Texts, claims: Claims) -> str:
    text = next(iter(texts), "") if isinstance(texts, list) else texts or ""
    return claims.text(_without_markup(text))


def _without_markup(text: str) -> str:
    """CSL allows `<i>`, `<sub>` and their like in text, Crossref JATS in abstracts, both HTML's entities."""
    if "<" in text:
        text = _TAG.sub("", _BLOCK.sub(" ", _HEADING.sub("", text)))
    return html.unescape(text) if "&" in text else text


_HEADING = re.compile(r"<(?:jats:)?title>\s*(?:abstract|summary)\s*</(?:jats:)?title>", re.IGNORECASE)
_BLOCK = re.compile(
    r"</?(?:jats:(?:p|sec|title|list|list-item|disp-formula)|p|br)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_TAG = re.compile(
    r"</?(?:jats:[a-z-]+|mml:[a-z]+|i|b|em|strong|sub|sup|sc|scp|u|span|inline-formula|tex-math)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_BETWEEN_KEYWORDS = re.compile(r"[,;]")
_ARXIV = re.compile(r"\barxiv:\s*([\w.-]+/?[0-9v]+)", re.IGNORECASE)


def _name(name: _Name) -> str:
    literal = name.literal or name.name
    if literal:
        return literal
    particle = f"{name.dropping_particle or ''} {name.non_dropping_particle or ''}"
    if not name.given and not name.suffix:
        return display_name(f"{particle} {name.family or ''}")
    return full_name(name.given or "", name.family or "", particle, name.suffix or "")


def _date(line: int, item: _Item, claims: Claims) -> PartialDate | None:
    for written in (item.issued, item.published):
        if isinstance(written, str):
            return claims.date(line, ("issued", written))
        if written is not None and (date := _calendar(written)):
            return date
    if isinstance(item.issued, _Date):
        return claims.date(line, ("issued", _shown(item.issued)))
    return None


def _calendar(date: _Date) -> PartialDate | None:
    parts = [part for part in date.date_parts[0] if part] if date.date_parts else []
    try:
        return calendar_date(*map(int, parts[:3])) if parts else parse_date(date.raw or date.literal or "")
    except ValueError:
        return None


def _shown(date: _Date) -> str:
    return date.raw or date.literal or "-".join(str(p) for part in date.date_parts or () for p in part if p)


def _identifiers(item: _Item) -> Iterator[Identifier]:
    """Zotero has arXiv's id in `number`, older versions of it in `note`."""
    for text in (item.number, item.note):
        match = _ARXIV.search(text) if isinstance(text, str) else None
        found = recognise(match[1]) if match else None
        if found is not None and found.kind == "arxiv":
            yield found
    if item.pmid:
        yield Identifier("pmid", str(item.pmid))


_UPDATES: dict[str, NoticeKind] = {
    "retraction": "retracted",
    "partial_retraction": "retracted",
    "removal": "withdrawn",
    "withdrawal": "withdrawn",
    "correction": "corrected",
    "corrigendum": "corrected",
    "erratum": "corrected",
}


def _notices(item: _Item, claims: Claims) -> Iterator[Notice]:
    for update in item.updated_by or ():
        kind = _UPDATES.get(update.type or "")
        if kind is not None:
            yield Notice(kind, "", _calendar(update.updated) if update.updated else None, claims.path)
