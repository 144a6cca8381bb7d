"""Dates that have not come yet: most often a slip in the year.

Passes, on 21 November 2026: `added: 2026-11-21`, and a paper's `date: 2027-05`, as proceedings are dated ahead.
Fails: `added: 2062-11-21`, which would stand first in every feed for 36 years; a paper's `date: 2062`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Span, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.model.library import ReadingList
    from sitegen.model.site import Site
    from sitegen.model.source import SourceFile


def future_dates(site: Site, sources: Mapping[str, SourceFile], today: str) -> tuple[Diagnostic, ...]:
    """A warning for each such date that a curator wrote; those of dumps are as their listings have them.

    `today` is an ISO day, `sources` holds the collections' files, by path, for the lines to show.
    """
    latest_year = int(today[:4]) + 1
    problems = [
        warning("future-date", f"{day} is not here yet", where, "is it a slip in the year?")
        for each in site.library.lists
        for day in sorted({each.updated, *(entry.added for entry in each.entries)})
        if day > today
        for where in _places(each, day, sources)
    ]
    problems += [
        warning(
            "future-date",
            f"the paper is dated {record.date.iso}, after the next year",
            record.where,
            "is it a slip in the year?",
        )
        for paper in site.library.papers
        for record in paper.records
        if record.curated and record.date and record.date.year > latest_year
    ]
    return tuple(problems)


def _places(reading_list: ReadingList, day: str, sources: Mapping[str, SourceFile]) -> Iterator[Span]:
    """Where the list's file has that day under `added` or `updated`; the file itself where it is written otherwise."""
    file = sources.get(reading_list.path)
    lines = re.split(r"\r\n|\r|\n", file.data.decode("utf-8-sig", "replace")) if file else []
    found = [
        Span(reading_list.path, number, match.start(1) + 1, len(day))
        for number, line in enumerate(lines, 1)
        for match in re.finditer(rf"\b(?:added|updated)[\"']?\s*:\s*[\"']?({re.escape(day)})\b", line)
    ]
    yield from found or [Span(reading_list.path)]
