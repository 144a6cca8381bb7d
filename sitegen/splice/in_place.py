"""A value in the place of another: written as that was, or as others of its name are."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from yaml import ScalarNode, SequenceNode

from sitegen.parse.kinds import Prose, is_empty
from sitegen.splice.edits import Edit, content
from sitegen.splice.layout import (
    colon_after,
    end_of,
    has_comments,
    is_block,
    is_flow,
    next_line,
    pairs_named,
)
from sitegen.splice.scalars import Written, tidy, written_prose
from sitegen.splice.sequences import (
    Row,
    comments_in_brackets,
    lines_of,
    put_into_brackets,
    row_in_brackets,
    taken_out,
    whole_lines,
)
from sitegen.splice.values import in_brackets, item_kind, item_lines, scalar_kind, written_value

if TYPE_CHECKING:
    from yaml import MappingNode, Node

    from sitegen.splice.edits import Content, Opened, Way
    from sitegen.splice.fields import Said


def in_place_of(source: Opened, holder: MappingNode, at: int, new: Said) -> tuple[tuple[Way, ...], Content]:
    """Ways to say something else under a key of the mapping, and what a parser reads then."""
    text = source.text
    key, old = holder.value[at]
    if is_flow(holder):
        value = Written(in_brackets(new.content, new.kind, old), (), new.content)
    elif isinstance(old, ScalarNode) and not is_empty(old):
        value = _written_like(old, key, new, text)
    else:
        value = written_like_others(source, new, key.start_mark.column, old)
    ways = _ways(old, key, value, text)
    if isinstance(old, SequenceNode) and isinstance(new.content, list) and old.value and new.content:
        anew = () if has_comments(old, old.start_mark.index, end_of(old, text), text) else ways
        ways = _with_items(old, key, new.content, new.kind, text) + anew
    return ways, value.said


def written_like_others(
    source: Opened, new: Said, column: int, old: Node | None = None, *, flow: bool = False
) -> Written:
    """A value in the style of that before, or of another field of this name in the file; `flow`: between brackets."""
    example, step = _example(source, new.name)
    if flow:
        return Written(in_brackets(new.content, new.kind, example), (), new.content)
    if old is not None and not is_empty(old):
        example, step = old, max(0, old.start_mark.column - column)
    return written_value(new.content, new.kind, column, example, step)


def same(node: Node, said: Content) -> bool:
    """Whether a node says this already, blanks around it left aside."""
    before = content(node)
    return (tidy(before) if isinstance(before, str) else before) == said


def line_after_end(end: int, text: str) -> int:
    """Where the next line begins, unless one begins there."""
    return end if end and text[end - 1] == "\n" else next_line(text, end)


def mark_of_end(node: Node, text: str) -> int:
    """Where a node ends by the parser's mark, which runs on over blank lines and comments."""
    return min(node.end_mark.index, len(text))


def _written_like(old: ScalarNode, key: Node, new: Said, text: str) -> Written:
    """In the style of the value that it replaces."""
    column = key.start_mark.column
    if not isinstance(new.content, str) or not isinstance(scalar_kind(new.kind), Prose | None):
        return written_value(new.content, new.kind, column, old)
    if not is_block(old):
        return written_prose(new.content, old.style or "", column + 2)
    header = _header(old, text)
    body = text[next_line(text, old.start_mark.index) : end_of(old, text)]
    lines = [line for line in body.split("\n") if line.strip(" ")]
    digits = [int(c) for c in header if c.isdigit()]
    if digits:
        margin = column + digits[0]
    else:
        margin = len(lines[0]) - len(lines[0].lstrip(" ")) if lines else column + 2
    width = max((len(line.rstrip()) for line in lines), default=0) - margin
    return written_prose(new.content, old.style or "", margin, header=header, width=width)


def _example(source: Opened, name: str) -> tuple[Node | None, int]:
    """The first value of this name that says something, and how much further than its key it begins."""
    for key, value in pairs_named(source.root, name):
        if value.value:
            return value, max(0, value.start_mark.column - key.start_mark.column)
    return None, 2


