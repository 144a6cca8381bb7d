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

import msgspec

from sitegen.serve.answer import Answer, file, message, page
from sitegen.serve.own import PREFIX, given

if TYPE_CHECKING:
    from sitegen.serve.access import Request
    from sitegen.serve.own import Own
    from sitegen.serve.state import Problem, State


NOT_FOUND = "404.html"


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
    on_the_way = f"{path.rstrip('/')}/" in {"/", state.base}
    if on_the_way and not path.startswith(state.base):
        return _moved(state.base)
    wanted = file_of(path, state)
    if state.has(f"{wanted}/index.html"):
        return _moved(f"{state.base}{wanted}/")
    lasting = path == f"{state.base}{wanted}" and _NAMES_ITS_CONTENT.match(wanted) is not None
    return _file(wanted, state, ours, lasting=lasting) or _not_found(state, ours)


def file_of(path: str, state: State) -> str:
    """The path in the site that an address's path (decoded) means; "" where it is not below the site's base."""
    if not path.startswith(state.base):
        return ""
    wanted = path[len(state.base) :]
    return f"{wanted}index.html" if wanted.endswith("/") or not wanted else state.asset(wanted)


def event(state: State, ours: Own, path: str) -> bytes:
    """The state as one server-sent event for a page at `path`. `page` differs from the page's own: it is to be loaded anew.

    https://html.spec.whatwg.org/multipage/server-sent-events.html
    """
    told = {
        "page": _mark(_shown(path, state), state, ours),
        "styles": state.styles,
        "underWay": state.under_way,
        "more": state.more,
        "problems": [
            {
                "place": problem.place,
                "text": problem.text,
                "excerpt": problem.excerpt,
                "hint": problem.hint,
                "link": problem.link,
                "opens": problem.file is not None and "open" in ours.actions,
            }
            for problem in state.problems
        ],
    }
    return b"event: state\ndata: " + msgspec.json.encode(told) + b"\n\n"


def is_another(path: str, before: State, now: State) -> bool:
    """Whether a page at `path` that was loaded in the state `before` is loaded anew `now`."""
    return _essence(_shown(path, before), before) != _essence(_shown(path, now), now)


def viewed(target: str) -> str | None:
    """The path of the page that asks for events, by its address `/_sitegen/events?page=<path>`; None where that is none."""
    key, _, page_target = target.partition("?")[2].partition("=")
    path = unquote_to_bytes(page_target).decode("ascii", "replace")
    return canonical(path) if key == "page" and path.startswith("/") and len(path) < _LONGEST else None


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


_LONGEST = 2000  # characters of an address
# What has a meaning to some file system: separators, streams (`x::$DATA`), drives, the end of a C string.
_NOT_IN_A_PATH = re.compile(r"[\\:\x00-\x1f\x7f-\x9f]")
_NOT_IN_A_TARGET = re.compile(r"%(?![0-9A-Fa-f]{2})|%2[Ff]|%5[Cc]|[^\x21-\x7e]|#")


_NAMES_ITS_CONTENT = re.compile(r"assets/[0-9a-f]{12}/")
_TO_LASTING_ASSETS = re.compile(_NAMES_ITS_CONTENT.pattern.encode())


def _file(path: str, state: State, ours: Own, *, status: int = 200, lasting: bool = False) -> Answer | None:
    body = _body(path, state)
    if body is None:
        return None
    if path.endswith(".html"):
        return page(_with_modules(body, state, ours), status=status, forms=state.forms)
    return file(path, body, lasting=lasting)


def _body(path: str, state: State) -> bytes | None:
    """The file, if it is drawn already, or the manifest lists it and it lies, links resolved, inside the output."""
    if path in state.fresh:
        return state.fresh[path]
    if path not in state.files:
        return None
    try:
        root = state.root.resolve(strict=True)
        real = (root / path).resolve(strict=True)
        return real.read_bytes() if real.is_relative_to(root) and real.is_file() else None
    except (OSError, RuntimeError):  # RuntimeError: a link that leads to itself
        return None


def _shown(path: str, state: State) -> bytes:
    """What an address's path leads to, or what says that there is nothing."""
    if not state.files:
        return _waiting(state)
    return _body(file_of(path, state), state) or _body(NOT_FOUND, state) or b""


def _not_found(state: State, ours: Own) -> Answer:
    return _file(NOT_FOUND, state, ours, status=404) or message(404, "There is no such page.")


def _moved(path: str) -> Answer:
    return message(302, "The page is elsewhere.", {"Location": quote(path)})


def _no_site_yet(state: State, ours: Own) -> Answer:
    body = _with_modules(_waiting(state), state, ours)
    return page(body, status=503, headers={"Retry-After": "1"})


def _waiting(state: State) -> bytes:
    """A page in place of the first site: it waits, with the problems, until there is one."""
    items = "".join(map(_item, state.problems))
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8"><title>Not built yet</title>'
        '<meta name="viewport" content="width=device-width">'
        f'<link rel="stylesheet" href="{PREFIX}overlay.css">'
        '<body><main class="sitegen-waits"><h1>The site cannot be built yet</h1>'
        f"<p>This page becomes the site as soon as the problems are mended.</p><ol>{items}</ol></main></body></html>"
    ).encode()


def _item(problem: Problem) -> str:
    place, text, excerpt, hint, link = map(
        html.escape, (problem.place, problem.text, problem.excerpt, problem.hint, problem.link)
    )
    place = f'<a href="{link}">{place}</a>' if link else place
    return f'<li><p>{place}: {text}</p><pre>{excerpt}</pre><p class="hint">{hint}</p></li>'


_IN_ASSET_FOLDER = re.compile(rb"assets/[0-9a-f]+/")


def _mark(body: bytes, state: State, ours: Own) -> str:
    """Names all that a change of is a reason to load the page anew."""
    return hashlib.blake2b(_essence(body, state) + ours.digest.encode(), digest_size=8).hexdigest()


def _essence(body: bytes, state: State) -> bytes:
    # The folder of the assets is named after all of them: a change of a style sheet alone must not look like one of the page.
    return _IN_ASSET_FOLDER.sub(b"assets/", body) + state.scripts.encode()


def _with_modules(body: bytes, state: State, ours: Own) -> bytes:
    """The page with our scripts at the end of its head, and what names its present form.

    Nothing is painted before the first of them ran, after the page's own: so a page that is loaded anew is styled and laid
    out once, and not as far as it has come, once more when it is there, and again when its scripts are done with it.

    A page of the last build leads to the assets of this one: a browser that has kept the former would not ask for them.
    """
    first, *more = ours.modules
    marks = f'data-page="{_mark(body, state, ours)}" data-styles="{state.styles}"'
    home = f"{PREFIX}{ours.digest}/"
    scripts = f'<script type="module" blocking="render" src="{home}{first}" {marks}></script>'
    scripts += "".join(f'<script type="module" src="{home}{name}"></script>' for name in more)
    if state.assets:
        body = _TO_LASTING_ASSETS.sub(state.assets.encode(), body)
    at = _end_of_head(body)
    at = body.rfind(b"</body>") if at < 0 else at
    return body + scripts.encode() if at < 0 else body[:at] + scripts.encode() + body[at:]


def _end_of_head(body: bytes) -> int:
    """Where the head ends, or -1: also where that may be a text in a script or in a comment."""
    at = body.find(b"</head>")
    inside = any(body.rfind(start, 0, at) > body.rfind(end, 0, at) for start, end in _NO_MARKUP)
    return -1 if inside else at


_NO_MARKUP = ((b"<script", b"</script"), (b"<style", b"</style"), (b"<!--", b"-->"))
