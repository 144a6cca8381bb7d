"""What was written in this run, so that it can be taken back, and done again."""

from __future__ import annotations

import msgspec

from sitegen.read import digest


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
    """Two stacks of steps. Whether a step can still be done is for its caller to see: files may have changed since."""

    def __init__(self) -> None:
        self._done: list[Step] = []
        self._undone: list[Step] = []

    @property
    def undo(self) -> Step | None:
        """The step that would take the last one back."""
        return self._done[-1].back if self._done else None

    @property
    def redo(self) -> Step | None:
        """The step that would do again what was taken back last."""
        return self._undone[-1] if self._undone else None

    @property
    def settled(self) -> frozenset[frozenset[str]]:
        """Pairs of papers that were said to be one work or two, which the site may not show yet."""
        return frozenset(step.pair for step in self._done if step.pair)

    def did(self, step: Step) -> None:
        """A new step was done: what was undone before it cannot come again."""
        self._done = [*self._done, step][-_MOST:]
        self._undone = []

    def undid(self) -> None:
        """`undo` was done."""
        self._undone.append(self._done.pop())

    def redid(self) -> None:
        """`redo` was done."""
        self._done.append(self._undone.pop())


_MOST = 200  # steps; each holds a file twice
