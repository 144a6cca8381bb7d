"""Counts that were read on a day. What has no day is never shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.paper import Paper
    from sitegen.model.record import PartialDate, Signal


def current(paper: Paper) -> tuple[Signal, ...]:
    """The last reading of each kind, by kind; a zero says nothing and is left out."""
    last: dict[str, Signal] = {}
    for signal in sorted((s for s in paper.signals if s.day), key=_by_day):
        last[signal.kind] = signal
    return tuple(last[kind] for kind in sorted(last) if last[kind].value)


def discussed(papers: Sequence[Paper]) -> list[tuple[Paper, Signal]]:
    """Papers with comments, most first; equal ones in the order given."""
    pairs = [
        (paper, signal)
        for paper in papers
        if paper.signals
        for signal in current(paper)
        if signal.kind == "comments"
    ]
    return sorted(pairs, key=lambda pair: -pair[1].value)


def _by_day(signal: Signal) -> tuple[PartialDate, str, int]:
    assert signal.day is not None
    return signal.day, signal.source, signal.value
