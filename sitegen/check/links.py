"""Links of the written pages that lead nowhere: to a file that the site lacks, or to a fragment that its page lacks.

A page that passes:  `<a href="../tags/llm.html#related">` where `tags/llm.html` has `<h2 id="related">`.
A page that fails:   `<a href="../tag/llm.html">`, or the first link where no element of the page has that id.
"""

from __future__ import annotations

import html
import posixpath
import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec

from sitegen.diagnostics import Diagnostic, Span, did_you_mean, error
from sitegen.text.nearest import Nearest

if TYPE_CHECKING:
    from collections.abc import Mapping


class _Place(msgspec.Struct):
    """Where a target is first linked from, and how often."""

    page: str
    link: str
    offset: int
    times: int = 0


def broken_links(files: Mapping[str, bytes], base_url: str = "") -> tuple[Diagnostic, ...]:
    """One error per target that is missing, at the first page (by path) that links to it.

    `files` are all files of the site, by path. With `base_url`, addresses that begin with it are internal too.
    Links to other hosts are not looked at.
    """
    ids: dict[str, frozenset[str]] = {}
    first: dict[tuple[str, str], _Place] = {}  # by (path, fragment)
    for page in sorted(path for path in files if path.endswith(".html")):
        text = files[page].decode("utf-8", "replace")
        folder = posixpath.dirname(page)
        found: set[str] = set()
        for tag in _TAG.finditer(text):
            names, links = _attributes(tag[1] or tag[0])
            found.update(names)
            for link in links:
                target = _target(link, folder, base_url)
                if target is None:
                    continue
                if target[0] == _HERE:
                    target = (page, target[1])
                place = first.get(target)
                if place is None:
                    place = first[target] = _Place(page, link, tag.start())
                place.times += 1
        ids[page] = frozenset(found)

    near = Nearest(files)
    problems = []
    for (path, fragment), place in first.items():
        if path not in files:
            lacks, hint = f"{path or 'a place above the site'}, which is not there", near.hint(path)
        elif fragment and path in ids and fragment not in ids[path]:
            lacks, hint = f"{path}, which has no '#{fragment}'", did_you_mean(fragment, sorted(ids[path]))
        else:
            continue
        often = f"; {place.times} links do" if place.times > 1 else ""
        where = _span(place, files[place.page].decode("utf-8", "replace"))
        problems.append(error("broken-link", f"'{place.link}' leads to {lacks}{often}", where, hint))
    return tuple(sorted(problems, key=lambda problem: (problem.where, problem.message)))


# A comment, a script or style up to its end (its opening tag in group 1), or a tag. Possessive: linear on any text.
_OPENING = r"<[a-z](?:[^>\"']++|\"[^\"]*+\"|'[^']*+')*+>"
_TAG = re.compile(
    rf"<!--.*?-->|(?=<(?:script|style)\b)({_OPENING}).*?</(?:script|style)|{_OPENING}",
    re.DOTALL | re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"\s([^\s\"'>/=]++)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
_LINKING = {"href", "src", "action", "poster", "data"}
_REFRESH = re.compile(r"\s*\d+\s*[;,]\s*url\s*=\s*(.+)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_HERE = "."  # the page itself, whichever it is: no file is called so


@lru_cache(maxsize=100_000)
def _attributes(tag: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The ids of an opening tag (none or one), and its links. Pages share most of their tags: hence the cache."""
    names: list[str] = []
    links: list[str] = []
    for match in () if tag.startswith("<!--") else _ATTRIBUTE.finditer(tag):
        name = match[1].lower()
        value = html.unescape(match[2] or match[3] or match[4] or "").strip()
        if name == "id":
            names.append(value)
        elif name == "srcset":
            links += [candidate.split()[0] for candidate in value.split(",") if candidate.strip()]
        elif name == "content":
            redirect = _REFRESH.fullmatch(value) if "refresh" in tag.lower() else None
            links += [redirect[1].strip("\"' ")] if redirect else []
        elif name in _LINKING:
            links.append(value)
    return tuple(names), tuple(links)


@lru_cache(maxsize=100_000)
def _target(link: str, folder: str, base_url: str) -> tuple[str, str] | None:
    """The (file, fragment) that a link in a page of `folder` leads to; None where it leaves the site.

    The file is "" above the root of the site.
    """
    base_path = urlsplit(base_url).path or "/"
    if base_url and link.startswith(base_url):
        link = base_path + link[len(base_url) :]
    if _SCHEME.match(link) or link.startswith("//"):
        return None
    address, _, fragment = link.partition("#")
    fragment = unquote(fragment.partition(":~:")[0])  # `#:~:text=` marks words and names no element
    path = unquote(address.partition("?")[0])
    fragment = "" if fragment == "top" else fragment
    if not path:
        return _HERE, fragment
    if path.startswith("/"):
        if not f"{path}/".startswith(base_path):
            return "", fragment
        path, folder = path[len(base_path) :], ""
    joined = posixpath.normpath(posixpath.join(folder, path or "."))
    if joined.startswith(".."):
        return "", fragment
    is_folder = path.endswith(("/", "/.", "/..")) or path in {"", ".", ".."}
    return posixpath.join("" if joined == "." else joined, "index.html" if is_folder else "").rstrip(
        "/"
    ), fragment


def _span(place: _Place, text: str) -> Span:
    line_start = text.rfind("\n", 0, place.offset) + 1
    return Span(place.page, text.count("\n", 0, place.offset) + 1, place.offset - line_start + 1)
