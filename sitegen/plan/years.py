"""Papers by year: the index, a list for each year, and one for papers without a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.chart import Bar, bars
from sitegen.plan.exports import twin_beside
from sitegen.plan.frame import Frame, Head
from sitegen.plan.listing import Choice, Choices, plan_listing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.page import Page
    from sitegen.plan.context import Context

_INDEX = "years/index.html"


class YearsView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    years: tuple[Bar, ...]


def plan_years(context: Context) -> Iterator[Page]:
    """`years/index.html`, `years/2024.html` …, `years/undated.html` if there are any."""
    site, texts = context.site, context.texts
    title = texts("years.title")
    choices = year_choices(context)
    view = YearsView(
        frame=context.frame,
        head=context.head(_INDEX, title, texts("years.about"), section=_INDEX),
        years=bars((choice.label, choice.url, choice.count) for choice in choices),
    )
    yield context.page(_INDEX, "years.html", view)
    lists = [(str(year), str(year), papers) for year, papers in site.by_year.items()]
    if site.undated:
        lists.append(("undated", texts("years.undated"), site.undated))
    for (name, label, papers), choice in zip(lists, choices, strict=True):
        yield from plan_listing(
            context,
            f"years/{name}",
            label,
            papers,
            section=_INDEX,
            about=texts(
                "years.about_year" if label == name else "years.about_undated", n=len(papers), year=label
            ),
            crumb=Choice(title, _INDEX, 0),
            feeds=context.feed_links(f"years/{name}", label),
            files=twin_beside(f"years/{name}", context.settings.list_files),
            scope=("year", name),
            choices=(
                Choices(
                    title, tuple(msgspec.structs.replace(other, current=other == choice) for other in choices)
                ),
            ),
        )


def year_choices(context: Context) -> tuple[Choice, ...]:
    """Every year with its number of papers, newest first, papers without a date last."""
    site = context.site
    years = [Choice(str(year), f"years/{year}.html", len(papers)) for year, papers in site.by_year.items()]
    if site.undated:
        years.append(Choice(context.texts("years.undated"), "years/undated.html", len(site.undated)))
    return tuple(years)
