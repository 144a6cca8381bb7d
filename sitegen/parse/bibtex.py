"""BibTeX and BibLaTeX, as people and programs write them.

https://ctan.org/pkg/bibtex, https://ctan.org/pkg/biblatex
"""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.model.record import Identifier, Record
from sitegen.parse.bibtex_orcids import orcids_of
from sitegen.parse.bibtex_values import LONGEST, address, names, readable, ungrouped, value
from sitegen.parse.claims import Claims, shortened
from sitegen.text.dates import calendar_date
from sitegen.text.venues import is_repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bibtexparser.model import Block, Entry

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import LinkKind, PartialDate, Publication, PublicationKind
    from sitegen.model.source import Dump

FORMAT = "bibtex"


def recognises(start: str) -> bool:
    """Whether a line begins with `@type{`."""
    return "@" in start and _ENTRY.search(start) is not None


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every entry that has a title. Titles and abstracts keep their TeX, other text is read as Unicode."""
    claims = Claims(path, captured)
    entries = list(_entries(_blocks(text.decode()), claims))
    by_key = {entry.key.lower(): entry for entry in reversed(entries) if entry.key}
    return claims.dump(FORMAT, (_record(entry, by_key, claims) for entry in entries))


_ENTRY = re.compile(
    r"^[ \t]*@[ \t]*(?:(?:string|preamble|comment)[ \t]*[{(]|[a-z]+[ \t]*[{(][^\s,={}()]*\s*,)",
    re.IGNORECASE | re.MULTILINE,
)


class _Entry(NamedTuple):
    line: int
    type: str  # in lower case
    key: str
    fields: Mapping[str, str]  # lower-case names; as written but for concatenation
    source: str


def _blocks(text: str) -> Sequence[Block]:
    """The file divided by bibtexparser, which finds the next entry after a broken one."""
    from bibtexparser.splitter import Splitter  # only listings in BibTeX pay for it

    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it logs, it also returns
    return Splitter(text).split().blocks


def _entries(blocks: Sequence[Block], claims: Claims) -> Iterator[_Entry]:
    from bibtexparser.model import Entry, ParsingFailedBlock, String

    strings = {name: name.capitalize() for name in _MONTHS}
    for block in blocks:
        found = block.ignore_error_block if isinstance(block, ParsingFailedBlock) else block
        line = (block.start_line or 0) + 1
        if isinstance(found, String):
            strings[found.key.lower()] = value(str(found.value), strings).text[:LONGEST]
        elif isinstance(found, Entry):
            yield _Entry(
                line, found.entry_type.lower(), found.key, _fields(found, strings, claims), block.raw or ""
            )
        elif isinstance(block, ParsingFailedBlock):
            claims.warn(
                line,
                "bad-bibtex",
                f"an entry was left out: {_reason(block.error)}: {shortened(block.raw or '')}",
                "are its braces and quotes balanced, and does a comma follow every field?",
            )


def _reason(problem: Exception) -> str:
    """What bibtexparser says, in words for those who do not know its inside."""
    reason = str(getattr(problem, "abort_reason", problem))
    plainly = next((words for start, words in _REASONS if reason.startswith(start)), reason)
    return " ".join(plainly.replace("`", "").split()).rstrip(".")


_REASONS = (
    ("Unexpected block start", "the next entry begins before this one ends"),
    ("Unexpectedly reached end of file", "the file ends before the entry does"),
    ("Expected a `=`", "a field has no ="),
    ("Expected comma", "no comma follows its key"),
)


def _fields(entry: Entry, strings: Mapping[str, str], claims: Claims) -> Mapping[str, str]:
    fields: dict[str, str] = {}
    for field in entry.fields:
        name = field.key.lower()
        line = (field.start_line or 0) + 1
        found = value(str(field.value), strings)
        if found.rest:
            claims.warn(
                line,
                "bad-bibtex",
                f"after `{name}` this was left out: {shortened(found.rest)}",
                "a comma must follow every field",
            )
        if name in fields and fields[name] != found.text:
            claims.warn(
                line,
                "duplicate-field",
                f"`{name}` is there twice, this one was left out: {shortened(found.text)}",
            )
        fields.setdefault(name, found.text)
    return fields


def _record(entry: _Entry, by_key: Mapping[str, _Entry], claims: Claims) -> Record | None:
    line = entry.line
    fields = _with_inherited(entry.fields, by_key)

    def first(*of: str) -> str:
        return next((fields[name] for name in of if fields.get(name)), "")

    title = claims.text(ungrouped(first("title")))
    if not title:
        claims.untitled(line, entry.source)
        return None
    subtitle = claims.text(ungrouped(first("subtitle")))
    book = ""
    if entry.type == "inbook" and not fields.get("booktitle") and " " in first("chapter").strip():
        book, title = (
            title,
            claims.text(ungrouped(first("chapter"))),
        )  # `title` is the book's in BibTeX of old
    abstract = claims.text(ungrouped(first("abstract")))
    venue = readable(book) or claims.text(
        readable(first("journal", "journaltitle", "booktitle", "eventtitle", "series"))
    )
    eprint, kind = address(first("eprint")), first("eprinttype", "archiveprefix").strip().lower()
    page = address(first("url"))
    people = names(first("author"))
    authors, orcids = claims.people(line, "orcid", zip(people, orcids_of(fields, people), strict=True))
    return Record(
        where=claims.at(line),
        title=f"{title}: {subtitle}" if subtitle else title,
        abstract=abstract,
        authors=authors,
        orcids=orcids,
        date=_date(line, fields, claims),
        venue="" if is_repository(venue) and _ARXIV.search(venue) else venue,
        publication=_publication(venue, entry.type, fields, claims),
        identifiers=claims.identifiers(
            line,
            (("doi", address(first("doi"))), ("eprint", eprint if kind == "arxiv" else "")),
            (page, eprint if not kind else "", *_hidden_arxiv(fields)),
            _others(kind, eprint, first("pmid").strip()),
        ),
        links=claims.links(line, _links(page, fields), abstract, ungrouped(first("note"))),
        keywords=tuple(
            filter(None, map(readable, _BETWEEN_KEYWORDS.split(claims.text(first("keywords", "keyword")))))
        ),
    )


def _publication(venue: str, type_: str, fields: Mapping[str, str], claims: Claims) -> Publication:
    def first(*of: str) -> str:
        return next((said for name in of if (said := readable(fields.get(name, "")))), "")

    return claims.publication(
        venue,
        _KINDS.get(type_),
        volume=first("volume"),
        issue=first("number", "issue"),
        pages=first("eid", "articleno", "pages"),
        publisher=first("publisher", "school", "institution"),
    )


_KINDS: Mapping[str, PublicationKind] = {
    "article": "article",
    **dict.fromkeys(("inproceedings", "conference"), "paper"),
    **dict.fromkeys(("incollection", "inbook", "bookinbook", "suppbook", "inreference"), "chapter"),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "proceedings", "reference"), "book"),
    **dict.fromkeys(("thesis", "phdthesis", "mastersthesis"), "thesis"),
    **dict.fromkeys(("report", "techreport", "manual"), "report"),
    "unpublished": "preprint",
}


def _with_inherited(fields: Mapping[str, str], by_key: Mapping[str, _Entry]) -> Mapping[str, str]:
    """What an entry says, and what the volume that it refers to says of both."""
    parent = by_key.get(fields.get("crossref", "").strip().lower())
    if parent is None or parent.fields is fields:
        return fields
    volume = parent.fields
    inherited = {name: volume[name] for name in _OF_VOLUMES if name in volume}
    return {"booktitle": volume.get("booktitle") or volume.get("title", ""), **inherited, **fields}


_OF_VOLUMES = ("year", "date", "month", "volume", "number", "publisher", "series")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_YEAR = re.compile(r"(?<![0-9])([12][0-9]{3})(?![0-9])")
_ISO = re.compile(r"\s*([0-9]{4}(?:-[0-9]{2}){0,2})[?~%]?(?:T.*|/.*)?\s*", re.DOTALL)
_DAY = re.compile(r"(?<![0-9])([12]?[0-9]|3[01])(?![0-9])")
_BETWEEN_KEYWORDS = re.compile(r"[,;]")
_ARXIV = re.compile(r"\b(?:arxiv|corr)\b", re.IGNORECASE)
_HIDDEN_ARXIV = re.compile(
    r"(?:arxiv[:\s]\s*|abs/)([0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?|[a-z-]+(?:\.[A-Z]{2})?/[0-9]{7})\b",
    re.IGNORECASE,
)


def _date(line: int, fields: Mapping[str, str], claims: Claims) -> PartialDate | None:
    """BibLaTeX's `date`, which may be a range, else `year`, `month` (a word or a number) and `day`."""
    iso = _ISO.fullmatch(fields.get("date", ""))
    if iso:
        return claims.date(line, ("date", iso[1]))
    written = fields.get("year", "") or fields.get("date", "")
    year = _YEAR.search(written)
    if year is None:
        return claims.date(line, ("year", claims.text(readable(written)))) if written.strip() else None
    month = readable(fields.get("month", "")).lower()
    number = int(month) if month.isdecimal() and len(month) < 3 else _month(month)
    day = _DAY.search(fields.get("day") or ("" if month.isdecimal() else month))
    full = calendar_date(int(year[1]), number, int(day[1]) if day and number else 0)
    return full or calendar_date(int(year[1]))


