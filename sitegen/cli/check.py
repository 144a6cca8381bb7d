"""`sitegen check`: everything that could be better, and nothing published."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Literal

import click

from sitegen.cli.options import content_options, options, pass_session, report_options
from sitegen.cli.session import today_anywhere
from sitegen.regular import read_regular

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.build import Loaded
    from sitegen.cli.report import Format
    from sitegen.cli.session import Session
    from sitegen.diagnostics import Diagnostic
    from sitegen.model.source import SourceFile


# Kept from one check to the next, so that a second one has little to write.
OUTPUT = ".sitegen/check"


@click.command("check")
@click.argument("what", required=False, type=click.Choice(["duplicates"]))
@content_options
@report_options
@pass_session
def command(
    session: Session,
    *,
    what: Literal["duplicates"] | None,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
    form: Format,
    strict: bool,
) -> int:
    """Report problems of the content, and links of the built pages that lead nowhere.

    The site is built into a folder of the check's own; what is published stays as it is. `sitegen check duplicates`
    builds nothing, and lists the papers that may be one work alone.
    """
    from sitegen.build import build, load
    from sitegen.changes import unrecorded
    from sitegen.check import CHECKS
    from sitegen.check.future_date import future_dates
    from sitegen.check.links import broken_links
    from sitegen.cli.schema import keep_schemas
    from sitegen.diagnostics import has_errors
    from sitegen.merge.addresses import unremembered

    project = session.project()
    keep_schemas(project)
    started = time.monotonic()
    chosen = options(session, base_url, sources, overrides, output=OUTPUT, allow_shrink=True)
    loaded = load(project, chosen)
    problems = list(loaded.diagnostics)
    if what == "duplicates":
        problems = [problem for problem in problems if problem.severity == "error"]
        if loaded.site is not None:
            problems += CHECKS["suspected-duplicate"](loaded.site)
        return _told(session, loaded, problems, form, started=started, strict=strict)
    if loaded.site is not None:
        for check in CHECKS.values():
            problems += check(loaded.site)
        problems += unremembered(loaded.site.library.papers, loaded.addresses)
        problems += unrecorded(loaded.site, loaded.changes)
        problems += future_dates(loaded.site, loaded.sources, today_anywhere().isoformat())
    if loaded.site is not None and not has_errors(loaded.diagnostics):
        report = build(project, chosen)
        problems += report.diagnostics
        if report.published:
            address = loaded.site.library.settings.base_url
            problems += broken_links(_Files(project / OUTPUT), address, _written_by_hand(loaded))

    return _told(session, loaded, problems, form, started=started, strict=strict)


def _told(
    session: Session,
    loaded: Loaded,
    problems: list[Diagnostic],
    form: Format,
    *,
    started: float,
    strict: bool,
) -> int:
    from sitegen.cli.report import count, show, tally
    from sitegen.diagnostics import has_errors

    show(session, session.project(), problems, loaded.sources, form, err=False)
    if not session.quiet:
        papers = count(len(loaded.site.library.papers), "paper") if loaded.site else "no site"
        seconds = time.monotonic() - started
        click.echo(f"{papers}: {tally(problems) or 'no problems'}, {seconds:.1f} s", err=form != "text")
    return 1 if has_errors(problems) or (strict and tally(problems)) else 0


def _written_by_hand(loaded: Loaded) -> Mapping[str, SourceFile]:
    """The files in which a curator or designer can mend a link: no dumps, nothing of the default theme."""
    dumps = {dump.path for dump in loaded.dumps}
    return {
        path: file
        for path, file in loaded.sources.items()
        if path not in dumps and not path.startswith("default/")
    }


class _Files(Mapping[str, bytes]):
    """The files of a built site, each read when it is asked for: 10,000 pages need not be in memory at once."""

    def __init__(self, output: Path) -> None:
        from sitegen.write import read_manifest

        self._output = output
        self._paths = read_manifest(output)

    def __getitem__(self, path: str) -> bytes:
        if path not in self._paths:
            raise KeyError(path)
        return read_regular(self._output / path)

    def __iter__(self) -> Iterator[str]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)
