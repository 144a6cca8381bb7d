"""What was written in this run, so that it can be taken back, and done again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.read import digest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable


class Step(msgspec.Struct, frozen=True):
    """A file as it was before an edit and after it; None where there was none."""

    summary: str
    path: str  # relative to the project
    before: bytes | None
    after: bytes | None
    pair: frozenset[str] = frozenset()  # ids of two papers of which it says whether they are one

    @property
    def name(self) -> str:
        """What this step, and none that does anything else, is called."""
        parts = (self.path, *(repr(side) for side in (self.before, self.after)))
        return digest("\0".join(parts).encode())

    @property
    def back(self) -> Step:
        """The step that takes this one back."""
        return Step(self.summary, self.path, self.after, self.before, self.pair)


class History:
    """Two stacks of steps. Those of files that have changed since wait until these are again as they were.

    `stands(path, data)`: whether a file is this now; None: whether there is none.
    """

    def __init__(self, stands: Callable[[str, bytes | None], bool]) -> None:
        self._stands = stands
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def undo(self) -> Step | None:
        """The step that would take the last one back that can be taken back."""
        return self._first(step.back for step in reversed(self._done))

    @property
    def redo(self) -> Step | None:
        """The step that would do again what was taken back last, and can be done again."""
        return self._first(reversed(self._undone))

    def _first(self, steps: Iterable[Step]) -> Step | None:
        return next((step for step in steps if self._stands(step.path, step.before)), None)

    @property
    def left_alone(self) -> str:
        """The file of the last edit, where that cannot be taken back since the file has changed; "" where it can."""
        last = self._done[-1] if self._done else None
        return last.path if last and not self._stands(last.path, last.after) else ""

    def named(self, name: str, *, back: bool) -> Step | None:
        """The step to undo (`back`) or to redo that has this name."""
        steps = [step.back for step in self._done] if back else self._undone
        return next((step for step in reversed(steps) if step.name == name), None)

    @property
    def settled(self) -> frozenset[frozenset[str]]:
        """Pairs of papers that were said to be one work or two, which the site may not show yet."""
        return frozenset(step.pair for step in self._done if step.pair)

    def did(self, step: Step) -> None:
        """A new step was done: what was undone before it cannot come again."""
        self._done = [*self._done, step][-_MOST:]
        self._undone = []

    def undid(self, step: Step) -> None:
        """A step back was done."""
        self._done.remove(step.back)
        self._undone.append(step.back)

    def redid(self, step: Step) -> None:
        """A step was done again."""
        self._undone.remove(step)
        self._done.append(step)


_MOST = 200  # steps; each holds a file twice
