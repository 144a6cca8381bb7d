"""Lines of the sources, to show beside what is said about them."""

from __future__ import annotations

from codecs import BOM_UTF8
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.model.source import SourceFile


def line_of(sources: Mapping[str, SourceFile]) -> Callable[[str, int], str | None]:
    """A function from (path, line counted from 1) to that line; None for what is no text or not there."""

    @cache
    def lines(path: str) -> tuple[bytes, ...]:
        file = sources.get(path)
        if file is None or path.endswith((".gz", ".bz2", ".xz", ".zip")) or b"\0" in file.data:
            return ()
        data = file.data.removeprefix(BOM_UTF8)
        return *data.splitlines(), *([b""] if data.endswith((b"\r", b"\n")) or not data else [])

    def line(path: str, number: int) -> str | None:
        there = 0 < number <= len(lines(path))
        return lines(path)[number - 1].decode("utf-8", "replace") if there else None

    return line
