import os
import socket
import subprocess

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from click.testing import CliRunner

from sitegen.cli import program

SETTINGS = """\
title: Shelf & co
base_url: https://shelf.example/list/
search: false
related: false
"""
LIST = """\
title: Knots & [ropes]
picks:
  - paper: {title: "Reef <b>and</b> $x_1$ *granny*", date: 2020-01-01, authors: [Ada Ä, Bo]}
    note: "Which is [which](papers/bowlines.html)? **Read** <script>alert(1)</script>."
    added: 2026-11-10
  - paper: {title: Bowlines, venue: ICK}
    added: 2026-11-12
  - paper: {title: Old}
    added: 2025-01-01
"""


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content/collections").mkdir(parents=True)
    (tmp_path / "content/sitegen.yaml").write_text(SETTINGS, encoding="utf-8")
    (tmp_path / "content/collections/knots.yaml").write_text(LIST, encoding="utf-8")
    return tmp_path


@pytest.fixture
def digest(project):
    def digest(*args, **environment):
        return CliRunner(env=environment).invoke(
            program, ["-C", str(project), "digest", "--day", "2026-11-21", *args]
        )

    return digest


_ATTEMPTS = 5  # to get a port that is still free when the server asks for it


class Taken:
    """What a mail server was handed: (envelope's recipients, bytes) of each message."""

    def __init__(self, farewell):
        self.mails = []
        self.logins = []
        self.farewell = farewell

    async def handle_QUIT(self, server, session, envelope):  # noqa: N802
        return self.farewell

    async def handle_RCPT(self, server, session, envelope, address, options):  # noqa: N802 - aiosmtpd's name
        if address.startswith("full@"):
            return "452 the mailbox is full"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        self.mails.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def login(self, server, session, envelope, mechanism, data):
        self.logins.append((data.login.decode(), data.password.decode()))
        return AuthResult(success=data.password == b"secret")


@pytest.fixture
def mail_server():
    """Starts servers on loopback, each on a free port; gives what they take and that port."""
    started = []

    def start(farewell="221 Bye", **options):
        taken = Taken(farewell)
        if options.pop("logins", False):
            options |= {"authenticator": taken.login, "auth_required": True}
        options["ready_timeout"] = 60  # seconds, on a busy machine
        for attempt in range(_ATTEMPTS):
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                port = free.getsockname()[1]
            controller = Controller(taken, hostname="127.0.0.1", port=port, **options)
            try:
                controller.start()
            except OSError:  # somebody took the port meanwhile
                if attempt == _ATTEMPTS - 1:
                    raise
                continue
            break
        started.append(controller)
        return taken, port

    yield start
    for controller in started:
        controller.stop()


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    """(certificate, key) of a server that calls itself localhost, trusted by nobody yet."""
    folder = tmp_path_factory.mktemp("certificate")
    names = folder / "cert.pem", folder / "key.pem"
    subprocess.run(
        [
            *(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
            ),
            *("-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", os.fspath(names[1]), "-out", os.fspath(names[0])),
        ],
        check=True,
        capture_output=True,
    )
    return names
