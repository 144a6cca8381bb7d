"""The settings `subscribe` and `mail`: where readers ask for mail, and how a digest reaches them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.model.settings import Mail, Subscribe
from sitegen.parse.kinds import Choice, Text, Whole, shortened
from sitegen.parse.shapes import Field, Given, ListOf, Made, Shape
from sitegen.text.urls import safe_url

if TYPE_CHECKING:
    from yaml import Node

    from sitegen.parse.nodes import Document


def _https(text: str, node: Node, document: Document) -> str | None:
    url = safe_url(text)
    if url is None or not _HTTPS.fullmatch(url):
        document.error(
            "bad-address", f"'{shortened(text)}' is not an https address", node, "write https://… in full"
        )
        return None
    return url


def _mailbox(text: str, node: Node, document: Document) -> str | None:
    if not _MAILBOX.fullmatch(text):
        message = f"'{shortened(text)}' is not the address of a mailbox"
        document.error(
            "bad-address", message, node, "write it like list@example.org or Ada <ada@example.org>"
        )
        return None
    return text


def _unsubscribe(text: str, node: Node, document: Document) -> str | None:
    return text if _MAILTO.fullmatch(text) else _https(text, node, document)


def _subscribe(given: Given, _: Document) -> Subscribe | None:
    return Subscribe(given["url"], given.get("field", "")) if "url" in given else None


def _mail(given: Given, _: Document) -> Mail:
    return Mail(**{("sender" if name == "from" else name): value for name, value in given.items()})


_ADDRESS = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*"
_MAILBOX = re.compile(rf"{_ADDRESS}|[^<>@\",;:\x00-\x1f]+ <{_ADDRESS}>")
_MAILTO = re.compile(rf"mailto:{_ADDRESS}(?:\?subject=[A-Za-z0-9%._-]+)?")
# What may stand in a policy and in a header: no blanks, quotes, commas, semicolons or angles.
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:[/?][A-Za-z0-9._~:/?@!$&'()*+=%-]*)?")

SUBSCRIBE = Shape(
    "subscribe",
    "Where readers ask for mail.",
    (
        Field(
            "url",
            Made(Text(), _https, {"pattern": "^https://"}),
            "The page or the form of your provider, an https address.",
            required=True,
        ),
        Field(
            "field",
            Text(),
            "How the provider's form calls the address, such as email. With it, the site shows a form.",
        ),
    ),
    _subscribe,
    example="{url: https://…}",
)
MAIL = Shape(
    "mail",
    "Who the digest is from and goes to, and the server that it is handed to.",
    (
        Field("from", Made(Text(), _mailbox), "Who the digest is from: Ada <ada@example.org>."),
        Field("to", ListOf(Made(Text(), _mailbox)), "Who gets it, each a mail of their own."),
        Field("host", Text(), "The mail server. Default: localhost."),
        Field(
            "port",
            Whole(1, 65535),
            "Its port. Default: 587 for starttls, 465 for tls, 25 for none.",
        ),
        Field(
            "tls",
            Choice(("starttls", "tls", "none")),
            "How the way is encrypted. Default: starttls.",
        ),
        Field("user", Text(), "Who logs in; the password is read from SITEGEN_SMTP_PASSWORD."),
        Field(
            "unsubscribe",
            Made(Text(), _unsubscribe),
            "Where readers leave, an https or mailto address.",
        ),
    ),
    _mail,
    example="{from: …, to: […], host: …}",
)
