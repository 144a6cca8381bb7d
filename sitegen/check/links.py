"""Links of the written pages that lead nowhere: to a file that the site lacks, or to a fragment that its page lacks.

A page that passes:  `<a href="../tags/llm.html#related">` where `tags/llm.html` has `<h2 id="related">`.
A page that fails:   `<a href="../tag/llm.html">`, or the first link where no element of the page has that id.
"""

from __future__ import annotations

import html
import posixpath
import re
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

import msgspec

from sitegen.diagnostics import Diagnostic, Span, error
from sitegen.text.nearest import Nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.model.source import SourceFile


class _Place(msgspec.Struct):
    """Where a target is first linked from, and how many pages link to it."""

    page: str
    link: str
    offset: int
    pages: int = 1
    last: str = ""  # of those pages


def broken_links(
    files: Mapping[str, bytes], base_url: str = "", sources: Mapping[str, SourceFile] | None = None
) -> tuple[Diagnostic, ...]:
    """An error for every place in `sources` that holds a link to what is missing.

    A target that no source names, such as one that a template puts together, is one error at the first page (by path)
    that links to it.

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
                    first[target] = _Place(page, link, tag.start(), last=page)
                elif place.last != page:
                    place.pages, place.last = place.pages + 1, page
        ids[page] = frozenset(found)

    # People link to pages; what stands beside a page under its name is not what they meant.
    near = Nearest(path for path in files if not path.endswith((".bib", ".xml")))
    broken = []
    for (path, fragment), place in first.items():
        if path not in files:
            lacks, hint = f"{path or 'a place above the site'}, which is not there", _hint(path, near)
        elif fragment and path in ids and fragment not in ids[path]:
            lacks, hint = f"{path}, which has no '#{fragment}'", _hint(fragment, Nearest(sorted(ids[path])))
        else:
            continue
        often = f"; {place.pages} pages have this link" if place.pages > 1 else ""
        written = (f"{path}#{fragment}" if fragment else path, _CLIMB.sub("", place.link))
        broken.append((place, written, f"{lacks}{often}", hint))

    texts = _texts(sources or {}) if broken else {}
    problems = [
        error("broken-link", f"'{link}' leads to {lacks}", where, hint)
        for place, written, lacks, hint in broken
        for link, where in _in_sources(written, texts) or [(place.link, _in_page(place, files))]
    ]
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


_CLIMB = re.compile(r"^(?:\.{1,2}/)+")
_ALIKE = 0.8  # an address that resembles the wanted one less was not meant


def _hint(wanted: str, known: Nearest) -> str:
    near = known.to(wanted)
    one, other = wanted, near
    if posixpath.dirname(one) == posixpath.dirname(other):  # what both share says nothing
        one, other = posixpath.basename(one), posixpath.basename(other)
    suffix = posixpath.splitext(near)[1]
    one, other = one.removesuffix(suffix), other.removesuffix(suffix)
    alike = SequenceMatcher(None, one, other, autojunk=False).ratio()
    return f"did you mean '{near}'?" if near and alike >= _ALIKE else ""


def _texts(sources: Mapping[str, SourceFile]) -> dict[str, str]:
    return {
        path: sources[path].data.decode("utf-8", "replace").removeprefix("\ufeff") for path in sorted(sources)
    }


def _in_sources(links: Iterable[str], texts: Mapping[str, str]) -> list[tuple[str, Span]]:
    """Every place that holds the first of these links that any text holds, and the link as it is written there."""
    for link in filter(None, links):
        # A whole address: `x.html` stands neither in `max.html` nor in `x.html#part`.
        whole = re.compile(rf"(?<![^\s(\[{{\"'<=,])(?:\.{{0,2}}/)*{re.escape(link)}(?![^\s)\]}}\"'>?,])")
        found = [
            (match[0], _span(path, text, match.start(), len(match[0])))
            for path, text in texts.items()
            if link in text
            for match in whole.finditer(text)
        ]
        if found:
            return found
    return []


def _in_page(place: _Place, files: Mapping[str, bytes]) -> Span:
    return _span(place.page, files[place.page].decode("utf-8", "replace"), place.offset)


def _span(path: str, text: str, offset: int, width: int = 1) -> Span:
    line_start = text.rfind("\n", 0, offset) + 1
    return Span(path, text.count("\n", 0, offset) + 1, offset - line_start + 1, width)
