"""What one process keeps in memory between builds of one project."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from sitegen.build.report import Loaded
    from sitegen.model.paper import Paper

T = TypeVar("T")


class Kept:
    """Values that the last build made, for the next one: a preview hands the same object to all of its builds.

    A value is taken only where all that it came from is equal: by the key that it is kept under or, where that is empty,
    by what it checks of its own parts. So nothing that is in here, or is not, changes what is built.
    """

    def __init__(self) -> None:
        # The site as a value, of the last build that had to look at its inputs.
        self.loaded: Loaded | None = None
        self.forget()

    def forget(self) -> None:
        """Keep nothing of what the next build could take."""
        self._last: dict[str, tuple[Any, Any]] = {}
        self._each: dict[str, dict[Hashable, Any]] = {}
        self._given: tuple[Paper, ...] = ()
        self._papers: tuple[Paper, ...] = ()

    def last(self, name: str, key: object, make: Callable[[], T]) -> T:
        """The value that was made under this name, where `key` is equal to that time's; else made anew."""
        value = self.get(name, key)
        if value is None:
            value = make()
            self.put(name, key, value)
        return value  # type: ignore[no-any-return]

    def get(self, name: str, key: object) -> Any:
        """The value that was made under this name, or None where `key` was another one."""
        known = self._last.get(name)
        return known[1] if known is not None and known[0] == key else None

    def latest(self, name: str) -> Any:
        """The last value under this name, whatever its key was, or None."""
        return self._last.get(name, (None, None))[1]

    def put(self, name: str, key: object, value: object) -> None:
        """Keep a value under this name, in place of the last one."""
        self._last[name] = (key, value)

    def same_papers(self, papers: tuple[Paper, ...]) -> tuple[Paper, ...]:
        """These papers; those that are equal to the last time's are the same objects, as others know them by that."""
        if papers is not self._given:
            self._given = papers
            known = {paper.id: paper for paper in self._papers}
            papers = tuple(old if (old := known.get(new.id)) == new else new for new in papers)
            self._papers = self._papers if papers == self._papers else papers
        return self._papers

    def each(self, name: str) -> Generation[Any]:
        """Many values under one name. Those that are not asked for again until the next call are forgotten."""
        before = self._each.get(name, {})
        now: dict[Hashable, Any] = {}
        self._each[name] = now
        return Generation(before, now)


class Generation(Generic[T]):
    """Values by key; see `Kept.each`."""

    def __init__(self, before: dict[Hashable, T], now: dict[Hashable, T]) -> None:
        self._before = before
        self._now = now

    def of(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value under this key, made where there is none."""
        if key in self._now:
            return self._now[key]
        value = self._before[key] if key in self._before else make()
        self._now[key] = value
        return value
