"""Files as they were read."""

from __future__ import annotations

import msgspec

from sitegen.diagnostics import Span
from sitegen.model.record import PartialDate, Record


class SourceFile(msgspec.Struct, frozen=True, gc=False):
    """A file's bytes at one moment. `path` is relative to the project, with `/` on every system."""

    path: str
    data: bytes
    digest: str  # hexadecimal BLAKE2b-128 of the data

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]


class Wanted(msgspec.Struct, frozen=True, gc=False):
    """Which records of a listing are wanted: those that meet every condition that is given."""

    categories: tuple[str, ...] = ()  # any of these, lower case; `cs` stands for `cs.cl` too
    years: tuple[int, int] | None = None  # from and until, inclusive
    words: tuple[str, ...] = ()  # any of these words or phrases in title or abstract


class DumpSource(msgspec.Struct, frozen=True, gc=False):
    """Settings of one entry of `sources:`: which dumps, and what their files cannot say themselves."""

    pattern: str  # a glob or a folder, relative to the project
    captured: str = ""  # "2025", "2025-12" or "2025-12-09": the day, month or year of capture
    label: str = ""  # how readers see this source named; the file's name without it
    where: Span = Span("")  # of the pattern, where a file gives it
    wanted: Wanted | None = None  # everything


class Dump(msgspec.Struct, frozen=True, kw_only=True):
    """A listing, read. `records` are in the order of the file."""

    path: str
    format: str  # name of the parser that read it: "daily-papers", "jsonl" …
    label: str = ""
    captured: PartialDate | None = None
    records: tuple[Record, ...] = ()
