"""`sitegen addresses`: which ids of papers are to be remembered; written down with `--record`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sitegen.cli.options import content_options, options, pass_session

if TYPE_CHECKING:
    from sitegen.cli.session import Session


@click.command("addresses")
@click.option("--record", is_flag=True, help="Write them to content/addresses.txt, to be put into git.")
@content_options
@pass_session
def command(
    session: Session,
    *,
    record: bool,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
) -> int:
    """Print the ids that are not remembered yet; with --record, write them down.

    A build reads the file and never writes it. An id in it that no paper has any more redirects to the paper that had it.
    """
    from sitegen.build import load
    from sitegen.cli.report import count, show_errors
    from sitegen.merge.addresses import remembered
    from sitegen.model.address import ADDRESSES
    from sitegen.parse.addresses import write_addresses
    from sitegen.write.replace import ChangedMeanwhileError, new_file, replace_file

    project = session.project()
    loaded = load(project, options(session, base_url, sources, overrides))
    if show_errors(session, loaded) or loaded.site is None:
        return 1
    addresses = remembered(loaded.site.library.papers, loaded.addresses)
    for address in sorted({*addresses} - {*loaded.addresses}):
        click.echo(f"{address.id} {address.key}", err=record)
    target = project / ADDRESSES
    before = target.read_bytes() if target.is_file() else None
    data = write_addresses(addresses)
    if record and before != data:
        try:
            new_file(target, data) if before is None else replace_file(target, before, data)
        except (ChangedMeanwhileError, FileExistsError):
            raise click.ClickException(
                f"{session.shown(target)} was changed meanwhile: run it again"
            ) from None
        click.echo(session.shown(target))
        session.note(f"{count(len(addresses), 'id')} remembered")
    return 0
