"""Texts as streams of numbered terms: lunr's terms, made at the speed of a dictionary."""

from __future__ import annotations

import re
from array import array
from typing import TYPE_CHECKING

import msgspec
from lunr.stemmer import stemmer
from lunr.stop_word_filter import stop_word_filter
from lunr.token import Token
from lunr.tokenizer import SEPARATOR_CHARS
from lunr.trimmer import trimmer

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_STOPPED = -1
_tokens = re.compile(f"[^{re.escape(SEPARATOR_CHARS)}]+").findall


class Terms(msgspec.Struct, frozen=True):
    """What every field of every document says.

    `stream` holds the terms' numbers in reading order: document by document, field by field. Cell `c` (document
    `c // fields`, field `c % fields`) is `stream[starts[c]:starts[c + 1]]`.
    """

    names: tuple[str, ...]  # by number: the order in which they are first met, lunr's own
    stream: array[int]
    starts: array[int]
    fields: int

    @property
    def documents(self) -> int:
        return (len(self.starts) - 1) // self.fields

    def lengths(self, field: int) -> array[int]:
        """How many terms this field has, by document."""
        starts = self.starts
        cells = range(field, len(starts) - 1, self.fields)
        return array("I", [starts[cell + 1] - starts[cell] for cell in cells])


def read_terms(documents: Iterable[Sequence[str]], fields: int) -> Terms:
    """Cuts tokens where lunr cuts them, and sends each distinct one through lunr's own pipeline, once."""
    numbers = _Numbers()
    stream, starts = array("I"), array("Q", [0])
    for texts in documents:
        assert len(texts) == fields, texts
        for text in texts:
            terms = map(numbers.__getitem__, _tokens(text.lower()))
            stream.extend([term for term in terms if term != _STOPPED])
            starts.append(len(stream))
    return Terms(tuple(numbers.terms), stream, starts, fields)


class _Numbers(dict[str, int]):
    """Token → number of its term. A token that is met for the first time is taken through the pipeline."""

    def __init__(self) -> None:
        self.terms: dict[str, int] = {}

    def __missing__(self, word: str) -> int:
        self[word] = number = self._number(trimmer(Token(word)), word)
        return number

    def _number(self, token: Token, word: str) -> int:
        if token.string != word:
            return self[token.string]  # `model,` is what `model` is: trimming a trimmed word changes nothing
        if stop_word_filter(token) is None:
            return _STOPPED
        return self.terms.setdefault(stemmer(token).string, len(self.terms))
