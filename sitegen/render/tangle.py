"""Markdown that would keep python-markdown busy for minutes, told by one linear look."""

from __future__ import annotations

import re

PARAGRAPH = 20_000  # characters without a blank line between them


def is_tangled(text: str) -> bool:
    """Whether converting the text could take more than about a second.

    python-markdown looks from every opening bracket to its partner, or to the end of the paragraph where it has
    none (10 kB of `[` take more than ten seconds), from every `<a` to the next `>` wherever that is, and copies the
    rest of a paragraph for every heading in it.
    """
    walked = 0
    scanned = _to_partners(text, _TAG)
    for paragraph in _BLANK_LINE.split(text):
        if len(paragraph) > PARAGRAPH:
            return True
        walked += sum(_to_partners(paragraph, brackets) for brackets in _BRACKETS)
        scanned += len(paragraph) * paragraph.count("\n")
    return walked > _MOST_WALKED or scanned > _MOST_SCANNED


_MOST_WALKED = 1_000_000  # characters, each a step of a loop in Python
_MOST_SCANNED = 30_000_000  # characters, gone over in C
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_BRACKETS = (re.compile(r"[\[\]]"), re.compile(r"[()]"), re.compile(r"[<>]"))
_TAG = re.compile(r"<(?=[A-Za-z/!?])|>")


def _to_partners(text: str, brackets: re.Pattern[str]) -> int:
    """Sum of the distances between opening brackets and their partners, or the end where they have none."""
    distance = 0
    opened: list[int] = []
    for match in brackets.finditer(text):
        if match[0] in "[(<":
            opened.append(match.start())
        elif opened:
            distance += match.start() - opened.pop()
    return distance + sum(len(text) - start for start in opened)
