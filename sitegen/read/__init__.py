"""The way in: every file that a build looks at is read here, whole, once, and never while somebody writes it."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import time
import unicodedata
from fnmatch import fnmatchcase
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, Outcome, Span, error, warning
from sitegen.model.source import DumpSource, SourceFile

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    # What was made under a key before, or is made now.
    Recall = Callable[[str, Callable[[], SourceFile | None]], SourceFile | None]

LARGEST = 2 << 30  # bytes of a dump that is read whole
LARGE = 16 << 20  # bytes from which on it is worth remembering what was sifted
SETTINGS = ("content/sitegen.yaml", "sitegen.yaml")
SIDECAR = ".meta.yaml"


def find_project(start: Path) -> Path | None:
    """The nearest folder, from `start` upwards, that holds `content/sitegen.yaml` or `sitegen.yaml`."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / SETTINGS[0]).is_file():
            return folder
        if (folder / SETTINGS[1]).is_file():
            return folder.parent if folder.name == "content" else folder
    return None


def settings_path(project: Path) -> str:
    """Where the project's settings are, relative to it."""
    return next((path for path in SETTINGS if (project / path).is_file()), SETTINGS[0])


def read_file(project: Path, path: str, known: Recall | None = None) -> Outcome[SourceFile | None]:
    """One file of the project. What cannot be read is an error that says so.

    Here and below, a file is not read where `known` has it under a key of its name and its look.
    """
    return _read(path, project / path, roots=_roots(project), known=known)


def read_any(path: Path, name: str) -> Outcome[SourceFile | None]:
    """A file anywhere that a person named, to be called `name`. What cannot be read is an error that says so."""
    return _read(name, path, roots=(path.resolve().parent,), take=_taker(name, DumpSource(name)))


def read_folder(
    project: Path,
    folder: str,
    suffixes: tuple[str, ...] = (),
    *,
    hidden: bool = False,
    known: Recall | None = None,
) -> Outcome[tuple[SourceFile, ...]]:
    """Every file below a folder of the project, by path; editors' backups left out, hidden ones unless wanted."""
    return _read_all(
        project, _walk(project / folder, suffixes, hidden=hidden), roots=_roots(project), known=known
    )


def names_in(project: Path, folder: str) -> tuple[str, ...]:
    """The paths of all files below a folder of the project, sorted, none of them read."""
    return tuple(_shown(project, path) for path in _walk(project / folder, ()))


def read_templates(project: Path, known: Recall | None = None) -> Outcome[tuple[SourceFile, ...]]:
    """The project's own `templates/`, then the default theme's; paths begin with `templates/` or `default/`."""
    own = read_folder(project, "templates", known=known) if (project / "templates").is_dir() else Outcome(())
    home = default_theme()
    theme = _read_all(home, _walk(home, ()), roots=(home,), known=known, below="default/")
    return Outcome((*own.value, *theme.value), (*own.diagnostics, *theme.diagnostics))


def default_theme() -> Path:
    """The folder of the default theme: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


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
        roots = (*_roots(project), start.resolve())
        for path in paths:
            if path in found:
                continue
            name = _named(project, start, path, shown)
            outcome = _read(name, path, roots=roots, take=_taker(name, source, progress, recall, known))
            problems += outcome.diagnostics
            beside = path.with_name(path.name + SIDECAR)
            sidecar = (
                _read(name + SIDECAR, beside, roots=roots, known=known) if beside.is_file() else Outcome(None)
            )
            problems += sidecar.diagnostics
            if outcome.value is not None:
                found[path] = DumpFile(outcome.value, source, sidecar.value)
    return Outcome(tuple(sorted(found.values(), key=lambda dump: dump.file.path)), tuple(problems))


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
    hint = f"paths are relative to {_shown(project, near)}/"
    folders = [path for path in _glob(near, source.pattern) if path.is_dir()]
    if folders:
        hint = f"there are folders, though: write '{source.pattern.rstrip('*/')}/**'"
    return warning("no-such-source", message, where, hint)


def _named(project: Path, start: Path, path: Path, taken: dict[str, Path]) -> str:
    """What a dump is called: its path in the project; outside, the end of its path, from the source's folder on.

    A name that begins elsewhere on the machine would tell of it to readers, and differ from machine to machine.
    """
    shown = _shown(project, path)
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


def ignores(name: str, *, hidden: bool = False) -> bool:
    """Whether a folder is read as if nothing of this name were in it; names that begin with a dot are, unless wanted."""
    # What editors leave beside a file while it is open, and what systems leave in a folder.
    if name.endswith(("~", ".swp", ".swo", SIDECAR)) or name.startswith((".#", "#")) or name in _LITTER:
        return True
    return name.startswith(".") and not hidden


_LITTER = {"__pycache__", ".DS_Store", "Thumbs.db", ".git"}


def digest(data: bytes) -> str:
    """What a file's content is known by: BLAKE2b, 16 bytes, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _roots(project: Path) -> tuple[Path, ...]:
    # `content` may itself be a link to a folder elsewhere: that was the curator's decision. A link *inside* it that
    # leads out may be a co-curator's, and could publish any file of the machine.
    return tuple({(project / name).resolve(): None for name in (".", "content", "templates", "static")})


