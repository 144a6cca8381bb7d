"""The curated lists: their index, and a page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.model.collection import Rule, Status
from sitegen.model.record import PartialDate
from sitegen.plan.card import Card
from sitegen.plan.exports import FileLink, files_beside
from sitegen.plan.filters import Filters, filters_of
from sitegen.plan.frame import FeedLink, Frame, Head
from sitegen.plan.item_list import item_list
from sitegen.plan.paging import Pager, page_title, page_url, paged
from sitegen.plan.spark import Spark, spark
from sitegen.text.dates import parse_date
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model.library import Entry, Part, ReadingList
    from sitegen.model.page import Page
    from sitegen.plan.context import Context


class Progress(msgspec.Struct, frozen=True, gc=False):
    """How many entries have which status. Shares are percent of all entries, for the bar."""

    total: int
    read: int
    reading: int
    to_read: int
    read_share: float
    reading_share: float


class CollectionRow(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    url: str
    title: str
    blurb: str
    papers: int
    updated: PartialDate | None
    curators: tuple[str, ...]
    progress: Progress | None
    spark: Spark | None


class CollectionsView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    collections: tuple[CollectionRow, ...]


class EntryView(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in a list: its card, and what this list says about it."""

    card: Card
    anchor: str
    note: str
    status: Status
    rating: int | None
    start_here: bool


