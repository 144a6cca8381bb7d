"""The entries of an XML file, each parsed by itself: what is broken costs its entry, and memory holds one at a time.

Nothing before the root is ever parsed, so there are no entities that could be expanded.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from xml.etree import ElementTree as ET

from sitegen.parse.claims import shortened
from sitegen.parse.decoding import CONTROLS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sitegen.parse.claims import Claims

LARGEST = 4 << 20  # bytes of one entry, which has a few thousand


class Entry(NamedTuple):
    """An element as it stands in the file."""

    name: str  # without its prefix
    line: int  # from 1
    data: bytes


def read(
    text: bytes,
    claims: Claims,
    whole: tuple[str, ...],
    opened: tuple[str, ...] = (),
    rewrite: Callable[[bytes], bytes] = bytes,
) -> Iterator[tuple[Entry, ET.Element]]:
    """The elements named in `whole`, and those in `opened` without what is in them, in the order of the file.

    What is no XML is reported and left out. `rewrite` may change the source of an entry before it is parsed.
    """
    root = _ROOT.search(text, 0, _PROLOGUE)
    if b"<!ENTITY" in text[:_PROLOGUE]:
        claims.warn(
            1, "xml-entities", "the file was left out: it declares entities", "save it without a DOCTYPE"
        )
        return
    if root is None:
        return
    # The root's own tag around every entry declares the namespaces.
    before, after = b"<%b>" % root[0][1:-1].rstrip(b"/"), b"</%b>" % root[1]
    for entry in entries(text, whole, opened):
        if len(entry.data) > LARGEST:
            claims.warn(
                entry.line,
                "line-too-long",
                f"an entry of {len(entry.data):,} bytes was left out: {shortened(entry.data)}",
            )
            continue
        try:
            yield entry, _parsed(before + rewrite(entry.data) + after, claims)
        except ET.ParseError as problem:
            claims.warn(
                entry.line + problem.position[0] - 1 - before.count(b"\n"),
                "bad-xml",
                f"an entry was left out, it is no XML ({_reason(problem)}): {shortened(entry.data)}",
                "copy or download the file again",
            )


def entries(text: bytes, whole: tuple[str, ...], opened: tuple[str, ...] = ()) -> Iterator[Entry]:
    """The elements of these names, divided without being parsed. One that never ends goes as far as the next begins."""
    names = "|".join((*whole, *opened)).encode()
    tag = re.compile(rb"<(?:(!--)|(/)?(?:[\w.-]+:)?(" + names + rb")(?=[\s/>]))")
    line, counted = 1, 0
    name, begin = "", -1  # of the element that has begun

    def entry(end: int) -> Entry:
        nonlocal line, counted
        line += text.count(b"\n", counted, begin)
        counted = begin
        return Entry(name, line, text[begin:end])

    at, comments = 0, True
    while match := tag.search(text, at):
        at = match.end()
        comment, ends, found = match.groups()
        if comment:
            end = text.find(b"-->", at) if comments else -1
            comments = end >= 0  # the end of one that has none is not searched for again
            at = max(at, end)
        elif ends:
            if begin >= 0 and found.decode() == name:
                at = text.find(b">", at) + 1 or len(text)
                yield entry(at)
                begin = -1
        else:
            if begin >= 0:
                yield entry(match.start())
            at = text.find(b">", at) + 1 or len(text)
            name, begin = found.decode(), match.start()
            if text[at - 2 : at] == b"/>":
                yield entry(at)
                begin = -1
            elif name in opened:
                start = entry(at)
                yield start._replace(data=start.data[:-1] + b"/>")
                begin = -1
    if begin >= 0:
        yield entry(len(text))


def local(element: ET.Element) -> str:
    """The element's name without its namespace."""
    tag: str = element.tag
    return tag[tag.rfind("}") + 1 :]


def text_of(element: ET.Element) -> str:
    """All text within the element, its markup left out."""
    return "".join(element.itertext()) if len(element) else element.text or ""


_PROLOGUE = 4096  # bytes in which the root begins
_ROOT = re.compile(rb"<([A-Za-z_][\w.:-]*)(?:\s[^<>]*)?>")


def _parsed(document: bytes, claims: Claims) -> ET.Element:
    try:
        return ET.fromstring(document)[0]  # noqa: S314  a document without a DTD
    except ET.ParseError:
        mended, count = CONTROLS.subn("\N{REPLACEMENT CHARACTER}", document.decode())
        if not count:
            raise
        claims.replaced(count)
        return ET.fromstring(mended)[0]  # noqa: S314  a document without a DTD


def _reason(problem: ET.ParseError) -> str:
    """What is wrong, without a place that means nothing outside the entry."""
    return str(problem).partition(":")[0]