def _matches(near: Path, pattern: str) -> tuple[Path, list[Path]]:
    """The place that a pattern names for certain, and the files that it matches."""
    at = near / pattern
    if at.is_dir():
        return at, sorted(_walk(at, ()))
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
    return [near / name for name in glob.glob(pattern, root_dir=near, recursive=True)]  # noqa: PTH207


def _walk(folder: Path, suffixes: tuple[str, ...], *, hidden: bool = False) -> Iterator[Path]:
    """Files below a folder, sorted. Links to folders are followed, once each; OSError where one cannot be listed."""
    seen: set[tuple[int, int]] = set()
    root = folder.resolve()
    for here, folders, names in os.walk(folder, followlinks=True, onerror=_raise):
        at = Path(here).stat()
        again = (at.st_dev, at.st_ino) in seen
        seen.add((at.st_dev, at.st_ino))
        # A link that leads out is one problem, not one for every file behind it: `_read` refuses the link itself.
        out = [
            f
            for f in folders
            if Path(here, f).is_symlink() and not Path(here, f).resolve().is_relative_to(root)
        ]
        inside = sorted(f for f in folders if f not in out and not ignores(f, hidden=hidden))
        folders[:] = [] if again else inside
        if again:
            continue
        files = [name for name in names if not suffixes or name.endswith(suffixes)]
        odd = [f for f in inside if suffixes and f.endswith(suffixes)]
        yield from (
            Path(here, name) for name in sorted([*files, *odd, *out]) if not ignores(name, hidden=hidden)
        )


def _raise(problem: OSError) -> None:
    raise problem


def _read_all(
    project: Path,
    paths: Iterable[Path],
    roots: tuple[Path, ...],
    *,
    known: Recall | None,
    below: str = "",
) -> Outcome[tuple[SourceFile, ...]]:
    files: list[SourceFile] = []
    problems: list[Diagnostic] = []
    for path in paths:
        outcome = _read(below + _shown(project, path), path, roots=roots, known=known)
        problems += outcome.diagnostics
        if outcome.value is not None:
            files.append(outcome.value)
    return Outcome(tuple(sorted(files, key=lambda f: f.path)), tuple(problems))


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
            if (file := _recalled(remembered, (name, source.wanted), path, sift)) is not None:
                return file
        return _whole(name, path, known) if path.stat().st_size <= LARGEST else None

    return take


def _whole(name: str, path: Path, known: Recall | None) -> SourceFile | None:
    def read() -> SourceFile:
        return SourceFile(name, data := _steady_bytes(path), digest(data))

    return _recalled(known, (name,), path, read)


def _recalled(
    recall: Recall | None, what: tuple[object, ...], path: Path, make: Callable[[], SourceFile | None]
) -> SourceFile | None:
    """What is made of the file at `path`: from `recall`, where the file looks the same; never if it was written just now."""
    at = path.stat()
    # The clock of a file system ticks every few milliseconds: a second change may hide in the same tick.
    if recall is None or time.time_ns() - at.st_ctime_ns < 100_000_000:
        return make()
    # The change time, unlike the time of modification, cannot be set back.
    look = (str(path), at.st_dev, at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)
    return recall(repr((*what, look)), make)


def _read(
    shown: str,
    path: Path,
    roots: tuple[Path, ...],
    take: Callable[[Path], SourceFile | None] | None = None,
    known: Recall | None = None,
) -> Outcome[SourceFile | None]:
    if not _is_utf8(shown):
        return _refused(
            shown.encode("utf-8", "replace").decode(), "has a name that is not UTF-8", "rename it"
        )
    try:
        real = path.resolve(strict=True)
        if not any(real.is_relative_to(root) for root in roots):
            hint = "copy what it names into the project"
            return _refused(shown, "is a link that leads out of the project", hint)
        if not stat.S_ISREG(real.stat().st_mode):
            return _refused(shown, "is not a file", "a folder, a pipe or a device has no content to read")
        file = take(real) if take is not None else _whole(shown, real, known)
        if file is None:
            hint = (
                "name it in `sources:` and say with `where:` which of its papers are wanted, as in "
                "`- {path: papers.jsonl, where: {years: 2024-}}`, or split it"
            )
            return _refused(shown, f"is larger than {LARGEST >> 30} GB", hint)
        return Outcome(file)
    except RuntimeError:
        return _refused(shown, "is a link that leads to itself")
    except OSError as problem:
        return _refused(shown, f"cannot be read: {problem.strerror or problem}")


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


def _shown(project: Path, path: Path) -> str:
    """The path as people see it: relative to the project, `/` on every system, NFC."""
    return unicodedata.normalize("NFC", Path(os.path.relpath(path, project)).as_posix())
