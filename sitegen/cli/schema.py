"""`sitegen schema`: JSON Schemas of every YAML file that curators write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from sitegen.cli.options import pass_session

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.cli.session import Session

FOLDER = ".sitegen/schema"  # where the first line of every scaffolded file points


@click.command("schema")
@click.option("-o", "output", metavar="DIR", help=f"Where to.  [default: {FOLDER}, in the project]")
@click.option("--markdown", is_flag=True, help="Print every field and its meaning, as a page in Markdown.")
@pass_session
def command(session: Session, *, output: str | None, markdown: bool) -> None:
    """Write JSON Schemas, with which editors complete and validate content/*.yaml. Prints where they are."""
    if markdown:
        from sitegen.parse.fields import reference

        click.echo(reference(), nl=False)
        return
    folder = session.path(output) if output else session.project() / FOLDER
    for path in write_schemas(folder, ""):
        click.echo(session.shown(path))


def write_schemas(root: Path, folder: str = FOLDER) -> list[Path]:
    """Write the schemas to `folder` below `root`; their paths."""
    from sitegen.parse.schema import schemas

    home = root / folder
    home.mkdir(parents=True, exist_ok=True)
    written = []
    for name, data in schemas().items():
        (home / name).write_bytes(data)
        written.append(home / name)
    return written
