"""Large listings, sifted once: as long as such a file looks the same, its wanted lines come out of the memory."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import memo
from sitegen.model.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable


class Sifted:
    """What this build sifts, and what the last one did, by a text that says all that it came from."""

    def __init__(self, shelf: memo.Shelf) -> None:
        self._shelf = shelf
        self._before: dict[str, SourceFile] | None = None  # not asked for yet
        self._now: dict[str, SourceFile] = {}

    def of(self, key: str, make: Callable[[], SourceFile | None]) -> SourceFile | None:
        """The listing that the last build had under this key, or else a new one."""
        if self._before is None:
            self._before = self._shelf.recall("sifted", self._program, dict[str, SourceFile]) or {}
        file = self._before.get(key) or make()
        if file is not None:
            self._now[key] = file
        return file

    def remember(self) -> None:
        """Keep for the next build what this one asked for, and nothing else."""
        if self._before is not None and self._before.keys() != self._now.keys():
            self._shelf.remember("sifted", self._program, self._now)

    @property
    def _program(self) -> bytes:
        return memo.program().encode()  # which lines are wanted is for it to say
