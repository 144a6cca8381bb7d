"""RIS, as reference managers and publishers write it: `TY  - JOUR`, a tag on each line, `ER  - `.

https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.model.record import Record
from sitegen.parse.claims import Claims
from sitegen.text.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import LinkKind, PartialDate, Publication, PublicationKind
    from sitegen.model.source import Dump

FORMAT = "ris"


def recognises(start: str) -> bool:
    """Whether a line begins with `TY  - `."""
    return "TY" in start and _BEGIN.search(start) is not None


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every `TY`; the next one begins a record even where `ER` is missing before it."""
    claims = Claims(path, captured)
    return claims.dump(FORMAT, (_record(entry, claims) for entry in _entries(text, claims)))


_BEGIN = re.compile(r"^\ufeff?[ \t]*TY {1,2}- ?[A-Z]", re.MULTILINE)
_TAG = re.compile(r"[ \t]*([A-Z][A-Z0-9]) {1,2}-(?: (.*)|$)")


class _Entry(NamedTuple):
    line: int
    type: str
    values: dict[str, list[str]]  # by tag, in the order of the file

    def all(self, *tags: str) -> Iterator[str]:
        return (value for tag in tags for value in self.values.get(tag, ()))

    def first(self, *tags: str) -> str:
        return next((value for value in self.all(*tags) if value.strip()), "")


def _entries(text: bytes, claims: Claims) -> Iterator[_Entry]:
    entry: _Entry | None = None
    values: list[str] = []  # of the tag before, which a line without one continues
    outside = False
    for number, line in enumerate(_lines(text), 1):
        match = _TAG.match(line)
        tag = match[1] if match else ""
        if tag == "TY":
            if entry is not None:
                yield entry
            entry, values = _Entry(number, line.partition("-")[2].strip().upper(), {}), []
        elif tag == "ER":
            if entry is not None:
                yield entry
            entry = None
        elif entry is None:
            if line.strip() and not outside:
                claims.warn(
                    number,
                    "bad-ris",
                    f"this belongs to no record: {line.strip()[:100]}",
                    "begin it with `TY  - `",
                )
            outside = bool(line.strip())
        elif match:
            values = entry.values.setdefault(tag, [])
            values.append(match[2] or "")
        elif values and line.strip():
            values[-1] += f" {line.strip()}"
    if entry is not None:
        yield entry


def _lines(text: bytes) -> Iterator[str]:
    at = 0
    while at < len(text):
        end = text.find(b"\n", at)
        end = len(text) if end < 0 else end
        yield text[at:end].decode()
        at = end + 1


def _record(entry: _Entry, claims: Claims) -> Record | None:
    line = entry.line
    own = entry.first("TI", "T1", "CT")
    title = claims.text(own or entry.first("BT"))
    if not title:
        said = "; ".join(f"{tag} {value}" for tag, values in entry.values.items() for value in values)
        claims.untitled(line, said)
        return None
    abstract = claims.text(entry.first("AB", "N2"))
    proceedings = ("C3",) if entry.type in {"CONF", "CPAPER"} else ()  # T2 may then be the meeting
    book = ("BT",) if own else ()
    venue = claims.text(entry.first(*proceedings, "T2", *book, "JF", "JO", "JA", "J1", "J2", "T3"))
    pages = [address for value in entry.all("UR") for address in _addresses(value)]
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=claims.names(entry.all("AU", "A1")),
        date=_date(entry, claims),
        venue=venue,
        publication=_publication(entry, venue, claims),
        identifiers=claims.identifiers(line, (("DO", entry.first("DO").strip()),), (*pages, *_arxiv(entry))),
        links=claims.links(line, _links(entry, pages), abstract),
        keywords=tuple(
            dict.fromkeys(claims.texts(word for line in entry.all("KW") for word in line.split(";")))
        ),
    )


def _publication(entry: _Entry, venue: str, claims: Claims) -> Publication:
    """`SP` has the first page, all of them, an article's number, or how many a book has; `PB` one name for each line."""
    first, last = entry.first("SP", "C7").strip(), entry.first("EP").strip()
    kind = _KINDS.get(entry.type)
    if kind in {"book", "thesis"} and not last and first.isdecimal():
        first = ""
    numbers = ("SN", "IS") if kind == "report" else ("IS", "CP")
    return claims.publication(
        venue,
        kind,
        volume=entry.first("VL"),
        issue=_ARXIV.sub("", entry.first(*numbers)),
        pages=first if not last or last in {first, *first.replace("-", " ").split()} else f"{first}--{last}",
        publisher="; ".join(filter(None, map(str.strip, entry.all("PB")))),
    )


_KINDS: Mapping[str, PublicationKind] = {
    **dict.fromkeys(("JOUR", "JFULL", "EJOUR", "MGZN", "NEWS"), "article"),
    **dict.fromkeys(("CPAPER", "CONF"), "paper"),
    **dict.fromkeys(("CHAP", "ECHAP", "DICT", "ENCYC"), "chapter"),
    **dict.fromkeys(("BOOK", "EBOOK", "EDBOOK"), "book"),
    "THES": "thesis",
    "RPRT": "report",
    "UNPB": "preprint",
}


def _date(entry: _Entry, claims: Claims) -> PartialDate | None:
    """`2024/03/01/`, with slashes even where month or day are unknown, and perhaps a word at the end."""
    written = [value.strip() for value in entry.all("DA", "PY", "Y1") if value.strip(" /")]
    dates = [date for date in map(_parsed, written) if date is not None]
    if written and not dates:
        return claims.date(entry.line, ("PY", written[0]))
    return max(dates, key=lambda date: (date.month > 0) + (date.day > 0), default=None)


def _parsed(written: str) -> PartialDate | None:
    match = _DATE.match(written)
    return parse_date(match[1].replace("/", "-")) if match else None


_DATE = re.compile(r"([0-9]{4}(?:[/-][0-9]{1,2}){0,2})(?![0-9])")
_ARXIV = re.compile(r"arxiv:\s*([\w.-]+/?[0-9v.]*[0-9])", re.IGNORECASE)
_PLACES: tuple[tuple[str, LinkKind], ...] = (("L1", "pdf"), ("L2", "page"), ("LK", "page"))


def _addresses(value: str) -> list[str]:
    """Several stand in one line, divided by blanks or semicolons."""
    parts = re.split(r"\s+|;(?=https?:)", value.strip())
    return [part for part in parts if part]


def _arxiv(entry: _Entry) -> Iterator[str]:
    """Zotero writes arXiv's id into the number of the report or article."""
    for value in entry.all("M1", "SV", "IS", "AN", "N1", "C7"):
        match = _ARXIV.search(value)
        if match:
            yield match[1]


def _links(entry: _Entry, pages: list[str]) -> Iterator[tuple[str, LinkKind, str]]:
    for page in pages:
        yield "UR", "pdf" if page.lower().endswith(".pdf") else "page", page
    for tag, kind in _PLACES:
        for value in entry.all(tag):
            for address in _addresses(value):
                if address.startswith(("http://", "https://")):  # others are files on somebody's disk
                    yield tag, kind, address
