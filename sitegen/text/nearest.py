"""Did you mean …? among tens of thousands of titles and ids."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from itertools import chain
from typing import TYPE_CHECKING

from sitegen.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOKED_AT = 12  # how many of the known that share most letter triples are compared in full
_RAREST = 12  # the rarest triples tell most; the most frequent ones are in every other title
_ALIKE = 0.6


class Nearest:
    """Finds the known text that a mistyped one most resembles. The index is built by the first question."""

    def __init__(self, known: Iterable[str]) -> None:
        self._known = tuple(dict.fromkeys(known))
        self._by_triple: dict[str, list[int]] = {}

    def to(self, word: str) -> str:
        """The known text nearest to `word`, or "" where none is near.

        >>> Nearest(["Attention Is All You Need", "Deep Learning"]).to("atention is all you ned")
        'Attention Is All You Need'
        """
        if not self._by_triple:
            for number, text in enumerate(self._known):
                for triple in _triples(text):
                    self._by_triple.setdefault(triple, []).append(number)
        lists = [found for triple in _triples(word) if (found := self._by_triple.get(triple))]
        shared = Counter(chain.from_iterable(sorted(lists, key=len)[:_RAREST]))
        folded = fold(word)
        best = (_ALIKE, "")
        ranked = sorted(shared.items(), key=lambda item: (-item[1], len(self._known[item[0]]), item[0]))
        for number, _ in ranked[:_LOOKED_AT]:
            text = self._known[number]
            alike = SequenceMatcher(None, folded, fold(text), autojunk=False).ratio()
            best = max(best, (alike, text), key=lambda pair: pair[0])
        return best[1]

    def hint(self, word: str) -> str:
        """`did you mean '…'?`, or ""."""
        near = self.to(word)
        return f"did you mean '{near}'?" if near else ""


def _triples(text: str) -> set[str]:
    padded = f" {fold(text)} "
    return {padded[i : i + 3] for i in range(max(1, len(padded) - 2))}
