"""Lines of the sources, to show beside what is said about them."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.model.source import SourceFile

_LINE_END = re.compile(r"\r\n|\r|\n")


def line_of(sources: Mapping[str, SourceFile]) -> Callable[[str, int], str | None]:
    """A function from (path, line counted from 1) to that line; None for what is no text or not there."""

    @cache
    def lines(path: str) -> tuple[str, ...]:
        file = sources.get(path)
        if file is None or path.endswith((".gz", ".bz2", ".xz", ".zip")) or b"\0" in file.data:
            return ()
        return tuple(_LINE_END.split(file.data.decode("utf-8-sig", "replace")))

    def line(path: str, number: int) -> str | None:
        return lines(path)[number - 1] if 0 < number <= len(lines(path)) else None

    return line
