"""Files of the project that a command changes, adds or removes: whole, and never over what somebody else saved meanwhile.

What a system that cannot exchange two files (`exchange.swap`) leaves open is the moment between a look and a rename.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from sitegen.write.exchange import swap

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class ChangedMeanwhileError(Exception):
    """The file is not what it was when it was read."""


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Put other bytes into a file that holds `before`. Raises ChangedMeanwhileError where it does not, OSError as ever."""
    real = path.resolve()
    _expect(real, before)
    with _beside(real) as (fresh, descriptor):
        with os.fdopen(descriptor, "wb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(real, fresh)
        _expect(real, before)
        if not swap(fresh, real):
            fresh.replace(real)
        elif fresh.read_bytes() != before:  # saved since it was looked at
            swap(fresh, real)
            raise ChangedMeanwhileError(path)


def remove_file(path: Path, before: bytes) -> None:
    """Remove a file that holds `before`. Raises as `replace_file` does."""
    _expect(path, before)
    with _beside(path) as (aside, descriptor):
        os.close(descriptor)
        path.replace(aside)
        if aside.read_bytes() != before:
            if not path.exists():
                aside.rename(path)
            raise ChangedMeanwhileError(path)


def add_file(source: Path, target: Path) -> None:
    """Copy a file to where none is. Raises FileExistsError where one is; what could not be copied whole is not there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as whole:
        _new(target, lambda file: shutil.copyfileobj(whole, file, 1 << 20))


def new_file(target: Path, data: bytes) -> None:
    """Write a file where none is. Raises FileExistsError where one is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _new(target, lambda file: file.write(data))


def _expect(path: Path, content: bytes) -> None:
    if path.read_bytes() != content:
        raise ChangedMeanwhileError(path)


@contextmanager
def _beside(path: Path) -> Iterator[tuple[Path, int]]:
    """A file of our own in the same folder, open to be written; gone at the end, if it is there still."""
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix="~", dir=path.parent)
    try:
        yield Path(name), descriptor
    finally:
        Path(name).unlink(missing_ok=True)


def _new(target: Path, fill: Callable[[BinaryIO], object]) -> None:
    with target.open("xb") as file:
        try:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            target.unlink()
            raise
