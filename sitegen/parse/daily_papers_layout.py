"""Which lines of a Daily Papers page belong together: told from what they look like, never from their number."""

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


class Entry(NamedTuple):
    """A paper of the page: a title, and what of the rest is there."""

    title: Text
    abstract: Text | None
    metadata: Metadata | None


class Layout(NamedTuple):
    day: Day | None  # the page's own, from its header
    entries: tuple[Entry, ...]
    problems: tuple[Diagnostic, ...]


def lay_out(text: str, path: str) -> Layout:
    """Every line of the page in its place, or in a diagnostic."""
    problems: list[Diagnostic] = []
    blocks = list(_blocks(text, path, problems))
    day, start = _header(blocks, path, problems)
    end = len(blocks)
    while end > start and isinstance(last := blocks[end - 1], Text) and _letters(last.text) in _FURNITURE:
        end -= 1
    entries = tuple(_entries(blocks[start:end], path, problems))
    return Layout(day, entries, tuple(problems))


def is_furniture(line: str) -> bool:
    """Whether the line belongs to the page and not to a paper: `Subscribe`, `Daily Papers` …"""
    return len(line) < 60 and _letters(line) in _FURNITURE


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


LONGEST_LINE = 1 << 20  # characters; no abstract comes near

Block = Text | Metadata

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAY = re.compile(
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.? (?P<day>[0-9]{1,2})(?:, ?(?P<year>[0-9]{4}))?"
    r"(?: (?P<trailing>[0-9][0-9,]{0,8}))?",
    re.IGNORECASE,
)
_CUT_DAY = re.compile(r"[a-z]{1,9}\.?(?: [0-9]{0,2},?)?", re.IGNORECASE)
_AUTHORS = re.compile(r"[0-9][0-9,]* authors?", re.IGNORECASE)


def _letters(line: str) -> str:
    return "".join(filter(str.isalpha, line.lower()))


# The words of the site around the papers: its header, its menus, its footer.
_SITE = (
    "new|Get trending papers in your email inbox!|Subscribe|Daily Papers|Trending Papers|by AK|"
    "by AK and the research community|Hugging Face|Log In|Sign Up|Models|Datasets|Spaces|Community|Docs|Enterprise|"
    "Pricing|Posts|Papers|Submit|Submit a paper|Daily|Weekly|Monthly|Previous|Next|Load more|"
    "Search by arXiv id or title|Notifications|Company|TOS|Privacy|About|Careers|Website|System theme"
)
_FURNITURE = frozenset(map(_letters, _SITE.split("|")))


def _blocks(text: str, path: str, problems: list[Diagnostic]) -> Iterator[Block]:
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


def _header(blocks: Sequence[Block], path: str, problems: list[Diagnostic]) -> tuple[Day | None, int]:
    """The page's day, and the number of blocks that its header takes.

    It ends with the last line that is known to belong to it, before anything as long as an abstract.
    """
    day: Day | None = None
    end = 0
    for number, block in enumerate(blocks[:_LONGEST_HEADER]):
        if not isinstance(block, Text) or len(block.text) > _SHORT_ABSTRACT:
            break
        found = day_of(block.text)
        if found or is_furniture(block.text):
            end = number + 1
            day = found or day
    problems += (
        info(
            "unknown-header",
            f"taken for part of the page's header: {_excerpt(block.text)}",
            Span(path, block.line),
        )
        for block in blocks[:end]
        if isinstance(block, Text) and not is_furniture(block.text) and not day_of(block.text)
    )
    return day, end


_LONGEST_HEADER = 40


def _entries(blocks: Sequence[Block], path: str, problems: list[Diagnostic]) -> Iterator[Entry]:
    """The cheapest way to read the blocks as papers, where everything unlikely costs.

    A step from each block: a paper of one to three blocks, or a block that fits nowhere. `cheapest[i]` is the cost of
    the blocks from i on, found from the end; a block that is missing or too many so costs its own paper only.
    """
    count = len(blocks)
    cheapest = [0] * (count + 1)
    steps = [(0, False)] * count  # (blocks taken, is a paper)
    for at in range(count - 1, -1, -1):
        block = blocks[at]
        options = [(_ORPHAN_METADATA if isinstance(block, Metadata) else _ORPHAN_TEXT, 1, False)]
        if isinstance(block, Text):
            title = _title_cost(block.text)
            following = blocks[at + 1] if at + 1 < count else None
            options.append((title + _NO_ABSTRACT, 1, True))
            if isinstance(following, Metadata):
                options.append((title + _ONLY_METADATA, 2, True))
            elif following is not None:
                cost = title + _abstract_cost(following.text)
                options.append((cost, 2, True))
                if at + 2 < count and isinstance(blocks[at + 2], Metadata):
                    options.append((cost, 3, True))
        cheapest[at], taken, paper = min(
            (cost + cheapest[at + taken], -taken, paper) for cost, taken, paper in options
        )
        steps[at] = (-taken, paper)
    at = 0
    while at < count:
        taken, paper = steps[at]
        if paper:
            yield _entry(blocks[at : at + taken], path, problems, last=at + taken == count)
        else:
            problems.append(_fits_nowhere(blocks[at], path))
        at += taken


_ORPHAN_TEXT, _ORPHAN_METADATA = 12, 8
_NO_ABSTRACT, _ONLY_METADATA = 6, 4
_LONG_TITLE, _LONGEST_TITLE = 250, 400
_SHORT_ABSTRACT, _SHORTEST_ABSTRACT = 200, 80


def _title_cost(text: str) -> int:
    if text[0] in "•·":
        return 30
    stop = text.endswith(".")
    if len(text) > _LONGEST_TITLE:
        return 30 if stop else 18
    if len(text) > _LONG_TITLE:
        return 18 if stop else 4
    return 2 if stop else 0


def _abstract_cost(text: str) -> int:
    if len(text) >= _SHORT_ABSTRACT:
        return 0
    return (2 if len(text) >= _SHORTEST_ABSTRACT else 4) - (1 if text[-1] in ".!?" else 0)


def _entry(blocks: Sequence[Block], path: str, problems: list[Diagnostic], *, last: bool) -> Entry:
    title = blocks[0]
    assert isinstance(title, Text)
    abstract = next((block for block in blocks[1:] if isinstance(block, Text)), None)
    metadata = next((block for block in blocks[1:] if isinstance(block, Metadata)), None)
    if abstract is None and metadata is None:
        where = Span(path, title.line)
        problems.append(
            info("cut-off", "the file ends with a title alone: it looks cut off", where)
            if last
            else warning("no-abstract", f"a title without an abstract: {_excerpt(title.text)}", where)
        )
    return Entry(title, abstract, metadata)


def _fits_nowhere(block: Block, path: str) -> Diagnostic:
    said = block.text if isinstance(block, Text) else ", ".join(block.names) or "a date"
    return warning(
        "fits-nowhere",
        f"this block belongs to no paper and was left out: {_excerpt(said)}",
        Span(path, block.line),
        "each paper is a title, an abstract and, where the page has them, authors and a date",
    )


def _too_long(line: str, where: Span) -> Diagnostic:
    return warning(
        "line-too-long", f"a line of {len(line):,} characters was left out: {_excerpt(line)}", where
    )


def _excerpt(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
