"""What a stage may take from its last run in this process, in place of making it again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class Recall(Protocol):
    """Gives what `make()` gave under this name the last time, if the key was equal then."""

    def __call__(self, name: str, key: object, make: Callable[[], T], /) -> T: ...


class Lasting(Protocol):
    """Gives what `make()` gave under this name when the key was last equal, in any run of the program.

    The key is a digest of all that the value, of type `kind`, comes from, the program included.
    """

    def __call__(self, name: str, key: bytes, kind: type[T], make: Callable[[], T], /) -> T: ...


def make_anew(name: str, key: object, make: Callable[[], T], /) -> T:
    """Recalls nothing."""
    del name, key
    return make()
