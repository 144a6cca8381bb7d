"""Files of the project that a command changes or adds: whole, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


class ChangedMeanwhileError(Exception):
    """The file is not what it was when it was read."""


def replace_file(path: Path, before: bytes, after: bytes) -> None:
    """Put other bytes into a file that holds `before`. Raises ChangedMeanwhileError where it does not, OSError as ever."""
    real = path.resolve()
    if real.read_bytes() != before:
        raise ChangedMeanwhileError(path)
    fresh = real.with_name(f".{real.name}.{os.getpid()}~")
    try:
        with fresh.open("xb") as file:
            file.write(after)
            file.flush()
            os.fsync(file.fileno())
        shutil.copymode(real, fresh)
        fresh.replace(real)
    finally:
        fresh.unlink(missing_ok=True)


def add_file(source: Path, target: Path) -> None:
    """Copy a file to where none is. Raises FileExistsError where one is; what could not be copied whole is not there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with source.open("rb") as whole:
        _new(target, lambda file: shutil.copyfileobj(whole, file, 1 << 20))


def new_file(target: Path, data: bytes) -> None:
    """Write a file where none is. Raises FileExistsError where one is."""
    target.parent.mkdir(parents=True, exist_ok=True)
    _new(target, lambda file: file.write(data))


def _new(target: Path, fill: Callable[[BinaryIO], object]) -> None:
    with target.open("xb") as file:
        try:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        except BaseException:
            target.unlink()
            raise
