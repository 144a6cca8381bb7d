"""A paper as programs read it: the same members in the static API, in JSON Lines and in the table."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.card import paper_url
from sitegen.plan.editions import badges
from sitegen.text.tex import plain
from sitegen.text.venues import publication_of

if TYPE_CHECKING:
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site


class Listed(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A paper's place in a list, and what the list says about it."""

    collection: str  # its id
    position: int  # from 1
    note: str = ""  # Markdown
    status: str = ""  # "to-read", "reading", "read" or ""
    rating: int | None = None  # 1 to 5
    start_here: bool = False
    added: str = ""  # ISO date


class Reading(msgspec.Struct, frozen=True, kw_only=True):
    """A count, and the day on which it was read."""

    kind: str  # "comments", "upvotes", "citations" or "stars"
    value: int
    date: str


class LinkEntry(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A way out: http(s) alone."""

    kind: str
    url: str
    label: str = ""


class NoticeEntry(msgspec.Struct, frozen=True, kw_only=True):
    """What has happened to a paper since it appeared."""

    kind: str  # "retracted", "withdrawn", "corrected" or "revised"
    text: str  # the reason in the source's words; of a revision the version, "v2"
    date: str  # on which it happened, or ""
    source: str  # path of the listing that says so


class PaperEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A paper. What is not known is "" or [] or null: every member is there."""

    id: str
    url: str  # its page; absolute where the site knows its address, else from the site's root
    title: str  # plain text
    title_tex: str  # as its source wrote it
    authors: tuple[str, ...]
    orcids: tuple[str, ...]  # of the authors, in their order, "" where not known; [] where none is
    author_count: int | None  # known even where the names are not
    organizations: tuple[str, ...]
    date: str  # "2024", "2024-03" or "2024-03-01"
    date_inferred: bool
    venue: str
    kind: str  # "article", "paper" (in proceedings), "chapter", "book", "thesis", "report" or "preprint"
    volume: str
    issue: str  # of a journal; of a report its number
    pages: str  # "11–24", or an article's number
    publisher: str  # of a thesis the university, of a report the institution
    identifiers: Mapping[str, str]  # by registry: the first of each
    versions: Mapping[str, str]  # by registry: "2" of arXiv's v2, where it is known
    notices: tuple[NoticeEntry, ...]  # the gravest first
    links: tuple[LinkEntry, ...]
    keywords: tuple[str, ...]
    tags: tuple[str, ...]  # ids
    collections: tuple[Listed, ...]
    signals: tuple[Reading, ...]  # every reading that has a date, oldest first
    summary: str  # Markdown, by curators
    abstract: str  # as its source wrote it, TeX included


def paper_entry(site: Site, paper: Paper) -> PaperEntry:
    """All that the site knows about the paper, but for where it was read."""
    date, said = paper.date, publication_of(paper)
    identifiers = {identifier.kind: identifier.value for identifier in reversed(paper.identifiers)}
    versions = {i.kind: i.version for i in reversed(paper.identifiers) if i.version}
    return PaperEntry(
        id=paper.id,
        url=site.library.settings.base_url + paper_url(paper),
        title=" ".join(plain(paper.title).split()),
        title_tex=paper.title,
        authors=paper.authors,
        orcids=paper.orcids,
        author_count=paper.author_count or len(paper.authors) or None,
        organizations=tuple(organization.name for organization in paper.organizations),
        date=date.iso if date else "",
        date_inferred=bool(date and date.certainty == "inferred"),
        venue=paper.venue,
        kind=said.kind,
        volume=said.volume,
        issue=said.issue,
        pages=said.pages,
        publisher=said.publisher,
        identifiers=dict(sorted(identifiers.items())),
        versions=dict(sorted(versions.items())),
        notices=tuple(
            NoticeEntry(
                kind=badge.kind, text=badge.text, date=badge.day.iso if badge.day else "", source=badge.source
            )
            for badge in badges(paper)
        ),
        links=tuple(LinkEntry(kind=link.kind, url=link.url, label=link.label) for link in paper.links),
        keywords=paper.keywords,
        tags=paper.tags,
        collections=tuple(
            Listed(
                collection=place.list.id,
                position=place.position,
                note=place.entry.note,
                status=place.entry.status,
                rating=place.entry.rating,
                start_here=place.entry.start_here,
                added=place.entry.added,
            )
            for place in site.appearances.get(paper.id, ())
        ),
        signals=tuple(
            Reading(kind=signal.kind, value=signal.value, date=signal.day.iso)
            for signal in paper.signals
            if signal.day
        ),
        summary=paper.summary,
        abstract=paper.abstract,
    )


COLUMNS = (
    "id",
    "title",
    "authors",
    "author_count",
    "organizations",
    "date",
    "venue",
    "kind",
    "volume",
    "issue",
    "pages",
    "publisher",
    "arxiv",
    "doi",
    "url",
    "tags",
    "collections",
    "keywords",
    "notices",
    "note",
    "abstract",
)


def row(entry: PaperEntry) -> tuple[str, ...]:
    """The cells of COLUMNS. Several values in one cell stand between semicolons, as no name has one."""
    return (
        entry.id,
        entry.title,
        "; ".join(entry.authors),
        "" if entry.author_count is None else str(entry.author_count),
        "; ".join(entry.organizations),
        entry.date,
        entry.venue,
        entry.kind,
        entry.volume,
        entry.issue,
        entry.pages,
        entry.publisher,
        entry.identifiers.get("arxiv", ""),
        entry.identifiers.get("doi", ""),
        entry.url,
        "; ".join(entry.tags),
        "; ".join(place.collection for place in entry.collections),
        "; ".join(entry.keywords),
        "; ".join(" ".join(filter(None, (n.kind, n.date))) for n in entry.notices),
        next((place.note for place in entry.collections if place.note), entry.summary),
        entry.abstract,
    )
