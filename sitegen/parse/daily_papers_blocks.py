"""The text of a Daily Papers page → its blocks: a title, an abstract, a line of the site, what stands below an abstract."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.diagnostics import Diagnostic, Span, info, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Day(NamedTuple):
    """A day as the page prints it: `Mar 4` has no year."""

    month: int
    day: int
    year: int | None
    trailing: str = ""  # the number of comments, where one is printed


class Metadata(NamedTuple):
    """The block below an abstract."""

    line: int
    names: tuple[str, ...]  # what stands behind each bullet: `9 authors`, `nvidia NVIDIA`
    day: Day | None


class Text(NamedTuple):
    line: int
    text: str


Block = Text | Metadata
LONGEST_LINE = 1 << 20  # characters; no abstract comes near


def cut(text: str, path: str, problems: list[Diagnostic]) -> Iterator[Block]:
    """Every line of the page in a block, or in one of the problems."""
    lines = text.rstrip().split("\n")
    at = 0
    paragraph: list[Text] = []
    while at < len(lines):
        if len(lines[at]) > LONGEST_LINE:
            problems.append(_too_long(lines[at], Span(path, at + 1)))
            line = ""
        else:
            line = " ".join(lines[at].split())
        metadata, after = _metadata(lines, at, path, problems) if line[:1] in ("•", "·") else (None, at)
        if metadata is not None or not line:
            yield from _paragraph(paragraph)
            paragraph = []
        if metadata is not None:
            yield metadata
            at = after
            continue
        if line:
            paragraph.append(Text(at + 1, line))
        at += 1
    yield from _paragraph(paragraph)


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the page and not to a paper: `Subscribe`, `Daily Papers` …"""
    return len(line) < 60 and letters(line) in FURNITURE


def day_of(line: str) -> Day | None:
    """The day that a line consists of, with the number of comments behind it."""
    match = _DAY.fullmatch(line)
    if match is None:
        return None
    month = _MONTHS.index(match["month"][:3].lower()) + 1
    year = match["year"]
    return Day(
        month, int(match["day"]), int(year) if year else None, (match["trailing"] or "").replace(",", "")
    )


def excerpt(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")


def letters(line: str) -> str:
    return "".join(filter(str.isalpha, line.lower()))


_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? (?P<day>[0-9]{1,2})(?:, ?(?P<year>[0-9]{4}))?"
    r"(?: (?P<trailing>[0-9][0-9,]{0,8}))?",
    re.IGNORECASE,
)
_CUT_DAY = re.compile(r"[a-z]{1,9}\.?(?: [0-9]{0,2},?)?", re.IGNORECASE)
_AUTHORS = re.compile(r"[0-9][0-9,]* authors?", re.IGNORECASE)

# The words of the site around the papers: its header, its menus, its footer.
_SITE = (
    "new|Get trending papers in your email inbox!|Subscribe|Daily Papers|Trending Papers|by AK|"
    "by AK and the research community|Hugging Face|Log In|Sign Up|Models|Datasets|Spaces|Community|Docs|Enterprise|"
    "Pricing|Posts|Papers|Submit|Submit a paper|Daily|Weekly|Monthly|Previous|Next|Load more|"
    "Search by arXiv id or title|Notifications|Company|TOS|Privacy|About|Careers|Website|System theme"
)
FURNITURE = frozenset(map(letters, _SITE.split("|")))


def _paragraph(lines: list[Text]) -> Iterator[Text]:
    """Lines without a blank one between them: wrapped ones are one text; a title upon its abstract, or a header, are several."""
    if len(lines) < 2:
        yield from lines
        return
    longest = max(len(line.text) for line in lines)
    if longest > _WRAPPED or any(is_furniture(line.text) or day_of(line.text) for line in lines):
        yield from lines
    else:
        yield Text(lines[0].line, " ".join(line.text for line in lines))


_WRAPPED = 140  # no longer than this are the lines of wrapped text


def _metadata(
    lines: Sequence[str], at: int, path: str, problems: list[Diagnostic]
) -> tuple[Metadata | None, int]:
    """The block that begins in `lines[at]` and the line after it; None where it only looks like one."""
    first, names, dotted, day = at, list[str](), False, None
    after = at  # the first line that is not the block's
    while at < len(lines):
        line = " ".join(lines[at][:_LONGEST_NAME].split())
        if line[:1] == "•" and not dotted and len(line) < _LONGEST_NAME:
            names.append(line[1:].strip())
        elif line[:1] == "·" and not dotted:
            dotted = True
            day = day_of(line[1:].strip())
            if line != "·" and day is None:
                return None, first  # a list in an abstract
        elif line and dotted and day is None:
            day = day_of(line)
            if day is None and not (at == len(lines) - 1 and _CUT_DAY.fullmatch(line)):
                break
        elif line:
            break
        at += 1
        if line:
            after = at
    at_end = after == len(lines)
    if not dotted and not at_end and not any(map(_AUTHORS.fullmatch, names)):
        return None, first  # a list, too
    if day is None:
        problems.append(
            info(
                "cut-off", "the file ends within a paper's metadata: it looks cut off", Span(path, first + 1)
            )
            if at_end
            else warning("no-date", "this block of authors has no date below it", Span(path, first + 1))
        )
    return Metadata(first + 1, tuple(names), day), after


_LONGEST_NAME = 200


def _too_long(line: str, where: Span) -> Diagnostic:
    return warning(
        "line-too-long", f"a line of {len(line):,} characters was left out: {excerpt(line)}", where
    )
