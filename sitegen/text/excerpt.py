"""Lines of the sources, to show beside what is said about them."""

from __future__ import annotations

from codecs import BOM_UTF8
from functools import cache
from io import BytesIO, TextIOWrapper
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sitegen.model.source import SourceFile


def line_of(sources: Mapping[str, SourceFile]) -> Callable[[str, int], str | None]:
    """A function from (path, line counted from 1) to that line; None for what is no text or not there.

    A file is read as far as the last line that was asked for.
    """

    @cache
    def lines(path: str) -> tuple[list[str], Iterator[str]]:
        file = sources.get(path)
        packed = path.endswith((".gz", ".bz2", ".xz", ".zip"))
        return [], iter(()) if file is None or packed else _lines(file.data)

    def line(path: str, number: int) -> str | None:
        known, rest = lines(path)
        known += islice(rest, max(0, number - len(known)))
        return known[number - 1] if 0 < number <= len(known) else None

    return line


def _lines(data: bytes) -> Iterator[str]:
    if b"\0" in data:
        return
    data = data.removeprefix(BOM_UTF8)
    for line in TextIOWrapper(BytesIO(data), "utf-8", "replace"):
        yield line.removesuffix("\n")
    if data.endswith((b"\r", b"\n")) or not data:
        yield ""
