"""One file, read whole, and never while somebody writes it."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import time
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome, Span, error
from sitegen.model.source import SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable

    # What was made under a key before, or is made now.
    Recall = Callable[[str, Callable[[], SourceFile | None]], SourceFile | None]

LARGEST = 2 << 30  # bytes of a dump that is read whole


def read_at(
    shown: str,
    path: Path | str,
    roots: tuple[Path, ...],
    take: Callable[[Path], SourceFile | None] | None = None,
    *,
    known: Recall | None = None,
    folders: dict[str, str] | None = None,
) -> Outcome[SourceFile | None]:
    """The file at `path`, below one of `roots`, called `shown`: whole, or as `take` reads it. What cannot be read is an error.

    `folders`: where those lead that hold the files which are read together with this one.
    """
    if not _is_utf8(shown):
        return _refused(
            shown.encode("utf-8", "replace").decode(), "has a name that is not UTF-8", "rename it"
        )
    try:
        real, at = _real(str(path), {} if folders is None else folders)
        if not any(_is_below(real, str(root)) for root in roots):
            hint = "copy what it names into the project"
            return _refused(shown, "is a link that leads out of the project", hint)
        if not stat.S_ISREG(at.st_mode):
            return _refused(shown, "is not a file", "a folder, a pipe or a device has no content to read")
        file = take(Path(real)) if take is not None else whole(shown, real, known, at)
        if file is None:
            hint = (
                "name it in `sources:` and say with `where:` which of its papers are wanted, as in "
                "`- {path: papers.jsonl, where: {years: 2024-}}`, or split it"
            )
            return _refused(shown, f"is larger than {LARGEST >> 30} GB", hint)
        return Outcome(file)
    except (OSError, RuntimeError) as problem:
        # What `Path.resolve` says of a loop, until Python 3.12 and from 3.13 on.
        if isinstance(problem, RuntimeError) or problem.errno == errno.ELOOP:
            return _refused(shown, "is a link that leads to itself")
        return _refused(shown, f"cannot be read: {problem.strerror or problem}")


def whole(
    name: str, path: Path | str, known: Recall | None, at: os.stat_result | None = None
) -> SourceFile | None:
    """All bytes of the file at `path`, which looks like `at`, or what is `known` of them."""

    def read() -> SourceFile:
        return SourceFile(name, data := _steady_bytes(Path(path)), digest(data))

    return recalled(known, (name,), path, read, at)


def recalled(
    recall: Recall | None,
    what: tuple[object, ...],
    path: Path | str,
    make: Callable[[], SourceFile | None],
    at: os.stat_result | None = None,
) -> SourceFile | None:
    """What is made of the file at `path`: from `recall`, where the file looks the same; never if it was written just now."""
    at = at or os.stat(path)  # noqa: PTH116 - text, as a path costs more than the question
    # The clock of a file system ticks every few milliseconds: a second change may hide in the same tick.
    if recall is None or time.time_ns() - at.st_ctime_ns < 100_000_000:
        return make()
    # The change time, unlike the time of modification, cannot be set back.
    look = (str(path), at.st_dev, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)
    return recall(repr((*what, look)), make)


def digest(data: bytes) -> str:
    """What a file's content is known by: the first 16 bytes of its SHA-256, which processors help with, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()[:32]


def _real(path: str, folders: dict[str, str]) -> tuple[str, os.stat_result]:
    """Where this leads, links resolved, and how that looks. Every folder on the way is asked once."""
    folder, name = os.path.split(path)
    if name not in {"", ".", ".."}:
        if folder not in folders:
            folders[folder] = _real(folder, folders)[0]
        real = os.path.join(folders[folder], name)  # noqa: PTH118 - as above
        at = os.lstat(real)
        if not stat.S_ISLNK(at.st_mode):
            return real, at
    resolved = Path(path).resolve(strict=True)
    return str(resolved), resolved.stat()


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith(root if root.endswith(os.sep) else f"{root}{os.sep}")


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _refused(path: str, why: str, hint: str = "") -> Outcome[SourceFile | None]:
    return Outcome(None, (error("unreadable", f"{path} {why}", Span(path), hint),))


def _steady_bytes(path: Path) -> bytes:
    """The bytes of a file that nobody changed while they were read; an editor that writes in place gets 0.3 s."""
    for _ in range(3):
        before = path.stat()
        data = path.read_bytes()
        after = path.stat()
        if (before.st_size, before.st_mtime_ns, before.st_ino) == (
            after.st_size,
            after.st_mtime_ns,
            after.st_ino,
        ) and len(data) == after.st_size:
            return data
        time.sleep(0.1)
    return data
