"""Why an output must not be written to, before anything is touched."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, Span, error
from sitegen.write.manifest import MANIFEST, decoded, read_manifest

if TYPE_CHECKING:
    from collections.abc import Iterable

# What people and tools keep in a folder that is published, beside what we write into it.
_THEIRS = {"CNAME", "README.md", "LICENSE", "LICENCE", "LICENSE.md"}

_OURS = {"preview", "check"}  # outputs that may lie in `.sitegen/`


def refuse(project: Path, output: Path, *, force: bool) -> tuple[Diagnostic, ...]:
    """Why `output` must not be written to, before anything is touched."""
    where = Span(_shown(project, output))
    real, root = _real(output), _real(project)
    if real == root or root.is_relative_to(real):
        return (
            error(
                "output-is-project",
                "the output folder is the project itself or holds it",
                where,
                "give a folder of its own with -o",
            ),
        )
    if any(part == ".sitegen" or part.endswith(".sitegen") for part in real.parts) and not (
        real.parent == root / ".sitegen" and real.name in _OURS
    ):
        message = "the output folder lies among sitegen's own files, which `sitegen clean` removes"
        return (error("output-is-ours", message, where, "give a folder of its own with -o"),)
    for name in ("content", "templates", "static"):
        if real.is_relative_to(_real(project / name)):
            return (
                error(
                    "output-in-content",
                    f"the output folder lies inside {name}/",
                    where,
                    "give a folder of its own with -o",
                ),
            )
    if output.is_symlink():
        return (
            error(
                "output-is-link",
                "the output is a symbolic link",
                where,
                f"write to the folder it names: -o {real}",
            ),
        )
    if output.exists() and not output.is_dir():
        return (error("output-is-file", "the output is a file", where, "give a folder with -o"),)
    if not force and (output / MANIFEST).exists():
        try:
            decoded(output)
        except (OSError, msgspec.MsgspecError):
            message = f"{MANIFEST}, which says what in the output is sitegen's, cannot be read"
            hint = "put it back (from git?), empty the folder, or let --force overwrite what is there"
            return (error("bad-manifest", message, where, hint),)
    if not force and output.is_dir() and not (output / MANIFEST).exists():
        strangers = sorted(
            p.name for p in output.iterdir() if not p.name.startswith(".") and p.name not in _THEIRS
        )
        if strangers:
            named = ", ".join(strangers[:3]) + (" …" if len(strangers) > 3 else "")
            hint = "give another folder with -o, or --force to take this one over"
            return (
                error(
                    "foreign-output",
                    f"the output folder holds files that sitegen did not write: {named}",
                    where,
                    hint,
                ),
            )
    return ()


def would_shrink(project: Path, output: Path, paths: Iterable[str]) -> tuple[Diagnostic, ...]:
    """Whether publishing `paths` would lose more than a tenth of the pages that are there."""
    before = {path for path in read_manifest(output) if path.endswith(".html")}
    lost = before.difference(paths)
    if len(before) < 20 or len(lost) * 10 <= len(before):
        return ()
    message = f"the site would lose {len(lost)} of its {len(before)} pages, among them {min(lost)}"
    hint = "is a dump or a source missing? If this is what you want: --allow-shrink"
    return (error("would-shrink", message, Span(_shown(project, output)), hint),)


def _real(path: Path) -> Path:
    return path.resolve()


def _shown(project: Path, path: Path) -> str:
    return Path(os.path.relpath(path, project)).as_posix()
