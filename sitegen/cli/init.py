"""`sitegen init`: a site that builds at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import pass_session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.cli.session import Session

_SCAFFOLD = Path(__file__).with_name("scaffold") / "site"


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".")
@pass_session
def command(session: Session, *, folder: str) -> None:
    """Make a small site in DIR that builds at once. Files that are there already are kept."""
    from sitegen.cli.report import count
    from sitegen.cli.schema import write_schemas

    root = session.path(folder)
    kept = []
    for path, data in _files().items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with target.open("xb") as file:
                file.write(data)
        except FileExistsError:
            kept.append(path)
            session.note(f"kept     {session.shown(target)}")
        else:
            session.note(f"written  {session.shown(target)}")
    write_schemas(root)
    if kept:
        session.note(f"{count(len(kept), 'file')} of yours stayed as they were.")
    here = session.shown(root)
    session.note("\nNext:")
    if here != ".":
        session.note(f"  cd {here}")
    session.note(
        "  sitegen serve      shows the site while you edit content/\n  sitegen build      writes it to site/"
    )
    click.echo(here)


def _files() -> Mapping[str, bytes]:
    """The scaffold's files, by path in the new site."""
    found = sorted(path for path in _SCAFFOLD.rglob("*") if path.is_file())
    named = {path.relative_to(_SCAFFOLD).as_posix(): path.read_bytes() for path in found}
    # Under its own name it would hide files of the scaffold from git and from packaging.
    return {".gitignore" if path == "gitignore" else path: data for path, data in named.items()}
