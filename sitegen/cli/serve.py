"""`sitegen serve`: the preview."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING
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
    type=click.Choice(["127.0.0.1", "localhost", "::1"]),  # a preview is for this machine alone
    default="127.0.0.1",
    show_default=True,
    help="Loopback address to listen on.",
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
@content_options
@pass_session
def command(
    session: Session,
    *,
    host: str,
    port: int,
    open_browser: bool,
    edit: bool,
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
    from sitegen.serve.preview import OUTPUT, serve

    project = session.project()
    keep_schemas(project)
    chosen = options(session, base_url, sources, overrides, output=OUTPUT, allow_shrink=True)

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

    if not edit:
        serve(project, chosen, host=host, port=port, opened=opened, told=told)
        return
    from sitegen.build import build
    from sitegen.serve.edit import Latest, editing

    latest = Latest(project, chosen, build)
    extensions = [editing(project, latest, today)]
    serve(
        project,
        chosen,
        host=host,
        port=port,
        opened=opened,
        told=told,
        built=latest.build,
        extensions=extensions,
    )
