"""Which of many words and phrases stand in which of many texts, in one pass over each text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.text.normal import fold
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model.paper import Paper


class Found(NamedTuple):
    """The patterns, as they were written, that stand in a paper's title, and those in title, abstract or summary."""

    title: frozenset[str]
    anywhere: frozenset[str]


_NOTHING: frozenset[str] = frozenset()


def find_words(papers: Iterable[Paper], patterns: Iterable[str]) -> list[Found]:
    """Which of the patterns each of the papers has."""
    return list(map(Words(patterns).find, papers))


class Words:
    """Finds words and phrases: whole words, case and accents folded, a hyphen like a space; `trans*` a beginning.

    A pattern with hyphens also finds the word written as one: `multi-modal` finds `multi modal` and `multimodal`.
    `+` and `#` are letters: `c` does not find `C++`.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._by_word: dict[bytes, list[_Phrase]] = {}  # first word → phrases
        self._by_beginning: dict[bytes, list[_Phrase]] = {}  # first word without its `*` → phrases
        for pattern in dict.fromkeys(patterns):
            folded = fold(plain(pattern))
            for variant in dict.fromkeys((folded, folded.replace("-", ""))):
                self._add(_Phrase(pattern, variant))
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning})
        # Every word is judged once, when it is first met; after that a paper costs two operations on sets.
        self._judged: set[bytes] = set()
        self._telling: set[bytes] = set()
        self._phrases: dict[bytes, list[_Phrase]] = {}  # of the telling words

    def find(self, paper: Paper) -> Found:
        """The patterns that this paper contains."""
        if not self._by_word and not self._by_beginning:
            return Found(_NOTHING, _NOTHING)
        title = self._in_text(plain(paper.title))
        rest = self._in_text(paper.abstract)
        if paper.summary:
            rest |= self._in_text(paper.summary)
        return Found(title, title | rest)

    def _add(self, phrase: _Phrase) -> None:
        if phrase.words and phrase.words[0]:
            index = self._by_beginning if phrase.open[0] else self._by_word
            index.setdefault(phrase.words[0], []).append(phrase)

    def _in_text(self, text: str) -> frozenset[str]:
        words = _words(text)
        distinct = set(words)
        if new := distinct - self._judged:
            self._judge(new)
        telling = distinct & self._telling
        if not telling:
            return _NOTHING
        return frozenset(
            phrase.pattern
            for word in telling
            for phrase in self._phrases[word]
            if len(phrase.words) == 1 or phrase.stands_in(words, distinct)
        )

    def _judge(self, words: set[bytes]) -> None:
        self._judged |= words
        for word in words:
            phrases = list(self._by_word.get(word, ()))
            for length in self._lengths:
                phrases += self._by_beginning.get(word[:length], ()) if length <= len(word) else ()
            if phrases:
                self._telling.add(word)
                self._phrases[word] = phrases


class _Phrase:
    """A pattern as words in a row; `open[i]` says whether any word that begins with `words[i]` will do."""

    def __init__(self, pattern: str, folded: str) -> None:
        self.pattern = pattern
        parts = [(word, part[-1] == "*") for part in _PATTERN_WORD.findall(folded) for word in _words(part)]
        self.words = [word for word, _ in parts]
        self.open = [opened for _, opened in parts]
        self._whole = {word for word, opened in parts if not opened}
        self._row = b" %b " % b" ".join(self.words)

    def stands_in(self, words: list[bytes], distinct: set[bytes]) -> bool:
        if not self._whole <= distinct:
            return False
        if not any(self.open):
            return self._row in b" %b " % b" ".join(words)
        row = range(len(self.words))
        return any(
            all(
                words[start + i].startswith(self.words[i])
                if self.open[i]
                else words[start + i] == self.words[i]
                for i in row
            )
            for start in range(len(words) - len(row) + 1)
        )


_PATTERN_WORD = re.compile(r"(?:[^\W_]|[+#])+\**")
_OTHER_SEPARATORS = re.compile(r"[^\w\x00-\x7f]+")
_LETTERS = bytes(c if c > 127 or chr(c).isalnum() or chr(c) in "+#" else 32 for c in range(256))


def _words(text: str) -> list[bytes]:
    """The words as UTF-8: bytes are translated and split much faster than text."""
    folded = fold(text)
    if not folded.isascii():
        folded = _OTHER_SEPARATORS.sub(" ", folded)
    return folded.encode("utf-8", "surrogatepass").translate(_LETTERS).split()
