"""Two folders change places in one step, where the system can."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import os
import shutil
import stat
import sys
import time
from pathlib import Path

from sitegen.regular import open_regular
from sitegen.write.manifest import beside


class PublishError(Exception):
    """The disk, or somebody else's build, is in the way. The message is for people; the old site stands."""


def exchange(fresh: Path, output: Path) -> OSError | None:
    """Put a whole tree into the place of the published one, which becomes `previous`.

    Returns what failed when the new tree was in its place already. Raises PublishError or OSError as long as the old one is.
    """
    previous = beside(output) / "previous"
    if previous.exists():
        # What cannot be taken away has a name that stands in nobody's way.
        doomed = previous.with_name(f"next-old-{os.getpid()}-{time.time_ns()}")
        previous.rename(doomed)
        remove_tree(doomed)
    swapped = False
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
        if not swapped:
            _replace(output, fresh, previous)
    try:
        if swapped:
            fresh.rename(previous)
        else:
            (beside(output) / _UNDER_WAY).unlink(missing_ok=True)
        flush_folder(output.parent)
    except OSError as problem:
        return problem
    return None


def _replace(output: Path, fresh: Path, previous: Path) -> None:
    """The same where the system cannot exchange them."""
    (beside(output) / _UNDER_WAY).touch()
    output.rename(previous)
    try:
        fresh.rename(output)
    except OSError:
        heal(output)
        raise


def heal(output: Path) -> None:
    """After a crash between two renames (systems without an exchange) the previous site goes back into its place."""
    under_way, previous = beside(output) / _UNDER_WAY, beside(output) / "previous"
    if under_way.exists():
        if not output.exists() and previous.is_dir():
            previous.rename(output)
        under_way.unlink()


_UNDER_WAY = "exchange-under-way"


def remove_tree(root: Path) -> None:
    """Take one of our own trees away, as far as that goes; folders that are read-only as a person's are, too."""
    for here, _, _ in os.walk(root):
        make_writable(here)
    shutil.rmtree(root, ignore_errors=True)


def make_writable(folder: str) -> None:
    """Let us change what is in a folder of ours, whatever mode it has from a person's."""
    with contextlib.suppress(OSError):
        mode = os.lstat(folder).st_mode
        if mode & stat.S_IRWXU != stat.S_IRWXU:
            os.chmod(folder, stat.S_IMODE(mode) | stat.S_IRWXU)  # noqa: PTH101  text throughout


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
    """Have the whole tree on the disk before it is published."""
    if flush_at_once(root):
        return
    for here, _, names in os.walk(root):
        for name in names:
            try:
                file = open_regular(Path(here, name))
            except OSError:  # a person's pipe, or a link that leads nowhere
                continue
            with file:
                os.fsync(file.fileno())
        flush_folder(Path(here))


def flush_at_once(root: Path) -> bool:
    """The same by one call, which beats one per file by far. False where the system has none."""
    libc = _libc()
    if libc is None or sys.platform != "linux" or not hasattr(libc, "syncfs"):
        return False
    descriptor = os.open(root, os.O_RDONLY)
    try:
        if libc.syncfs(descriptor):
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), str(root))
    finally:
        os.close(descriptor)
    return True


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
