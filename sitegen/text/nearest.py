"""Did you mean …? among tens of thousands of titles and ids."""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from sitegen.text.normal import fold
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

_LOOKED_AT = 12  # how many of the known that share most letter triples are compared in full
_RAREST = 12  # the rarest triples tell most; the most frequent ones are in every other title
_ALIKE = 0.6
_NAMED = 3  # candidates in a hint


class Nearest:
    """Finds the known text that a mistyped one most resembles. The index is built by the first question.

    `also` are other names of what is known, such as ids: they are found by their spelling, and not by their words.
    """

    def __init__(self, known: Iterable[str], also: Iterable[str] = ()) -> None:
        self._worded = tuple(dict.fromkeys(known))
        self._known = tuple(dict.fromkeys((*self._worded, *also)))
        self._by_triple: dict[str, list[int]] = {}

    def to(self, word: str) -> str:
        """The known text nearest to `word`, or "" where none is near.

        >>> Nearest(["Attention Is All You Need", "Deep Learning"]).to("atention is all you ned")
        'Attention Is All You Need'
        """
        return next(iter(self.some(word)), "")

    def some(self, word: str, *, alike: float = _ALIKE) -> tuple[str, ...]:
        """The known texts that are at least this much alike `word`, from 0 to 1; the nearest first."""
        if not self._by_triple:
            for number, text in enumerate(self._known):
                for triple in _triples(text):
                    self._by_triple.setdefault(triple, []).append(number)
        lists = [found for triple in _triples(word) if (found := self._by_triple.get(triple))]
        shared = Counter(chain.from_iterable(sorted(lists, key=len)[:_RAREST]))
        folded = fold(word)
        ranked = sorted(shared.items(), key=lambda item: (-item[1], len(self._known[item[0]]), item[0]))
        near: list[tuple[float, int, str]] = []
        for rank, (number, _) in enumerate(ranked[:_LOOKED_AT]):
            text = self._known[number]
            ratio = SequenceMatcher(None, folded, fold(text), autojunk=False).ratio()
            if ratio > alike:
                near.append((-ratio, rank, text))
        return tuple(text for *_, text in sorted(near))

    def meant(self, words: str) -> tuple[str, ...]:
        """The known texts that hold all these words, in their order; else the one nearest by spelling; else none.

        >>> Nearest(["Attention Is All You Need", "Sparse Attention"]).meant("attention need")
        ('Attention Is All You Need',)
        """
        wanted = fold(plain(words)).split()
        holding = tuple(
            text
            for text, folded in zip(self._worded, self._folded, strict=True)
            if all(word in folded for word in wanted)
        )
        if wanted and holding:
            return holding
        near = self.to(words)
        return (near,) if near else ()

    def hint(self, word: str) -> str:
        """`did you mean '…'?`, or ""."""
        near = self.to(word)
        return f"did you mean '{near}'?" if near else ""

    def hint_by_words(self, words: str) -> str:
        """`did you mean '…', '…' or '…'?` of what is `meant`, or "". Of many, how many there are and the first."""
        candidates = self.meant(words)
        quoted = [f"'{candidate}'" for candidate in candidates[:_NAMED]]
        if len(candidates) > _NAMED:
            return f"{len(candidates)} have these words, such as {', '.join(quoted)}"
        named = " or ".join([*([", ".join(quoted[:-1])] if quoted[1:] else []), *quoted[-1:]])
        return f"did you mean {named}?" if named else ""

    @cached_property
    def _folded(self) -> tuple[str, ...]:
        return tuple(fold(plain(text)) for text in self._worded)


def _triples(text: str) -> set[str]:
    padded = f" {fold(text)} "
    return {padded[i : i + 3] for i in range(max(1, len(padded) - 2))}
