"""`sitegen import`: saved listings into the project."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.import_gains import gains
from sitegen.cli.import_lead import find_lead, follow, say_what_to_write
from sitegen.cli.import_listing import FOLDER, Listing, is_in_place, located, read_listing
from sitegen.cli.options import content_options, options, pass_session

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.cli.session import Session


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@click.option("--dry-run", is_flag=True, help="Only say what would come of it.")
@click.option(
    "--captured", metavar="DATE", default="", help="When it was saved: 2025, 2025-12 or 2025-12-09."
)
@click.option("--label", metavar="TEXT", default="", help="How readers see it named.")
@click.option("-y", "--yes", is_flag=True, help="Ask nothing. In a pipe nothing is asked anyway.")
@content_options
@pass_session
def command(
    session: Session,
    *,
    files: tuple[str, ...],
    dry_run: bool,
    captured: str,
    label: str,
    yes: bool,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
) -> int:
    """Take in every FILE: say what is in it and what the site gains, then copy it into content/dumps/.

    What a listing cannot say itself, --captured and --label, goes into a FILE.meta.yaml beside the copy. Where no entry of
    `sources:` leads to the copies, content/sitegen.yaml gets one; that is shown first. Nothing else is changed.
    """
    from sitegen.build import load
    from sitegen.cli.report import count, show, show_errors
    from sitegen.text.dates import parse_date

    if captured and parse_date(captured) is None:
        raise click.BadParameter("write 2025, 2025-12 or 2025-12-09", param_hint="'--captured'")
    project = session.project()
    loaded = load(project, options(session, base_url, sources, overrides))
    if loaded.site is None:
        show_errors(session, loaded)
        return 1
    wanted = [
        read_listing(session, loaded, name, captured=captured, label=label)
        for name in {session.path(name).resolve(): name for name in files}.values()
    ]
    for listing in wanted:
        problems = [
            located(problem, listing)
            for problem in listing.problems
            if session.verbose or problem.severity != "info"
        ]
        show(
            session,
            project,
            problems,
            {listing.shown: listing.file} if listing.file else {},
            "text",
            err=True,
        )
    fresh = [
        listing
        for listing in wanted
        if listing.dump is not None and listing.dump.records and not listing.there
    ]
    _refuse_what_is_in_the_way(session, project, fresh, said=bool(captured or label))
    for line in gains(wanted, loaded):
        click.echo(line)
    given = bool(sources) or any(each.startswith("sources") for each in overrides)  # for this run alone
    lead = find_lead(session, project, loaded, fresh, splice=not given)
    if lead:
        for line in lead.lines:
            click.echo(line)
    failed = any(not listing.there and listing not in fresh for listing in wanted)
    if not fresh or dry_run:
        return 1 if failed else 0
    copies = sum(not is_in_place(project, listing) for listing in fresh)
    asked = [f"copy {count(copies, 'file')} into {FOLDER}/"] if copies else []
    asked += [f"change {session.shown(lead.path)}"] if lead else []
    if asked and not yes and sys.stdin.isatty() and sys.stderr.isatty():
        click.confirm(f"{' and '.join(asked).capitalize()}?", default=True, abort=True, err=True)
    for listing in fresh:
        try:
            for written in _taken_in(project, listing):
                click.echo(f"wrote {session.shown(project / written)}")
        except FileExistsError as problem:
            raise _in_the_way(session, problem.filename) from None
    if lead:
        if follow(lead):
            click.echo(f"wrote {session.shown(lead.path)}")
        else:
            say_what_to_write(session, lead.path, lead.pattern)
    return 1 if failed else 0


def _refuse_what_is_in_the_way(
    session: Session, project: Path, fresh: Sequence[Listing], *, said: bool
) -> None:
    """Two files of one name, or one that is there: said before anything is written."""
    from sitegen.read import SIDECAR

    names: dict[str, Listing] = {}
    for listing in fresh:
        first = names.setdefault(listing.target.casefold(), listing)
        if first is not listing:
            raise click.ClickException(
                f"{first.shown} and {listing.shown} would have one name in {FOLDER}/: rename one of them"
            )
        target = project / listing.target
        beside = target.with_name(target.name + SIDECAR)
        in_place = is_in_place(project, listing)
        if os.path.lexists(target) and not in_place:
            raise _in_the_way(session, target)
        if os.path.lexists(beside) and (said or not in_place):
            raise click.ClickException(
                f"{session.shown(beside)} is there already, and nothing is overwritten: move it away first"
            )


def _in_the_way(session: Session, target: Path | str) -> click.ClickException:
    return click.ClickException(
        f"{session.shown(Path(target))} is there already, and is another file: rename yours"
    )


def _taken_in(project: Path, listing: Listing) -> Iterator[str]:
    """Copy a listing, and what it cannot say itself; yields every path that was written."""
    from sitegen.read import SIDECAR
    from sitegen.write.replace import add_file, new_file

    in_place = is_in_place(project, listing)
    if not in_place:
        add_file(listing.path, project / listing.target)
        yield listing.target
    beside = listing.path.with_name(listing.path.name + SIDECAR)
    target = listing.target + SIDECAR
    if listing.said:
        from sitegen.splice.scalars import written

        captured, label = listing.said.captured, listing.said.label
        lines = f"captured: {captured}\n" if captured else ""
        lines += f"label: {written(label, chr(34))}\n" if label else ""
        new_file(project / target, lines.encode())
        yield target
    elif beside.is_file() and not in_place:
        add_file(beside, project / target)
        yield target
