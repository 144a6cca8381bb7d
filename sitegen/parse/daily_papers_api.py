"""What https://huggingface.co/api/daily_papers answers: an array of entries, each with the `paper` that was listed.

The entry's `publishedAt` is the day of the listing; the paper's own is the day on which it appeared on arXiv.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import Organization, Record
from sitegen.parse.claims import Claims
from sitegen.parse.json_entries import read, sample

if TYPE_CHECKING:
    from sitegen.diagnostics import Outcome
    from sitegen.model.record import PartialDate
    from sitegen.model.source import Dump
    from sitegen.parse.json_entries import Entry

FORMAT = "daily-papers-api"


def recognises(start: str) -> bool:
    """Whether an entry has a `paper` with an `id`."""
    return any(isinstance(paper := fields.get("paper"), dict) and "id" in paper for fields in sample(start))


def parse(text: bytes, path: str, captured: PartialDate | None) -> Outcome[Dump]:
    """A record for every entry. The votes and comments are of the day of capture, not of the listing."""
    claims = Claims(path, captured)
    return claims.dump(
        FORMAT, (_record(entry, listed, claims) for entry, listed in read(text, _Listed, claims))
    )


class _Author(msgspec.Struct, gc=False):
    name: str | None = None


class _Organization(msgspec.Struct, gc=False):
    name: str | None = None
    fullname: str | None = None


class _Paper(msgspec.Struct, rename="camel", gc=False):
    id: str | None = None
    title: str | None = None
    summary: str | None = None
    published_at: str | None = None
    authors: list[_Author] | None = None
    upvotes: int | None = None
    github_repo: str | None = None
    github_stars: int | None = None
    project_page: str | None = None
    organization: _Organization | None = None
    ai_keywords: list[str] | None = msgspec.field(name="ai_keywords", default=None)


class _Listed(msgspec.Struct, rename="camel", gc=False):
    paper: _Paper | None = None
    title: str | None = None
    summary: str | None = None
    num_comments: int | None = None
    organization: _Organization | None = None


def _record(entry: Entry, listed: _Listed, claims: Claims) -> Record | None:
    paper, line = listed.paper or _Paper(), entry.line
    title = claims.text(paper.title or listed.title)
    if not title:
        claims.untitled(line, entry.data)
        return None
    abstract = claims.text(paper.summary or listed.summary)
    return Record(
        where=claims.at(line),
        title=title,
        abstract=abstract,
        authors=claims.texts(author.name for author in paper.authors or ()),
        organizations=_organizations(paper.organization or listed.organization, claims),
        date=claims.date(line, ("paper.publishedAt", paper.published_at)),
        identifiers=claims.identifiers(line, (("paper.id", paper.id),)),
        links=claims.links(
            line,
            (("githubRepo", "code", paper.github_repo), ("projectPage", "project", paper.project_page)),
            abstract,
        ),
        keywords=claims.texts(paper.ai_keywords),
        signals=claims.signals(
            line,
            ("numComments", "comments", listed.num_comments),
            ("upvotes", "upvotes", paper.upvotes),
            ("githubStars", "stars", paper.github_stars),
        ),
    )


def _organizations(given: _Organization | None, claims: Claims) -> tuple[Organization, ...]:
    handle, name = (claims.text(given.name), claims.text(given.fullname)) if given else ("", "")
    return (Organization(name or handle, handle),) if name or handle else ()
