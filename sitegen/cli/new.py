"""`sitegen new`: a collection or a page, begun."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.options import pass_session
from sitegen.cli.session import today

if TYPE_CHECKING:
    from sitegen.cli.session import Session

_SCAFFOLD = Path(__file__).with_name("scaffold")
_PLACES = {"collection": ("content/collections", ".yaml"), "page": ("content/pages", ".md")}


@click.command("new")
@click.argument("kind", type=click.Choice(list(_PLACES)))
@click.argument("words", metavar="TITLE", nargs=-1, required=True)
@pass_session
def command(session: Session, *, kind: str, words: tuple[str, ...]) -> None:
    """Begin a collection or a page called TITLE, and print its path. Never overwrites."""
    from sitegen.text.slug import slug

    if len(words) > 1:
        raise click.UsageError(f'put the title in quotes: sitegen new {kind} "{" ".join(words)}"')
    title = " ".join(words[0].split())
    if not title or not title.isprintable():
        raise click.BadParameter("a title needs printable characters", param_hint="'TITLE'")
    folder, suffix = _PLACES[kind]
    target = session.project() / folder / (slug(title) + suffix)
    target.parent.mkdir(parents=True, exist_ok=True)
    scaffold = (_SCAFFOLD / f"{kind}{suffix}").read_text(encoding="utf-8")
    # A JSON string is a YAML string that needs no further quoting.
    text = scaffold.replace("{today}", today().isoformat())
    text = text.replace("{title}", json.dumps(title, ensure_ascii=False))
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise click.ClickException(f"{session.shown(target)} is there already") from None
    click.echo(session.shown(target))
