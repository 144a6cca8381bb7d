"""Texts as streams of numbered words: lunr's terms, made at the speed of a dictionary."""

from __future__ import annotations

import re
from array import array
from functools import lru_cache
from itertools import count, islice
from typing import TYPE_CHECKING

import msgspec
from lunr.tokenizer import SEPARATOR_CHARS
from lunr.trimmer import full_re

from sitegen.search.arrays import (
    Numbers,
    flagged,
    frequencies,
    list_starts,
    lists_with,
    numpy_for,
    renumbered,
    sums,
)
from sitegen.search.forms import stem
from sitegen.search.lookups import Lookups

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

STOPPED = -1

# Where lunr cuts, str.split() cuts, too, but for spaces that lunr does not know; most texts have none of them.
_between_separators = re.compile(f"[^{re.escape(SEPARATOR_CHARS)}]+").findall
_END = "A"  # of a text: no text in lower case has it
_OTHER_SPACES = (
    *"\x1c\x1d\x1e\x1f\x85\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a",
    *"\u2028\u2029\u202f\u205f\u3000",
)
_IN_ASCII = 4  # of them, the first
_AT_ONCE = 128  # documents
_LETTERS = 7  # of most tokens, with what stands between them


class Terms(msgspec.Struct, frozen=True):
    """What every field of every document says.

    `stream` holds numbers of words in reading order: document by document, field by field, a 0 after each field. Cell
    `c` (document `c // fields`, field `c % fields`) is `stream[starts[c]:starts[c + 1]]`.
    """

    names: tuple[str, ...]  # by term: the order in which they are first met, lunr's own
    words: tuple[
        str, ...
    ]  # by word: as it is written, in lower case, without signs around it; word 0 is none
    term_of: array[int]  # by word: its term, or STOPPED
    stream: Numbers
    starts: array[int]
    counts: list[int]  # by word: how often it is met
    fields: int

    @property
    def documents(self) -> int:
        return (len(self.starts) - 1) // self.fields

    def cell(self, document: int, field: int) -> list[int]:
        """The terms of one field of one document, in reading order."""
        at = document * self.fields + field
        terms = map(self.term_of.__getitem__, self.stream[self.starts[at] : self.starts[at + 1]])
        return [term for term in terms if term != STOPPED]

    def lengths(self) -> list[array[int]]:
        """How many terms each field has, by document."""
        counted = flagged(self.stream, bytes(term != STOPPED for term in self.term_of))
        by_cell = sums(counted, self.starts)
        return [by_cell[field :: self.fields] for field in range(self.fields)]

    def cells_of(self, words: Iterable[int]) -> dict[int, array[int]]:
        """By word, the cells in which it stands, ascending, one for each time."""
        return lists_with(self.stream, self.starts, words, len(self.words))


def read_terms(documents: Iterable[Sequence[str]], fields: int) -> Terms:
    """Cuts tokens where lunr cuts them, and makes of each distinct one what lunr's pipeline makes of it, once."""
    words = Words()
    stream = words.read(documents)
    return terms_of(words.texts, stream, fields)


def terms_of(words: Sequence[str], stream: Numbers, fields: int) -> Terms:
    """The same of documents that are numbers of these words already."""
    words = tuple(words)
    names, term_of = _terms(words)
    return Terms(names, words, term_of, stream, list_starts(stream), frequencies(stream, len(words)), fields)


@lru_cache(maxsize=1)  # a preview builds the index again and again, of the same words
def _terms(words: tuple[str, ...]) -> tuple[tuple[str, ...], array[int]]:
    """The terms of words, and which of them each word is."""
    numbers = {"": 0}  # what is stopped, and before all terms
    of_words = [0, *[numbers.setdefault(stem(word), len(numbers)) for word in words[1:]]]
    return tuple(numbers)[1:], array("i", [number + STOPPED for number in of_words])


class Words(dict[str, int]):
    """Token → number of its word. Word 0 is the end of a text."""

    def __init__(self, known: Sequence[str] = (_END,)) -> None:
        """`known` are the `texts` of others, whose numbers are these words' then."""
        super().__init__(zip(known, count()))
        self.texts = list(known)
        self._lookups: Lookups | None = None

    def __missing__(self, token: str) -> int:
        if not (token.isascii() and token.isalnum()):
            trimmed = full_re.match(token)
            if trimmed and trimmed[1] != token:
                # `model,` is what `model` is: trimming a trimmed word changes nothing.
                self[token] = number = self[trimmed[1]]
                return number
        self[token] = number = len(self.texts)
        self.texts.append(token)
        return number

    def expect(self, letters: int) -> None:
        """Make ready to read about so many letters."""
        if self._lookups is None and (np := numpy_for(letters // _LETTERS)):
            self._lookups = Lookups(np, self)

    def read(self, documents: Iterable[Sequence[str]]) -> array[int]:
        """The words of all texts of the documents, with an end after each text."""
        stream, rest = array("I"), map(_in_lower_case, documents)
        if self._lookups is None:
            for text in rest:
                stream.fromlist(list(map(self.__getitem__, _tokens(text))))
        else:
            while some := list(islice(rest, _AT_ONCE)):
                stream.frombytes(self._lookups("".join(some)))
        return stream

    def taken(self, texts: Sequence[str], stream: Numbers, known: int = 0) -> bytes:
        """What others read, who knew so many of these words, and beyond them words with these texts: an array "I"."""
        return renumbered(stream, array("I", [*range(known), *map(self.__getitem__, texts)]))


def _in_lower_case(texts: Iterable[str]) -> str:
    """All texts, and after each its end."""
    return f"\n{_END}\n".join([*map(str.lower, texts), ""])


def _tokens(low: str) -> list[str]:
    """Those of a text in lower case, as lunr cuts them."""
    # Searches for one character each take a tenth of the time of one for a set of them.
    spaces = _OTHER_SPACES[:_IN_ASCII] if low.isascii() else _OTHER_SPACES
    if any(map(low.__contains__, spaces)):
        return _between_separators(low)
    return low.replace("-", " ").split()
