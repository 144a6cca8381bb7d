"""The way in: every file that a build looks at is read here, whole, once, and never while somebody writes it."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
import time
import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, Outcome, Span, error, warning
from sitegen.model.source import DumpSource, SourceFile

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

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


def read_file(project: Path, path: str) -> Outcome[SourceFile | None]:
    """One file of the project. What cannot be read is an error that says so."""
    return _read(project, project / path, roots=_roots(project))


def read_folder(
    project: Path, folder: str, suffixes: tuple[str, ...] = ()
) -> Outcome[tuple[SourceFile, ...]]:
    """Every file below a folder of the project, by path; hidden ones and editors' backups left out."""
    return _read_all(project, _walk(project / folder, suffixes), roots=_roots(project))


def read_templates(project: Path) -> Outcome[tuple[SourceFile, ...]]:
    """The project's own `templates/`, then the default theme's; paths begin with `templates/` or `default/`."""
    own = read_folder(project, "templates") if (project / "templates").is_dir() else Outcome(())
    home = default_theme()
    theme = _read_all(home, _walk(home, ()), roots=(home,))
    renamed = tuple(SourceFile(f"default/{f.path}", f.data, f.digest) for f in theme.value)
    return Outcome((*own.value, *renamed), (*own.diagnostics, *theme.diagnostics))


def default_theme() -> Path:
    """The folder of the default theme: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


class DumpFile(msgspec.Struct, frozen=True):
    """A dump, the source that led to it, and the sidecar beside it."""

    file: SourceFile
    source: DumpSource
    sidecar: SourceFile | None


def read_dumps(project: Path, sources: Iterable[DumpSource], *, near: Path) -> Outcome[tuple[DumpFile, ...]]:
    """Every dump of every source, by path. Patterns are relative to `near`; the first source to reach a file has it."""
    found: dict[str, DumpFile] = {}
    problems: list[Diagnostic] = []
    for source in sources:
        paths = _matches(near, source.pattern)
        if not paths and not glob.has_magic(source.pattern):
            problems.append(
                warning(
                    "no-such-source",
                    f"there is no dump at '{source.pattern}'",
                    source.where if source.where.path else Span(settings_path(project)),
                    f"paths are relative to {_shown(project, near)}/",
                )
            )
        for path in paths:
            shown = _shown(project, path)
            if shown in found:
                continue
            # The curator named this place, so it may lie outside the project.
            file, said = _pair(_read(project, path, roots=None))
            problems += said
            beside = path.with_name(path.name + SIDECAR)
            sidecar, said = _pair(_read(project, beside, roots=None)) if beside.is_file() else (None, ())
            problems += said
            if file is not None:
                found[shown] = DumpFile(file, source, sidecar)
    return Outcome(tuple(found[shown] for shown in sorted(found)), tuple(problems))


def digest(data: bytes) -> str:
    """What a file's content is known by: BLAKE2b, 16 bytes, in hexadecimal."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def _pair(outcome: Outcome[SourceFile | None]) -> tuple[SourceFile | None, tuple[Diagnostic, ...]]:
    return outcome.value, outcome.diagnostics


def _roots(project: Path) -> tuple[Path, ...]:
    # `content` may itself be a link to a folder elsewhere: that was the curator's decision. A link *inside* it that
    # leads out may be a co-curator's, and could publish any file of the machine.
    return tuple({(project / name).resolve(): None for name in (".", "content", "templates", "static")})


def _matches(near: Path, pattern: str) -> list[Path]:
    at = near / pattern
    if at.is_dir():
        return sorted(_walk(at, ()))
    # pathlib has no glob that takes a whole pattern with `..` in it.
    names = glob.glob(str(at), recursive=True) if glob.has_magic(pattern) else [str(at)] * at.exists()  # noqa: PTH207
    paths = [Path(name) for name in names]
    return sorted(
        p for p in paths if not p.is_dir() and not p.name.startswith(".") and not p.name.endswith(SIDECAR)
    )


def _walk(folder: Path, suffixes: tuple[str, ...]) -> Iterator[Path]:
    """Files below a folder, sorted. Links to folders are followed, once each."""
    seen: set[tuple[int, int]] = set()
    for here, folders, names in os.walk(folder, followlinks=True):
        at = Path(here).stat()
        again = (at.st_dev, at.st_ino) in seen
        seen.add((at.st_dev, at.st_ino))
        folders[:] = (
            [] if again else sorted(f for f in folders if not f.startswith(".") and f != "__pycache__")
        )
        if again:
            continue
        for name in sorted([*names, *(f for f in folders if suffixes and f.endswith(suffixes))]):
            if _is_content(name) and (not suffixes or name.endswith(suffixes)):
                yield Path(here, name)


def _is_content(name: str) -> bool:
    # What editors leave beside a file while it is open: ~ # .swp and their like.
    return not (name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp", ".bak", SIDECAR)))


def _read_all(
    project: Path, paths: Iterable[Path], roots: tuple[Path, ...]
) -> Outcome[tuple[SourceFile, ...]]:
    files: list[SourceFile] = []
    problems: list[Diagnostic] = []
    for path in paths:
        outcome = _read(project, path, roots=roots)
        problems += outcome.diagnostics
        if outcome.value is not None:
            files.append(outcome.value)
    return Outcome(tuple(sorted(files, key=lambda f: f.path)), tuple(problems))


def _read(project: Path, path: Path, roots: tuple[Path, ...] | None) -> Outcome[SourceFile | None]:
    shown = _shown(project, path)
    try:
        real = path.resolve(strict=True)
        if roots is not None and not any(real.is_relative_to(root) for root in roots):
            return _refused(
                shown, "is a link that leads out of the project", "copy the file into the project"
            )
        if not stat.S_ISREG(real.stat().st_mode):
            return _refused(shown, "is not a file", "a folder, a pipe or a device has no content to read")
        return Outcome(SourceFile(shown, data := _steady_bytes(real), digest(data)))
    except RuntimeError:
        return _refused(shown, "is a link that leads to itself")
    except OSError as problem:
        return _refused(shown, f"cannot be read: {problem.strerror or problem}")


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
