"""The previous tree becomes the next one: what both share with the published one need not be linked again."""

from __future__ import annotations

import contextlib
import os
from typing import TYPE_CHECKING

from sitegen.write.exchange import make_writable
from sitegen.write.looks import times
from sitegen.write.manifest import MANIFEST

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sitegen.write.looks import Looks


def take_over(
    previous: Path, root: Path, looks: Looks, as_known: set[str]
) -> tuple[set[str], dict[str, int]]:
    """Move into an empty `root` what of `previous` is the same file in the output, by a hard link.

    Returns those of the files that are `as_known`, and the numbers of others' inodes by path.

    The folder itself stays where it is, with nothing but its manifest: who has opened it finds nothing there any more,
    as if it were gone. Who has opened a folder below it finds the tree in the making. Nothing is taken where nothing is
    published: then the previous tree is the only one. Nor where anything has come or gone since the look.
    """
    if previous.is_symlink() or not looks.folders or not _is_as_it_was(previous, looks.folders):
        return set(), {}
    _, *folders = looks.folders
    for folder in folders:
        make_writable(f"{previous}/{folder}")
    left = set()
    for name in looks.top:
        try:
            os.rename(f"{previous}/{name}", f"{root}/{name}")  # noqa: PTH104  as below
        except OSError:  # a folder that may not be moved; `exchange` takes it away
            left.add(name)
    shared = {path: inode for path, (inode, _, same) in looks.published.items() if same}
    alike = set(as_known)
    if left:
        shared = {path: inode for path, inode in shared.items() if path.partition("/")[0] not in left}
        alike = {path for path in alike if path.partition("/")[0] not in left}
    for path in looks.others:
        if path.partition("/")[0] not in left:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(f"{root}/{path}")  # noqa: PTH108
    for folder in reversed(folders):
        with contextlib.suppress(OSError):  # not empty
            os.rmdir(f"{root}/{folder}")  # noqa: PTH106
    return alike, shared


def _is_as_it_was(root: Path, folders: Mapping[str, tuple[int, int]]) -> bool:
    """Whether these folders still have what they had: a folder's times change with each name that comes or goes."""
    try:
        return all(times(os.lstat(f"{root}/{folder}")) == changed for folder, changed in folders.items())
    except OSError:
        return False


def give_back(root: Path, previous: Path) -> None:
    """The reverse, where nothing came of `root`: what it holds is as good for the next build."""
    if os.listdir(previous) == [MANIFEST]:  # noqa: PTH208  it may be the old site, after a crash of the exchange
        (previous / MANIFEST).replace(root / MANIFEST)
        previous.rmdir()
        root.rename(previous)
