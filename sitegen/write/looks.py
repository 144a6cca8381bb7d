"""What is there before a build: the published tree and the one before it, in one walk through each."""

from __future__ import annotations

import os
import stat
import sys
import time
from typing import TYPE_CHECKING, Protocol

import msgspec

from sitegen.regular import in_64_bits, look_of
from sitegen.write.manifest import MANIFEST, beside

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from collections.abc import Set as AbstractSet
    from pathlib import Path


_TICK = 2_000_000_000  # nanoseconds: the coarsest clock of a file system
_TIMES_TELL = sys.platform != "win32"  # where no time of a folder need change with what is in it


class Known(Protocol):
    """A published file that is remembered."""

    @property
    def look(self) -> tuple[int, int]: ...


class Looks(msgspec.Struct, frozen=True):
    """How both trees looked, by path. What becomes of a published file later shows in the next build.

    Most files look as they are remembered, and are in both trees: of these nothing is told but that they are not `unlike`.
    """

    # Of other regular files: number of the inode, (size, time of change), whether the previous tree has the very same file.
    published: dict[str, tuple[int, tuple[int, int], bool]]
    unlike: tuple[str, ...] = ()  # what is remembered and looks otherwise, is not there, or not in both trees
    top: tuple[str, ...] = ()  # what the previous tree is, beside its manifest
    # All of its folders, each before those in it, itself ("") first: `times` of each.
    folders: dict[str, tuple[int, int]] = {}
    others: tuple[str, ...] = ()  # its files that are no published ones
    # All folders of the published tree, in the same way; {} where there is more in them than can be told.
    places: dict[str, tuple[int, int]] = {}
    odd: tuple[str, ...] = ()  # what is there that is neither a folder nor a regular file
    at: int = 0  # when this began, in nanoseconds

    def as_known(self, known: Mapping[str, Known]) -> set[str]:
        """The files that look as they were `known` to `look_at`, and are in both trees."""
        return set(known).difference(self.unlike)

    def is_as_it_was(self, folder: str, changed: tuple[int, int]) -> bool:
        """Whether no name has come or gone in a folder of the published tree, which has these `times` now.

        One that changed shortly before the look may have done so again since, and have the same times.
        """
        return self.places.get(folder) == changed and max(changed) < self.at - _TICK


def times(folder: os.stat_result) -> tuple[int, int]:
    """When a name came or went in a folder, and when that was told, in nanoseconds: only the first can be put back."""
    return in_64_bits(folder.st_mtime_ns), in_64_bits(folder.st_ctime_ns)


def look_at(output: Path, known: Mapping[str, Known] = {}) -> Looks:
    """How they look now. Nothing is told of a previous tree that cannot be read whole, or is the only one.

    Names that are no UTF-8 are never ours, and no other process can be told them: such a file is left out, and a previous
    tree with one is as one that cannot be read.
    """
    began = time.time_ns()
    folders: dict[str, tuple[int, int]] = {}
    before = f"{beside(output)}/previous"
    try:
        previous = {path: entry.inode() for path, entry in _walk(before, folders) if path != MANIFEST}
        readable = _TIMES_TELL and all(map(_is_utf8, (*folders, *previous)))
    except OSError:
        readable = False
    if not readable:
        previous, folders = {}, {}
    published: dict[str, tuple[int, tuple[int, int], bool]] = {}
    alike: set[str] = set()
    places: dict[str, tuple[int, int]] = {}
    odd: list[str] = []
    try:
        for path, entry in _walk(str(output), places):
            try:
                at = os.lstat(entry.path)
            except FileNotFoundError:  # somebody's, that was there for a moment
                continue
            if not stat.S_ISREG(at.st_mode) or not _is_utf8(path):
                odd.append(path)
                continue
            look, same = look_of(at), previous.get(path) == at.st_ino
            if same and path in known and known[path].look == look:
                alike.add(path)
            else:
                published[path] = at.st_ino, look, same
    except OSError:
        return Looks({}, tuple(known))
    unlike = tuple(known.keys() - alike)
    others = [path for path in previous.keys() - alike if path not in published or not published[path][2]]
    top = {path.partition("/")[0] for path in (*folders, *previous)} - {""}
    if not (_TIMES_TELL and all(map(_is_utf8, (*places, *odd)))):
        places, odd = {}, []
    return Looks(published, unlike, tuple(sorted(top)), folders, tuple(others), places, tuple(odd), began)


def beside_ours(
    output: Path, ours: Mapping[str, str], looks: Looks, as_known: AbstractSet[str] = frozenset()
) -> Iterator[tuple[str, list[str], list[str]]]:
    """Every folder of the published tree, its path with a `/` at the end: the folders in it, as far as the caller leaves
    them in this list, and what is not `ours` of all else. Folders that are as `looks` has them are not read again.
    """
    there = {*looks.published, *looks.odd, *(as_known - ours.keys())}
    folders, strangers = _by_folder(looks.places), _by_folder(there.difference(ours))
    waiting = [""]
    while waiting:
        prefix = waiting.pop()
        here, folder = f"{output}/{prefix}", prefix.rstrip("/")
        if looks.is_as_it_was(folder, times(os.stat(here))):  # noqa: PTH116  text throughout
            within, theirs = folders.get(folder, []), strangers.get(folder, [])
        else:
            with os.scandir(here) as entries:
                kinds = {entry.name: entry.is_dir(follow_symlinks=False) for entry in entries}
            within = [name for name, is_folder in kinds.items() if is_folder]
            theirs = [
                name for name, is_folder in kinds.items() if not is_folder and prefix + name not in ours
            ]
        within.sort()
        yield prefix, within, theirs
        waiting += [f"{prefix}{name}/" for name in within]


def _by_folder(paths: Iterable[str]) -> dict[str, list[str]]:
    """Their last parts, by the folders that they are in."""
    found: dict[str, list[str]] = {}
    for path in paths:
        folder, _, name = path.rpartition("/")
        if name:
            found.setdefault(folder, []).append(name)
    return found


def _walk(root: str, folders: dict[str, tuple[int, int]]) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """All that is no folder; those are added to `folders`, with their `times` before they were read.

    A folder that is gone when its turn comes is left out. OSError for any other that cannot be read, and for the root.
    """
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        try:
            changed = times(os.stat(f"{root}/{folder}"))  # noqa: PTH116  text throughout
            with os.scandir(f"{root}/{folder}") as found:
                entries = list(found)
        except FileNotFoundError:
            if folder:
                continue
            raise
        folders[folder] = changed
        prefix = folder and f"{folder}/"
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                waiting.append(prefix + entry.name)
            else:
                yield prefix + entry.name, entry


def _is_utf8(path: str) -> bool:
    """Whether it is without the lone surrogates that stand for other bytes."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return False
    return True
