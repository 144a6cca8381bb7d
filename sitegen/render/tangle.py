"""Markdown that would keep python-markdown busy for minutes, told by one linear look."""

from __future__ import annotations

import re

PARAGRAPH = 20_000  # characters without a blank line
WORK = 1_000_000  # characters that the parser would look at in search of closing brackets


def is_tangled(text: str) -> bool:
    """Whether converting the text would take more than about a second.

    python-markdown looks from every opening bracket to its partner, or to the end of the paragraph where it has
    none: 10 kB of `[` take more than ten seconds.
    """
    return any(
        len(paragraph) > PARAGRAPH or sum(_work(paragraph, brackets) for brackets in _BRACKETS) > WORK
        for paragraph in _BLANK_LINE.split(text)
    )


_BLANK_LINE = re.compile(r"\n[ \t\r]*\n")
_BRACKETS = (re.compile(r"[\[\]]"), re.compile(r"[()]"), re.compile(r"[<>]"))


def _work(paragraph: str, brackets: re.Pattern[str]) -> int:
    """Sum of the distances between opening brackets and their partners."""
    work = 0
    opened: list[int] = []
    for match in brackets.finditer(paragraph):
        if match[0] in "[(<":
            opened.append(match.start())
        elif opened:
            work += match.start() - opened.pop()
    return work + sum(len(paragraph) - start for start in opened)
