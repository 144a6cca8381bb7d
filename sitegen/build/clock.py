"""What each stage costs."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from contextlib import contextmanager
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator

Progress = Callable[[str], None]


class Cost(msgspec.Struct, frozen=True):
    """Seconds on the wall, seconds of all processors, and the memory of the largest process so far, in bytes."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0


class Clock:
    """The cost of every stage, and a word about each to whoever watches."""

    def __init__(self, progress: Progress | None) -> None:
        self.costs: dict[str, Cost] = {}
        self.progress = progress

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        if self.progress is not None:
            self.progress(stage)
        wall, cpu = time.perf_counter(), _cpu()
        try:
            yield
        finally:
            before = self.costs.get(stage, Cost())
            self.costs[stage] = Cost(
                before.wall + time.perf_counter() - wall, before.cpu + _cpu() - cpu, _peak()
            )

    def tell_apart(self, stage: str, cost: Cost, *, within: str) -> None:
        """Count this cost as a stage of its own. On the wall the two go on at the same time."""
        whole, before = self.costs[within], self.costs.get(stage, Cost())
        self.costs[within] = Cost(whole.wall, whole.cpu - cost.cpu, whole.peak)
        self.costs[stage] = Cost(before.wall + cost.wall, before.cpu + cost.cpu, max(before.peak, cost.peak))


@contextmanager
def without_collector() -> Iterator[None]:
    """Everything that a build makes lives until its end: looking for garbage among it costs two fifths of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # a preview freezes what it keeps, and it stays so
                # What there is by now counts as old: as young it would all be looked through at once.
                gc.freeze()
                gc.unfreeze()
            gc.enable()


def _cpu() -> float:
    at = os.times()
    return at.user + at.system + at.children_user + at.children_system


def _peak() -> int:
    try:
        import resource
    except ImportError:  # Windows
        return 0
    largest = max(
        resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return largest * (1 if os.uname().sysname == "Darwin" else 1024)
