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


class Words:
    """Finds words and phrases: whole words, case and accents folded, a hyphen like a space; `trans*` a beginning.

    A pattern with hyphens also finds the word written as one: `multi-modal` finds `multi modal` and `multimodal`.
    `+` and `#` are letters: `c` does not find `C++`.
    """

    def __init__(self, patterns: Iterable[str]) -> None:
        self._by_word: dict[str, list[_Phrase]] = {}  # first word → phrases
        self._by_beginning: dict[str, list[_Phrase]] = {}  # first word without its `*` → phrases
        for pattern in dict.fromkeys(patterns):
            folded = fold(plain(pattern))
            for variant in dict.fromkeys((folded, folded.replace("-", ""))):
                self._add(pattern, _WORD.findall(variant))
        self._lengths = sorted({len(beginning) for beginning in self._by_beginning})
        # Every word is judged once, when it is first met; after that a paper costs one intersection of sets.
        self._judged: set[str] = set()
        self._telling: dict[str, list[_Phrase]] = {}

    def find(self, paper: Paper) -> Found:
        """The patterns that this paper contains."""
        if not self._by_word and not self._by_beginning:
            return Found(_NOTHING, _NOTHING)
        title = self._in_text(plain(paper.title))
        rest = self._in_text(paper.abstract)
        if paper.summary:
            rest |= self._in_text(paper.summary)
        return Found(title, title | rest)

    def _add(self, pattern: str, words: list[str]) -> None:
        if not words or not words[0].strip("*"):
            return
        inner = [
            word[:-1].replace("*", "") + "*" if word[-1] == "*" else word.replace("*", "") for word in words
        ]
        expression = " ".join(re.escape(w[:-1]) + "[^ ]*" if w[-1:] == "*" else re.escape(w) for w in inner)
        phrase = _Phrase(pattern, re.compile(f"(?:^| ){expression}(?: |$)") if len(words) > 1 else None)
        if inner[0].endswith("*"):
            self._by_beginning.setdefault(inner[0][:-1], []).append(phrase)
        else:
            self._by_word.setdefault(inner[0], []).append(phrase)

    def _in_text(self, text: str) -> frozenset[str]:
        words = _words(text)
        distinct = set(words)
        for word in distinct - self._judged:
            self._judge(word)
        telling = distinct & self._telling.keys()
        if not telling:
            return _NOTHING
        found = set()
        joined = ""
        for word in telling:
            for phrase in self._telling[word]:
                if phrase.expression is not None:
                    joined = joined or " ".join(words)
                    if phrase.expression.search(joined) is None:
                        continue
                found.add(phrase.pattern)
        return frozenset(found)

    def _judge(self, word: str) -> None:
        self._judged.add(word)
        phrases = list(self._by_word.get(word, ()))
        for length in self._lengths:
            if length > len(word):
                break
            phrases += self._by_beginning.get(word[:length], ())
        if phrases:
            self._telling[word] = phrases


class _Phrase(NamedTuple):
    pattern: str
    expression: re.Pattern[str] | None  # None where the first word is all


_WORD = re.compile(r"[^\W_][\w+#*]*|[+#*]+[^\W_][\w+#*]*")
_SEPARATORS = re.compile(r"[^\w+#]+|_+")
_ASCII_WORDS = {code: " " for code in range(128) if not (chr(code).isalnum() or chr(code) in "+#")}


def _words(text: str) -> list[str]:
    folded = fold(text)
    if folded.isascii():
        return folded.translate(_ASCII_WORDS).split()
    return _SEPARATORS.sub(" ", folded).split()
