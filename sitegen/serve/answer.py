"""From a request to an answer, without a socket: who may ask, which file is meant, what goes out.

The threats: pages of other origins that are open in the same browser (DNS rebinding, requests across sites, frames), and
paths that name something else to us than to the file system. So `Host` is checked before anything else, and a file is
served only if the build's manifest lists its path, letter by letter.
"""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

import msgspec

from sitegen.serve.state import ASSET

if TYPE_CHECKING:
    from sitegen.serve.state import State

EVENTS = "/-/events"

_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}

# Decided here, not by the machine's registry of types, so that a preview is the same everywhere.
_TYPES = {
    "html": "text/html; charset=utf-8",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "mjs": "text/javascript; charset=utf-8",
    "json": "application/json",
    "xml": "application/xml; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "bib": "application/x-bibtex; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "avif": "image/avif",
    "ico": "image/x-icon",
    "woff2": "font/woff2",
    "pdf": "application/pdf",
    "webmanifest": "application/manifest+json",
}


class Answer(msgspec.Struct, frozen=True):
    """A response, whole. `headers` include those of security."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def refusal(hosts: list[str], headers: Mapping[str, str], port: int) -> Answer | None:
    """Why this request gets nothing, or None. `hosts` are all `Host` headers, `headers` the others by lower-case name."""
    known = {f"{name}:{port}" for name in _NAMES} | (_NAMES if port == 80 else set())
    if len(hosts) != 1 or hosts[0].lower() not in known:
        return message(421, "This preview answers to localhost, 127.0.0.1 and [::1] alone.")
    if headers.get("sec-fetch-site", "none") not in {"none", "same-origin"}:
        return message(403, "Another site asked for this page. Type the address, or paste it, to see it.")
    if headers.get("origin", f"http://{hosts[0]}") != f"http://{hosts[0]}":
        return message(403, "Another origin asked for this.")
    if "content-length" in headers or "transfer-encoding" in headers:
        return message(400, "Requests to a preview have no body.")
    return None


def answer(target: str, state: State) -> Answer:
    """The answer to a GET of `target`, the request's address as it came over the line."""
    if not target.startswith("/") or target.startswith("//"):
        return message(400, "The address must begin with one '/'.")
    path = _canonical(target)
    if path is None:
        return message(400, "The address is not well formed.")
    if path.startswith("/-/"):
        return _own(path)
    if not state.files:
        return _no_site_yet(state)
    if not path.startswith(state.base):
        on_the_way = f"{path.rstrip('/')}/" in {"/", state.base}
        return _moved(state.base) if on_the_way else _not_found(state)
    wanted = path[len(state.base) :]
    if wanted.endswith("/") or not wanted:
        wanted += "index.html"
    if wanted not in state.files:
        if f"{wanted}/index.html" in state.files:
            return _moved(f"{state.base}{wanted}/")
        wanted = _newest_generation(wanted, state)
    return _file(wanted, state) or _not_found(state)


def message(status: int, text: str, headers: Mapping[str, str] | None = None) -> Answer:
    """A plain sentence."""
    kind = {"Content-Type": "text/plain; charset=utf-8"}
    return Answer(status, {**_SECURITY, **kind, **(headers or {})}, f"{text}\n".encode())


def events_headers() -> Mapping[str, str]:
    """Headers of the stream of states."""
    return {**_SECURITY, "Content-Type": "text/event-stream"}


_NAMES = {"localhost", "127.0.0.1", "[::1]"}
# What has a meaning to some file system: separators, streams (`x::$DATA`), drives, the end of a C string.
_NOT_IN_A_PATH = re.compile(r"[\\:\x00-\x1f\x7f-\x9f]")
_NOT_IN_A_TARGET = re.compile(r"%(?![0-9A-Fa-f]{2})|%2[Ff]|%5[Cc]|[^\x21-\x7e]|#")


def _canonical(target: str) -> str | None:
    """The path of an address, decoded once; None where it has more than one reading."""
    raw = target.partition("?")[0]
    if _NOT_IN_A_TARGET.search(raw):
        return None
    try:
        path = unquote_to_bytes(raw).decode("utf-8")
    except UnicodeDecodeError:
        return None
    inner = path[1:].removesuffix("/").split("/")
    if _NOT_IN_A_PATH.search(path) or (path != "/" and any(part in {"", ".", ".."} for part in inner)):
        return None
    return path


def _own(path: str) -> Answer:
    name = {"/-/reload.js": "reload.js", "/-/overlay.css": "overlay.css"}.get(path)
    if name is None:
        return message(404, "There is nothing here.")
    body = Path(__file__).with_name("client").joinpath(name).read_bytes()
    return Answer(200, {**_SECURITY, "Content-Type": _type(name)}, body)


def _newest_generation(path: str, state: State) -> str:
    """Assets stand below a folder named after their content; a page of the last build may still ask for that one's."""
    asked = ASSET.fullmatch(path)
    if asked is None:
        return path
    return next(
        (p for p in state.files if (found := ASSET.fullmatch(p)) and found[1] == asked[1]),
        path,
    )


def _file(path: str, state: State, status: int = 200) -> Answer | None:
    """The file, if the manifest lists it and it lies, links resolved, inside the output."""
    if path not in state.files:
        return None
    try:
        root = state.root.resolve(strict=True)
        real = (root / path).resolve(strict=True)
        if not (real.is_relative_to(root) and real.is_file()):
            return None
        body = real.read_bytes()
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        return None
    if path.endswith(".html"):
        body = _with_client(body, state)
    return Answer(status, {**_SECURITY, "Content-Type": _type(path)}, body)


def _not_found(state: State) -> Answer:
    return _file("404.html", state, 404) or message(404, "There is no such page.")


def _moved(path: str) -> Answer:
    return message(302, "The page is elsewhere.", {"Location": quote(path)})


def _no_site_yet(state: State) -> Answer:
    """A page in place of the first site: it waits, with the problems, until there is one."""
    items = "".join(
        f"<li><p>{html.escape(problem.headline)}</p><pre>{html.escape(problem.excerpt)}</pre>"
        f"<p>{html.escape(problem.hint)}</p></li>"
        for problem in state.problems
    )
    page = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built yet</title>'
        '<link rel="stylesheet" href="/-/overlay.css">'
        "<body><main><h1>The site cannot be built yet</h1>"
        f"<p>This page becomes the site as soon as the problems are mended.</p><ol>{items}</ol></main></body></html>"
    )
    headers = {**_SECURITY, "Content-Type": _TYPES["html"], "Retry-After": "1"}
    return Answer(503, headers, _with_client(page.encode(), state))


_IN_ASSET_FOLDER = re.compile(rb"assets/[0-9a-f]+/")


def _with_client(page: bytes, state: State) -> bytes:
    """The page with our script before the end of its body. `data-page` names all that a change of needs a reload."""
    # The folder of the assets is named after all of them: a change of a style sheet alone must not look like one of the page.
    plain = _IN_ASSET_FOLDER.sub(b"assets/", page) + state.scripts.encode()
    mark = hashlib.blake2b(plain, digest_size=8).hexdigest()
    script = f'<script src="/-/reload.js" data-page="{mark}" data-version="{state.version}" defer></script>'
    at = page.rfind(b"</body>")
    return page + script.encode() if at < 0 else page[:at] + script.encode() + page[at:]


def _type(path: str) -> str:
    return _TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")
