"""`sitegen build`: the site, from content and dumps."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import WholeNumber, content_options, options, pass_session, report_options

if TYPE_CHECKING:
    from sitegen.cli.report import Format
    from sitegen.cli.session import Session


@click.command("build")
@click.option("-o", "output", metavar="DIR", help="Where the site goes.  [default: site, in the project]")
@content_options
@report_options
@click.option("--explain", is_flag=True, help="Say why each file was written or removed.")
@click.option("--clean", is_flag=True, help="Remember nothing of earlier builds.")
@click.option(
    "--jobs",
    metavar="N",
    type=WholeNumber(min=0),
    default=0,
    help="Processes.  [default: as many as processors]",
)
@click.option(
    "--allow-shrink", is_flag=True, help="Publish even if more than a tenth of the pages would be lost."
)
@click.option("--force", is_flag=True, help="Take over an output folder that holds other files.")
@pass_session
def command(
    session: Session,
    *,
    output: str | None,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
    form: Format,
    strict: bool,
    explain: bool,
    clean: bool,
    jobs: int,
    allow_shrink: bool,
    force: bool,
) -> int:
    """Build the site. With errors nothing is replaced: the old site stands."""
    from sitegen.build import build
    from sitegen.cli.report import show, summary
    from sitegen.cli.schema import keep_schemas

    project = session.project()
    keep_schemas(project)
    chosen = options(
        session,
        base_url,
        sources,
        overrides,
        output=str(session.path(output)) if output else "site",
        strict=strict,
        clean=clean,
        force=force,
        allow_shrink=allow_shrink,
        jobs=jobs,
    )
    progress = session.progress()
    started = time.monotonic()
    try:
        report = build(project, chosen, progress)
    finally:
        if progress:
            progress("")
    seconds = time.monotonic() - started

    told = [p for p in report.diagnostics if form != "text" or session.verbose or p.severity != "info"]
    show(session, project, told, report.sources, form, err=True)
    if explain:
        for path, reason in sorted(report.reasons.items()):
            click.echo(f"{path}: {reason}", err=form != "text")
    if session.verbose:
        for stage, spent in report.stages.items():
            session.note(f"{stage:>10} {spent.wall:7.3f} s")
    if not session.quiet:
        # In other forms than text, stdout is for machines.
        click.echo(summary(report, seconds, session.shown(project / chosen.output)), err=form != "text")
    return 0 if report.published else 1
