"""Which templates a template may draw in, read off its source: never too few, sometimes too many."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CARD = "partials/card.html"


def dependencies(sources: Mapping[str, str]) -> Mapping[str, frozenset[str]]:
    """Every template → itself and the templates that it may extend, include, import or call, and so may these.

    A name that stands in quotes anywhere in the source counts. A source that computes a name may draw in any.

    >>> sources = {"a.html": '{% extends "b.html" %}', "b.html": "{{ shared('c.html') }}", "c.html": "", "d.html": ""}
    >>> sorted(dependencies(sources)["a.html"])
    ['a.html', 'b.html', 'c.html']
    """
    named = {name: _named(name, source, sources) for name, source in sources.items()}
    found = {}
    for name in sources:
        reached, new = {name}, {name}
        while new:
            new = set().union(*(named[each] for each in new)) - reached
            reached |= new
        found[name] = frozenset(reached)
    return found


def _named(name: str, source: str, sources: Mapping[str, str]) -> set[str]:
    drawn = (_PLAIN.match(source, found.end()) for found in _DRAWN.finditer(source))
    shared = (
        _CALLED.match(source, found.end()) or _FILTERED.search(source[: found.start()])
        for found in _SHARED.finditer(source)
    )
    if not all(drawn) or not all(shared):
        return set(sources)
    named = {one or other for one, other in _QUOTED.findall(source)} & sources.keys()
    if _CARD.search(source):
        named |= {CARD} & sources.keys()
    return named - {name}


_DRAWN = re.compile(r"\{%[-+]?\s*(?:extends|include|import|from)\b")
_NAME = r"""(?:"[^"\\]*"|'[^'\\]*')\s*"""
_PLAIN = re.compile(
    rf"\s*{_NAME}(?:[-+]?%\}}|ignore\b|with\b|without\b|import\b|as\b)"
)  # a name, and no more
_SHARED = re.compile(r"(?<![.\w])shared\b")
_CALLED = re.compile(rf"\s*\(\s*{_NAME}[,)]")
_FILTERED = re.compile(rf"{_NAME}\|\s*$")
_QUOTED = re.compile(r"\"([^\"\\]*)\"|'([^'\\]*)'")
_CARD = re.compile(r"(?<![.\w])card\b")
