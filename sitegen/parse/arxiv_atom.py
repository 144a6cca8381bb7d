"""What arXiv's API answers: an Atom feed.

https://info.arxiv.org/help/api/user-manual.html#52-details-of-atom-results-returned
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.model.record import Record
from sitegen.parse.arxiv import notices, revision
from sitegen.parse.claims import Claims
from sitegen.parse.xml_entries import local, read, text_of
from sitegen.text.dates import parse_date
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import LinkKind, PartialDate
    from sitegen.model.source import Dump
    from sitegen.parse.xml_entries import Entry

FORMAT = "arxiv-atom"


def recognises(start: str) -> bool:
    """Whether it is a feed that speaks of arXiv."""
    feed = _FEED.search(start)
    return feed is not None and "arxiv.org/" in start[feed.start() :]


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every entry, dated by its first version. What arXiv says of a bad query is reported."""
    claims = Claims(path, captured)
    return claims.dump(
        FORMAT, (_record(entry, element, claims) for entry, element in read(text, claims, ("entry",)))
    )


_FEED = re.compile(r"<(?:\w+:)?feed[\s>]")


def _record(entry: Entry, element: Element, claims: Claims) -> Record | None:
    line = entry.line
    said: dict[str, str] = {}
    names, categories, addresses = [], [], []
    for child in element:
        name = local(child)
        if name == "author":
            names += [text_of(part) for part in child if local(part) == "name"]
        elif name == "category":
            categories.append(child.get("term"))
        elif name == "link":
            addresses.append(child)
        else:
            said.setdefault(name, text_of(child))
    title = claims.text(said.get("title"))
    if "/api/errors" in said.get("id", ""):
        claims.warn(
            line, "listing-error", f"arXiv answered with an error: {claims.text(said.get('summary'))}"
        )
        return None
    if not title:
        claims.untitled(line, entry.data)
        return None
    abstract, comment = claims.text(said.get("summary")), claims.text(said.get("comment"))
    version = said.get("id", "").strip().rpartition("v")[2]
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=claims.names(map(plain, names)),
        date=claims.date(line, ("published", claims.text(said.get("published")))),
        venue=plain(claims.text(said.get("journal_ref"))),
        identifiers=claims.identifiers(
            line,
            (("id", said.get("id")), *(("arxiv:doi", doi) for doi in said.get("doi", "").split())),
        ),
        links=claims.links(line, _links(addresses), abstract, comment),
        keywords=claims.texts(categories),
        notices=(
            *notices(comment, abstract, claims),
            *revision(f"v{version}", parse_date(claims.text(said.get("updated"))), claims),
        ),
    )


def _links(addresses: list[Element]) -> Iterator[tuple[str, LinkKind, str | None]]:
    """The page and the PDF; the link to the DOI says nothing more than the DOI."""
    for address in addresses:
        if address.get("rel", "alternate") == "alternate":
            yield "link", "page", address.get("href")
        elif address.get("title") == "pdf":
            yield "link", "pdf", address.get("href")