def _ways(old: Node, key: Node, value: Written, text: str) -> tuple[Way, ...]:
    """What takes the old value's place; a comment behind it stays where it is."""
    head, lines, start, end = value.head, _joined(value.body), old.start_mark.index, end_of(old, text)
    colon = colon_after(key, text)
    if is_empty(old):
        if colon is None:
            return () if lines else ((Edit(end, end, f": {head}"),),)
        below = (whole_lines(text, next_line(text, colon), lines),) if lines else ()
        return ((Edit(colon, colon, " " * bool(head) + head), *below),)
    if is_block(old):
        header = Edit(start, start + len(_header(old, text)), head)
        begin = next_line(text, start)
        return tuple(
            (header, _lines_between(begin, max(begin, until), lines, text))
            for until in dict.fromkeys((line_after_end(end, text), mark_of_end(old, text)))
        )
    if isinstance(old, ScalarNode) or is_flow(old):
        below = (whole_lines(text, next_line(text, end), lines),) if lines else ()
        if not head and colon is not None and not text[colon:start].strip(" "):
            start = colon
        return ((Edit(start, end, head), *below),)
    if colon is None:
        return ()
    begin = next_line(text, colon)
    return (
        (
            Edit(colon, colon, " " * bool(head) + head),
            _lines_between(begin, line_after_end(end, text), lines, text),
        ),
    )


def _with_items(old: SequenceNode, key: Node, said: list[Content], kind: Any, text: str) -> tuple[Way, ...]:
    """Only the items that differ are written; the others keep their quotes and comments, also where they are moved."""
    before, item, first = [content(each) for each in old.value], item_kind(kind), old.value[0]
    names, wanted = [str(each) for each in before], [str(each) for each in said]
    steps = [
        step
        for step in SequenceMatcher(None, names, wanted, autojunk=False).get_opcodes()
        if step[0] != "equal"
    ]
    moved: dict[str, list[int]] = {}  # numbers of the items that leave their place
    for _, i1, i2, _, _ in steps:
        for number in range(i1, i2):
            moved.setdefault(names[number], []).append(number)

    def number_of(each: Content) -> int | None:
        numbers = moved.get(str(each))
        return numbers.pop(0) if numbers else None

    if is_flow(old):
        inside = text[old.start_mark.index : old.end_mark.index]
        if "\n" not in inside:
            kept = {
                name: text[node.start_mark.index : end_of(node, text)]
                for name, node in zip(names, old.value, strict=True)
            }
            written = [
                kept.get(name) or in_brackets(each, item, first)
                for name, each in zip(wanted, said, strict=True)
            ]
            blank = " " if inside[1] == " " else ""
            return (
                (Edit(old.start_mark.index, old.end_mark.index, f"[{blank}{', '.join(written)}{blank}]"),),
            )
        edits: list[Edit] = []
        for _, i1, i2, j1, j2 in steps:
            for each in said[j1:j2]:
                row = _row(old, number_of(each), in_brackets(each, item, first), text)
                if not (row.above or row.behind):
                    ways = put_into_brackets(old, i1, row.written, text)
                elif not (ways := row_in_brackets(old, i1, row, text)):
                    return ()
                edits += ways[0]
            for number in range(i1, i2):
                edits += taken_out(old, number, key, text)[0]
        return (tuple(edits),)
    column, gap = old.start_mark.column, max(2, first.start_mark.column - old.start_mark.column)
    places = [place for number in range(len(names)) if (place := lines_of(old, number, key, text))]
    if len(places) < len(names):
        return ()
    edits = []
    for _, i1, i2, j1, j2 in steps:
        edits += (Edit(place.start, place.end, "") for place in places[i1:i2])
        new = ""
        for each in said[j1:j2]:
            old_number = number_of(each)
            if old_number is None:
                new += _joined(item_lines(each, item, column, first, gap).body)
            else:
                new += text[places[old_number].start : places[old_number].end].removesuffix("\n") + "\n"
        if new:
            at = places[i1].start if i1 < len(names) else places[-1].end
            edits.append(whole_lines(text, at, new))
    return (tuple(edits),)


def _row(items: SequenceNode, number: int | None, written: str, text: str) -> Row:
    """An item as it stands between brackets with its comments; a new one as it is to be written."""
    if number is None:
        return Row((), written, "")
    node = items.value[number]
    above, behind = comments_in_brackets(items, number, text)
    return Row(above, text[node.start_mark.index : end_of(node, text)], behind)


def _header(block: ScalarNode, text: str) -> str:
    found = _HEADER.match(text, block.start_mark.index)
    assert found, block
    return found[0]


def _lines_between(start: int, end: int, lines: str, text: str) -> Edit:
    """Lines in the place of whole lines; where they end the file, it ends as before."""
    if not lines or (end and text[end - 1] == "\n"):
        return (
            Edit(start, end, lines)
            if start < end or text[start - 1] == "\n"
            else whole_lines(text, start, lines)
        )
    if start == end:
        return whole_lines(text, start, lines)
    return Edit(start, end, lines.removesuffix("\n"))


def _joined(lines: tuple[str, ...]) -> str:
    return "".join(line + "\n" for line in lines)


_HEADER = re.compile(r"[|>][-+0-9]*")
