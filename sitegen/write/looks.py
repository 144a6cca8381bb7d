"""What is there before a build: the published tree and the one before it, in one walk through each."""

from __future__ import annotations

import os
import stat
from typing import TYPE_CHECKING

import msgspec

from sitegen.write.manifest import MANIFEST, beside

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


class Looks(msgspec.Struct, frozen=True):
    """How both trees looked, by path. What becomes of a published file later shows in the next build."""

    # Of regular files: number of the inode, (size, time of change), whether the previous tree has the very same file.
    published: dict[str, tuple[int, tuple[int, int], bool]]
    top: tuple[str, ...] = ()  # what the previous tree is, beside its manifest
    folders: tuple[str, ...] = ()  # all that it has, each before those in it
    others: tuple[str, ...] = ()  # its files that are no published ones


def look_at(output: Path) -> Looks:
    """How they look now. Nothing is told of a previous tree that cannot be read whole, or is the only one."""
    folders: list[str] = []
    before = f"{beside(output)}/previous"
    try:
        previous = {path: entry.inode() for path, entry in _walk(before, folders) if path != MANIFEST}
    except OSError:
        previous, folders = {}, []
    published: dict[str, tuple[int, tuple[int, int], bool]] = {}
    try:
        for path, entry in _walk(str(output), []):
            at = os.lstat(entry.path)
            if stat.S_ISREG(at.st_mode):
                same = previous.get(path) == at.st_ino
                published[path] = at.st_ino, (at.st_size, at.st_mtime_ns), same
    except OSError:
        return Looks({})
    others = [path for path in previous if path not in published or not published[path][2]]
    top = {path.partition("/")[0] for path in (*folders, *previous)}
    return Looks(published, tuple(sorted(top)), tuple(folders), tuple(others))


def _walk(root: str, folders: list[str]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All that is no folder; those are added to `folders`."""
    prefixes = [""]
    while prefixes:
        prefix = prefixes.pop()
        with os.scandir(f"{root}/{prefix}") as entries:
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    folders.append(prefix + entry.name)
                    prefixes.append(f"{prefix}{entry.name}/")
                else:
                    yield prefix + entry.name, entry
