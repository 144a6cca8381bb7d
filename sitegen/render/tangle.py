"""Markdown that would keep python-markdown busy for minutes, told by one linear look."""

from __future__ import annotations

import re

PARAGRAPH = 20_000  # characters without a blank line between them


def is_tangled(text: str) -> bool:
    """Whether converting the text could take more than about a second.

    python-markdown looks from every opening bracket to its partner, or to the end of the paragraph where it has
    none (10 kB of `[` take more than ten seconds), and copies the rest of a paragraph for every heading in it.
    """
    searched = copied = 0
    for paragraph in _BLANK_LINE.split(text):
        if len(paragraph) > PARAGRAPH:
            return True
        copied += len(paragraph) * paragraph.count("\n")
        searched += sum(_searched(paragraph, brackets) for brackets in _BRACKETS)
    return searched > _MOST_SEARCHED or copied > _MOST_COPIED


_MOST_SEARCHED = 1_000_000  # characters
_MOST_COPIED = 50_000_000  # characters
_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_BRACKETS = (re.compile(r"[\[\]]"), re.compile(r"[()]"), re.compile(r"[<>]"))


def _searched(paragraph: str, brackets: re.Pattern[str]) -> int:
    """Sum of the distances between opening brackets and their partners."""
    distance = 0
    opened: list[int] = []
    for match in brackets.finditer(paragraph):
        if match[0] in "[(<":
            opened.append(match.start())
        elif opened:
            distance += match.start() - opened.pop()
    return distance + sum(len(paragraph) - start for start in opened)
