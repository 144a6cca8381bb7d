"""Which lines of a Daily Papers page belong together: told from what they look like, never from their number."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from sitegen.diagnostics import Diagnostic, Span, info, warning
from sitegen.parse.daily_papers_blocks import (
    FURNITURE,
    Block,
    Day,
    Metadata,
    Text,
    cut,
    day_of,
    excerpt,
    is_furniture,
    letters,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


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
    blocks = list(cut(text, path, problems))
    day, start = _header(blocks, path, problems)
    end = len(blocks)
    while end > start and isinstance(last := blocks[end - 1], Text) and letters(last.text) in FURNITURE:
        end -= 1
    entries = tuple(_entries(blocks[start:end], path, problems))
    return Layout(day, entries, tuple(problems))


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
            f"taken for part of the page's header: {excerpt(block.text)}",
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
            else warning("no-abstract", f"a title without an abstract: {excerpt(title.text)}", where)
        )
    return Entry(title, abstract, metadata)


def _fits_nowhere(block: Block, path: str) -> Diagnostic:
    said = block.text if isinstance(block, Text) else ", ".join(block.names) or "a date"
    return warning(
        "fits-nowhere",
        f"this block belongs to no paper and was left out: {excerpt(said)}",
        Span(path, block.line),
        "each paper is a title, an abstract and, where the page has them, authors and a date",
    )
