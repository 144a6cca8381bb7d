"""Pages as Markdown. What curators wrote in Markdown stays as it is; everything else is escaped."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sitegen.diagnostics import Outcome
from sitegen.render.characters import encode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.page import Page
    from sitegen.render.templates import Templates


def twin(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """The view (a TwinView) as CommonMark; its links lead from where the file lies."""
    del templates
    root = "../" * page.url.count("/")
    return Outcome(encode("\n\n".join(_blocks(page.view, root)) + "\n"))


def _blocks(view: Any, root: str) -> Iterator[str]:
    yield f"# {_escaped(view.title)}"
    if view.about:
        yield f"> {_escaped(view.about)}"
    if view.facts:
        yield _escaped(" · ".join(view.facts))
    for part in view.parts:
        if part.title:
            yield f"## {_escaped(part.title)}"
        if part.text:
            yield led(part.text.strip(), root)
        if part.plain:
            yield _escaped(part.plain)
        if part.items:
            yield "\n".join(_line(item, root) for item in part.items)


def _line(item: Any, root: str) -> str:
    """`- [title](url): facts`, as llms.txt has it, and the note below."""
    facts = f": {_escaped(' · '.join(item.facts))}" if item.facts else ""
    line = f"- [{_escaped(item.title)}]({_address(item.url, root)}){facts}"
    note = led(item.note.strip(), root).replace("\n", "\n  ") if item.note else ""
    return f"{line}\n\n  {note}\n" if note else line


def led(markdown: str, root: str) -> str:
    """The same text where the site's root, from which curators write links, is at `root`.

    >>> led("[Knots](collections/knots.html), [ropes](https://ropes.example/)", "../")
    '[Knots](../collections/knots.html), [ropes](https://ropes.example/)'
    """
    return _INSIDE.sub(lambda match: f"]({root}{match[1]}", markdown) if root else markdown


_INSIDE = re.compile(r"\]\((?!https?:|mailto:|[#/]|\.\./)(?=[A-Za-z0-9_])([^)\s]*)")


def _address(url: str, root: str) -> str:
    address = url if url.startswith(("http://", "https://")) else root + url
    return _UNSAFE.sub(lambda match: f"%{ord(match[0]):02X}", address)


def _escaped(text: str) -> str:
    """Text on one line, of which any Markdown makes that text again."""
    text = " ".join(text.split())
    text = _ENTITY.sub("&amp;", text).replace("<", "&lt;")  # not every dialect knows a backslash before these
    return _BEGINNING.sub(r"\1\\\2", _SPECIAL.sub(r"\\\g<0>", text))


_UNSAFE = re.compile(r"[\s()<>\\]")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_SPECIAL = re.compile(r"[\\`*_\[\]]|~(?=~)")
_BEGINNING = re.compile(r"^(\d{0,9})([.)](?=\s|$)|[#>]|[-+=~](?=[-+=~\s]|$))")
