"""How many papers there are from when, and which tags they have."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.chart import HEIGHT, PITCH, Column, columns, share, small_columns
from sitegen.text.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model.paper import Paper
    from sitegen.plan.context import Context

_LONGEST_AXIS = 80  # years; beyond it, years without papers are left out
_MONTHS = 48
_TAGS = 12
_TAG_YEARS = 8
_FEWEST = 5  # papers of a year that is worth dividing
_FEWEST_YEARS = 3


class Timeline(msgspec.Struct, frozen=True):
    columns: tuple[Column, ...]
    peak: int  # papers of the tallest
    missing: int  # papers whose date does not say enough


class TagTimeline(msgspec.Struct, frozen=True, gc=False):
    """A tag's share of every year's papers."""

    label: str
    url: str
    papers: int
    path: str  # of the columns, for SVG
    counts: tuple[int, ...]


class TagTimelines(msgspec.Struct, frozen=True, kw_only=True):
    """All are drawn to one scale."""

    tags: tuple[TagTimeline, ...]
    years: tuple[int, ...]  # oldest first
    peak: float  # percent
    width: int = 0
    height: int = HEIGHT


def years(context: Context) -> Timeline:
    """Papers by year, the oldest first."""
    counted = {year: len(papers) for year, papers in context.site.by_year.items()}
    undated = len(context.site.undated)
    if not counted:
        return Timeline((), 0, undated)
    first, last = min(counted), max(counted)
    axis = range(first, last + 1) if last - first < _LONGEST_AXIS else sorted(counted)
    rows = [
        (str(year), f"years/{year}.html" if year in counted else "", counted.get(year, 0)) for year in axis
    ]
    return Timeline(columns(rows), max(counted.values()), undated)


def months(context: Context) -> Timeline:
    """Papers by month, the latest four years of them at most; nothing where they span less than a year."""
    papers = context.library.papers
    counted, unsure = context.of_papers(
        "months", tuple[dict[int, int], dict[int, int]], lambda: _by_month(papers)
    )
    if not counted:
        return Timeline((), 0, 0)
    last = max(counted)
    axis = range(max(min(counted), last - _MONTHS + 1), last + 1)
    if len(axis) < 12:
        return Timeline((), 0, 0)
    names = context.texts("months").split()
    rows = [
        (context.texts("date_month", month=names[at % 12], year=str(at // 12)), "", counted.get(at, 0))
        for at in axis
    ]
    # A year stands where it begins, if there is room for it.
    ticks = [str(at // 12) if at % 12 == 0 and at < last - 2 else "" for at in axis]
    shown = range(axis[0] // 12, last // 12 + 1)
    missing = sum(unsure.get(year, 0) for year in shown)
    return Timeline(columns(rows, ticks), max(counted.get(at, 0) for at in axis), missing)


def _by_month(papers: Iterable[Paper]) -> tuple[dict[int, int], dict[int, int]]:
    """How many papers are of each month, counted from the year 0; and of each year, without a month."""
    dates = [paper.date for paper in papers if paper.date]
    months = Counter(12 * date.year + date.month - 1 for date in dates if date.month)
    return months, Counter(date.year for date in dates if not date.month)


def tags_over_time(context: Context) -> TagTimelines:
    """The tags that are used most and have none below them, over the years that have papers enough."""
    site = context.site
    known = [(year, len(papers)) for year, papers in site.by_year.items() if len(papers) >= _FEWEST]
    axis = sorted(known[:_TAG_YEARS])
    leaves = [tag for tag in site.by_tag if not site.children.get(tag) and site.by_tag[tag]]
    used = sorted(leaves, key=lambda tag: (-len(site.by_tag[tag]), tag))[:_TAGS]
    if len(axis) < _FEWEST_YEARS or not used:
        return TagTimelines(tags=(), years=(), peak=0)
    # Who has a tag with none below it is a matter of papers alone.
    of_papers = context.library.of_papers
    by_year = context.lasting(
        "tags by year",
        of_papers and digest_of((of_papers, used)),
        dict[str, dict[int, int]],
        lambda: {tag: _by_year(site.by_tag[tag]) for tag in used},
    )
    counts = {tag: tuple(by_year[tag].get(year, 0) for year, _ in axis) for tag in used}
    totals = [total for _, total in axis]
    shares = {tag: [share(n, of) for n, of in zip(counts[tag], totals, strict=True)] for tag in used}
    peak = max(max(row) for row in shares.values()) or 1
    return TagTimelines(
        tags=tuple(
            TagTimeline(
                context.tag_links[tag].label,
                context.tag_links[tag].url,
                len(site.by_tag[tag]),
                small_columns(shares[tag], peak),
                counts[tag],
            )
            for tag in used
        ),
        years=tuple(year for year, _ in axis),
        peak=peak,
        width=PITCH * len(axis),
    )


def _by_year(papers: Iterable[Paper]) -> dict[int, int]:
    return Counter(paper.date.year for paper in papers if paper.date)
