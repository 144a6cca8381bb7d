"""Every file that a build depends on, read in one go."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import msgspec

from sitegen import read
from sitegen.build.sifted import Sifted
from sitegen.build.theme import without_other_themes
from sitegen.diagnostics import Diagnostic, Outcome, Span, error
from sitegen.model.address import ADDRESSES
from sitegen.model.settings import Settings, Theme
from sitegen.model.source import DumpSource, SourceFile

if TYPE_CHECKING:
    from sitegen.build.clock import Clock
    from sitegen.build.kept import Kept
    from sitegen.build.report import Options
    from sitegen.memo import Shelf

T = TypeVar("T")


class Inputs(msgspec.Struct, frozen=True):
    """Every file that a build reads, and what reading them had to say."""

    project: Path
    settings: Settings | None
    files: tuple[SourceFile, ...]  # settings, content, dumps, sidecars
    dumps: tuple[read.DumpFile, ...]
    templates: tuple[SourceFile, ...]
    static: tuple[SourceFile, ...]
    unread: tuple[str, ...]  # paths below content/ that nothing above comes from
    watched: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]


def read_inputs(project: Path, options: Options, clock: Clock, shelf: Shelf, kept: Kept) -> Inputs:
    """Everything that a build of the project reads, files that look the same since `kept` has them apart.

    What large listings gave is taken from the shelf, and kept there.
    """
    from sitegen.parse.settings import parse_settings

    problems: list[Diagnostic] = []

    known = kept.each("files").of

    def told(outcome: Outcome[T]) -> T:
        problems.extend(outcome.diagnostics)
        return outcome.value

    with clock("read"):
        at = read.settings_path(project)
        near = (project / at).parent
        file = told(read.read_file(project, at, known))
        settings = told(parse_settings(file, options.overrides)) if file else None
        sources = settings.sources if settings else ()
        extra = tuple(
            DumpSource(str(project / pattern), where=Span(f"--source {pattern}"))
            for pattern in options.sources
        )
        content = told(read.read_folder(project, "content", (".yaml", ".yml", ".md"), known=known))
        # A dump that is YAML or Markdown by name belongs to `sources:`, not to the collections.
        content = tuple(f for f in content if f.path != at and kind_of(f.path))
        for folder in ("content/changes", "content/digests"):
            if (project / folder).is_dir():
                content += told(read.read_folder(project, folder, (".json",), known=known))
        if os.path.lexists(project / ADDRESSES):  # a link that leads nowhere is said
            content += tuple(filter(None, [told(read.read_file(project, ADDRESSES, known))]))
        names = read.names_in(project, "content") if (project / "content").is_dir() else ()
        problems += _two_tag_files(content)
        sifted = Sifted(shelf)
        dumps = told(
            read.read_dumps(
                project, (*sources, *extra), near=near, progress=clock.progress, recall=sifted.of, known=known
            )
        )
        sifted.remember()
        theme = settings.theme if settings else Theme()
        templates = told(without_other_themes(told(read.read_templates(project, known)), theme))
        static = (
            told(read.read_folder(project, "static", hidden=True, known=known))
            if (project / "static").is_dir()
            else ()
        )
    found = [f for dump in dumps for f in (dump.file, dump.sidecar) if f]
    watched = [project / name for name in ("content", "templates", "static")] + [read.default_theme()]
    watched += [near / source.pattern for source in (*sources, *extra)] + (
        [project / at] if near == project else []
    )
    return Inputs(
        project,
        settings,
        ((file,) if file else ()) + content + tuple(found),
        dumps,
        templates,
        static,
        tuple(sorted(set(names) - {f.path for f in (*content, *found)} - {at, ADDRESSES})),
        tuple(str(path) for path in watched),
        tuple(problems),
    )


def kind_of(path: str) -> str:
    """Which parser a file of content/ belongs to: its name, or the folder that it lies in."""
    if path in TAG_FILES:
        return "tags"
    if path == ADDRESSES:
        return "addresses"
    for kind, folder, suffixes in (
        ("collection", "content/collections/", (".yaml", ".yml")),
        ("paper", "content/papers/", (".yaml", ".yml")),
        ("page", "content/pages/", (".md",)),
        ("change", "content/changes/", (".json",)),
        ("issue", "content/digests/", (".json",)),
    ):
        if path.startswith(folder) and path.endswith(suffixes):
            return kind
    return ""


TAG_FILES = ("content/tags.yaml", "content/tags.yml")


def _two_tag_files(content: tuple[SourceFile, ...]) -> tuple[Diagnostic, ...]:
    found = [file.path for file in content if file.path in TAG_FILES]
    if len(found) < 2:
        return ()
    message = f"there are two files of tags: {' and '.join(found)}"
    return (error("two-tag-files", message, Span(found[1]), "put them into one"),)
