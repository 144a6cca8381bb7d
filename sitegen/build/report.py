"""What a build is told, and what it tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import msgspec

from sitegen.build.clock import Cost
from sitegen.diagnostics import Diagnostic, has_errors
from sitegen.model.address import Address
from sitegen.model.change import Change
from sitegen.model.issue import Issued
from sitegen.model.site import Site
from sitegen.model.source import Dump, SourceFile

if TYPE_CHECKING:
    from pathlib import Path


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """What a run may decide differently from the settings."""

    output: str = "site"  # relative to the project, or absolute
    overrides: Mapping[str, str] = {}  # settings by key, as YAML
    sources: tuple[
        str, ...
    ] = ()  # dumps for this run: folders, files or globs, absolute or relative to the project
    strict: bool = False  # warnings stand in the way, too
    clean: bool = False  # believe no memory
    force: bool = False  # take over an output that holds other files
    allow_shrink: bool = False  # let more than a tenth of the pages go
    jobs: int = 0  # processes; 0: as many as there are processors

    def output_in(self, project: Path) -> Path:
        """Where the site goes. A link is not followed: what it leads to is not ours."""
        at = project / self.output
        return at if at.is_symlink() else at.resolve()


def stops(problems: Iterable[Diagnostic], options: Options) -> bool:
    """Whether one of these stands in the way of publishing."""
    problems = list(problems)
    return has_errors(problems) or (options.strict and any(p.severity == "warning" for p in problems))


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What a build did."""

    published: bool  # False: the site that was there before stands
    diagnostics: tuple[Diagnostic, ...]
    papers: int = 0
    pages: int = 0
    written: int = 0
    unchanged: int = 0
    removed: int = 0
    bytes: int = 0
    stages: Mapping[str, Cost] = {}
    sources: Mapping[str, SourceFile] = {}
    inputs: tuple[
        str, ...
    ] = ()  # absolute paths of the files and folders that a change is to be looked for in
    changed: tuple[str, ...] = ()  # outputs that were written or removed
    reasons: Mapping[str, str] = {}  # why each of them was


class Loaded(msgspec.Struct, frozen=True, kw_only=True):
    """Everything up to the site as a value: nothing rendered, nothing written."""

    site: Site | None
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, SourceFile] = {}
    inputs: tuple[str, ...] = ()
    dumps: tuple[Dump, ...] = ()  # none where a build has no need of them
    records: Mapping[str, int] = {}  # how many each dump has
    changes: tuple[Change, ...] = ()  # what is recorded of the past
    addresses: tuple[Address, ...] = ()  # ids that papers had
    issues: tuple[Issued, ...] = ()  # of the digest, by name
