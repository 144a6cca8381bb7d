"""Counts that were read on a day. What has no day is never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.paper import Paper
    from sitegen.model.record import Signal


def current(paper: Paper) -> tuple[Signal, ...]:
    """The last reading of each kind, by kind; a zero says nothing and is left out."""
    last = [paper.reading(kind) for kind in sorted({signal.kind for signal in paper.signals})]
    return tuple(signal for signal in last if signal is not None and signal.value)


def discussed(papers: Sequence[Paper]) -> list[tuple[Paper, Signal]]:
    """Papers with comments, most first; equal ones in the order given."""
    pairs = [
        (paper, signal)
        for paper in papers
        if (signal := paper.reading("comments")) is not None and signal.value
    ]
    return sorted(pairs, key=lambda pair: -pair[1].value)
