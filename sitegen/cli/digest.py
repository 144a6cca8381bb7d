"""`sitegen digest`: what came to the lists, as a page and as a mail."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from typing import TYPE_CHECKING

import click
import msgspec

from sitegen.cli.options import content_options, options, pass_session
from sitegen.cli.session import today
from sitegen.model.issue import Issue, Issued

if TYPE_CHECKING:
    from email.message import EmailMessage
    from pathlib import Path

    from sitegen.cli.session import Session
    from sitegen.model.settings import Mail
    from sitegen.render import Renderer
    from sitegen.text.texts import Texts

DRAFTS = ".sitegen/digest"
RECORDS = "content/digests"
PAGES = "content/pages/digests"
_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("digest")
@click.option("--since", type=_DAY, metavar="DAY", help="Papers that came on that day or later.")
@click.option("--weekly", is_flag=True, help="Papers of the last seven days.")
@click.option("--day", type=_DAY, metavar="DAY", help="The day of the issue.  [default: today]")
@click.option(
    "--record", is_flag=True, help="Make it an issue: a page of the site, its papers in no other issue."
)
@click.option("--send", is_flag=True, help="The same, and mail it.")
@content_options
@pass_session
def command(
    session: Session,
    *,
    since: datetime | None,
    weekly: bool,
    day: datetime | None,
    record: bool,
    send: bool,
    base_url: str | None,
    sources: tuple[str, ...],
    overrides: tuple[str, ...],
) -> int:
    """Write what came to the lists as mail: HTML, text, and both as one message.

    Without --record or --send it is a draft, in .sitegen/digest/, and says what would be sent to whom.
    The password of the mail server is read from SITEGEN_SMTP_PASSWORD.
    """
    from sitegen.build import load_with_renderer
    from sitegen.cli.report import count, show_errors
    from sitegen.model.record import PartialDate
    from sitegen.plan.digest import plan_issue

    if bool(since) == weekly:
        raise click.UsageError("say either --since DAY or --weekly")
    on = day.date() if day else today()
    start = since.date() if since else on - timedelta(days=6)
    project = session.project()
    loaded, renderer, texts = load_with_renderer(project, options(session, base_url, sources, overrides))
    if show_errors(session, loaded) or loaded.site is None or renderer is None or texts is None:
        return 1
    settings = loaded.site.library.settings
    if not settings.base_url:
        raise click.UsageError("links in a mail need the site's address: set base_url, or give --base-url")
    issue = plan_issue(
        loaded.site,
        texts,
        name=_name(on, project),
        day=PartialDate(on.year, on.month, on.day),
        since=start.isoformat(),
        issued={paper for before in loaded.issues for paper in before.papers},
    )
    if not issue.papers:
        session.note(f"nothing new since {start.isoformat()}")
        return 0
    body, text = _bodies(issue, renderer, texts)
    messages = _messages(issue, text, body, settings.mail)
    folder = project / DRAFTS / issue.name
    _write(folder, {"issue.html": body, "issue.txt": text.encode(), "issue.eml": messages[0].as_bytes()})
    click.echo(f"{settings.title}: {count(len(issue.papers), 'new paper')} since {start.isoformat()}")
    for group in issue.groups:
        click.echo(f"  {group.title}: {len(group.items)}")
    click.echo(session.shown(folder))
    failed = _mail(settings.mail, messages, send=send)
    if (record or send) and failed is not None:
        _record(session, project, issue, len(loaded.issues))
    return 0 if failed == 0 else 1


def _name(day: date, project: Path) -> str:
    """The day; with a number where an issue, or a page that somebody wrote, is called that already."""
    taken = {path.stem for folder in (RECORDS, PAGES) for path in (project / folder).glob("*")}
    name, number = day.isoformat(), 1
    while name in taken:
        number += 1
        name = f"{day.isoformat()}-{number}"
    return name


def _bodies(issue: Issue, renderer: Renderer, texts: Texts) -> tuple[bytes, str]:
    from sitegen.render.mail import as_html, as_text

    body = as_html(issue, renderer)
    if not body.value:
        raise click.ClickException("; ".join(problem.message for problem in body.diagnostics))
    return body.value, as_text(issue, texts)


def _messages(issue: Issue, text: str, body: bytes, mail: Mail | None) -> list[EmailMessage]:
    """One for each recipient, so that none learns of another; a draft to nobody where there are none."""
    from sitegen.render.mail import as_message

    recipients = mail.to if mail else ()
    return [
        as_message(
            issue,
            text,
            body,
            sender=(mail.sender if mail else "") or "nobody@localhost",
            recipient=recipient,
            date=format_datetime(datetime.now(UTC)),
        )
        for recipient in recipients or ("nobody@localhost",)
    ]


def _mail(mail: Mail | None, messages: list[EmailMessage], *, send: bool) -> int | None:
    """How many were refused; None where none was taken."""
    from sitegen.cli.mailing import send as hand_over
    from sitegen.cli.mailing import server_of

    if mail is None or not mail.to or not mail.sender:
        if send:
            raise click.UsageError(
                "nobody to send it to: set mail: {from: …, to: […], host: …} in sitegen.yaml"
            )
        return 0
    server, password = server_of(mail)
    if not send:
        for message in messages:
            click.echo(f"would be sent to {message['To']} by {server.host}")
        return 0
    taken, refused = hand_over(messages, server, password)
    for line in refused:
        click.echo(f"not sent to {line}", err=True)
    click.echo(f"sent to {taken} of {len(messages)}")
    return len(refused) if taken else None


def _record(session: Session, project: Path, issue: Issue, before: int) -> None:
    from sitegen.render.mail import as_page
    from sitegen.write.replace import new_file

    issued = Issued(issue.day.iso, issue.since, issue.papers)
    data = msgspec.json.format(msgspec.json.encode(issued), indent=1) + b"\n"
    # The newest stands first among the pages of its folder.
    page = as_page(issue, -min(before, 1000)).encode()
    for target, content in (
        (project / RECORDS / f"{issue.name}.json", data),
        (project / PAGES / f"{issue.name}.md", page),
    ):
        new_file(target, content)
        click.echo(session.shown(target))


def _write(folder: Path, files: dict[str, bytes]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for name, data in files.items():
        (folder / name).write_bytes(data)
