"""The home page: the lists, what is new, what is being discussed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import Signal
from sitegen.plan.card import Card, TagLink
from sitegen.plan.chart import Bar, bars
from sitegen.plan.collections import CollectionRow, collection_rows
from sitegen.plan.frame import Frame, Head, has_map
from sitegen.plan.tags import most_telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.page import Page
    from sitegen.plan.context import Context

_COLLECTIONS = 12
_DISCUSSED = 5
_YEARS = 8
_TAGS = 16


class Discussed(msgspec.Struct, frozen=True):
    card: Card
    signal: Signal


class TagCount(msgspec.Struct, frozen=True, gc=False):
    tag: TagLink
    count: int


class HomeView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    papers: int
    has_map: bool
    collections: tuple[CollectionRow, ...]
    all_collections: int
    latest: tuple[Card, ...]
    by_addition: bool  # the latest are those that were added last to a list; else those that appeared last
    discussed: tuple[Discussed, ...]
    years: tuple[Bar, ...]
    tags: tuple[TagCount, ...]


def plan_home(context: Context) -> Iterator[Page]:
    """`index.html`."""
    site, settings = context.site, context.settings
    view = HomeView(
        frame=context.frame,
        head=context.head(
            "index.html",
            settings.title,
            data={
                "@context": "https://schema.org",
                "@type": "WebSite",
                "name": settings.title,
                "description": settings.tagline,
                **context.url_for_data("index.html"),
            },
        ),
        papers=len(context.library.papers),
        has_map=has_map(site),
        collections=collection_rows(context)[:_COLLECTIONS],
        all_collections=len(context.library.lists),
        latest=tuple(context.card(paper) for paper, _ in context.latest[: settings.home_latest]),
        by_addition=any(entry.added for each in context.library.lists for entry in each.entries),
        discussed=tuple(
            Discussed(context.card(paper), signal) for paper, signal in context.discussed[:_DISCUSSED]
        ),
        years=bars((str(year), f"years/{year}.html", len(papers)) for year, papers in site.by_year.items())[
            :_YEARS
        ],
        tags=tuple(
            TagCount(context.tag_links[tag], len(site.by_tag[tag])) for tag in most_telling(site)[:_TAGS]
        ),
    )
    yield context.page("index.html", "home.html", view)
