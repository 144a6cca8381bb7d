"""Where a project is, and how its files are called."""

from __future__ import annotations

import os
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

SETTINGS = ("content/sitegen.yaml", "sitegen.yaml")


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


def roots_of(project: Path) -> tuple[Path, ...]:
    """The folders below which a file of the project lies; what a link names must, too."""
    # `content` may itself be a link to a folder elsewhere: that was the curator's decision. A link *inside* it that
    # leads out may be a co-curator's, and could publish any file of the machine.
    return tuple({(project / name).resolve(): None for name in (".", "content", "templates", "static")})


def path_in(project: Path, path: Path | str) -> str:
    """The path as people see it: relative to the project, `/` on every system, NFC."""
    text, start = str(path), f"{project}{os.sep}"
    below = text.startswith(start) and ".." not in text
    relative = text.removeprefix(start) if below else os.path.relpath(text, project)
    return unicodedata.normalize("NFC", relative.replace(os.sep, "/"))
