"""Items of lists: taken out, put in, moved, with the comments that are theirs.

Every function gives the ways in which the change may be written, the best first. Of a list in lines an item is whole lines:
the comments right above it in its column, and those behind it or below it that are indented further. Of a list in brackets it
is its own characters; where it has its lines to itself, these lines.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.splice.edits import Edit
from sitegen.splice.layout import (
    blank_lines_after,
    blank_lines_before,
    colon_after,
    comments_above,
    end_of,
    is_flow,
    line_after,
    line_start,
    next_line,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml import Node, SequenceNode

    from sitegen.splice.edits import Way


class Lines(NamedTuple):
    """The whole lines of an item: where its comments begin, where the line with its `-`, and where the next line."""

    start: int
    dash: int
    end: int


class Row(NamedTuple):
    """An item that has a line between brackets to itself, with its comments."""

    above: tuple[str, ...]
    written: str
    behind: str


def lines_of(items: SequenceNode, number: int, key: Node, text: str) -> Lines | None:
    """The lines of an item of a list in lines; None where its `-` does not begin a line."""
    column = items.start_mark.column
    if number:
        floor = line_after(items.value[number - 1], text, column)
    else:
        floor = next_line(text, key.end_mark.index)
    node = items.value[number]
    dash = re.compile(rf"^ {{{column}}}-(?=\s|\Z)", re.MULTILINE).search(
        text, floor, node.start_mark.index + 1
    )
    if dash is None:
        return None
    start = comments_above(dash.start(), text, column, floor)
    return Lines(start, dash.start(), line_after(node, text, column))


def taken_out(items: SequenceNode, number: int, key: Node, text: str) -> tuple[Way, ...]:
    """The item is gone; a list that loses its last one stays, as `[]`."""
    if is_flow(items):
        spans = [(node.start_mark.index, end_of(node, text)) for node in items.value]
        return out_of_brackets(items, spans, number, text)
    lines = lines_of(items, number, key, text)
    if lines is None:
        return ()
    start, _, end = lines
    if len(items.value) == 1:
        colon = colon_after(key, text)
        return () if colon is None else ((Edit(colon, colon, " []"), Edit(start, end, "")),)
    floor = line_after(items.value[number - 1], text, items.start_mark.column) if number else start
    above, below = blank_lines_before(start, text, floor), blank_lines_after(end, text)
    is_last = number == len(items.value) - 1
    if (above < start or number == 0) and below > end:
        best = Edit(start, below, "")
    elif is_last and above < start and below == end:
        best = Edit(above, end, "")
    else:
        best = Edit(start, end, "")
    others = (Edit(start, end, ""), Edit(start, below, ""), Edit(above, end, ""), Edit(above, below, ""))
    return tuple((edit,) for edit in dict.fromkeys((best, *others)))


def put_in(items: SequenceNode, at: int, lines: str, key: Node, text: str) -> tuple[Way, ...]:
    r"""Lines that end with `\n`, as the item number `at` of a list in lines that has some."""
    count = len(items.value)
    beside = lines_of(items, min(at, count - 1), key, text)
    if beside is None:
        return ()
    gap = "\n" * _blank_lines_between(items, min(at, count - 1), key, text)
    if at < count:
        return tuple((Edit(beside.start, beside.start, new),) for new in dict.fromkeys((lines + gap, lines)))
    far = blank_lines_after(beside.end, text)
    ends = dict.fromkeys(((beside.end, gap + lines), (beside.end, lines), (far, lines)))
    return tuple((whole_lines(text, end, new),) for end, new in ends)


def put_into_brackets(items: SequenceNode, at: int, item: str, text: str) -> tuple[Way, ...]:
    """An item written on one line, as number `at` of a list in brackets."""
    if not items.value:
        start = items.start_mark.index + 1
        return ((Edit(start, start, item),),)
    if at == len(items.value):
        end = end_of(items.value[-1], text)
        return ((Edit(end, end, f", {item}"),),)
    start = items.value[at].start_mark.index
    begun = line_start(text, start)
    if not text[begun:start].strip(" ") and begun > items.start_mark.index:
        margin = text[begun:start]
        begun = comments_above(begun, text, len(margin), next_line(text, items.start_mark.index))
        return ((Edit(begun, begun, f"{margin}{item},\n"),), (Edit(start, start, f"{item}, "),))
    return ((Edit(start, start, f"{item}, "),),)


def row_in_brackets(items: SequenceNode, at: int, row: Row, text: str) -> tuple[Way, ...]:
    """A row as item number `at` of a list in brackets whose items have lines to themselves; none where they have not."""
    beside = items.value[min(at, len(items.value) - 1)]
    start, end = beside.start_mark.index, end_of(beside, text)
    begun = line_start(text, start)
    before = text[begun:start]
    margin = before[: len(before) - len(before.lstrip(" "))]
    if begun <= items.start_mark.index or (before != margin and at < len(items.value)):
        return ()
    lines = "".join(f"{margin}{line}\n" for line in (*row.above, f"{row.written},{row.behind}"))
    if at < len(items.value):
        floor = next_line(text, items.start_mark.index)
        if at:
            floor = max(floor, next_line(text, end_of(items.value[at - 1], text)))
        begun = comments_above(begun, text, len(margin), floor)
        return ((Edit(begun, begun, lines),),)
    comma = _COMMA.match(text, end)
    rest = _REST.match(text, comma.end() if comma else end)
    if rest is None:
        return ()
    return ((*(() if comma else (Edit(end, end, ","),)), Edit(rest.end(), rest.end(), lines)),)


def comments_in_brackets(items: SequenceNode, number: int, text: str) -> tuple[tuple[str, ...], str]:
    """The comments above an item that has its line between brackets to itself, and that behind it with the blanks before."""
    node = items.value[number]
    start, end = node.start_mark.index, end_of(node, text)
    begun = line_start(text, start)
    comma = _COMMA.match(text, end)
    rest = _REST.match(text, comma.end() if comma else end)
    if rest is None or begun <= items.start_mark.index or text[begun:start].strip(" "):
        return (), ""
    floor = next_line(text, items.start_mark.index)
    if number:
        floor = max(floor, next_line(text, end_of(items.value[number - 1], text)))
    above = text[comments_above(begun, text, start - begun, floor) : begun]
    return tuple(line.strip(" ") for line in above.split("\n")[:-1]), rest[0].rstrip()


def out_of_brackets(whole: Node, spans: Sequence[tuple[int, int]], number: int, text: str) -> tuple[Way, ...]:
    """What stands in one of these places, between the brackets of a list or a mapping, is gone with its comma."""
    start, end = spans[number]
    comma = _COMMA.match(text, end)
    after = comma.end() if comma else end
    rest = _REST.match(text, after)
    begun = line_start(text, start)
    ways: list[Way] = []
    if rest and begun > whole.start_mark.index and not text[begun:start].strip(" "):
        floor = next_line(text, whole.start_mark.index)
        if number:
            floor = max(floor, next_line(text, spans[number - 1][1]))
        ways.append((Edit(comments_above(begun, text, start - begun, floor), rest.end(), ""),))
    if number + 1 < len(spans):
        until = spans[number + 1][0]
        ways.append((Edit(start, until if not text[after:until].strip(" ") else after, ""),))
    elif number:
        since = spans[number - 1][1]
        if not text[since:start].strip(", "):
            ways.append((Edit(since, end, ""),))
        ways.append((Edit(start, end, ""),))
    else:
        first, last = whole.start_mark.index + 1, whole.end_mark.index - 1
        if not (text[first:start] + text[after:last]).strip():
            ways.append((Edit(first, last, ""),))
        ways.append((Edit(start, after, ""),))
    return tuple(ways)


def whole_lines(text: str, at: int, lines: str) -> Edit:
    r"""Lines that end with `\n`, put where a line begins or the file ends."""
    if not at or text[at - 1] == "\n":
        return Edit(at, at, lines)
    # The file ends as before, but where blank lines at its end would be part of a block of text.
    return Edit(at, at, "\n" + (lines if lines.endswith("\n\n") else lines.removesuffix("\n")))


def indented(lines: str, by: int) -> str:
    """Lines moved to the right, or to the left as far as they have blanks."""
    if by >= 0:
        return _LINE.sub(" " * by, lines)
    return re.sub(rf"^ {{0,{-by}}}", "", lines, flags=re.MULTILINE)


def _blank_lines_between(items: SequenceNode, number: int, key: Node, text: str) -> int:
    """How many blank lines stand between this item and the one beside it."""
    if len(items.value) == 1:
        return 0
    second = lines_of(items, max(number, 1), key, text)
    if second is None:
        return 0
    end = line_after(items.value[max(number, 1) - 1], text, items.start_mark.column)
    above = text[blank_lines_before(second.start, text, end) : second.start]
    below = text[end : min(blank_lines_after(end, text), second.start)]
    return max(above.count("\n"), below.count("\n"))


_LINE = re.compile(r"^(?=[^\n])", re.MULTILINE)
_COMMA = re.compile(r"[ \t]*,")
_REST = re.compile(r"[ \t]*(?:#[^\n]*)?\n")
