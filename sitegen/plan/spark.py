"""A list's papers by year, small enough for a row."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.chart import PITCH, small_columns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.library import Entry
    from sitegen.model.site import Site

_YEARS = 10
_FEWEST_YEARS = 3


class Spark(msgspec.Struct, frozen=True, gc=False):
    """Columns without labels. Their years are the same for all lists, their scale is the list's own."""

    first: int
    last: int
    width: int
    path: str  # SVG


def spark(site: Site, entries: Sequence[Entry]) -> Spark | None:
    """The site's latest years, where there are three of them; None for a list that has nothing from these."""
    last = max(site.by_year, default=0)
    years = range(max(min(site.by_year, default=0), last - _YEARS + 1), last + 1)
    counted = Counter(entry.paper.year for entry in entries)
    values = [counted[year] for year in years]
    if len(years) < _FEWEST_YEARS or not any(values):
        return None
    return Spark(years[0], last, PITCH * len(years), small_columns(values, max(values)))
