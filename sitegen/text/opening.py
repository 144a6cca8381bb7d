"""The beginning of a text that may hold TeX."""

from __future__ import annotations

import re

from sitegen.text.tex import pieces


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
    sentence = word = 0
    depth = 0
    for start, end, formula in pieces(text):
        if start > most:
            break
        if formula:
            continue
        for match in _PLACES.finditer(text, start, end):
            if match.start() > most:
                break
            if match["brace"]:
                depth = max(0, depth + (1 if match["brace"] == "{" else -1))
            elif not depth and match["space"] is not None:
                word = match.start()
                if _ends_sentence(text, match.start(), match.end()):
                    sentence = word
    if sentence:
        return text[:sentence]
    return f"{text[:word].rstrip(',;:')} …" if word else text


_PLACES = re.compile(r"\\.|(?P<brace>[{}])|(?P<space>\s+|(?<=[。！？]))", re.DOTALL)
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
