"""The versions of a work: the one that is cited, its preprint, and what has happened to it since."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec
from msgspec.structs import replace

from sitegen.model.paper import Paper
from sitegen.model.record import UNPUBLISHED, NoticeKind, PartialDate
from sitegen.plan.links import identifier_url
from sitegen.text.identifiers import is_preprint
from sitegen.text.venues import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.record import Identifier, Record


class Badge(msgspec.Struct, frozen=True, gc=False):
    """What a source says has happened to the work, and when."""

    kind: NoticeKind
    day: PartialDate | None
    source: str
    text: str  # in the source's words


class Edition(msgspec.Struct, frozen=True):
    """A version of the work other than the one that its page cites."""

    label: str  # `arXiv:2401.00010v2`
    url: str
    paper: Paper  # as it is cited


def badges(paper: Paper) -> tuple[Badge, ...]:
    """One for everything that has happened to it, the gravest first, and one for its latest version after the first.

    The day of a version is known where a source of that version says so; a later one that others only name has none.
    """
    told = tuple(Badge(notice.kind, notice.day, notice.source, notice.text) for notice in paper.notices)
    latest = max((_version(identifier) for identifier in paper.identifiers), default=0)
    if latest < 2 or any(badge.kind == "revised" and badge.text == f"v{latest}" for badge in told):
        return told
    source = next(
        (r.where.path for r in paper.records if any(_version(i) == latest for i in r.identifiers)), ""
    )
    return (*(b for b in told if b.kind != "revised"), Badge("revised", None, source, f"v{latest}"))


def _version(identifier: Identifier) -> int:
    return int(identifier.version) if identifier.version.isdecimal() else 0


def preprint_of(paper: Paper) -> Edition | None:
    """The preprint of what has appeared elsewhere since; None for a preprint itself."""
    if kind_of(paper) == "preprint":
        return None
    found = next((i for i in paper.identifiers if is_preprint(i)), None)
    if found is None:
        return None
    version = f"v{found.version}" if found.version else ""
    label = f"arXiv:{found.value}{version}" if found.kind == "arxiv" else f"doi:{found.value}"
    url = identifier_url(found.kind, found.value)
    own = _records_of(paper, found)
    named = max((r for r in own if r.authors and not r.curated), key=lambda r: len(r.authors), default=paper)
    cited = replace(
        paper,
        id=f"{paper.id}-preprint",
        title=named.title,
        authors=named.authors,
        orcids=paper.orcids if named.authors == paper.authors else named.orcids,
        venue="",
        publication=UNPUBLISHED,
        date=_first_seen(own, found),
        identifiers=(found,),
        links=tuple(link for link in paper.links if found.kind == "arxiv" and link.kind == "code"),
        records=(),
        provenance=(),
    )
    return Edition(label, url, cited)


def _records_of(paper: Paper, preprint: Identifier) -> Sequence[Record]:
    """The records of the preprint alone."""
    return [
        record
        for record in paper.records
        if any(i.kind == preprint.kind and i.value == preprint.value for i in record.identifiers)
        and kind_of(record) == "preprint"
    ]


def _first_seen(records: Sequence[Record], preprint: Identifier) -> PartialDate | None:
    """What these say, else the month that is part of arXiv's ids, else nothing."""
    dates = [record.date for record in records if record.date]
    if dates:
        return min(dates)
    number = _ARXIV_MONTH.match(preprint.value) if preprint.kind == "arxiv" else None
    return PartialDate(2000 + int(number[1]), int(number[2])) if number else None


_ARXIV_MONTH = re.compile(r"(\d\d)(\d\d)\.")
