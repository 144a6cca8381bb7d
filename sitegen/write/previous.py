"""The previous tree becomes the next one: what both share with the published one need not be linked again."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from sitegen.write.exchange import make_writable, remove_tree
from sitegen.write.manifest import MANIFEST


def take_over(previous: Path, root: Path, output: Path) -> dict[str, int]:
    """Move into an empty `root` what of `previous` is the same file in `output`, by a hard link: path → number of its inode.

    The folder itself stays where it is, with nothing but its manifest: who has opened it finds nothing there any more,
    as if it were gone. Who has opened a folder below it finds the tree in the making. Nothing is taken where nothing is
    published: then the previous tree is the only one.
    """
    shared: dict[str, int] = {}
    if output.is_dir() and previous.is_dir() and not previous.is_symlink():
        with os.scandir(previous) as entries:
            names = sorted(entry.name for entry in entries if entry.name != MANIFEST)
        for name in names:
            if os.path.isdir(f"{previous}/{name}"):  # noqa: PTH112  as below
                make_writable(f"{previous}/{name}")
            with contextlib.suppress(OSError):  # a folder that may not be moved; `exchange` takes it away
                os.rename(f"{previous}/{name}", f"{root}/{name}")  # noqa: PTH104  as below
        _keep_shared(str(root), str(output), "", shared)
    return shared


def give_back(root: Path, previous: Path) -> None:
    """The reverse, where nothing came of `root`: what it holds is as good for the next build."""
    if os.listdir(previous) == [MANIFEST]:  # noqa: PTH208  it may be the old site, after a crash of the exchange
        (previous / MANIFEST).replace(root / MANIFEST)
        previous.rmdir()
        root.rename(previous)


def _keep_shared(root: str, output: str, prefix: str, shared: dict[str, int]) -> None:
    try:
        with os.scandir(output) as entries:
            published = {entry.name: entry for entry in entries}
    except OSError:
        published = {}
    make_writable(root)
    with os.scandir(root) as entries:
        found = list(entries)
    for entry in found:
        same = published.get(entry.name)
        path = prefix + entry.name
        if entry.is_dir(follow_symlinks=False):
            if same is not None and same.is_dir(follow_symlinks=False):
                _keep_shared(entry.path, same.path, f"{path}/", shared)
                with contextlib.suppress(OSError):  # not empty
                    os.rmdir(entry.path)  # noqa: PTH106
            else:
                remove_tree(Path(entry.path))
        elif same is not None and same.inode() == entry.inode() and entry.is_file(follow_symlinks=False):
            shared[path] = entry.inode()
        else:
            os.unlink(entry.path)  # noqa: PTH108
