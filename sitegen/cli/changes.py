"""`sitegen changes`: what has changed since the last recording; recorded with `--record`."""

from __future__ import annotations

import contextlib
import hashlib
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import content_options, options, pass_session
from sitegen.cli.session import today

if TYPE_CHECKING:
    from datetime import datetime

    from sitegen.cli.session import Session


@click.command("changes")
@click.option("--record", is_flag=True, help="Write them to a file in content/changes/, to be put into git.")
@click.option(
    "--day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DAY",
    help="The day on which they happened.  [default: today]",
)
@content_options
@pass_session
def command(
    session: Session,
    *,
    record: bool,
    day: datetime | None,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
) -> int:
    """Say what has changed since the last recording; with --record, write it down and print the file's path.

    A build shows what is recorded, and records nothing itself.
    """
    from sitegen.build import load
    from sitegen.changes import compare, replay, summary
    from sitegen.cli.report import show_errors
    from sitegen.parse.change import write_change
    from sitegen.write.replace import new_file

    project = session.project()
    loaded = load(project, options(session, base_url, sources, overrides))
    # What an error keeps out has not been removed.
    if show_errors(session, loaded) or loaded.site is None:
        return 1
    recorded, _ = replay(loaded.changes, loaded.site.library.papers)
    change = compare(loaded.site, recorded, (day.date() if day else today()).isoformat())
    if change is None:
        session.note("nothing has changed since the last recording")
        return 0
    for line in summary(change, loaded.changes, loaded.site):
        click.echo(line, err=record)
    if record:
        data = write_change(change)
        name = f"{change.day}-{hashlib.blake2b(data, digest_size=5).hexdigest()}.json"
        target = project / "content" / "changes" / name
        # Named by its content: where the file is there already, it says the same.
        with contextlib.suppress(FileExistsError):
            new_file(target, data)
        click.echo(session.shown(target))
    return 0
