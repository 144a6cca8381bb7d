"""Files as they are found, where anything may have taken their place: how they are read to their end, and how they look."""

from __future__ import annotations

import errno
import os
import stat
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from io import FileIO
    from pathlib import Path


def read_regular(path: Path | str) -> bytes:
    """All bytes of a regular file, or of one that a link leads to. OSError for a pipe or a device, too, and at once."""
    with open_regular(path) as file:
        return file.readall()


def open_regular(path: Path | str) -> FileIO:
    """The same, to be read piece by piece."""
    file = open(path, "rb", buffering=0, opener=_at_once)  # noqa: SIM115  whoever asked closes it
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise OSError(errno.EINVAL, "is not a regular file", str(path))
    return file


def look_of(at: os.stat_result) -> tuple[int, int]:
    """What tells a file from what it was: its size, and its time of change in nanoseconds."""
    return at.st_size, in_64_bits(at.st_mtime_ns)


def in_64_bits(time: int) -> int:
    """The end of a time in nanoseconds, which a memory has room for: anybody may give a file one past the year 2554."""
    return time & (1 << 64) - 1


def _at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))
