"""Values that took long to make: out of this process, or out of any that built into the same output before."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from sitegen.memo import program
from sitegen.text.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.build.kept import Kept
    from sitegen.memo import Shelf

T = TypeVar("T")


class Recalled:
    """Named values, each believed where all that it came from has the digest of that time. No shelf: of this process alone."""

    def __init__(self, kept: Kept, shelf: Shelf | None) -> None:
        self.kept, self._shelf = kept, shelf

    def key(self, *inputs: object) -> bytes:
        """A digest of what a value comes from, the program included."""
        return digest_of((program(), inputs))

    def get(self, name: str, key: bytes, kind: type[T]) -> T | None:
        """The value under this name and key, or None."""
        value: T | None = self.kept.get(name, key)
        if value is None and self._shelf is not None:
            value = self._shelf.recall(name, key, kind)
            if value is not None:
                self.kept.put(name, key, value)
        return value

    def row(self, name: str, key: bytes, kind: type[T]) -> tuple[T, ...] | None:
        """As `get`, of what `put_row` was given."""
        values: tuple[T, ...] | None = self.kept.get(name, key)
        if values is None and self._shelf is not None:
            found = self._shelf.recall_row(name, key, kind)
            if found is not None:
                values = tuple(found)
                self.kept.put(name, key, values)
        return values

    def put_row(self, name: str, key: bytes, values: tuple[object, ...]) -> None:
        """Keep many values of one kind in place of the last ones under this name."""
        self.kept.put(name, key, values)
        if self._shelf is not None:
            self._shelf.remember_row(name, key, values)

    def put(self, name: str, key: bytes, value: object) -> None:
        """Keep a value in place of the last one under this name."""
        self.kept.put(name, key, value)
        if self._shelf is not None:
            self._shelf.remember(name, key, value)

    def of(self, name: str, key: bytes, kind: type[T], make: Callable[[], T]) -> T:
        """The value under this name and key, made where there is none."""
        value = self.get(name, key, kind)
        if value is None:
            value = make()
            self.put(name, key, value)
        return value
