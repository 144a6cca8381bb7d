"""Dates as people and listings write them."""

from __future__ import annotations

import re
from calendar import monthrange

from sitegen.model.record import PartialDate

_ISO = re.compile(
    r"\s*(?P<year>[0-9]{4})"
    r"(?:[-/](?P<month>0?[1-9]|1[0-2])"
    r"(?:[-/](?P<day>0?[1-9]|[12][0-9]|3[01])(?:[T ][0-9:.,]+(?:Z|[+-][0-9:]+)?)?)?)?\s*"
)
_EARLIEST, _LATEST = 1000, 2999


def parse_date(text: str) -> PartialDate | None:
    """The ISO 8601 date `2024`, `2024-3` or `2024-03-01` (a time of day is ignored); None if it is not a day that exists.

    >>> parse_date("2024-3-1").iso
    '2024-03-01'
    >>> parse_date("2024-02-30") is None
    True
    """
    match = _ISO.fullmatch(text) if len(text) < 64 else None
    if match is None:
        return None
    year, month, day = match.groups()
    return (
        calendar_date(int(year), int(month) if month else 0, int(day) if day else 0) if month != "0" else None
    )


def calendar_date(year: int, month: int = 0, day: int = 0) -> PartialDate | None:
    """The date, or None if the calendar has no such day. 0 stands for an unknown month or day."""
    if not _EARLIEST <= year <= _LATEST or not 0 <= month <= 12:
        return None
    if day and not (month and 1 <= day <= monthrange(year, month)[1]):
        return None
    return PartialDate(year, month, day)
