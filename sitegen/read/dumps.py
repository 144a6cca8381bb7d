"""Dumps: the files that the entries of `sources:` lead to, and the sidecars beside them."""

from __future__ import annotations

import glob
import os
import unicodedata
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, Outcome, Span, error, warning
from sitegen.model.source import DumpSource, SourceFile
from sitegen.read.files import LARGEST, read_at, recalled, whole
from sitegen.read.folders import SIDECAR, ignores, refuse_depth, too_deep, walk
from sitegen.read.project import path_in, roots_of, settings_path

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.read.files import Recall

LARGE = 16 << 20  # bytes from which on it is worth remembering what was sifted


class DumpFile(msgspec.Struct, frozen=True):
    """A dump, the source that led to it, and the sidecar beside it."""

    file: SourceFile
    source: DumpSource
    sidecar: SourceFile | None


def read_dumps(
    project: Path,
    sources: Iterable[DumpSource],
    *,
    near: Path,
    progress: Callable[[str], None] | None = None,
    recall: Recall | None = None,
    known: Recall | None = None,
) -> Outcome[tuple[DumpFile, ...]]:
    """Every dump of every source, by path. Patterns are relative to `near`; the first source to reach a file has it.

    Of a source with `where:`, listings with an entry on each line are streamed: only wanted lines are kept, the others are empty.
    Of a large one, `recall` is asked for these, under a key of its path, its look and what is wanted.
    """
    found: dict[Path, DumpFile] = {}
    shown: dict[str, Path] = {}
    problems: list[Diagnostic] = []
    for source in sources:
        start, paths = _matches(near, source.pattern)
        if not paths and source.pattern not in _MAY_BE_EMPTY:
            problems.append(_nothing_there(project, near, source))
        # The curator named this place, so it may lie outside the project; a link in it may not lead elsewhere.
        roots = (*roots_of(project), start.resolve())
        for path in paths:
            if path in found:
                continue
            name = _named(project, start, path, shown)
            outcome = read_at(name, path, roots=roots, take=_taker(name, source, progress, recall, known))
            problems += outcome.diagnostics
            beside = path.with_name(path.name + SIDECAR)
            sidecar = (
                read_at(name + SIDECAR, beside, roots=roots, known=known)
                if os.path.lexists(beside)
                else Outcome(None)
            )
            problems += sidecar.diagnostics
            if outcome.value is not None:
                found[path] = DumpFile(outcome.value, source, sidecar.value)
    return Outcome(tuple(sorted(found.values(), key=lambda dump: dump.file.path)), tuple(problems))


def read_any(path: Path, name: str) -> Outcome[SourceFile | None]:
    """A file anywhere that a person named, to be called `name`. What cannot be read is an error that says so."""
    return read_at(name, path, roots=(path.resolve().parent,), take=_taker(name, DumpSource(name)))


def leads_to(near: Path, pattern: str, path: Path) -> bool:
    """Whether a pattern of `sources:`, relative to `near`, reaches a dump at this place, which need not be there yet."""
    at = Path(os.path.normpath(near / pattern))
    if at.is_dir() or not glob.has_magic(pattern):
        return path.is_relative_to(at)
    parts = Path(os.path.normpath(Path(glob.escape(str(near)), pattern))).parts
    return _fits(parts, path.parts)


def _fits(patterns: tuple[str, ...], names: tuple[str, ...]) -> bool:
    if not patterns:
        return not names
    if patterns[0] == "**":
        return any(_fits(patterns[1:], names[skipped:]) for skipped in range(len(names) + 1))
    return bool(names) and fnmatchcase(names[0], patterns[0]) and _fits(patterns[1:], names[1:])


_MAY_BE_EMPTY = {"dumps/*", "dumps/**", "dumps"}  # what `init` writes, before there is a dump


def _nothing_there(project: Path, near: Path, source: DumpSource) -> Diagnostic:
    message = f"there is no dump at '{source.pattern}'"
    if source.where.path.startswith("--source"):
        return error("no-such-source", message, source.where)
    where = source.where if source.where.path else Span(settings_path(project))
    hint = f"paths are relative to {path_in(project, near)}/"
    folders = [path for path in _glob(near, source.pattern) if path.is_dir()]
    if folders:
        hint = f"there are folders, though: write '{source.pattern.rstrip('*/')}/**'"
    return warning("no-such-source", message, where, hint)


def _named(project: Path, start: Path, path: Path, taken: dict[str, Path]) -> str:
    """What a dump is called: its path in the project; outside, the end of its path, from the source's folder on.

    A name that begins elsewhere on the machine would tell of it to readers, and differ from machine to machine.
    """
    shown = path_in(project, path)
    if shown.startswith("../") or Path(shown).is_absolute():
        folder = start if start.is_dir() else start.parent
        parts = path.resolve().parts
        take = len(path.relative_to(folder).parts) + 1
        while (
            shown := unicodedata.normalize("NFC", "/".join(parts[-take:]).lstrip("/"))
        ) in taken and take < len(parts):
            take += 1
    taken[shown] = path
    return shown


def _matches(near: Path, pattern: str) -> tuple[Path, list[Path]]:
    """The place that a pattern names for certain, and the files that it matches."""
    at = near / pattern
    if at.is_dir():
        return at, sorted(map(Path, walk(at, ())))
    if at.exists():
        return at, [at]
    fixed = at
    while glob.has_magic(fixed.name) or (fixed != near and not fixed.is_dir()):
        fixed = fixed.parent
    return fixed, sorted(
        path for path in _glob(near, pattern) if not path.is_dir() and not ignores(path.name)
    )


def _glob(near: Path, pattern: str) -> list[Path]:
    # pathlib has no glob that takes a whole pattern with `..` in it. `near` may itself hold a `[` or a `*`.
    try:
        names = glob.glob(pattern, root_dir=near, recursive=True)  # noqa: PTH207
    except RecursionError:
        raise too_deep(str(near / pattern)) from None
    for name in names:
        refuse_depth(str(near), os.path.dirname(f"{near}{os.sep}{name}"))  # noqa: PTH120
    return [near / name for name in names]


def _taker(
    name: str,
    source: DumpSource,
    progress: Callable[[str], None] | None = None,
    recall: Recall | None = None,
    known: Recall | None = None,
) -> Callable[[Path], SourceFile | None]:
    """How a dump is read: its wanted lines, where a `where:` says which and it has lines; else whole, or not if too large."""

    def take(path: Path) -> SourceFile | None:
        if source.wanted is not None:
            from sitegen.read.streams import sifted  # most sources want everything

            sift = partial(sifted, path, name, source.wanted, progress)
            remembered = recall if path.stat().st_size >= LARGE else known
            if (file := recalled(remembered, (name, source.wanted), path, sift)) is not None:
                return file
        return whole(name, path, known) if path.stat().st_size <= LARGEST else None

    return take
