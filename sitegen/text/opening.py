"""The beginning of a text that may hold TeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.text.tex import pieces
from sitegen.text.untex import has_tex

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence


def opening(text: str, most: int) -> str:
    """As many whole sentences as fit into `most` characters of the source; all of a text that is no longer.

    Of a longer first sentence, as many whole words, and "…"; of a longer first word, its beginning. What stands in
    braces is cut only if nothing can be kept otherwise, or a brace has no partner. A formula never is: of a text that
    begins with a long one, "…" is left.

    >>> opening("By Lee et al. 2.5 is $a. B$. And more.", 32)
    'By Lee et al. 2.5 is $a. B$.'
    >>> opening("One sentence that goes on.", 15)
    'One sentence …'
    """
    if len(text.rstrip()) <= most:
        return text
    words = [span for *span, formula in pieces(text) if not formula] if has_tex(text) else [[0, len(text)]]
    for whole in (True, False) if _is_balanced(text, words) else (False,):
        ends = (
            start
            for start, end in _places(text, words, most, _AFTER_STOP, whole=whole)
            if _ends_sentence(text, start, end)
        )
        if sentence := max(ends, default=0):
            return text[:sentence]
        if word := max((start for start, _ in _places(text, words, most, _BLANK, whole=whole)), default=0):
            return f"{text[:word].rstrip(',;:')} …"
    cut = max((start for start, _ in _places(text, words, most, _CHARACTER, whole=False)), default=0)
    return f"{text[:cut].rstrip()} …".lstrip()


def _is_balanced(text: str, words: Iterable[Sequence[int]]) -> bool:
    if "{" not in text:
        return True
    braces = [match["brace"] for start, end in words for match in _BRACE.finditer(text, start, end)]
    return braces.count("{") == braces.count("}")


def _places(
    text: str, words: Iterable[Sequence[int]], most: int, places: re.Pattern[str], *, whole: bool
) -> Iterator[tuple[int, int]]:
    """Where the words may be cut, up to `most`: (begin, end) of what is left out there; not in braces if they stay `whole`."""
    depth = 0
    for start, end in words:
        for match in places.finditer(text, start, end):
            if match.start() > most:
                return
            if match["brace"]:
                depth = max(0, depth + (1 if match["brace"] == "{" else -1)) if whole else 0
            elif not depth and match["space"] is not None:
                yield match.span()


_BRACE = re.compile(r"\\.|(?P<brace>[{}])", re.DOTALL)
_BLANK = re.compile(r"\\.|(?P<brace>[{}])|(?P<space>\s+|(?<=[。！？]))", re.DOTALL)
# Before and after each character, and each command.
_CHARACTER = re.compile(r"(?P<space>)|\\(?:[A-Za-z]+|.)|(?P<brace>[{}])", re.DOTALL)
# Only after what can end a sentence: a tenth of the places.
_AFTER_STOP = re.compile(
    r"\\.|(?P<brace>[{}])|(?P<space>(?<=[.!?\"'”’)\]}。！？])\s+|(?<=[。！？]))", re.DOTALL
)
_END = re.compile(r"[.!?][\"'”’)\]}]*$|[。！？]$")
_GOES_ON = re.compile(
    r"(?:\b(?:e\.g|i\.e|et al|etc|vs|cf|resp|approx|w\.r\.t|viz|fig|figs|eq|eqs|sec|no|dr|prof|st|[a-z])|\.\.)\.$",
    re.IGNORECASE,
)


def _ends_sentence(text: str, end: int, following: int) -> bool:
    before = text[max(0, end - 12) : end]
    if not _END.search(before) or text[following : following + 1].islower():
        return False
    return not _GOES_ON.search(before)
