"""A file of content/ that nothing reads: its name or its folder is not one of those that mean something.

Passes: `content/tags.yaml`, `content/collections/x.yaml`, `content/pages/docs/z.md`, anything in `content/dumps/` and
`content/images/`, pictures, READMEs, hidden files and sidecars of dumps. Fails: `content/tag.yaml`,
`content/collection/x.yaml`, `content/pages/z.txt`.
"""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Span, did_you_mean, warning

if TYPE_CHECKING:
    from collections.abc import Iterable

_YAML = (".yaml", ".yml")
_FOLDERS = {
    "collections": _YAML,
    "papers": _YAML,
    "pages": (".md",),
    "changes": (".json",),
    "digests": (".json",),
}
_FREE_FOLDERS = ("dumps", "images", "image")
_FILES = ("sitegen.yaml", "tags.yaml", "tags.yml")
_PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")


def stray_files(paths: Iterable[str]) -> tuple[Diagnostic, ...]:
    """A warning for every file that nothing reads, and one for every folder of such.

    `paths` are files of the project, relative to it, with `/`; those that are not below `content/` are not looked at.
    What `sources:` names should not be among them: dumps may lie anywhere.
    """
    problems: dict[str, Diagnostic] = {}  # by the file, or the folder that is wrong
    for path in sorted(paths):
        top, _, inside = path.partition("/")
        if top != "content" or not inside or _says_nothing(path):
            continue
        folder, slash, _ = inside.partition("/")
        if not slash:
            if inside not in _FILES:
                problems[path] = _stray(path, _file_meant(inside))
        elif folder in _FOLDERS:
            if not path.endswith(_FOLDERS[folder]):
                problems[path] = _stray(path, _ending_meant(path, _FOLDERS[folder]))
        elif folder not in _FREE_FOLDERS:
            problems.setdefault(f"content/{folder}/", _stray(path, _folder_meant(folder)))
    return tuple(problems.values())


def _says_nothing(path: str) -> bool:
    """Whether the file is not meant to be read as content."""
    name = posixpath.basename(path)
    return (
        any(part.startswith(".") for part in path.split("/"))
        or name.upper().startswith("README")
        or name.endswith(".meta.yaml")
        or name.lower().endswith(_PICTURES)
    )


def _stray(path: str, hint: str) -> Diagnostic:
    return warning("stray-file", "nothing reads this file", Span(path), hint)


def _file_meant(name: str) -> str:
    ending = posixpath.splitext(name.lower())[1]
    if ending in _YAML:
        near = did_you_mean(name.lower(), _FILES)
        return f"{near} lists belong in content/collections/, papers in content/papers/".lstrip()
    return f"did you mean 'content/{'pages' if ending == '.md' else 'dumps'}/{name}'?"


def _folder_meant(folder: str) -> str:
    near = did_you_mean(folder.lower(), (*_FOLDERS, *_FREE_FOLDERS[:2]))
    known = ", ".join(f"content/{name}/" for name in (*_FOLDERS, *_FREE_FOLDERS[:2]))
    return (
        near.replace("'", "'content/", 1).replace("'?", "/'?") if near else f"folders that are read: {known}"
    )


def _ending_meant(path: str, endings: tuple[str, ...]) -> str:
    return f"did you mean '{posixpath.splitext(path)[0]}{endings[0]}'?"
