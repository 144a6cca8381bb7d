"""The files of a folder, without what editors and systems leave in it."""

from __future__ import annotations

import errno
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Outcome
from sitegen.read.files import read_at
from sitegen.read.project import path_in

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.model.source import SourceFile
    from sitegen.read.files import Recall

SIDECAR = ".meta.yaml"


def read_all(
    project: Path,
    paths: Iterable[str],
    roots: tuple[Path, ...],
    *,
    known: Recall | None,
    below: str = "",
) -> Outcome[tuple[SourceFile, ...]]:
    """These files, by path, each called by its place in the project after `below`."""
    files: list[SourceFile] = []
    problems: list[Diagnostic] = []
    folders: dict[str, str] = {}
    for path in paths:
        shown = below + path_in(project, path)
        outcome = read_at(shown, path, roots=roots, known=known, folders=folders)
        problems += outcome.diagnostics
        if outcome.value is not None:
            files.append(outcome.value)
    return Outcome(tuple(sorted(files, key=lambda f: f.path)), tuple(problems))


def walk(folder: Path, suffixes: tuple[str, ...], *, hidden: bool = False) -> Iterator[str]:
    """Files below a folder, sorted. Links to folders are followed, once each.

    OSError where one cannot be listed, or lies deeper than anybody means.
    """
    seen: set[tuple[int, int]] = set()
    root = folder.resolve()
    for here, folders, names in os.walk(folder, followlinks=True, onerror=_raise):
        refuse_depth(str(folder), here)
        at = os.stat(here)  # noqa: PTH116 - text: paths would take most of the time
        again = (at.st_dev, at.st_ino) in seen
        seen.add((at.st_dev, at.st_ino))
        # A link that leads out is one problem, not one for every file behind it: `read_at` refuses the link itself.
        links = [Path(here, name) for name in folders if os.path.islink(f"{here}/{name}")]  # noqa: PTH114 - as above
        out = [link.name for link in links if not link.resolve().is_relative_to(root)]
        inside = sorted(f for f in folders if f not in out and not ignores(f, hidden=hidden))
        folders[:] = [] if again else inside
        if again:
            continue
        files = [name for name in names if not suffixes or name.endswith(suffixes)]
        odd = [f for f in inside if suffixes and f.endswith(suffixes)]
        for name in sorted([*files, *odd, *out]):
            if not ignores(name, hidden=hidden):
                yield os.path.join(here, name)  # noqa: PTH118 - as above


def refuse_depth(folder: str, path: str) -> None:
    """Raise an OSError where a path leads deeper below its folder than anybody means."""
    if path.count(os.sep, len(folder)) > _DEEPEST:
        first = path[len(folder) + 1 :].partition(os.sep)[0]
        raise too_deep(f"{folder}{os.sep}{first}")


def too_deep(path: str) -> OSError:
    return OSError(
        errno.ENAMETOOLONG, f"there are folders in it that are nested more than {_DEEPEST} deep", path
    )


_DEEPEST = 100


def ignores(name: str, *, hidden: bool = False) -> bool:
    """Whether a folder is read as if nothing of this name were in it: what editors, systems and downloads leave there.

    `hidden`: where everything is published that may be meant to be, names that begin with a dot, and unfinished ones.

    >>> [name for name in ("a.yaml", "a.yaml~", ".a.yaml.swp", "#a#", ".htaccess", "a.tmp", "4913") if not ignores(name)]
    ['a.yaml']
    >>> [name for name in ("a.yaml", "a.yaml~", ".a.yaml.swp", ".htaccess", "a.tmp") if not ignores(name, hidden=True)]
    ['a.yaml', '.htaccess', 'a.tmp']
    """
    return _LITTER.fullmatch(name) is not None or not (hidden or _UNFINISHED.fullmatch(name) is None)


_LITTER = re.compile(
    r"\.?#.*|.*(?:~|\.swp|\.swo)"  # Emacs and vim
    r"|.*___jb_(?:tmp|old)___"  # JetBrains
    r"|.*\.sb-[0-9a-f]+-\w+"  # macOS: a folder that a file is exchanged with
    r"|__pycache__|\.DS_Store|Thumbs\.db|\.git"
    rf"|.*{re.escape(SIDECAR)}",
    re.DOTALL,
)
_UNFINISHED = re.compile(
    r"\..*"  # files in the making of GIO and rsync
    r"|.*\.(?:tmp|bak|orig|part|partial|crdownload|download)"
    r"|4913",  # vim looks whether it may write here
    re.DOTALL,
)


def _raise(problem: OSError) -> None:
    raise problem
