"""Whether anything that a build depends on is different: by what files hold, whatever events there were."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import time
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.read import SIDECAR, ignores

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping


class Look(msgspec.Struct, frozen=True, gc=False):
    """A file at a moment."""

    signature: tuple[int, ...]  # from stat: equal means not worth reading again; () means read again
    digest: str


def look(inputs: Iterable[str], before: Mapping[str, Look]) -> Mapping[str, Look]:
    """Every file that `inputs` (absolute files, folders and globs) lead to now; unchanged ones are not read again."""
    found = {}
    for path in sorted(set(_files(inputs))):
        try:
            at = os.stat(path)  # noqa: PTH116 - a third of the time of Path.stat, for every file after every event
        except OSError:
            continue
        if not stat.S_ISREG(at.st_mode):  # a pipe is never read
            continue
        # The change time, unlike the time of modification, cannot be set back by an editor.
        signature = (at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)
        known = before.get(path)
        if known is not None and known.signature == signature:
            found[path] = known
            continue
        try:
            with Path(path).open("rb") as file:
                digest = hashlib.file_digest(file, _blake2b).hexdigest()
        except OSError:
            digest = "unreadable"
        # The clock of a file system ticks every few milliseconds: a second edit may hide in the same tick.
        settled = time.time_ns() - at.st_ctime_ns > 100_000_000
        found[path] = Look(signature if settled else (), digest)
    return found


_blake2b = partial(hashlib.blake2b, digest_size=16)


def changes(before: Mapping[str, Look], now: Mapping[str, Look]) -> int:
    """How many files came, went or have another content."""
    came_or_went = before.keys() ^ now.keys()
    return len(came_or_went) + sum(
        before[path].digest != now[path].digest for path in before.keys() & now.keys()
    )


def links(inputs: Iterable[str]) -> tuple[str, ...]:
    """Where the links below the folders of `inputs` lead: real files and folders, which have events of their own."""
    return tuple(
        sorted({os.path.realpath(at.path) for text in inputs for at in _entries(text) if at.is_symlink()})
    )


def is_noise(name: str, folder: str) -> bool:
    """Whether no build reads a file or folder of this name below the input `folder`: editors' swap and backup files.

    >>> is_noise("a.yaml~", "/project/content"), is_noise("a.yaml.meta.yaml", "/project/content")
    (True, False)
    >>> is_noise(".htaccess", "/project/content"), is_noise(".htaccess", "/project/static")
    (True, False)
    """
    # Sidecars are no files of their own, but read with their dumps.
    return ignores(name.removesuffix(SIDECAR), hidden=os.path.basename(folder) == "static")  # noqa: PTH119 - as below


def _files(inputs: Iterable[str]) -> Iterator[str]:
    for text in inputs:
        if os.path.isdir(text):  # noqa: PTH112 - inputs are text throughout
            yield from (at.path for at in _entries(text) if _is(at.is_file))
            continue
        for path in _matches(text) if glob.has_magic(text) else [text]:
            if os.path.isfile(path):  # noqa: PTH113 - as above
                yield os.path.normpath(path)
                yield os.path.normpath(f"{path}.meta.yaml")  # what the curator says about a dump


def _matches(pattern: str) -> Iterator[str]:
    with suppress(RecursionError):  # folders deeper than a build reads, which says so
        for path in glob.iglob(pattern, recursive=True):  # noqa: PTH207
            if not is_noise(os.path.basename(path), ""):  # noqa: PTH119
                yield path


def _entries(folder: str) -> Iterator[os.DirEntry[str]]:
    """Everything below a folder, links followed, each folder once."""
    waiting, seen = [os.path.normpath(folder)], set()
    while waiting:
        here = waiting.pop()
        try:
            at = os.stat(here)  # noqa: PTH116 - as above
            if (at.st_dev, at.st_ino) in seen:
                continue
            seen.add((at.st_dev, at.st_ino))
            with os.scandir(here) as entries:
                found = [entry for entry in entries if not is_noise(entry.name, folder)]
        except OSError:  # gone again, or not ours to read
            continue
        for entry in found:
            yield entry
            if _is(entry.is_dir):
                waiting.append(entry.path)


def _is(asked: Callable[[], bool]) -> bool:
    try:
        return asked()
    except OSError:  # a link that leads to itself
        return False
