"""Counts that were read on a day. What has no day is never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import PartialDate, SignalKind
from sitegen.plan.chart import HEIGHT, PITCH

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.model.paper import Paper
    from sitegen.model.record import Signal


def current(paper: Paper) -> tuple[Signal, ...]:
    """The last reading of each kind, by kind; a zero says nothing and is left out."""
    last = [paper.reading(kind) for kind in sorted({signal.kind for signal in paper.signals})]
    return tuple(signal for signal in last if signal is not None and signal.value)


class Course(msgspec.Struct, frozen=True, gc=False):
    """The readings of one kind on two days or more, as a line from the first to the last."""

    kind: SignalKind
    first: int
    since: PartialDate
    last: int
    until: PartialDate
    readings: int
    width: int
    path: str  # SVG, HEIGHT units high


def courses(paper: Paper) -> tuple[Course, ...]:
    """One for every kind that was read on several days. Of several readings of one day the highest counts."""
    made = []
    for kind in sorted({signal.kind for signal in paper.signals}):
        by_day: dict[PartialDate, int] = {}
        for signal in paper.signals:
            if signal.kind == kind and signal.day and signal.day.day:
                by_day[signal.day] = max(signal.value, by_day.get(signal.day, 0))
        days = sorted(by_day)
        if len(days) > 1 and any(by_day.values()):
            values = [by_day[day] for day in days]
            made.append(
                Course(kind, values[0], days[0], values[-1], days[-1], len(days), _WIDTH, _line(days, values))
            )
    return tuple(made)


_WIDTH = 10 * PITCH


def _line(days: Sequence[PartialDate], values: Sequence[int]) -> str:
    """Time runs evenly to the right; the height of a value is its share of the highest, and zero is at the bottom."""
    at = [_ordinal(day) for day in days]
    span, peak = at[-1] - at[0], max(values)
    points = (
        f"{round(_WIDTH * (x - at[0]) / span, 1):g} {round(HEIGHT * (1 - value / peak), 1):g}"
        for x, value in zip(at, values, strict=True)
    )
    return "M" + "L".join(points)


def _ordinal(day: PartialDate) -> int:
    """Days since one that is long ago: a year begins in March, so that what leap years add comes last."""
    years, months = day.year - (day.month < 3), (day.month - 3) % 12
    return 365 * years + years // 4 - years // 100 + years // 400 + (153 * months + 2) // 5 + day.day


def discussed(papers: Iterable[Paper]) -> list[tuple[str, Signal]]:
    """The ids of papers with comments, most first; equal ones in the order given."""
    pairs = [
        (paper.id, signal)
        for paper in papers
        if (signal := paper.reading("comments")) is not None and signal.value
    ]
    return sorted(pairs, key=lambda pair: -pair[1].value)
