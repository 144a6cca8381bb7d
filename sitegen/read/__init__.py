"""The way in: every file that a build looks at is read here, and none while somebody writes it.

It is read whole, or of a large listing the lines that are wanted; and not again as long as it looks the same to who asks.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.read.dumps import DumpFile, leads_to, read_any, read_dumps
from sitegen.read.files import digest, read_at
from sitegen.read.folders import SIDECAR, ignores, read_all, walk
from sitegen.read.project import find_project, path_in, roots_of, settings_path

if TYPE_CHECKING:
    from sitegen.model.source import SourceFile
    from sitegen.read.files import Recall

__all__ = [
    "SIDECAR",
    "DumpFile",
    "default_theme",
    "digest",
    "find_project",
    "ignores",
    "leads_to",
    "names_in",
    "read_any",
    "read_dumps",
    "read_file",
    "read_folder",
    "read_templates",
    "settings_path",
]


def read_file(project: Path, path: str, known: Recall | None = None) -> Outcome[SourceFile | None]:
    """One file of the project. What cannot be read is an error that says so.

    Here and below, a file is not read where `known` has it under a key of its name and its look.
    """
    return read_at(path, project / path, roots=roots_of(project), known=known)


def read_folder(
    project: Path,
    folder: str,
    suffixes: tuple[str, ...] = (),
    *,
    hidden: bool = False,
    known: Recall | None = None,
) -> Outcome[tuple[SourceFile, ...]]:
    """Every file below a folder of the project, by path; editors' backups left out, hidden ones unless wanted."""
    return read_all(
        project, walk(project / folder, suffixes, hidden=hidden), roots=roots_of(project), known=known
    )


def names_in(project: Path, folder: str) -> tuple[str, ...]:
    """The paths of all files below a folder of the project, sorted, none of them read."""
    return tuple(path_in(project, path) for path in walk(project / folder, ()))


def read_templates(project: Path, known: Recall | None = None) -> Outcome[tuple[SourceFile, ...]]:
    """The project's own `templates/`, then the default theme's; paths begin with `templates/` or `default/`."""
    own = read_folder(project, "templates", known=known) if (project / "templates").is_dir() else Outcome(())
    home = default_theme()
    theme = read_all(home, walk(home, ()), roots=(home,), known=known, below="default/")
    return Outcome((*own.value, *theme.value), (*own.diagnostics, *theme.diagnostics))


def default_theme() -> Path:
    """The folder of the default theme: inside an installed package, beside it in a checkout."""
    package = Path(__file__).resolve().parents[1]
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"
