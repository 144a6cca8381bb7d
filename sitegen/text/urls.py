"""Web addresses: which may become links, where they stand in a text, and what they lead to."""

from __future__ import annotations

import re

from sitegen.model.record import Link, LinkKind

LONGEST = 2000  # characters; what browsers and proxies take without complaint


def safe_url(text: str) -> str | None:
    """The address without surrounding blanks if it may become a link, else None.

    Safe is http(s) with a host; without blanks, controls or invisible characters anywhere (browsers drop them:
    `j avascript:`), without credentials, backslashes, quotes or angle brackets; at most 2,000 characters.

    >>> safe_url(" https://example.org/a?b=c ")
    'https://example.org/a?b=c'
    >>> [safe_url(u) for u in ("j avascript:alert(1)", "//evil.example", "https://user:pw@example.org/", "https://a b/")]
    [None, None, None, None]
    """
    text = text.strip()
    if len(text) > LONGEST or _SAFE.fullmatch(text) is None or not text.isprintable():
        return None
    return text


def urls_in(text: str) -> tuple[str, ...]:
    r"""The safe addresses that stand in running text, each once, in order.

    A final full stop, comma or bracket belongs to the sentence; `\url{…}`, `https://x/{https://x/}` and Markdown's
    `[x](…)` are undone; `www.` and `github.com/` without a scheme are taken for https.

    >>> urls_in("Code: https://github.com/a/b. See (www.example.org/x), too.")
    ('https://github.com/a/b', 'https://www.example.org/x')
    """
    if "://" not in text and "www." not in text and "github.com/" not in text:
        return ()
    found: dict[str, str] = {}
    for match in _IN_TEXT.finditer(text):
        url = _trim(match[0])
        if url[:4].lower() != "http":
            url = "https://" + url
        safe = safe_url(url)
        if safe:
            found.setdefault(url_key(safe), safe)
    return tuple(found.values())


def link(url: str) -> Link:
    """The link to a safe address, its kind told from host and path: `github.com/…` is code, `….github.io` a project."""
    match = _PARTS.match(url)
    assert match, url
    host, path = match["host"].lower(), match["path"]
    return Link(_kind(host, path), url)


def mentioned(text: str) -> tuple[Link, ...]:
    """What a text leads to. A page or a PDF in it may be another work's, so it never becomes this work's own.

    >>> [link.kind for link in mentioned("As in https://arxiv.org/abs/2401.00010; code: https://github.com/a/b.")]
    ['other', 'code']
    """
    found = map(link, urls_in(text))
    return tuple(Link("other", at.url) if at.kind in {"page", "pdf"} else at for at in found)


def url_key(url: str) -> str:
    """The address as a key: without scheme, `www.`, port, fragment, tracking parameters, final `/` and `.git`.

    >>> url_key("http://www.GitHub.com/A/b.git/") == url_key("https://github.com/A/b#readme")
    True
    """
    match = _PARTS.match(url.strip())
    if match is None:
        return url.strip()
    host = match["host"].lower()
    host = _SAME_HOST.get(host, host)
    path = match["path"].partition("#")[0]
    path, _, query = path.partition("?")
    path = path.rstrip("/")
    path = path.removesuffix(".git")
    if host == "github.com":
        path = path.lower()  # GitHub's names are case-insensitive
    if query:
        query = "&".join(part for part in query.split("&") if part and not _TRACKING.match(part))
    return f"{host}{path}?{query}" if query else host + path


_SAFE = re.compile(
    r"https?://(?:\[[0-9a-f:.]+\]|[^\s\x00-\x20\"'<>\\^`{|}@:/?#\[\]%]+)(?::[0-9]{1,5})?(?:[/?#][^\s\x00-\x20\"<>\\]*)?",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(
    r"(?:https?://|(?<![\w./@-])www\.(?=\w)|(?<![\w./@-])github\.com/(?=\w))[^\s\"<>\\{}|^`“”‘’«»（），。]+",
    re.IGNORECASE,
)
_PARTS = re.compile(
    r"(?:https?:)?//(?:www\.)?(?P<host>[^/?#:]+|\[[^\]]*\])(?::(?:80|443)(?![0-9]))?(?P<path>.*)",
    re.IGNORECASE | re.DOTALL,
)
_TRACKING = re.compile(r"utm_|fbclid=|gclid=|mc_[ce]id=", re.IGNORECASE)
_SAME_HOST = {"hf.co": "huggingface.co", "dx.doi.org": "doi.org"}
_PAIRS = ((")", "("), ("]", "["))


def _trim(url: str) -> str:
    """Without the punctuation of the sentence around it; brackets that it opened itself stay."""
    end = len(url)
    surplus = {closing: url.count(closing) - url.count(opening) for closing, opening in _PAIRS}
    while end and (url[end - 1] in ".,;:!?'*~$" or surplus.get(url[end - 1], 0) > 0):
        end -= 1
        if url[end] in surplus:
            surplus[url[end]] -= 1
    url = url[:end]
    return url.partition("](")[0]


_CODE = ("github.com", "gitlab.com", "bitbucket.org", "codeberg.org", "gitee.com", "sourceforge.net")
_PROJECT = (".github.io", ".gitlab.io", ".pages.dev", ".netlify.app", ".vercel.app", "sites.google.com")
_DATA = ("zenodo.org", "kaggle.com", "figshare.com", "dataverse.harvard.edu", "datadryad.org")
_VIDEO = ("youtube.com", "youtu.be", "vimeo.com", "bilibili.com")
_DEMO = ("colab.research.google.com", ".gradio.live", ".gradio.app", ".streamlit.app", ".hf.space")
_PAGE = ("arxiv.org", "doi.org", "dx.doi.org", "aclanthology.org", "openreview.net", "semanticscholar.org")
_HUGGING_FACE: dict[str, LinkKind] = {
    "datasets": "data",
    "spaces": "demo",
    "papers": "page",
    "collections": "other",
    "docs": "other",
    "blog": "other",
}


def _kind(host: str, path: str) -> LinkKind:
    plain_path = path.partition("?")[0].partition("#")[0]
    if host in {"huggingface.co", "hf.co"}:
        first = plain_path.strip("/").partition("/")[0]
        return _HUGGING_FACE.get(first, "model") if first else "other"
    if plain_path[-4:].lower() == ".pdf" or (host == "arxiv.org" and path.startswith("/pdf/")):
        return "pdf"
    for kind, hosts in _KINDS:
        if any(
            host == name or (host.endswith(name) and (name[0] == "." or host[-len(name) - 1] == "."))
            for name in hosts
        ):
            return kind
    return "other"


_KINDS: tuple[tuple[LinkKind, tuple[str, ...]], ...] = (
    ("code", _CODE),
    ("project", _PROJECT),
    ("data", _DATA),
    ("video", _VIDEO),
    ("demo", _DEMO),
    ("page", _PAGE),
)
