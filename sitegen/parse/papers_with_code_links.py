"""The dump "links between papers and code" of Papers with Code: a JSON array, an entry for each repository.

https://github.com/paperswithcode/paperswithcode-data
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import Record
from sitegen.parse.claims import Claims
from sitegen.parse.json_entries import read, sample

if TYPE_CHECKING:
    from sitegen.diagnostics import Outcome
    from sitegen.model.record import PartialDate
    from sitegen.model.source import Dump
    from sitegen.parse.json_entries import Entry

FORMAT = "papers-with-code-links"


def recognises(start: str) -> bool:
    """Whether an object has both a `paper_url` and a `repo_url`."""
    return any("paper_url" in fields and "repo_url" in fields for fields in sample(start))


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every paper, with all its repositories, the official ones first.

    It joins the paper's other records by arXiv id, then address, then title.
    """
    claims = Claims(path, captured)
    by_paper: dict[str, list[tuple[Entry, _Link]]] = {}
    for entry, link in read(text, _Link, claims):
        key = link.paper_url or link.paper_arxiv_id or link.paper_title or ""
        by_paper.setdefault(key, []).append((entry, link))
    return claims.dump(FORMAT, (_record(links, claims) for links in by_paper.values()))


class _Link(msgspec.Struct, gc=False):
    paper_url: str | None = None
    paper_title: str | None = None
    paper_arxiv_id: str | None = None
    paper_url_abs: str | None = None
    paper_url_pdf: str | None = None
    repo_url: str | None = None
    is_official: bool | None = None


def _record(links: list[tuple[Entry, _Link]], claims: Claims) -> Record | None:
    entry, paper = links[0]
    line = entry.line
    title = claims.text(paper.paper_title)
    if not title:
        for untitled, _ in links:
            claims.untitled(untitled.line, untitled.data)
        return None
    repositories = sorted(links, key=lambda pair: not pair[1].is_official)
    return Record(
        where=claims.at(line),
        title=title,
        identifiers=claims.identifiers(
            line,
            (("paper_arxiv_id", paper.paper_arxiv_id),),
            (paper.paper_url_abs, paper.paper_url_pdf),
        ),
        links=(
            *claims.links(
                line,
                (
                    ("paper_url_abs", "page", paper.paper_url_abs or paper.paper_url),
                    ("paper_url_pdf", "pdf", paper.paper_url_pdf),
                ),
            ),
            *(
                found
                for at, link in repositories
                for found in claims.links(at.line, (("repo_url", "code", link.repo_url),))
            ),
        ),
    )
