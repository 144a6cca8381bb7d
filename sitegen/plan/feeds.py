"""Atom and JSON Feed of everything that has an address, and the OPML that names them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sitegen.model.page import Page
from sitegen.model.paper import Paper
from sitegen.plan.card import paper_url
from sitegen.plan.frame import feed_urls
from sitegen.plan.links import ShownLink, links_of
from sitegen.plan.recent import latest_of, moment
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from sitegen.plan.context import Context

Dated = Sequence[tuple[Paper, str]]  # papers, and the ISO day on which each became part of the site


class ChangeRow(msgspec.Struct, frozen=True, gc=False):
    """One thing that happened to one paper; `kind` names the text `changes.<kind>`."""

    kind: str
    title: str  # plain text
    url: str  # path of the paper, or "" where it is gone


class FeedEntry(msgspec.Struct, frozen=True, kw_only=True):
    """The same in every feed that it is in. Its id is its address, which never changes."""

    url: str  # absolute
    title: str
    updated: str  # RFC 3339
    published: str = ""  # of the paper; "" where unknown
    authors: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()  # Markdown, of every list that has one
    summary: str = ""  # Markdown
    abstract: str = ""  # TeX, as the source wrote it
    links: tuple[ShownLink, ...] = ()
    tags: tuple[str, ...] = ()
    changes: tuple[ChangeRow, ...] = ()  # of a day in a list


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


class Channel(NamedTuple):
    """What a feed is of. Its feeds lie at `stem`, its page at `page`."""

    page: str
    stem: str
    title: str
    about: str
    papers: Callable[[], Dated]


class OutlineItem(NamedTuple):
    title: str
    feed: str  # absolute addresses
    home: str


class Outline(NamedTuple):
    """Feeds of one kind under their heading; "" for those of the whole site."""

    title: str
    items: tuple[OutlineItem, ...]


class OutlineView(msgspec.Struct, frozen=True):
    title: str
    groups: tuple[Outline, ...]


OPML = "feeds.opml"


def plan_feeds(context: Context) -> Iterator[Page]:
    """`feed.xml`, `feed.json`, `<stem>.xml` and `<stem>.feed.json` of every list, and `feeds.opml`; none without `base_url`."""
    if not context.settings.base_url:
        return
    for _, channels in channels_by_kind(context):
        for channel in channels:
            yield from _plan_channel(context, channel)
    yield Page(OPML, "xml", "feeds/opml.xml", OutlineView(context.settings.title, outlines(context)))


def channels_by_kind(context: Context) -> Iterator[tuple[str, tuple[Channel, ...]]]:
    """(heading, what has a feed): the site, then every kind of page that lists papers, in the order of its index."""
    site, settings, texts = context.site, context.settings, context.texts
    yield "", (Channel("index", "feed", settings.title, settings.tagline, lambda: context.latest),)
    yield (
        texts("collections.title"),
        tuple(
            _channel(f"collections/{each.id}", each.title, each.blurb, partial(latest_of, each, site))
            for each in context.library.lists
        ),
    )
    yield (
        texts("tags.title"),
        tuple(
            _channel(f"tags/{tag.id}", tag.label, "", partial(_newest, context, site.by_tag.get(tag.id, ())))
            for tag in context.library.tags.values()
        ),
    )
    yield (
        texts("authors.title"),
        tuple(
            _channel(f"authors/{author.id}", author.name, "", partial(_newest, context, author.papers))
            for author in context.authors.all
        ),
    )
    years = [(str(year), str(year), papers) for year, papers in site.by_year.items()]
    if site.undated:
        years.append(("undated", texts("years.undated"), site.undated))
    yield (
        texts("years.title"),
        tuple(
            _channel(f"years/{name}", label, "", partial(_newest, context, papers))
            for name, label, papers in years
        ),
    )


def plan_feed(
    context: Context,
    page: str,
    stem: str,
    /,
    entries: Callable[[], Sequence[FeedEntry]],
    fingerprint: bytes = b"",
    **told: str,
) -> Iterator[Page]:
    """The two forms of one feed of these entries, newest first. `told` are the view's title and subtitle."""
    settings = context.settings
    atom, json = feed_urls(stem)

    def view() -> FeedView:
        shown = entries()
        return FeedView(
            title=told["title"],
            subtitle=told["subtitle"],
            home=context.absolute(f"{page}.html"),
            atom=context.absolute(atom),
            json=context.absolute(json),
            updated=max((entry.updated for entry in shown), default=moment("")),
            author=settings.author or settings.title,
            language=settings.language,
            entries=tuple(shown),
        )

    yield Page(atom, "xml", "feeds/atom.xml", view, fingerprint=fingerprint)
    yield Page(json, "json", "feeds/feed.json", view, fingerprint=fingerprint)


def _channel(stem: str, title: str, about: str, papers: Callable[[], Dated]) -> Channel:
    return Channel(stem, stem, title, about, papers)


def _newest(context: Context, papers: Sequence[Paper]) -> Dated:
    shown = papers[: context.settings.feed_size]
    return [(paper, context.site.since[paper.id]) for paper in shown]


def _plan_channel(context: Context, channel: Channel) -> Iterator[Page]:
    settings = context.settings
    shown = [
        (paper, max(day or context.last_edited, context.happened.get(paper.id, "")))
        for paper, day in channel.papers()[: settings.feed_size]
    ]
    title, about = channel.title, channel.about
    days = [day for _, day in shown]
    return plan_feed(
        context,
        channel.page,
        channel.stem,
        entries=lambda: [_entry(context, paper, day) for paper, day in shown],
        fingerprint=context.fingerprints.of((paper for paper, _ in shown), channel.stem, title, about, days),
        title=settings.title if channel.stem == "feed" else f"{title} · {settings.title}",
        subtitle=about,
    )


def _entry(context: Context, paper: Paper, day: str) -> FeedEntry:
    """Recalled, as it stands in both forms of several feeds."""
    key = (context.fingerprints.of_one(paper), day)
    return context.recall(f"entry {paper.id}", key, lambda: _made_entry(context, paper, day))


def _made_entry(context: Context, paper: Paper, day: str) -> FeedEntry:
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
        abstract=paper.abstract,
        links=links_of(paper),
        tags=tuple(tag.label for tag in context.card(paper).tags),
    )


def outlines(context: Context) -> tuple[Outline, ...]:
    """Every feed under the heading of its kind; the site's own first, then those of collections."""
    groups = (
        Outline(
            heading,
            tuple(
                OutlineItem(
                    channel.title,
                    context.absolute(feed_urls(channel.stem)[0]),
                    context.absolute(f"{channel.page}.html"),
                )
                for channel in channels
            )
            + (_changes(context) if not heading else ()),
        )
        for heading, channels in channels_by_kind(context)
    )
    return tuple(group for group in groups if group.items)


def _changes(context: Context) -> tuple[OutlineItem, ...]:
    """The feed of what has happened, where that is recorded (changes.py)."""
    if context.site.history is None:
        return ()
    title = context.texts("changes.title")
    return (OutlineItem(title, context.absolute("changes.xml"), context.absolute("changes.html")),)
