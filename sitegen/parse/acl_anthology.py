"""Collections of the ACL Anthology, as its repository keeps them in XML.

https://acl-anthology.readthedocs.io, and the schema beside the data
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.model.record import Identifier, Notice, NoticeKind, Record
from sitegen.parse.claims import Claims
from sitegen.parse.xml_entries import local, read, text_of
from sitegen.text.dates import calendar_date, parse_date
from sitegen.text.names import full_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from xml.etree.ElementTree import Element

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import LinkKind, PartialDate, PublicationKind
    from sitegen.model.source import Dump
    from sitegen.parse.xml_entries import Entry

FORMAT = "acl-anthology"


def recognises(start: str) -> bool:
    """Whether it has a `<collection id=…>`."""
    return _COLLECTION.search(start) is not None


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every paper; a volume's front matter is none."""
    claims = Claims(path, captured)
    return claims.dump(FORMAT, _records(text, claims))


_COLLECTION = re.compile(r"<collection\s[^<>]*\bid\s*=")


class _Volume(NamedTuple):
    """Where the papers that follow appeared."""

    collection: str = ""
    id: str = ""
    type: str = ""
    title: str = ""
    number: str = ""
    issue: str = ""
    publisher: str = ""
    date: PartialDate | None = None


def _records(text: bytes, claims: Claims) -> Iterator[Record | None]:
    volume = _Volume()
    for entry, element in read(text, claims, ("meta", "paper"), ("collection", "volume"), _with_formulas):
        if entry.name == "collection":
            volume = _Volume(element.get("id", ""))
        elif entry.name == "volume":
            volume = _Volume(volume.collection, element.get("id", ""), element.get("type", ""))
        elif entry.name == "meta":
            volume = _described(volume, element, entry.line, claims)
        else:
            yield _record(entry, element, volume, claims)


def _with_formulas(paper: bytes) -> bytes:
    """`<tex-math>` as records have formulas."""
    return paper.replace(b"<tex-math>", b"$").replace(b"</tex-math>", b"$")


def _described(volume: _Volume, meta: Element, line: int, claims: Claims) -> _Volume:
    said = {local(child): claims.text(text_of(child)) for child in meta}
    date = claims.date(line, ("year", said.get("year")))
    month = _MONTHS.find(said.get("month", "")[:3].lower()) // 3 + 1 if said.get("month", "")[2:] else 0
    if date is not None and month:
        date = calendar_date(date.year, month)
    titles = [said.get("booktitle", ""), said.get("journal-title", "")]
    if volume.type == "journal":
        titles.reverse()  # the title of the book has the volume's number in it
    return volume._replace(
        title=next(filter(None, titles), ""),
        number=said.get("journal-volume", ""),
        issue=said.get("journal-issue", ""),
        publisher=said.get("publisher", ""),
        date=date,
    )


_MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"


def _record(entry: Entry, paper: Element, volume: _Volume, claims: Claims) -> Record | None:
    line = entry.line
    said: dict[str, Element] = {}
    people: list[tuple[str, str | None]] = []
    code: list[str | None] = []
    notices: list[Notice] = []
    for child in paper:
        name = local(child)
        if name == "author":
            people.append((_name(child), child.get("orcid")))
        elif name == "pwccode":
            code.append(child.get("url"))
        elif name in _NOTICES:
            notices += _notice(_NOTICES[name], child, claims)
        else:
            said.setdefault(name, child)

    def text(name: str) -> str:
        return claims.text(text_of(said[name])) if name in said else ""

    title = text("title")
    if not title:
        claims.untitled(line, entry.data)
        return None
    abstract = text("abstract")
    identifier = _identifier(volume, paper.get("id", ""))
    authors, orcids = claims.people(line, "orcid", people)
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=authors,
        orcids=orcids,
        date=volume.date,
        venue=volume.title,
        publication=claims.publication(
            volume.title,
            _KINDS.get(volume.type),
            volume=volume.number,
            issue=volume.issue,
            pages=text("pages"),
            publisher=volume.publisher,
        ),
        identifiers=claims.identifiers(
            line, (("doi", text("doi")),), others=(Identifier("acl", identifier),) if identifier else ()
        ),
        links=claims.links(
            line,
            (*_links(identifier, text("url")), *(("pwccode", "code", url) for url in code)),
            abstract,
        ),
        keywords=tuple(filter(None, (word.strip() for word in text("keywords").split(",")))),
        notices=tuple(notices),
    )


_KINDS: Mapping[str, PublicationKind] = {"journal": "article", "proceedings": "paper"}


def _name(author: Element) -> str:
    """First and last name; `variant` repeats them in another script, `affiliation` says more."""
    parts = {local(part): text_of(part) for part in author}
    return full_name(parts.get("first", ""), parts.get("last", ""))


def _identifier(volume: _Volume, paper: str) -> str:
    """`2024.acl-long.17`; before 2020 `P19-1017`, in workshops `W19-0117`."""
    collection, number = volume.collection, volume.id
    if not (collection and number and paper):
        return ""
    if "." in collection:
        return f"{collection}-{number}.{paper}"
    if not (number.isdecimal() and paper.isdecimal()):
        return ""
    workshop = collection[0] == "W" or collection == "C69" or (collection == "D19" and int(number) >= 5)
    return (
        f"{collection}-{int(number):02}{int(paper):02}"
        if workshop
        else f"{collection}-{int(number)}{int(paper):03}"
    )


def _links(identifier: str, url: str) -> Iterator[tuple[str, LinkKind, str]]:
    """`url` is the Anthology's own id where it has the PDF, else the address of one."""
    if identifier:
        yield "url", "page", f"https://aclanthology.org/{identifier}/"
    if url and identifier and not url.startswith("http"):
        yield "url", "pdf", f"https://aclanthology.org/{identifier}.pdf"
    elif url:
        yield "url", "pdf" if url.endswith(".pdf") else "page", url


_NOTICES: dict[str, NoticeKind] = {
    "retracted": "retracted",
    "removed": "withdrawn",
    "revision": "corrected",
    "erratum": "corrected",
}


def _notice(kind: NoticeKind, element: Element, claims: Claims) -> Iterator[Notice]:
    name = local(element)
    if name == "revision" and element.get("id") == "1":
        return  # what was first published
    reason = claims.text(text_of(element)) if name != "erratum" else ""  # which holds the name of a file
    yield Notice(kind, reason, parse_date(element.get("date", "")), claims.path)
