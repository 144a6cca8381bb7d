"""arXiv's metadata snapshot: a JSON object per line, its keys as arXiv's own database has them.

https://www.kaggle.com/datasets/Cornell-University/arxiv
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import Record
from sitegen.parse.arxiv import notices, revision
from sitegen.parse.claims import Claims
from sitegen.parse.json_entries import read, sample
from sitegen.text.dates import calendar_date
from sitegen.text.names import full_name
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.diagnostics import Outcome
    from sitegen.model.record import Notice, PartialDate
    from sitegen.model.source import Dump
    from sitegen.parse.json_entries import Entry

FORMAT = "arxiv-snapshot"


def recognises(start: str) -> bool:
    """Whether an object has an `id` and what only arXiv has: `authors_parsed` or `versions`."""
    return any(
        "id" in fields and ("authors_parsed" in fields or "versions" in fields) for fields in sample(start)
    )


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every line. Its date is that of the first version: `update_date` is arXiv's bookkeeping."""
    claims = Claims(path, captured)
    return claims.dump(FORMAT, (_record(entry, paper, claims) for entry, paper in read(text, _Paper, claims)))


class _Version(msgspec.Struct, gc=False):
    version: str = ""
    created: str = ""


class _Paper(msgspec.Struct, rename="kebab", gc=False):
    id: str | None = None
    title: str | None = None
    abstract: str | None = None
    authors: str | None = None
    authors_parsed: list[list[str]] | None = msgspec.field(name="authors_parsed", default=None)
    comments: str | None = None
    journal_ref: str | None = None
    doi: str | None = None
    categories: str | list[str] | None = None
    versions: list[_Version] | None = None


def _record(entry: Entry, paper: _Paper, claims: Claims) -> Record | None:
    line = entry.line
    title = claims.text(paper.title)
    if not title:
        claims.untitled(line, entry.data)
        return None
    abstract, comments = claims.text(paper.abstract), claims.text(paper.comments)
    versions = paper.versions or ()
    latest = versions[-1].version if versions else ""
    categories = paper.categories.split() if isinstance(paper.categories, str) else paper.categories
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=claims.texts(_names(paper)),
        date=_date(versions[0].created, line, claims) if versions else None,
        venue=plain(claims.text(paper.journal_ref)),
        # Several DOIs stand in one field, divided by blanks.
        identifiers=claims.identifiers(
            line,
            (
                ("id", f"{paper.id}{latest}" if paper.id else None),
                *(("doi", doi) for doi in (paper.doi or "").split()),
            ),
        ),
        links=claims.links(line, (), abstract, comments),
        keywords=claims.texts(categories),
        notices=(*notices(comments, abstract, claims), *_revision(versions, line, claims)),
    )


def _revision(versions: Sequence[_Version], line: int, claims: Claims) -> tuple[Notice, ...]:
    if len(versions) < 2:
        return ()
    latest = versions[-1]
    return revision(latest.version, _date(latest.created, line, claims), claims)


def _names(paper: _Paper) -> tuple[str, ...]:
    """`authors_parsed` has family name, given names, suffix and then affiliations, all in TeX."""
    if paper.authors_parsed:
        parts = ((*name[:3], "", "", "") for name in paper.authors_parsed)
        return tuple(plain(full_name(given, family, suffix=suffix)) for family, given, suffix, *_ in parts)
    return tuple(plain(name) for name in _BETWEEN_NAMES.split(_REMARK.sub("", paper.authors or "")))


_REMARK = re.compile(r"\([^()]*\)")  # affiliations
_BETWEEN_NAMES = re.compile(r",\s*(?:and\s+)?|\s+and\s+")
_CREATED = re.compile(r"(?:[A-Z][a-z]{2}, )?([0-9]{1,2}) ([A-Z][a-z]{2}) ([0-9]{4})\b.*")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _date(created: str, line: int, claims: Claims) -> PartialDate | None:
    """`Mon, 2 Apr 2007 19:18:42 GMT`, as RFC 5322 has it."""
    match = _CREATED.fullmatch(created)
    if match and match[2] in _MONTHS:
        date = calendar_date(int(match[3]), _MONTHS.index(match[2]) + 1, int(match[1]))
        if date is not None:
            return date
    return claims.date(line, ("versions.created", created))