def _month(text: str) -> int:
    """The number of the first month named in the text, or 0."""
    return next(
        (_MONTHS.index(word[:3]) + 1 for word in re.findall("[a-z]+", text) if word[:3] in _MONTHS), 0
    )


def _hidden_arxiv(fields: Mapping[str, str]) -> Iterator[str]:
    """Google Scholar writes `journal={arXiv preprint arXiv:2401.00010}`, DBLP `journal={CoRR}, volume={abs/2401.00010}`."""
    for name in ("journal", "volume", "howpublished"):
        match = _HIDDEN_ARXIV.search(fields.get(name, ""))
        if match:
            yield match[1]


def _others(kind: str, eprint: str, pmid: str) -> Iterator[Identifier]:
    pmid = pmid or (eprint if kind in {"pubmed", "pmid"} else "")
    if pmid.isdecimal():
        yield Identifier("pmid", pmid)


def _links(page: str, fields: Mapping[str, str]) -> Iterator[tuple[str, LinkKind | None, str]]:
    """`howpublished` and what home pages add count where they are addresses; `file` is a path on somebody's disk."""
    if page:
        pdf = page.lower().partition("?")[0].endswith(".pdf")
        yield "url", "pdf" if pdf else "page", page
    for name, kind in _ADDRESSES:
        found = address(fields.get(name, ""))
        if found.startswith(("http://", "https://")):
            yield name, kind, found


_ADDRESSES: tuple[tuple[str, LinkKind | None], ...] = (
    ("howpublished", None),
    ("pdf", "pdf"),
    ("code", "code"),
    ("website", "project"),
)
