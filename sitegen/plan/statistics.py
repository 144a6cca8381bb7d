"""How much of everything there is, and how much is known about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import Signal
from sitegen.plan.card import Card
from sitegen.plan.chart import Bar, bars, share
from sitegen.plan.coverage import Source, known, sources
from sitegen.plan.frame import Frame, Head, has_map
from sitegen.plan.overlap import Overlap, overlap
from sitegen.plan.timelines import TagTimelines, Timeline, months, tags_over_time, years

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.model.page import Page
    from sitegen.model.paper import Paper
    from sitegen.plan.context import Context

_URL = "statistics.html"
_ROWS = 16
_DISCUSSED = 10
_FEWEST = 3  # organisations or venues that are worth comparing


class Total(msgspec.Struct, frozen=True, gc=False):
    label: str
    value: int
    url: str


class Chart(msgspec.Struct, frozen=True):
    """A table with a bar in every row."""

    caption: str
    head: str  # of the first column
    bars: tuple[Bar, ...]
    shares: bool  # the lengths are shares of all papers, worth telling in figures


class Talk(msgspec.Struct, frozen=True):
    """A paper that people talk about, on the day when that was counted."""

    card: Card
    signal: Signal
    share: float  # of the most discussed one's


class StatisticsView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    has_map: bool
    totals: tuple[Total, ...]
    years: Timeline
    months: Timeline
    tags: Chart | None
    tags_over_time: TagTimelines
    collections: Chart | None
    overlap: Overlap
    discussed: tuple[Talk, ...]
    publishers: tuple[Chart, ...]
    sources: tuple[Source, ...]
    known: Chart | None


def plan_statistics(context: Context) -> Iterator[Page]:
    """`statistics.html`."""
    site, library, texts = context.site, context.library, context.texts
    used = sorted(site.by_tag, key=lambda tag: (-len(site.by_tag[tag]), tag))[:_ROWS]
    organizations, venues = context.of_papers(
        "publishers", tuple[tuple[Bar, ...], tuple[Bar, ...]], lambda: _publishers(library.papers)
    )
    publishers = (_chart(context, "organizations", organizations), _chart(context, "venues", venues))
    view = StatisticsView(
        frame=context.frame,
        head=context.head(_URL, texts("statistics.title"), texts("statistics.about"), section=_URL),
        has_map=has_map(site),
        totals=(
            Total(texts("nav.papers"), len(library.papers), "papers/index.html"),
            Total(texts("nav.collections"), len(library.lists), "collections/index.html"),
            Total(texts("nav.tags"), len(library.tags), "tags/index.html"),
            Total(texts("nav.years"), len(site.by_year), "years/index.html"),
        ),
        years=years(context),
        months=months(context),
        tags=_chart(
            context,
            "tags",
            bars(
                (context.tag_links[tag].label, context.tag_links[tag].url, len(site.by_tag[tag]))
                for tag in used
                if site.by_tag[tag]
            ),
        ),
        tags_over_time=tags_over_time(context),
        collections=_chart(
            context,
            "collections",
            bars((each.title, f"collections/{each.id}.html", len(each.entries)) for each in library.lists),
        ),
        overlap=overlap(context),
        discussed=_discussed(context),
        publishers=tuple(chart for chart in publishers if chart and len(chart.bars) >= _FEWEST),
        sources=sources(context),
        known=_chart(context, "coverage", known(context) if library.papers else (), shares=True),
    )
    yield context.page(_URL, "statistics.html", view)


def _chart(context: Context, name: str, rows: tuple[Bar, ...], *, shares: bool = False) -> Chart | None:
    texts = context.texts
    return Chart(texts(f"statistics.{name}"), texts(f"statistics.{name}.one"), rows, shares) if rows else None


def _publishers(papers: Iterable[Paper]) -> tuple[tuple[Bar, ...], tuple[Bar, ...]]:
    organizations = (name for paper in papers for name in {o.name for o in paper.organizations})
    return _most(organizations), _most(paper.venue for paper in papers if paper.venue)


def _most(names: Iterable[str]) -> tuple[Bar, ...]:
    counted = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    return bars((name, "", count) for name, count in counted[:_ROWS])


def _discussed(context: Context) -> tuple[Talk, ...]:
    talks = context.discussed[:_DISCUSSED]
    return tuple(
        Talk(context.card(paper), signal, share(signal.value, talks[0][1].value)) for paper, signal in talks
    )
