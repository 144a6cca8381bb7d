"""Atom and JSON Feed of the site, of every list and of every tag."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.page import Page
from sitegen.plan.card import paper_url
from sitegen.plan.frame import feed_urls
from sitegen.plan.recent import day_of, latest, latest_of, moment
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model.paper import Paper
    from sitegen.plan.context import Context


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The same in every feed that it is in. Its id is its address, which never changes."""

    url: str  # absolute
    title: str
    updated: str  # RFC 3339
    published: str  # of the paper; "" where unknown
    authors: tuple[str, ...]
    notes: tuple[str, ...]  # Markdown, of every list that has one
    summary: str  # Markdown
    abstract: str  # plain text
    tags: tuple[str, ...]


class FeedView(msgspec.Struct, frozen=True, kw_only=True):
    title: str
    subtitle: str
    home: str  # absolute address of the page that this is the feed of
    atom: str  # absolute addresses of the two forms
    json: str
    updated: str
    author: str
    language: str
    entries: tuple[FeedEntry, ...]


def plan_feeds(context: Context) -> Iterator[Page]:
    """`feed.xml`, `feed.json`, and for lists and tags `<stem>.xml`, `<stem>.feed.json`; none without `base_url`."""
    settings, site = context.settings, context.site
    if not settings.base_url:
        return
    known: dict[str, FeedEntry] = {}
    yield from _plan_feed(
        context, "index", "feed", latest(site), known, title=settings.title, subtitle=settings.tagline
    )
    for reading_list in context.library.lists:
        stem = f"collections/{reading_list.id}"
        title = f"{reading_list.title} · {settings.title}"
        papers = latest_of(reading_list, site)
        yield from _plan_feed(context, stem, stem, papers, known, title=title, subtitle=reading_list.blurb)
    for tag in context.library.tags.values():
        stem = f"tags/{tag.id}"
        title = f"{tag.label} · {settings.title}"
        newest = site.by_tag.get(tag.id, ())[: settings.feed_size]
        papers = [(paper, day_of(paper, site.appearances.get(paper.id, ()))) for paper in newest]
        yield from _plan_feed(context, stem, stem, papers, known, title=title, subtitle="")


def _plan_feed(
    context: Context,
    page: str,
    stem: str,
    papers: Sequence[tuple[Paper, str]],
    known: dict[str, FeedEntry],
    /,
    *,
    title: str,
    subtitle: str,
) -> Iterator[Page]:
    settings = context.settings
    atom, json = feed_urls(stem)
    shown = papers[: settings.feed_size]
    for paper, day in shown:
        if paper.id not in known:
            known[paper.id] = _entry(context, paper, day or context.last_edited)
    entries = tuple(known[paper.id] for paper, _ in shown)
    view = FeedView(
        title=title,
        subtitle=subtitle,
        home=context.absolute(f"{page}.html"),
        atom=context.absolute(atom),
        json=context.absolute(json),
        updated=max((entry.updated for entry in entries), default=moment("")),
        author=settings.author or settings.title,
        language=settings.language,
        entries=entries,
    )
    yield Page(atom, "xml", "feeds/atom.xml", view)
    yield Page(json, "json", "feeds/feed.json", view)


def _entry(context: Context, paper: Paper, day: str) -> FeedEntry:
    return FeedEntry(
        url=context.absolute(paper_url(paper)),
        title=plain(paper.title),
        updated=moment(day),
        published=moment(paper.date.iso) if paper.date else "",
        authors=paper.authors,
        notes=tuple(
            place.entry.note for place in context.site.appearances.get(paper.id, ()) if place.entry.note
        ),
        summary=paper.summary,
        abstract=plain(paper.abstract),
        tags=tuple(tag.label for tag in context.card(paper).tags),
    )
