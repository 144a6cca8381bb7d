"""Citations that are wanted again: on a paper's page, in the file beside it, and in those of lists, tags and the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.paper import Paper
from sitegen.render.cite import apa, bibtex, csl_json, ris

if TYPE_CHECKING:
    from collections.abc import Iterable

_KEPT = 20_000  # papers: of 2 kB


class Cited(msgspec.Struct, frozen=True, gc=False):
    """A paper in every format: what they have in common costs more than each of them."""

    paper: Paper
    apa: str  # one line, without its end
    bibtex: str
    ris: str
    csl_json: bytes  # an item of a file


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
            cited = Cited(
                paper,
                apa.reference(paper),
                bibtex.entry(paper, note),
                ris.entry(paper, note),
                csl_json.indented(csl_json.item(paper, note)),
            )
            if len(self._kept) >= _KEPT:
                del self._kept[next(iter(self._kept))]  # the oldest
            self._kept[key] = cited
        return cited
