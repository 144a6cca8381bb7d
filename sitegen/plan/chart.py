"""Numbers as lengths, for charts that are drawn at build time. Shares are percent, to one decimal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

PITCH, HEIGHT = 10, 40  # of columns without labels, in their own units
_WIDTH = 8
_TICKS = 10  # as many years as fit below each other's columns on a small screen


class Bar(msgspec.Struct, frozen=True, gc=False):
    label: str
    url: str  # or ""
    value: int
    share: float  # of the longest bar, or of a whole that the chart names


class Column(msgspec.Struct, frozen=True, gc=False):
    label: str
    url: str
    value: int
    left: float  # share of the chart's width
    middle: float
    width: float
    top: float  # share of its height
    height: float
    tick: str  # what stands below it, or ""


def bars(rows: Iterable[tuple[str, str, int]]) -> tuple[Bar, ...]:
    """Horizontal bars of (label, url, value), in the order given.

    >>> [bar.share for bar in bars([("a", "", 10), ("b", "", 5)])]
    [100.0, 50.0]
    """
    rows = list(rows)
    longest = max((value for _, _, value in rows), default=0) or 1
    return tuple(Bar(label, url, value, share(value, longest)) for label, url, value in rows)


def columns(rows: Sequence[tuple[str, str, int]], ticks: Sequence[str] | None = None) -> tuple[Column, ...]:
    """Columns side by side of (label, url, value), in the order given.

    Below them stand the ticks, or some of their own labels, the last one always.
    """
    if not rows:
        return ()
    highest = max(value for _, _, value in rows) or 1
    step = 100 / len(rows)
    every = -(-len(rows) // _TICKS)
    if ticks is None:
        ticks = [label if (len(rows) - 1 - i) % every == 0 else "" for i, (label, _, _) in enumerate(rows)]
    return tuple(
        Column(
            label=label,
            url=url,
            value=value,
            left=round(i * step + step * 0.1, 2),
            middle=round((i + 0.5) * step, 2),
            width=round(step * 0.8, 2),
            top=round(100 - share(value, highest), 1),
            height=share(value, highest),
            tick=ticks[i],
        )
        for i, (label, url, value) in enumerate(rows)
    )


def small_columns(values: Sequence[float], peak: float) -> str:
    """The SVG path of columns without labels: one every PITCH units, HEIGHT units high where the value is the peak.

    >>> small_columns([2, 0, 1], 2)
    'M1 40v-40h8v40zM21 40v-20h8v20z'
    """
    aside = (PITCH - _WIDTH) // 2
    return "".join(
        f"M{PITCH * at + aside} {HEIGHT}v-{height:g}h{_WIDTH}v{height:g}z"
        for at, value in enumerate(values)
        if (height := round(HEIGHT * value / peak, 1))
    )


def share(value: int, whole: int) -> float:
    """`value` in percent of `whole`, which alone is 100.

    >>> share(1, 3), share(9999, 10000), share(3, 3)
    (33.3, 99.9, 100.0)
    """
    return round(100 * value / whole, 1) if value >= whole else min(99.9, round(100 * value / whole, 1))
