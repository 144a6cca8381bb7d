"""`sitegen serve`: the preview."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import click

from sitegen.cli.options import WholeNumber, content_options, options, pass_session
from sitegen.cli.session import today

if TYPE_CHECKING:
    from sitegen.build import Report
    from sitegen.cli.session import Session


@click.command("serve")
@click.option(
    "--host",
    metavar="ADDRESS",
    default="127.0.0.1",
    show_default=True,
    help="Address to listen on. Whoever reaches another one than this machine's own sees the preview.",
)
@click.option(
    "--port",
    type=WholeNumber(0, 65535),
    default=8000,
    show_default=True,
    help="Port; where it is taken, the next free one.",
)
@click.option("--open", "open_browser", is_flag=True, help="Open the preview in the browser.")
@click.option("--edit", is_flag=True, help="Edit collections and papers from the pages of the preview.")
@click.option(
    "--editor",
    "editor_text",
    metavar="ADDRESS|COMMAND",
    envvar="SITEGEN_EDITOR",
    help="What opens a file from the list of problems, with {path}, {line} and {column}; 'none' for nothing. "
    "(also SITEGEN_EDITOR; otherwise $VISUAL or $EDITOR, if that is VS Code)",
)
@click.option(
    "--poll",
    metavar="[SECONDS]",
    type=click.FloatRange(0.1, 3600),
    is_flag=False,
    flag_value=1.0,
    default=None,
    help="Look for changes every so often, every second unless you say otherwise: for network disks.",
)
@content_options
@pass_session
def command(
    session: Session,
    *,
    host: str,
    port: int,
    open_browser: bool,
    edit: bool,
    editor_text: str | None,
    poll: float | None,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
) -> None:
    """Preview the site while you edit.

    Rebuilds after every change of content, dumps, templates and settings, and reloads the pages that are open. The
    preview has a folder of its own: what is published stays as it is. Ctrl-C ends it.
    """
    from sitegen.cli.report import show, summary
    from sitegen.cli.schema import keep_schemas
    from sitegen.serve.access import is_loopback
    from sitegen.serve.editor import editor, editor_of
    from sitegen.serve.preview import OUTPUT, serve

    try:
        chosen_editor = editor_of(os.environ) if editor_text is None else editor(editor_text)
    except ValueError as problem:
        raise click.BadParameter(str(problem), param_hint="'--editor'") from None
    project = session.project()
    keep_schemas(project)
    chosen = options(session, base_url, sources, overrides, output=OUTPUT, allow_shrink=True)

    if not is_loopback(host):
        session.note(
            f"warning: whoever reaches {host} sees this preview, unpublished content included. "
            "Only this machine may change anything."
        )

    def opened(url: str) -> None:
        found = urlsplit(url).port
        if port and found != port:
            session.note(f"port {port} is taken, using {found}")
        click.echo(f"{url}  (Ctrl-C ends the preview)")
        if open_browser:
            click.launch(url)

    def told(report: Report, seconds: float) -> None:
        shown = [p for p in report.diagnostics if session.verbose or p.severity != "info"]
        show(session, project, shown, report.sources, "text", err=True)
        session.note(f"{time.strftime('%H:%M:%S')}  {summary(report, seconds, 'the preview')}")

    how: dict[str, Any] = {"editor": chosen_editor, "poll": poll or 0}
    if edit:
        from sitegen.build import build
        from sitegen.serve.edit import Latest, editing

        latest = Latest(project, chosen, build)
        how |= {"built": latest.build, "extensions": [editing(project, latest, today)]}
    serve(project, chosen, host=host, port=port, opened=opened, told=told, **how)
