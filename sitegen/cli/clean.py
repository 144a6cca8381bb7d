"""`sitegen clean`: nothing left of sitegen but what it was given."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.cli.session import Session


@click.command("clean")
@click.option("-o", "output", metavar="DIR", help="The output to clean.  [default: site, in the project]")
@pass_session
def command(session: Session, *, output: str | None) -> None:
    """Remove what sitegen wrote to the output, and its caches.

    Of the output goes what its manifest lists; files of yours stay. So do the schemas, which your editor reads.
    """
    from sitegen.cli.report import count
    from sitegen.write import PublishError, clean

    project = session.project()
    target = session.path(output) if output else project / "site"
    there = target.exists()
    try:
        removed = clean(target)
    except PublishError as problem:
        raise click.ClickException(str(problem)) from None
    _forget(project / ".sitegen")
    if not session.quiet:
        shown = session.shown(target)
        told = (
            f"{count(len(removed), 'file')} removed from {shown}" if there else f"there is nothing at {shown}"
        )
        click.echo(f"{told}, caches removed")


def _forget(caches: Path) -> None:
    if caches.is_symlink() or not caches.is_dir():  # a link is somebody's decision, and leads who knows where
        return
    for entry in sorted(caches.iterdir()):
        if entry.name == "schema":
            continue
        if entry.is_dir() and not entry.is_symlink():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    if not any(caches.iterdir()):
        caches.rmdir()
