"""Mail, handed to servers on loopback that are as real as any."""

import email
import email.policy
import smtplib
import ssl

import pytest

SINCE = ("--since", "2026-11-01")


def message_of(data):
    return email.message_from_bytes(data, policy=email.policy.default)


def recorded(project):
    return [path.stem for path in (project / "content").glob("digests/*.json")]


def settings(project, port, *, to="[list@example.org]", tls="none", more=""):
    with (project / "content/sitegen.yaml").open("a") as file:
        file.write(
            f"mail: {{from: Ada <ada@example.org>, to: {to}, host: localhost, port: {port}, tls: {tls}{more}}}\n"
        )


def test_a_draft_says_to_whom_it_would_be_sent_and_sends_nothing(project, digest, mail_server):
    taken, port = mail_server()
    settings(project, port)
    ended = digest(*SINCE)
    assert "would be sent to list@example.org by localhost" in ended.stdout
    assert taken.mails == []


def test_each_recipient_gets_a_mail_of_their_own_and_the_issue_is_recorded(project, digest, mail_server):
    taken, port = mail_server()
    settings(
        project,
        port,
        to="[a@example.org, Bo <b@example.org>]",
        more=", unsubscribe: 'mailto:leave@example.org'",
    )
    ended = digest(*SINCE, "--send")
    assert ended.exit_code == 0, ended.output
    assert "sent to 2 of 2" in ended.stdout
    assert [recipients for recipients, _ in taken.mails] == [["a@example.org"], ["b@example.org"]]
    messages = [message_of(data) for _, data in taken.mails]
    assert [message["To"] for message in messages] == ["a@example.org", "Bo <b@example.org>"]
    assert {message["From"] for message in messages} == {"Ada <ada@example.org>"}
    assert {message["List-Unsubscribe"] for message in messages} == {"<mailto:leave@example.org>"}
    assert "Bowlines" in messages[0].get_body(("plain",)).get_content()
    assert recorded(project) == ["2026-11-21"]
    assert digest(*SINCE, "--send").stdout == ""
    assert len(taken.mails) == 2


def test_who_is_refused_is_named_and_the_others_get_theirs(project, digest, mail_server):
    taken, port = mail_server()
    settings(project, port, to="[full@example.org, b@example.org]")
    ended = digest(*SINCE, "--send")
    assert ended.exit_code == 1
    assert "not sent to full@example.org: 452 the mailbox is full" in ended.stderr
    assert [recipients for recipients, _ in taken.mails] == [["b@example.org"]]
    assert recorded(project) == ["2026-11-21"]


def test_what_nobody_took_is_no_issue(project, digest, mail_server):
    _, port = mail_server()
    settings(project, port, to="[full@example.org]")
    assert digest(*SINCE, "--send").exit_code == 1
    assert recorded(project) == []


def test_what_was_taken_is_recorded_however_the_server_says_goodbye(project, digest, mail_server):
    taken, port = mail_server(farewell="421 closing down")
    settings(project, port)
    ended = digest(*SINCE, "--send")
    assert ended.exit_code == 0, ended.output
    assert "sent to 1 of 1" in ended.stdout
    assert len(taken.mails) == 1
    assert recorded(project) == ["2026-11-21"]


def test_a_refusal_without_words_is_told_by_its_kind(project, digest, mail_server, monkeypatch):
    def refuse(*_):
        raise smtplib.SMTPRecipientsRefused({})

    monkeypatch.setattr(smtplib.SMTP, "send_message", refuse)
    _, port = mail_server()
    settings(project, port)
    assert "not sent to list@example.org: recipients refused" in digest(*SINCE, "--send").stderr


def test_a_server_that_is_not_there_is_named(project, digest):
    settings(project, 1)
    ended = digest(*SINCE, "--send")
    assert ended.exit_code == 1
    assert "cannot reach localhost" in ended.stderr
    assert recorded(project) == []


def _encrypted(certificate):
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    return context


@pytest.mark.parametrize(("password", "code"), [("secret", 0), ("wrong", 1)])
def test_the_password_comes_from_the_environment_and_goes_over_an_encrypted_way(
    project, digest, mail_server, certificate, password, code
):
    taken, port = mail_server(tls_context=_encrypted(certificate), require_starttls=True, logins=True)
    settings(project, port, tls="starttls", more=", user: ada")
    ended = digest(*SINCE, "--send", SITEGEN_SMTP_PASSWORD=password, SSL_CERT_FILE=str(certificate[0]))
    assert ended.exit_code == code, ended.output
    assert taken.logins[0] == ("ada", password)
    assert (len(taken.mails), len(recorded(project))) == ((1, 1) if code == 0 else (0, 0))
    assert password not in ended.output


def test_a_certificate_that_nobody_vouches_for_is_refused(project, digest, mail_server, certificate):
    taken, port = mail_server(tls_context=_encrypted(certificate), require_starttls=True)
    settings(project, port, tls="starttls")
    ended = digest(*SINCE, "--send")
    assert ended.exit_code == 1
    assert "certificate verify failed" in ended.stderr.lower()
    assert taken.mails == []


def test_the_environment_goes_before_the_settings(project, digest, mail_server):
    taken, port = mail_server()
    settings(project, 1, tls="starttls")
    ended = digest(*SINCE, "--send", SITEGEN_SMTP_PORT=str(port), SITEGEN_SMTP_TLS="none")
    assert ended.exit_code == 0, ended.output
    assert len(taken.mails) == 1


def test_a_word_in_the_environment_that_no_setting_can_be_is_named(project, digest):
    settings(project, 1)
    ended = digest(*SINCE, "--send", SITEGEN_SMTP_PORT="many")
    assert ended.exit_code == 2
    assert "SITEGEN_SMTP_PORT" in ended.stderr
    assert recorded(project) == []


def test_a_password_is_not_sent_unencrypted_to_another_machine(project, digest):
    settings(project, 25)
    ended = digest(*SINCE, "--send", SITEGEN_SMTP_HOST="mail.example", SITEGEN_SMTP_PASSWORD="secret")
    assert ended.exit_code == 1
    assert "unencrypted" in ended.stderr
