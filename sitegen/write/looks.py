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

    published: dict[str, tuple[int, int, int]]  # regular files: number of the inode, size, time of change
    previous: dict[str, int]  # files of every kind but the manifest: number of the inode
    folders: tuple[str, ...]  # of the previous tree, each before those in it


def look_at(output: Path) -> Looks:
    """How they look now. Nothing is told of a previous tree that cannot be read whole, or is the only one."""
    published: dict[str, tuple[int, int, int]] = {}
    previous: dict[str, int] = {}
    folders: list[str] = []
    try:
        for path, entry in _walk(str(output), []):
            at = os.lstat(entry.path)
            if stat.S_ISREG(at.st_mode):
                published[path] = at.st_ino, at.st_size, at.st_mtime_ns
    except OSError:
        return Looks({}, {}, ())
    try:
        found = _walk(f"{beside(output)}/previous", folders)
        previous = {path: entry.inode() for path, entry in found if path != MANIFEST}
    except OSError:
        folders = []
    return Looks(published, previous, tuple(folders))


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
