"""Two folders change places in one step, where the system can."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from pathlib import Path

from sitegen.write.manifest import beside


class PublishError(Exception):
    """The disk, or somebody else's build, is in the way. The message is for people; the old site stands."""


def exchange(fresh: Path, output: Path) -> None:
    """Put a whole tree into the place of the published one, which becomes `previous`."""
    previous = beside(output) / "previous"
    if previous.exists():
        doomed = previous.with_name(f"next-old-{os.getpid()}")
        previous.rename(doomed)
        shutil.rmtree(doomed, ignore_errors=True)
    if not output.exists():
        output.parent.mkdir(parents=True, exist_ok=True)
        fresh.rename(output)
    else:
        shutil.copymode(output, fresh)
        try:
            swapped = swap(fresh, output)
        except OSError as problem:
            if problem.errno == errno.EBUSY:
                raise PublishError(
                    f"{output} is a mount point and cannot be exchanged; build into a folder below it"
                ) from problem
            raise
        if swapped:
            fresh.rename(previous)
        else:
            under_way = beside(output) / _UNDER_WAY
            under_way.touch()
            output.rename(previous)
            fresh.rename(output)
            under_way.unlink()
    flush_folder(output.parent)


def heal(output: Path) -> None:
    """After a crash between two renames (systems without an exchange) the previous site goes back into its place."""
    under_way, previous = beside(output) / _UNDER_WAY, beside(output) / "previous"
    if under_way.exists():
        if not output.exists() and previous.is_dir():
            previous.rename(output)
        under_way.unlink()


_UNDER_WAY = "exchange-under-way"


_AT_FDCWD = -100
_RENAME_EXCHANGE = 2


def swap(one: Path, other: Path) -> bool:
    """Exchange two files or folders in one step. False where the system cannot."""
    libc = _libc()
    if libc is None:
        return False
    if sys.platform == "linux" and hasattr(libc, "renameat2"):
        failed = libc.renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE)
    elif sys.platform == "darwin" and hasattr(libc, "renamex_np"):
        failed = libc.renamex_np(os.fsencode(one), os.fsencode(other), _RENAME_EXCHANGE)
    else:
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}:
        return False
    raise OSError(number, os.strerror(number), str(other))


def flush(root: Path) -> None:
    """Have the whole tree on the disk before it is published. One call per file system beats one per file by far."""
    libc = _libc()
    if libc is not None and sys.platform == "linux" and hasattr(libc, "syncfs"):
        descriptor = os.open(root, os.O_RDONLY)
        try:
            if libc.syncfs(descriptor):
                number = ctypes.get_errno()
                raise OSError(number, os.strerror(number), str(root))
        finally:
            os.close(descriptor)
        return
    for here, _, names in os.walk(root):
        for name in names:
            with Path(here, name).open("rb") as file:
                os.fsync(file.fileno())
        flush_folder(Path(here))


def flush_folder(folder: Path) -> None:
    if sys.platform == "win32":  # has no handle to a folder
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if os.name == "posix" else None
