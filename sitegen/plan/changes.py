"""What has happened to the lists and their papers, as far as it is recorded: a page and a feed."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import PartialDate
from sitegen.plan.feeds import ChangeRow, FeedEntry, plan_feed
from sitegen.plan.frame import FeedLink, Frame, Head
from sitegen.plan.paging import Pager, page_title, paged
from sitegen.plan.recent import moment
from sitegen.text.dates import parse_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model.change import Event, History
    from sitegen.model.page import Page
    from sitegen.plan.context import Context

STEM = "changes"
_DAYS = 30  # on one page
_MOST = 50  # papers that are named of one list and day


class ChangeGroup(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to one list, or to papers wherever they are, on one day."""

    id: str  # fragment
    title: str
    url: str  # of the list; "" where there is none
    rows: tuple[ChangeRow, ...]
    others: int  # that are not named


class ChangeDay(msgspec.Struct, frozen=True):
    date: PartialDate | None
    groups: tuple[ChangeGroup, ...]


class ChangesView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    since: PartialDate | None
    days: tuple[ChangeDay, ...]
    feeds: tuple[FeedLink, ...]
    pager: Pager


def plan_changes(context: Context) -> Iterator[Page]:
    """`changes.html`, `changes.2.html` …, `changes.xml` and `changes.feed.json`; none where nothing is recorded."""
    history = context.site.history
    if history is None:
        return
    texts = context.texts
    title = texts("changes.title")
    feeds = context.feed_links(STEM, title)
    days = [
        (day, _groups(context, history, day, list(events)))
        for day, events in groupby(history.events, key=lambda event: event.day)
    ]
    for url, pager, shown in paged(STEM, days, _DAYS):
        view = ChangesView(
            frame=context.frame,
            head=context.head(
                url,
                page_title(texts, title, pager),
                texts("changes.about"),
                feeds=feeds,
                modified=days[0][0] if days else history.since,
                previous=pager.previous,
                following=pager.following,
            ),
            since=parse_date(history.since),
            days=tuple(ChangeDay(parse_date(day), groups) for day, groups in shown),
            feeds=feeds,
            pager=pager,
        )
        yield context.page(url, "changes.html", view)
    if context.settings.base_url:
        yield from plan_feed(
            context,
            STEM,
            STEM,
            entries=lambda: [_entry(context, day, group) for day, groups in days for group in groups][
                : context.settings.feed_size
            ],
            title=f"{title} · {context.settings.title}",
            subtitle=texts("changes.about"),
        )


def _groups(context: Context, history: History, day: str, events: Sequence[Event]) -> tuple[ChangeGroup, ...]:
    order = {reading_list.id: n for n, reading_list in enumerate(context.library.lists)}
    by_list: dict[str, list[Event]] = {}
    for event in events:
        by_list.setdefault(event.list, []).append(event)
    names = sorted(by_list, key=lambda name: (name == "", order.get(name, len(order)), name))
    return tuple(_group(context, history, f"{day}.{name}" if name else day, by_list[name]) for name in names)


def _group(context: Context, history: History, anchor: str, events: Sequence[Event]) -> ChangeGroup:
    name = events[0].list
    there = name in context.lists
    title = context.lists[name].title if there else history.titles.get(name, name)
    return ChangeGroup(
        id=anchor,
        title=title if name else context.texts("changes.papers"),
        url=f"collections/{name}.html" if there else "",
        rows=tuple(
            ChangeRow(
                event.kind, event.title, f"papers/{event.paper}.html" if event.paper in context.papers else ""
            )
            for event in events[:_MOST]
        ),
        others=max(0, len(events) - _MOST),
    )


def _entry(context: Context, day: str, group: ChangeGroup) -> FeedEntry:
    counts: dict[str, int] = {}
    for row in group.rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    told = context.texts("list.comma").join(
        context.texts(f"changes.count.{kind}", n=count) for kind, count in counts.items()
    )
    return FeedEntry(
        url=f"{context.absolute(f'{STEM}.html')}#{group.id}",
        title=f"{group.title}: {told}",
        updated=moment(day),
        changes=group.rows,
    )
