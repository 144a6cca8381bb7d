"""An issue of the digest as a mail: HTML that mail programs show, the same as text, and both as one message."""

from __future__ import annotations

import re
from email.message import EmailMessage
from email.policy import SMTP
from textwrap import fill, indent
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from sitegen.diagnostics import Outcome
from sitegen.model.issue import Issue, IssueGroup
from sitegen.model.page import Page
from sitegen.render.characters import printable
from sitegen.render.own_references import own_references
from sitegen.render.twin import led

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.diagnostics import Diagnostic
    from sitegen.model.issue import IssueItem
    from sitegen.render.renderer import Renderer
    from sitegen.text.texts import Texts

MOST_BYTES = 100 * 1024  # what Gmail shows of a mail before it cuts it off is 102 kB
_WIDTH = 72


class MailView(msgspec.Struct, frozen=True):
    issue: Issue
    groups: tuple[IssueGroup, ...]  # the issue's, with as many papers of each as are named
    abstracts: bool
    notes: bool
    left_out: int  # papers


def as_html(issue: Issue, renderer: Renderer) -> Outcome[bytes]:
    """The mail as HTML of at most MOST_BYTES: where all is too much, less of it and a link to the rest."""
    data = b""
    problems: tuple[Diagnostic, ...] = ()
    for view in _shorter_and_shorter(issue):
        outcome = renderer.render(Page("mail", "mail", "mail/issue.html", view))
        problems = outcome.diagnostics
        data = outcome.value[0].data if outcome.value else b""
        if len(data) <= MOST_BYTES:
            break
    return Outcome(data, problems)


def as_text(issue: Issue, texts: Texts) -> str:
    """The mail as text, in lines of 72 characters."""
    blocks = [f"{issue.title}\n{'=' * min(_WIDTH, len(issue.title))}"]
    for group in issue.groups:
        blocks.append(f"{group.title}\n{'-' * min(_WIDTH, len(group.title))}\n{issue.base_url}{group.url}")
        blocks += [_item_as_text(item, issue.base_url) for item in group.items]
    ending = [f"{issue.site}: {issue.base_url}"]
    if issue.unsubscribe:
        ending.append(f"{texts('digest.unsubscribe')}: {issue.unsubscribe}")
    return printable("\n\n".join([*blocks, "-- \n" + "\n".join(ending)])) + "\n"


def as_page(issue: Issue, order: int) -> str:
    """The issue as a page in Markdown, for content/pages/: its curators may add to it."""
    lines = ["---", f"title: {msgspec.json.encode(issue.title).decode()}", f"order: {order}", "---"]
    for group in issue.groups:
        # Of the first level, which a page shows as the second: no heading in a note can stand above it.
        lines += [f"# [{_escaped(group.title)}]({group.url})", ""]
        for item in group.items:
            lines += [f"**[{_escaped(item.title)}]({item.url})**", ""]
            about = " · ".join(part for part in (item.authors, item.facts) if part)
            lines += [_escaped(about), ""] if about else []
            # Quoted, so that a fence or a heading of a note ends with the note.
            note = own_references(item.note.strip(), item.id)  # of lists that define the same names
            lines += [*(f"> {line}" for line in note.splitlines()), ""] if note else []
    return printable("\n".join(lines))


def as_message(
    issue: Issue, text: str, body: bytes, *, sender: str, recipient: str, date: str
) -> EmailMessage:
    """Both as one message (RFC 2046, multipart/alternative: the richer part last); `date` as in RFC 5322."""
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _line(issue.title)
    message["From"] = sender
    message["To"] = recipient
    message["Date"] = date
    host = urlsplit(issue.base_url).hostname or "localhost"
    message["Message-ID"] = f"<digest.{issue.name}@{host}>"
    if issue.unsubscribe:
        message["List-Unsubscribe"] = f"<{issue.unsubscribe}>"  # RFC 2369
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(body.decode(), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{issue.name}_digest")
    return message


def _shorter_and_shorter(issue: Issue) -> Iterator[MailView]:
    """First without abstracts, then with fewer papers of each list, then without notes, at last of fewer lists."""
    lists, most = len(issue.groups), max((len(group.items) for group in issue.groups), default=0)
    yield _view(issue, lists, most, abstracts=True)
    for notes in (True, False):
        for papers in _halved(most):
            yield _view(issue, lists, papers, notes=notes)
    for fewer in (*_halved(lists), 0):
        yield _view(issue, fewer, 1, notes=False)


def _view(issue: Issue, lists: int, papers: int, *, abstracts: bool = False, notes: bool = True) -> MailView:
    groups = tuple(msgspec.structs.replace(g, items=g.items[:papers]) for g in issue.groups[:lists])
    left_out = len(issue.papers) - sum(len(group.items) for group in groups)
    return MailView(issue, groups, abstracts, notes, left_out)


def _halved(number: int) -> Iterator[int]:
    """The number, half of it, and so on: 5, 2, 1."""
    while number:
        yield number
        number //= 2


def _item_as_text(item: IssueItem, base_url: str) -> str:
    about = " · ".join(part for part in (item.authors, item.facts) if part)
    parts = [fill(_line(part), _WIDTH) for part in (item.title, about) if part]
    parts.append(base_url + item.url)
    told = "\n\n".join(_wrapped(text) for text in (led(item.note, base_url), item.abstract) if text.strip())
    return "\n".join(parts) + (f"\n\n{indent(told, '  ')}" if told else "")


def _wrapped(text: str) -> str:
    paragraphs = re.split(r"\n\s*\n", text.strip())
    return "\n\n".join(
        fill(" ".join(paragraph.split()), _WIDTH - 2, break_long_words=False, break_on_hyphens=False)
        for paragraph in paragraphs
    )


def _line(text: str) -> str:
    return " ".join(printable(text).split())


def _escaped(text: str) -> str:
    """Text that Markdown shows as it is. Entities, because brackets with a backslash would be a formula."""
    return _SPECIAL.sub(lambda match: f"&#{ord(match[0])};", _line(text))


_SPECIAL = re.compile(r"[\\`*_{}\[\]()<>&$~|^!]|^[#+=:-]|(?<=^[0-9])\.|(?<=^[0-9]{2})\.|(?<=^[0-9]{4})\.")
