"""The form of every answer: a status, the headers of security, a body."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_LASTING = {"Cache-Control": "private, max-age=31536000, immutable"}
_FOR_PAGES = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'{forms}; base-uri 'none'; frame-ancestors 'none'"
)
_FOR_ALL_ELSE = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'"

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


def page(
    body: bytes, *, status: int = 200, forms: str = "", headers: Mapping[str, str] | None = None
) -> Answer:
    """A page of HTML. `forms`: the one origin beside ours that it may send forms to, or ""."""
    # An origin ends where a policy's next word or directive would begin.
    allowed = f" {forms}" if re.fullmatch(r"https?://[^\s;,'\"]+", forms) else ""
    policy = {"Content-Security-Policy": _FOR_PAGES.format(forms=allowed), "Content-Type": _TYPES["html"]}
    return Answer(status, {**_ALWAYS, **policy, **(headers or {})}, body)


def file(name: str, body: bytes, *, lasting: bool = False) -> Answer:
    """Anything that is not a page. Opened by itself, it may load and run nothing.

    `lasting`: its address names its content, so a page that is loaded anew need not ask for it again.
    """
    headers = _plain(_TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream"))
    return Answer(200, headers | _LASTING if lasting else headers, body)


def message(status: int, text: str, headers: Mapping[str, str] | None = None) -> Answer:
    """A plain sentence."""
    return Answer(status, {**_plain(_TYPES["txt"]), **(headers or {})}, f"{text}\n".encode())


def value(of: object, *, status: int = 200) -> Answer:
    """A value as JSON."""
    return Answer(status, _plain(_TYPES["json"]), msgspec.json.encode(of))


def events_headers() -> Mapping[str, str]:
    """Headers of the stream of states."""
    return _plain("text/event-stream")


def _plain(kind: str) -> dict[str, str]:
    return {**_ALWAYS, "Content-Security-Policy": _FOR_ALL_ELSE, "Content-Type": kind}
