"""`sitegen init`: a site that builds at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import pass_session
from sitegen.cli.session import today

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.cli.session import Session

_SCAFFOLD = Path(__file__).with_name("scaffold") / "site"
_TAKEN = ("content", "templates", "static", "site", ".sitegen")  # what a project reads and writes


@click.command("init")
@click.argument("folder", metavar="[DIR]", default=".")
@pass_session
def command(session: Session, *, folder: str) -> None:
    """Make a small site in DIR that builds at once. Files that are there already are kept."""
    from sitegen.cli.report import count
    from sitegen.cli.schema import write_schemas

    root = session.path(folder)
    _refuse(session, root)
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
    for target, written in write_schemas(root).items():
        if written:
            session.note(f"written  {session.shown(target)}")
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


def _refuse(session: Session, root: Path) -> None:
    """A site can begin beside the files of another, but not among what the other is built from or into."""
    from sitegen.read import find_project

    if root.exists() and not root.is_dir():
        raise click.ClickException(f"{session.shown(root)} is a file")
    project = find_project(root)
    inside = root.resolve().relative_to(project).parts if project else ()
    if project and inside and inside[0] in _TAKEN:
        raise click.ClickException(
            f"{session.shown(root)} is inside a project already, {project}. "
            "'sitegen new' begins a collection or a page there; a project of its own needs a folder elsewhere."
        )


def _files() -> Mapping[str, bytes]:
    """The scaffold's files, by path in the new site."""
    found = sorted(path for path in _SCAFFOLD.rglob("*") if path.is_file())
    day = today().isoformat().encode()
    named = {
        path.relative_to(_SCAFFOLD).as_posix(): path.read_bytes().replace(b"{today}", day) for path in found
    }
    # Under its own name it would hide files of the scaffold from git and from packaging.
    return {".gitignore" if path == "gitignore" else path: data for path, data in named.items()}
