"""Mail to a server, by SMTP."""

from __future__ import annotations

import contextlib
import os
import re
import smtplib
import ssl
from typing import TYPE_CHECKING

import click
import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from email.message import EmailMessage

    from sitegen.model.settings import Mail

_SECONDS = 30


def server_of(mail: Mail, environment: Mapping[str, str] = os.environ) -> tuple[Mail, str]:
    """The settings, with what the environment says in their place; and the password, which only it may say."""
    for name in ("host", "port", "tls", "user"):
        variable = f"SITEGEN_SMTP_{name.upper()}"
        if not (told := environment.get(variable)):
            continue
        try:
            mail = msgspec.convert(msgspec.structs.asdict(mail) | {name: told}, type(mail), strict=False)
        except msgspec.ValidationError as problem:
            what = str(problem).partition(" - at ")[0]
            raise click.UsageError(f"{variable}: {what}") from None
    return mail, environment.get("SITEGEN_SMTP_PASSWORD", "")


def send(messages: Iterable[EmailMessage], mail: Mail, password: str) -> tuple[int, list[str]]:
    """Hand messages to the server: how many it took, and a line for each that it did not.

    Raises ClickException where there is no talking to the server; nothing has been sent then.
    """
    taken, refused = 0, list[str]()
    server = _connected(mail, password)
    try:
        for message in messages:
            try:
                server.send_message(message)
                taken += 1
            except smtplib.SMTPServerDisconnected as problem:
                refused.append(f"{message['To']}: {problem}")
                break
            except (smtplib.SMTPException, OSError) as problem:
                refused.append(f"{message['To']}: {_reason(problem)}")
    finally:
        # What the server took stays taken, however it answers our farewell.
        with contextlib.suppress(smtplib.SMTPException, OSError):
            server.quit()
        server.close()
    return taken, refused


def _connected(mail: Mail, password: str) -> smtplib.SMTP:
    if password and mail.tls == "none" and mail.host not in _LOOPBACK:
        raise click.ClickException(
            f"a password is not sent to {mail.host} unencrypted: set tls to starttls or tls"
        )
    try:
        if mail.tls == "tls":
            server: smtplib.SMTP = smtplib.SMTP_SSL(
                mail.host, mail.port or 465, timeout=_SECONDS, context=ssl.create_default_context()
            )
        else:
            server = smtplib.SMTP(
                mail.host, mail.port or (587 if mail.tls == "starttls" else 25), timeout=_SECONDS
            )
    except (smtplib.SMTPException, OSError) as problem:
        raise click.ClickException(f"cannot reach {mail.host}: {_reason(problem)}") from None
    try:
        if mail.tls == "starttls":
            server.starttls(context=ssl.create_default_context())
        if mail.user and password:
            server.login(mail.user, password)
    except (smtplib.SMTPException, OSError) as problem:
        server.close()
        raise click.ClickException(f"{mail.host} does not let us in: {_reason(problem)}") from None
    return server


def _reason(problem: Exception) -> str:
    if isinstance(problem, smtplib.SMTPRecipientsRefused):
        told = "; ".join(_words(code, words) for code, words in problem.recipients.values())
    elif isinstance(problem, smtplib.SMTPResponseException):
        told = _words(problem.smtp_code, problem.smtp_error)
    else:
        told = str(problem)
    # `SMTPRecipientsRefused` → "recipients refused"
    return told or " ".join(re.findall(r"[A-Z][a-z]+", type(problem).__name__)).lower()


def _words(code: int, words: bytes | str) -> str:
    return f"{code} {words.decode('utf-8', 'replace') if isinstance(words, bytes) else words}"


_LOOPBACK = ("localhost", "127.0.0.1", "::1")
