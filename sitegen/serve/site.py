"""From an address to the file of the site that it means, with our scripts in it.

The threat is a path that names something else to us than to the file system. So an address is read once, refused where it has
more than one reading, and a file is served only if the build's manifest lists its path, letter by letter.
"""

from __future__ import annotations

import hashlib
import html
import re
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote_to_bytes

from sitegen.serve.answer import Answer, file, message, page
from sitegen.serve.own import PREFIX, given
from sitegen.serve.state import ASSET

if TYPE_CHECKING:
    from sitegen.serve.access import Request
    from sitegen.serve.own import Own
    from sitegen.serve.state import State


def answer(request: Request, state: State, ours: Own) -> Answer:
    """The answer to a GET."""
    target = request.target
    if not target.startswith("/") or target.startswith("//"):
        return message(400, "The address must begin with one '/'.")
    path = canonical(target)
    if path is None:
        return message(400, "The address is not well formed.")
    if path.startswith(PREFIX):
        return given(request, ours)
    if not state.files:
        return _no_site_yet(state, ours)
    if not path.startswith(state.base):
        on_the_way = f"{path.rstrip('/')}/" in {"/", state.base}
        return _moved(state.base) if on_the_way else _not_found(state, ours)
    wanted = path[len(state.base) :]
    if wanted.endswith("/") or not wanted:
        wanted += "index.html"
    if wanted not in state.files:
        if f"{wanted}/index.html" in state.files:
            return _moved(f"{state.base}{wanted}/")
        wanted = _newest_generation(wanted, state)
    return _file(wanted, state, ours) or _not_found(state, ours)


def canonical(target: str) -> str | None:
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


# What has a meaning to some file system: separators, streams (`x::$DATA`), drives, the end of a C string.
_NOT_IN_A_PATH = re.compile(r"[\\:\x00-\x1f\x7f-\x9f]")
_NOT_IN_A_TARGET = re.compile(r"%(?![0-9A-Fa-f]{2})|%2[Ff]|%5[Cc]|[^\x21-\x7e]|#")


def _newest_generation(path: str, state: State) -> str:
    """Assets stand below a folder named after their content; a page of the last build may still ask for that one's."""
    asked = ASSET.fullmatch(path)
    if asked is None:
        return path
    return next(
        (p for p in state.files if (found := ASSET.fullmatch(p)) and found[1] == asked[1]),
        path,
    )


def _file(path: str, state: State, ours: Own, status: int = 200) -> Answer | None:
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
        return page(_with_modules(body, state, ours), status=status, forms=state.forms)
    return file(path, body)


def _not_found(state: State, ours: Own) -> Answer:
    return _file("404.html", state, ours, 404) or message(404, "There is no such page.")


def _moved(path: str) -> Answer:
    return message(302, "The page is elsewhere.", {"Location": quote(path)})


def _no_site_yet(state: State, ours: Own) -> Answer:
    """A page in place of the first site: it waits, with the problems, until there is one."""
    items = "".join(
        f"<li><p>{html.escape(problem.headline)}</p><pre>{html.escape(problem.excerpt)}</pre>"
        f"<p>{html.escape(problem.hint)}</p></li>"
        for problem in state.problems
    )
    body = (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built yet</title>'
        f'<link rel="stylesheet" href="{PREFIX}overlay.css">'
        "<body><main><h1>The site cannot be built yet</h1>"
        f"<p>This page becomes the site as soon as the problems are mended.</p><ol>{items}</ol></main></body></html>"
    )
    return page(_with_modules(body.encode(), state, ours), status=503, headers={"Retry-After": "1"})


_IN_ASSET_FOLDER = re.compile(rb"assets/[0-9a-f]+/")


def _with_modules(body: bytes, state: State, ours: Own) -> bytes:
    """The page with our scripts before the end of its body. `data-page` names all that a change of needs a reload."""
    # The folder of the assets is named after all of them: a change of a style sheet alone must not look like one of the page.
    plain = _IN_ASSET_FOLDER.sub(b"assets/", body) + f"{state.scripts}{ours.digest}".encode()
    mark = hashlib.blake2b(plain, digest_size=8).hexdigest()
    first, *more = ours.modules
    scripts = f'<script type="module" src="{PREFIX}{first}" data-page="{mark}" data-version="{state.version}"></script>'
    scripts += "".join(f'<script type="module" src="{PREFIX}{name}"></script>' for name in more)
    at = body.rfind(b"</body>")
    return body + scripts.encode() if at < 0 else body[:at] + scripts.encode() + body[at:]
