"""The dump "papers with abstracts" of Papers with Code: a JSON array.

https://github.com/paperswithcode/paperswithcode-data
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import Identifier, Record
from sitegen.parse.claims import Claims
from sitegen.parse.json_entries import read, sample

if TYPE_CHECKING:
    from sitegen.diagnostics import Outcome
    from sitegen.model.record import PartialDate
    from sitegen.model.source import Dump
    from sitegen.parse.json_entries import Entry

FORMAT = "papers-with-code"


def recognises(start: str) -> bool:
    """Whether an object has a `paper_url`, and no `repo_url`: those are the links between papers and code."""
    return any("paper_url" in fields and "repo_url" not in fields for fields in sample(start))


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every paper."""
    claims = Claims(path, captured)
    return claims.dump(FORMAT, (_record(entry, paper, claims) for entry, paper in read(text, _Paper, claims)))


class _Paper(msgspec.Struct, gc=False):
    paper_url: str | None = None
    arxiv_id: str | None = None
    openreview_id: str | None = None
    title: str | None = None
    abstract: str | None = None
    url_abs: str | None = None
    url_pdf: str | None = None
    proceeding: str | None = None
    conference: str | None = None
    authors: list[str] | None = None
    tasks: list[str] | None = None
    date: str | None = None


def _record(entry: Entry, paper: _Paper, claims: Claims) -> Record | None:
    line = entry.line
    title = claims.text(paper.title)
    if not title:
        claims.untitled(line, entry.data)
        return None
    abstract = claims.text(paper.abstract)
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=claims.names(paper.authors),
        date=claims.date(line, ("date", paper.date)),
        venue=claims.text(paper.conference or paper.proceeding),
        identifiers=claims.identifiers(
            line,
            (("arxiv_id", paper.arxiv_id),),
            (paper.url_abs, paper.url_pdf),
            (Identifier("openreview", paper.openreview_id),) if paper.openreview_id else (),
        ),
        links=claims.links(
            line,
            # The pages of Papers with Code are no more; they still tell which records are of one paper.
            (("url_abs", "page", paper.url_abs or paper.paper_url), ("url_pdf", "pdf", paper.url_pdf)),
            abstract,
        ),
        keywords=claims.texts(paper.tasks),
    )
