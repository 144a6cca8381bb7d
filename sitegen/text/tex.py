"""What TeX left in titles and abstracts: words made readable, formulas told from money. Linear for any text."""

from __future__ import annotations

import re
from typing import NamedTuple

from sitegen.text.untex import has_tex, untex


class Segment(NamedTuple):
    """A piece of a text: words to show as they are, or the LaTeX source of a formula without its delimiters."""

    math: bool
    text: str


def plain(text: str) -> str:
    r"""The text without TeX, in characters that a reader can type into a search box.

    Exponents and indices stay ASCII: `$VILA^2$` is `VILA^2`. Nothing is lost: an unknown `\ModelName` stays a word.

    >>> plain(r"$\mathcal{O}(n^{2})$ uses 72\% of Erd\H{o}s' ``graph''")
    "O(n^2) uses 72% of Erdős' “graph”"
    """
    if not has_tex(text):
        return text
    return "".join(
        untex(text, start, end, formula=formula).strip()
        if formula
        else untex(text, start, end, formula=False)
        for start, end, formula in pieces(text)
    )


def segments(text: str) -> tuple[Segment, ...]:
    r"""Words and formulas in their order; the words are repaired for showing. An empty text has no segments.

    A formula stands in `$…$`, `$$…$$`, `\(…\)` or `\[…\]`. As in Pandoc `$5 and $6` is money: the opening `$` has
    no space after it, the closing one no space before and no digit after.

    >>> segments("the $k$-th of $5 and $6")
    (Segment(math=False, text='the '), Segment(math=True, text='k'), Segment(math=False, text='-th of $5 and $6'))
    """
    if not text:
        return ()
    if not has_tex(text):
        return (Segment(math=False, text=text),)
    return tuple(
        Segment(math=True, text=text[start:end].strip())
        if formula
        else Segment(math=False, text=untex(text, start, end, formula=False))
        for start, end, formula in pieces(text)
    )


# A delimiter without its partner is never searched for twice: each alternative ends at the next delimiter.
_FORMULA = re.compile(
    r"""
      \\\((?P<round>(?:[^\\]|\\[^()])*+)\\\)
    | \\\[(?P<square>(?:[^\\]|\\[^\[\]])*+)\\\]
    | \$\$(?P<display>(?:[^$\\]|\\.)++)\$\$
    | \$(?![\s$])(?P<inline>(?:[^$\\]|\\.)++)(?<!\s)\$(?![0-9])
    | \\.
    """,
    re.VERBOSE | re.DOTALL,
)


def pieces(text: str) -> list[tuple[int, int, bool]]:
    """(start, end, is a formula) of each piece; delimiters belong to none."""
    found: list[tuple[int, int, bool]] = []
    at = 0
    for match in _FORMULA.finditer(text):
        group = match.lastgroup
        if group is None or not match[group].strip():
            continue  # `\$` or `$ $`: words
        if at < match.start():
            found.append((at, match.start(), False))
        found.append((*match.span(group), True))
        at = match.end()
    if at < len(text):
        found.append((at, len(text), False))
    return found
