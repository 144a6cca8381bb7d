"""What the preview itself serves, below `/_sitegen/`: scripts and sheets for its pages, and actions that they ask for.

This is the one place where something can be added to a preview. An `Extension` brings

* `files`: what `GET /_sitegen/<name>` answers, and, for as long as a browser likes to keep it, `GET /_sitegen/<digest>/<name>`,
  where the digest is that of all of them;
* `modules`: which of them every page loads, as ES modules, in this order, after the preview's own. They are named in pages
  as these go out, and never stand on disk;
* `actions`: what `POST /_sitegen/<name>` does. An action gets the JSON object that was sent and returns an Answer
  (`answer.value`, `answer.message`); it says in words what it refuses, with a status of its own;
* `heard`: is called with the Report of every build, published or not, before pages learn of it.

A script posts through `import { post } from "./post.js"`, or "../post.js" from a folder: `await post("name", {…})` is the fetch's
Response. What it gives to `hold`, a promise, is settled before the page is loaded anew. Scripts import one another from where
they are themselves: a browser has those of the digest at hand, and under another address `post.js` would be another module.

Before an action sees a byte, `denied` has checked: the host and the origin (access.py; the origin must be named here), that
the request comes from this machine, the token of this run, the type and the length of the body. Browsers tell the token to
nobody but fetches of our own pages (`GET /_sitegen/token`); it is no part of a page, so that a saved or copied page holds none.
GET never writes.

The limit of this: it keeps out what other sites do in the same browser, and other machines. Another program of this machine,
of whatever account, can send the headers that a browser would, and is told the token; so are scripts in the site's own pages.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.build import Report
from sitegen.serve.answer import Answer, file, message, value

if TYPE_CHECKING:
    from sitegen.serve.access import Request

PREFIX = "/_sitegen/"
EVENTS = f"{PREFIX}events"
TOKEN_HEADER = "X-Sitegen-Token"  # noqa: S105 - the name of a header
LARGEST_BODY = 1_000_000  # bytes

Action = Callable[[Mapping[str, Any]], Answer]


class Extension(msgspec.Struct, frozen=True, kw_only=True):
    """A part of the preview; see above."""

    files: Mapping[str, Path] = {}
    modules: tuple[str, ...] = ()
    actions: Mapping[str, Action] = {}
    heard: Callable[[Report], None] | None = None


class Own(msgspec.Struct, frozen=True, kw_only=True, dict=True):  # dict: where cached properties are kept
    """Everything below `/_sitegen/` in one run of a preview."""

    files: Mapping[str, Path]
    modules: tuple[str, ...]
    actions: Mapping[str, Action] = {}
    token: str

    @cached_property
    def digest(self) -> str:
        """Names what pages load of ours: another one, after an upgrade, is a reason to load a page anew."""
        found = hashlib.blake2b("\n".join(self.modules).encode(), digest_size=8)
        for name in sorted(self.contents):
            found.update(name.encode() + self.contents[name])
        return found.hexdigest()

    @cached_property
    def contents(self) -> Mapping[str, bytes]:
        """The files, read once, so that the digest is theirs."""
        return {name: path.read_bytes() for name, path in self.files.items()}


def own(extensions: Sequence[Extension] = ()) -> Own:
    """The preview's own parts and those of `extensions`, with a new token."""
    client = Path(__file__).with_name("client")
    files = {path.name: path for path in sorted(client.iterdir()) if path.suffix in {".js", ".css"}}
    modules: tuple[str, ...] = ("preview.js",)
    actions: dict[str, Action] = {}
    for extension in extensions:
        taken = (files.keys() | actions.keys()) & (extension.files.keys() | extension.actions.keys())
        assert not taken, taken
        assert set(extension.modules) <= extension.files.keys(), extension.modules
        files |= extension.files
        actions |= extension.actions
        modules += extension.modules
    return Own(files=files, modules=modules, actions=actions, token=secrets.token_urlsafe(32))


def given(request: Request, ours: Own) -> Answer:
    """The answer to a GET below PREFIX."""
    name = request.target.partition("?")[0].removeprefix(PREFIX)
    if name == "token":
        return _token(request, ours)
    if name in ours.actions:
        return _not_allowed("POST")
    lasting = name.startswith(f"{ours.digest}/")
    name = name.removeprefix(f"{ours.digest}/")
    if name not in ours.contents:
        return message(404, "There is nothing here.")
    return file(name, ours.contents[name], lasting=lasting)


def denied(request: Request, ours: Own) -> Answer | None:
    """Why nothing else than GET and HEAD is done, before a byte of its body is read; or None, and `act` may follow."""
    name = _action(request)
    if name not in ours.actions:
        known = not request.target.startswith(PREFIX) or name in ours.files or name in {"token", "events"}
        return _not_allowed("GET, HEAD") if known else message(404, "There is no such action.")
    if request.method != "POST":
        return _not_allowed("POST")
    if not request.local:
        return message(
            403, "Changes are made on the machine that the preview runs on, and from nowhere else."
        )
    if "origin" not in request.headers:  # that it is ours is known (access.py)
        return message(403, "Changes are asked for by pages of the preview alone: there is no Origin.")
    token = request.headers.get(TOKEN_HEADER.lower(), "")
    if not hmac.compare_digest(token.encode(), ours.token.encode()):
        return message(403, f"{TOKEN_HEADER} is not the one of this run. Load the page anew.")
    kind, _, more = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() != "application/json" or more.strip() not in {"", "charset=utf-8"}:
        return message(415, "The body must be JSON, and Content-Type must say so.")
    length = request.headers.get("content-length")
    if "transfer-encoding" in request.headers or length is None:
        return message(411, "Content-Length must say how long the body is.")
    if not re.fullmatch(r"[0-9]{1,18}", length):
        return message(400, "Content-Length is no number.")
    if int(length) > LARGEST_BODY:
        return message(
            413, f"That is longer than {LARGEST_BODY:,} bytes, the most that the preview takes at once."
        )
    return None


def act(request: Request, body: bytes, ours: Own) -> Answer:
    """Do what a request asks for that `denied` lets pass."""
    try:
        said = msgspec.json.decode(body, type=dict[str, Any])
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return message(400, "The body is no JSON object.")
    return ours.actions[_action(request)](said)


def _token(request: Request, ours: Own) -> Answer:
    # A navigation or an element sends something else, or nothing. A program can send whatever it likes.
    wanted = {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty"}
    if not request.local or any(request.headers.get(name) != text for name, text in wanted.items()):
        return message(403, "The token is for scripts of the preview's own pages.")
    return value({"token": ours.token})


def _action(request: Request) -> str:
    return request.target.removeprefix(PREFIX) if request.target.startswith(PREFIX) else ""


def _not_allowed(allowed: str) -> Answer:
    return message(
        405,
        f"Only {allowed.replace(', ', ' and ')} work{'' if ',' in allowed else 's'} here.",
        {"Allow": allowed},
    )
