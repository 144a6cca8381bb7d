"""`sitegen schema`: JSON Schemas of every YAML file that curators write."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import click

from sitegen import memo
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


def write_schemas(root: Path, folder: str = FOLDER) -> dict[Path, bool]:
    """Write the schemas to `folder` below `root`; their paths, and whether each was missing or outdated."""
    from sitegen.parse.schema import schemas

    home = root / folder
    home.mkdir(parents=True, exist_ok=True)
    written = {}
    for name, data in schemas().items():
        path = home / name
        written[path] = not path.is_file() or path.read_bytes() != data
        if written[path]:
            if not path.is_file():  # a pipe would wait for somebody who reads
                path.unlink(missing_ok=True)
            path.write_bytes(data)
    return written


def keep_schemas(project: Path) -> None:
    """Write what is missing or outdated of the schemas, which are not in git, so that editors complete after a clone.

    Without a word: where the disk refuses, the site is built all the same. Files that look as this program left them are
    not made again to be compared.
    """
    folder = project / FOLDER
    with suppress(OSError):
        shelf, program = memo.Shelf(project, folder), memo.program().encode()
        known = shelf.recall("schemas", program, dict[str, tuple[int, int]])
        if known and memo.looks_of(folder, known) == known:
            return
        names = [path.name for path in write_schemas(project)]
        shelf.remember("schemas", program, memo.looks_of(folder, names))