class PartView(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of a section that stand on one page."""

    id: str
    title: str
    description: str
    continued: bool  # the section began on the page before
    start: int  # number of its first entry here
    entries: tuple[EntryView, ...]


class Heading(msgspec.Struct, frozen=True, gc=False):
    title: str
    url: str
    papers: int


class CollectionView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    id: str
    title: str
    blurb: str
    description: str  # Markdown
    curators: tuple[str, ...]
    updated: PartialDate | None
    progress: Progress | None
    rule: tuple[str, ...]  # for smart lists: the conditions, in words
    headings: tuple[Heading, ...]
    start_here: tuple[Heading, ...]
    parts: tuple[PartView, ...]
    feeds: tuple[FeedLink, ...]
    files: tuple[FileLink, ...]  # what the list is exported as
    filters: Filters | None
    pager: Pager


def plan_collections(context: Context) -> Iterator[Page]:
    """`collections/index.html`, then every list."""
    texts = context.texts
    url = "collections/index.html"
    view = CollectionsView(
        frame=context.frame,
        head=context.head(url, texts("collections.title"), texts("collections.about"), section=url),
        collections=collection_rows(context),
    )
    yield context.page(url, "collections.html", view)
    for reading_list in context.library.lists:
        yield from _plan_collection(context, reading_list)


def collection_rows(context: Context) -> tuple[CollectionRow, ...]:
    """One row for every list, in their order on the home page. A date that all have in common tells none of them apart."""
    lists = context.library.lists
    dated = len(lists) == 1 or len({each.updated for each in lists}) > 1
    return tuple(
        CollectionRow(
            id=reading_list.id,
            url=f"collections/{reading_list.id}.html",
            title=reading_list.title,
            blurb=reading_list.blurb,
            papers=len(reading_list.entries),
            updated=parse_date(reading_list.updated) if dated else None,
            curators=reading_list.curators,
            progress=_progress(reading_list.entries),
            spark=spark(context.site, reading_list.entries),
        )
        for reading_list in lists
    )


def _plan_collection(context: Context, reading_list: ReadingList) -> Iterator[Page]:
    stem = f"collections/{reading_list.id}"
    size = context.settings.page_size
    entries = reading_list.entries
    anchors = _anchors(entries)
    feeds = context.feed_links(stem, reading_list.title)
    description = reading_list.blurb or plain(reading_list.description.split("\n\n")[0])
    for url, pager, _ in paged(stem, entries, size):
        shown = entries[pager.first - 1 : pager.last]
        view = CollectionView(
            frame=context.frame,
            head=context.head(
                url,
                page_title(context.texts, reading_list.title, pager),
                description,
                section="collections/index.html",
                feeds=feeds,
                modified=reading_list.updated,
                previous=pager.previous,
                following=pager.following,
                data=_data(context, url, reading_list, [entry.paper for entry in shown], pager.first),
            ),
            id=reading_list.id,
            title=reading_list.title,
            blurb=reading_list.blurb,
            description=reading_list.description if pager.number == 1 else "",
            curators=reading_list.curators,
            updated=parse_date(reading_list.updated),
            progress=_progress(entries),
            rule=_rule_in_words(context, reading_list.rule) if reading_list.rule else (),
            headings=_headings(stem, reading_list.parts, size),
            start_here=tuple(
                Heading(entry.paper.title, f"{page_url(stem, position // size + 1)}#{anchors[position]}", 1)
                for position, entry in enumerate(entries)
                if entry.start_here
            ),
            parts=tuple(_parts(context, reading_list.parts, anchors, pager)),
            feeds=feeds,
            files=files_beside(stem, context.settings.list_files),
            filters=filters_of(pager, context.settings, scope=("collection", reading_list.id), ordered=True),
            pager=pager,
        )
        yield context.page(url, "collection.html", view)


def _anchors(entries: Sequence[Entry]) -> list[str]:
    # A list may name a paper twice; the fragment is the first one's.
    seen: dict[str, int] = {}
    anchors = []
    for entry in entries:
        times = seen[entry.paper.id] = seen.get(entry.paper.id, 0) + 1
        # No id has a dot.
        anchors.append(f"paper-{entry.paper.id}" + (f".{times}" if times > 1 else ""))
    return anchors


def _headings(stem: str, parts: Sequence[Part], size: int) -> tuple[Heading, ...]:
    headings, start = [], 0
    total = sum(len(part.entries) for part in parts)
    for part in parts:
        if part.title:
            url = f"{page_url(stem, _page_of(start, total, size))}#{part.id}"
            headings.append(Heading(part.title, url, len(part.entries)))
        start += len(part.entries)
    return tuple(headings) if len(headings) > 1 else ()


def _page_of(start: int, total: int, size: int) -> int:
    """The number of the page on which a section begins; one without entries stands before the next, or at the end."""
    return max(0, min(start, total - 1)) // size + 1


def _parts(
    context: Context, parts: Sequence[Part], anchors: Sequence[str], pager: Pager
) -> Iterator[PartView]:
    start = 0
    for part in parts:
        end = start + len(part.entries)
        first, last = max(start, pager.first - 1), min(end, pager.last)
        begins = _page_of(start, pager.total, context.settings.page_size) == pager.number
        if first < last or (start == end and begins):
            yield PartView(
                id=part.id,
                title=part.title,
                description=part.description if first == start else "",
                continued=first > start,
                start=first + 1,
                entries=tuple(
                    EntryView(
                        card=context.card(entry.paper),
                        anchor=anchors[position],
                        note=entry.note,
                        status=entry.status,
                        rating=entry.rating,
                        start_here=entry.start_here,
                    )
                    for position, entry in enumerate(part.entries[first - start : last - start], first)
                ),
            )
        start = end


def _progress(entries: Sequence[Entry]) -> Progress | None:
    count = {
        status: sum(entry.status == status for entry in entries) for status in ("read", "reading", "to-read")
    }
    if not any(count.values()):
        return None
    total = len(entries)
    return Progress(
        total=total,
        read=count["read"],
        reading=count["reading"],
        to_read=count["to-read"],
        read_share=round(100 * count["read"] / total, 1),
        reading_share=round(100 * count["reading"] / total, 1),
    )


def _rule_in_words(context: Context, rule: Rule) -> tuple[str, ...]:
    texts = context.texts
    comma = texts("list.comma")
    words = []
    if rule.tags:
        words.append(texts("rule.tags", tags=comma.join(rule.tags)))
    if rule.all_tags:
        words.append(texts("rule.all_tags", tags=comma.join(rule.all_tags)))
    if rule.words:
        words.append(texts("rule.words", words=comma.join(rule.words)))
    if rule.since is not None and rule.until is not None:
        words.append(texts("rule.between", since=str(rule.since), until=str(rule.until)))
    elif rule.since is not None:
        words.append(texts("rule.since", since=str(rule.since)))
    elif rule.until is not None:
        words.append(texts("rule.until", until=str(rule.until)))
    if rule.source:
        words.append(texts("rule.source", source=rule.source))
    words.append(texts(f"rule.order.{rule.order}"))
    if rule.limit is not None:
        words.append(texts("rule.limit", n=rule.limit))
    if rule.exclude:
        words.append(texts("rule.exclude", n=len(rule.exclude)))
    return tuple(words)


def _data(
    context: Context, url: str, reading_list: ReadingList, papers: Sequence[Any], first: int
) -> dict[str, Any]:
    data = item_list(
        context, url, papers, title=reading_list.title, description=reading_list.blurb, first=first
    )
    if reading_list.updated:
        data["dateModified"] = reading_list.updated
    if reading_list.curators:
        data["editor"] = [{"@type": "Person", "name": name} for name in reading_list.curators]
    return data
