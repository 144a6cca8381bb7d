"""How much of everything there is, and how much is known about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.chart import Bar, Column, bars, columns
from sitegen.plan.frame import Frame, Head

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sitegen.model.page import Page
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site
    from sitegen.plan.context import Context

_URL = "statistics.html"
_LONGEST_AXIS = 80  # years; beyond it, years without papers are left out
_ROWS = 20


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


class StatisticsView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    totals: tuple[Total, ...]
    years: tuple[Column, ...]
    peak: int  # papers of the tallest column
    undated: int
    charts: tuple[Chart, ...]


def plan_statistics(context: Context) -> Iterator[Page]:
    """`statistics.html`."""
    site, library, texts = context.site, context.library, context.texts
    years = _years(site)
    view = StatisticsView(
        frame=context.frame,
        head=context.head(_URL, texts("statistics.title"), texts("statistics.about"), section=_URL),
        totals=(
            Total(texts("nav.papers"), len(library.papers), "papers/index.html"),
            Total(texts("nav.collections"), len(library.lists), "collections/index.html"),
            Total(texts("nav.tags"), len(library.tags), "tags/index.html"),
            Total(texts("nav.years"), len(site.by_year), "years/index.html"),
        ),
        years=columns(years),
        peak=max((value for _, _, value in years), default=0),
        undated=len(site.undated),
        charts=tuple(
            Chart(texts(f"statistics.{name}"), texts(f"statistics.{name}.one"), rows, name == "coverage")
            for name, rows in _charts(context).items()
            if rows
        ),
    )
    yield context.page(_URL, "statistics.html", view)


def _years(site: Site) -> list[tuple[str, str, int]]:
    counted = {year: len(papers) for year, papers in site.by_year.items()}
    if not counted:
        return []
    first, last = min(counted), max(counted)
    axis = range(first, last + 1) if last - first < _LONGEST_AXIS else sorted(counted)
    return [
        (str(year), f"years/{year}.html" if year in counted else "", counted.get(year, 0)) for year in axis
    ]


def _charts(context: Context) -> dict[str, tuple[Bar, ...]]:
    papers, by_tag = context.library.papers, context.site.by_tag
    used = sorted(by_tag, key=lambda tag: (-len(by_tag[tag]), tag))[:_ROWS]
    return {
        "collections": bars(
            (each.title, f"collections/{each.id}.html", len(each.entries)) for each in context.library.lists
        ),
        "tags": bars(
            (context.tag_links[tag].label, context.tag_links[tag].url, len(by_tag[tag])) for tag in used
        ),
        "coverage": _coverage(context),
        "organizations": _most(name for p in papers for name in {o.name for o in p.organizations}),
        "venues": _most(paper.venue for paper in papers if paper.venue),
    }


def _most(names: Iterator[str]) -> tuple[Bar, ...]:
    counted = sorted(Counter(names).items(), key=lambda pair: (-pair[1], pair[0]))
    return bars((name, "", count) for name, count in counted[:_ROWS])


def _coverage(context: Context) -> tuple[Bar, ...]:
    papers = context.library.papers
    appearances = context.site.appearances
    has: dict[str, Callable[[Paper], object]] = {
        "abstract": lambda paper: paper.abstract,
        "date": lambda paper: paper.date,
        "exact_date": lambda paper: paper.date and paper.date.certainty == "exact",
        "authors": lambda paper: paper.authors,
        "author_count": lambda paper: paper.authors or paper.author_count,
        "organizations": lambda paper: paper.organizations,
        "identifiers": lambda paper: paper.identifiers,
        "code": lambda paper: paper.link("code"),
        "tags": lambda paper: paper.tags,
        "listed": lambda paper: appearances.get(paper.id),
        "note": lambda paper: any(place.entry.note for place in appearances.get(paper.id, ())),
        "merged": lambda paper: len(paper.records) > 1,
    }
    total = len(papers) or 1
    counts = ((field, sum(1 for paper in papers if test(paper))) for field, test in has.items())
    return tuple(
        Bar(context.texts(f"coverage.{field}"), "", count, round(100 * count / total, 1))
        for field, count in counts
    )
