"""The beginning of a text that may hold TeX."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.text.tex import pieces
from sitegen.text.untex import has_tex

if TYPE_CHECKING:
    from collections.abc import Iterator


def opening(text: str, most: int) -> str:
    """As many whole sentences as fit into `most` characters of the source; all of a text that is no longer.

    Of a longer first sentence, as many whole words, and "…". Never cut are formulas and what stands in braces.

    >>> opening("By Lee et al. 2.5 is $a. B$. And more.", 32)
    'By Lee et al. 2.5 is $a. B$.'
    >>> opening("One sentence that goes on.", 15)
    'One sentence …'
    """
    if len(text.rstrip()) <= most:
        return text
    ends = (start for start, end in _blanks(text, most, _AFTER_STOP) if _ends_sentence(text, start, end))
    sentence = max(ends, default=0)
    if sentence:
        return text[:sentence]
    word = max((start for start, _ in _blanks(text, most, _ANYWHERE)), default=0)
    return f"{text[:word].rstrip(',;:')} …" if word else text


def _blanks(text: str, most: int, places: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Where the text may be cut, up to `most`: (begin, end) of blanks that stand in no formula and no braces."""
    depth = 0
    for start, end, formula in pieces(text) if has_tex(text) else ((0, len(text), False),):
        if start > most:
            break
        if formula:
            continue
        for match in places.finditer(text, start, end):
            if match.start() > most:
                break
            if match["brace"]:
                depth = max(0, depth + (1 if match["brace"] == "{" else -1))
            elif not depth and match["space"] is not None:
                yield match.span()


_ANYWHERE = re.compile(r"\\.|(?P<brace>[{}])|(?P<space>\s+|(?<=[。！？]))", re.DOTALL)
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
