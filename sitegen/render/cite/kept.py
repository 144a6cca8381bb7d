"""Citations that are wanted again: on a paper's page, in the file beside it, and in those of lists, tags and the site."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from sitegen.render.cite import apa, bibtex, csl_json, ris

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model.paper import Paper

_KEPT = 20_000  # papers: of 2 kB


class Cited:
    """A paper in every format, each written when it is first asked for."""

    def __init__(self, paper: Paper, note: str) -> None:
        self._paper, self._note = paper, note

    @cached_property
    def apa(self) -> str:
        """One line, without its end."""
        return apa.reference(self._paper)

    @cached_property
    def bibtex(self) -> str:
        """An entry."""
        return bibtex.entry(self._paper, self._note)

    @cached_property
    def ris(self) -> str:
        """A record."""
        return ris.entry(self._paper, self._note)

    @cached_property
    def csl_json(self) -> bytes:
        """An item of a file."""
        return csl_json.indented(csl_json.item(self._paper, self._note))


class Citations:
    """Papers as they are cited, each with a curator's note in Markdown or "": written once, given often."""

    def __init__(self) -> None:
        self._kept: dict[tuple[int, str], Cited] = {}

    def next(self, papers: Iterable[Paper]) -> None:
        """What comes now is a site of these very papers: others are forgotten."""
        there = set(map(id, papers))
        self._kept = {key: cited for key, cited in self._kept.items() if key[0] in there}

    def __call__(self, paper: Paper, note: str = "") -> Cited:
        """The paper's citations."""
        key = id(paper), note  # nobody else's while the paper is kept
        cited = self._kept.get(key)
        if cited is None:
            cited = Cited(paper, note)
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]  # the oldest
            self._kept[key] = cited
        return cited
