"""A list that is the value of a field: items put into it, one or several; taken out of it; moved from one to another.

It may be in lines or in brackets, be empty, hold nothing at all, or not be there yet.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from yaml import MappingNode, SequenceNode

from sitegen.parse.kinds import is_empty, is_null
from sitegen.splice.edits import Change, Edit, content
from sitegen.splice.layout import (
    blank_lines_after,
    colon_after,
    comments_above,
    end_of,
    field,
    has_comments,
    is_block,
    is_first_on_line,
    is_flow,
    line_after,
    line_end,
    line_start,
    next_line,
    pairs_named,
    scalars,
)
from sitegen.splice.sequences import (
    Row,
    comments_in_brackets,
    indented,
    lines_of,
    put_in,
    put_into_brackets,
    row_in_brackets,
    taken_out,
    whole_lines,
)
from sitegen.splice.values import in_brackets

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import Node

    from sitegen.splice.edits import Content, Opened, Path, Way
    from sitegen.splice.fields import Place


class Listed(NamedTuple):
    """An item of a list: the list, the way down to it, its key, and the item's number."""

    path: Path
    key: Node
    items: SequenceNode
    number: int

    @property
    def node(self) -> Any:
        return self.items.value[self.number]


class Item(NamedTuple):
    """What is to be put into a list, as it is written there, and what it then says: an item, or several in a row."""

    lines: Callable[[int, Node | None], tuple[str, list[Content]]]  # from a column on, beside a neighbour
    brackets: Callable[[Node | None], tuple[str, list[Content]]]
    above: tuple[str, ...] = ()  # its comments, which `lines` has already
    behind: str = ""
    needs_lines: bool = False  # it has comments for which there is no room between brackets


def with_item(
    source: Opened, mapping: Place, name: str, item: Item, *, at: int, place: int | None = None
) -> Change:
    """The list under `name` in the mapping has an item more, before that which is number `at` now.

    `place`: its number afterwards, where another item goes at the same time. A list in brackets gets lines where the item has
    comments for which it has no room.
    """
    holder: MappingNode = mapping.node
    number, text = field(holder, name), source.text
    if number is None:
        return _new_list(source, mapping, name, item)
    key, items = holder.value[number]
    place = at if place is None else place
    beside = items.value[max(at - 1, 0)] if isinstance(items, SequenceNode) and items.value else None
    if not isinstance(items, SequenceNode) and not is_null(items):
        ways: tuple[Way, ...] = ()
        said = item.brackets(None)[1]
    elif beside is not None and not is_flow(items):
        lines, said = item.lines(items.start_mark.column, beside)
        ways = put_in(items, at, lines, key, text)
    elif beside is not None and not (item.above or item.behind or item.needs_lines):
        written, said = item.brackets(beside)
        ways = put_into_brackets(items, at, written, text)
        if at == len(items.value) and is_first_on_line(beside, text):
            ways = row_in_brackets(items, at, Row((), written, ""), text) + ways
    elif beside is not None:
        written, said = item.brackets(beside)
        row = (
            ()
            if item.needs_lines
            else row_in_brackets(items, at, Row(item.above, written, item.behind), text)
        )
        ways = row or _in_lines_instead(source, key, items, item, at)
    elif is_flow(holder) or "#" in text[items.start_mark.index : end_of(items, text)]:
        written, said = item.brackets(None)
        if not (item.above or item.behind or item.needs_lines):
            ways = _in_empty_brackets(items, written, text)
        else:
            ways = () if is_flow(holder) else _in_lines_instead(source, key, items, item, at)
    else:
        lines, said = item.lines(_column(source, name, key), None)
        ways = _lines_below(key, items, lines, text)

    def grown(now: Content) -> Content:
        return [*now[:place], *said, *now[place:]] if isinstance(now, list) else said

    return Change(ways, (*mapping.path, number), grown)


def without_item(source: Opened, item: Listed) -> Change:
    """The list has one item less."""
    number = item.number

    def less(now: Content) -> Content:
        assert isinstance(now, list), now
        return [*now[:number], *now[number + 1 :]]

    return Change(taken_out(item.items, number, item.key, source.text), item.path, less)


def as_it_is(source: Opened, item: Listed, kind: Any) -> Item:
    """An item of this kind in a list as its author wrote it, with its comments."""
    text, items, node = source.text, item.items, item.node
    said, end = content(node), end_of(item.node, source.text)
    if is_flow(items):
        written = text[node.start_mark.index : end]
        if "\n" in written and not has_comments(node, node.start_mark.index, end, text):
            written = in_brackets(said, kind, None)
        above, behind = comments_in_brackets(items, item.number, text)

        def alone(column: int, _: Node | None) -> tuple[str, list[Content]]:
            margin = " " * column
            first, line_break, others = written.partition("\n")
            others = indented(others, column + 2 - node.start_mark.column)
            row = f"{margin}- {first}{line_break}{others}{behind}\n"
            return "".join(f"{margin}{line}\n" for line in above) + row, [said]

        return Item(alone, lambda _: (written, [said]), above, behind)
    place = lines_of(items, item.number, item.key, text)
    lines = text[place.start : place.end] if place else ""
    lines += "" if lines.endswith("\n") else "\n"
    one_line = in_brackets(said, kind, node)
    # Comments above it, and one behind a single line, may stand beside a row between brackets; others may not.
    dash = place.dash if place else 0
    above = tuple(line.strip(" ") for line in text[place.start : dash].split("\n")[:-1]) if place else ()
    behind = text[end : line_end(text, end)] if end and text[end - 1] != "\n" else ""
    inside = place is None or has_comments(node, dash, end, text)
    below = place is not None and next_line(text, end) < place.end and bool(behind or text[end - 1] != "\n")
    return Item(
        lambda column, _: (indented(lines, column - items.start_mark.column), [said]),
        lambda _: (one_line, [said]),
        above,
        behind.rstrip(),
        inside or below or any(map(is_block, scalars(node))),
    )


def as_they_are(source: Opened, whole: Place, name: str, kind: Any) -> Item:
    """All items of this kind in the list under `name` of a mapping, with the comments among them and below them."""
    text, mapping = source.text, whole.node
    at = field(mapping, name)
    assert at is not None, name
    key, items = mapping.value[at]
    is_last = at == len(mapping.value) - 1
    column = mapping.start_mark.column - 1 if is_last else items.start_mark.column
    each = [as_it_is(source, Listed(whole.path, key, items, n), kind) for n in range(len(items.value))]
    said = [content(node) for node in items.value]
    start, end = blank_lines_after(next_line(text, key.end_mark.index), text), line_after(items, text, column)
    lines = text[start:end]
    in_one = ", ".join(item.brackets(None)[0] for item in each)
    commented = any(item.above or item.behind or item.needs_lines for item in each)

    def below(column: int, beside: Node | None) -> tuple[str, list[Content]]:
        if is_flow(items):
            return "".join(item.lines(column, beside)[0] for item in each), said
        ended = lines if lines.endswith("\n") else lines + "\n"
        return indented(ended, column - items.start_mark.column), said

    among = not is_flow(items) and has_comments(items, start, end, text)
    return Item(below, lambda _: (in_one, said), needs_lines=commented or among)


def _in_lines_instead(source: Opened, key: Node, items: Node, item: Item, at: int) -> tuple[Way, ...]:
    """A list in brackets as one in lines that has the item too; none where a comment would be lost."""
    text, start, end = source.text, items.start_mark.index, items.end_mark.index
    if not isinstance(items, SequenceNode):
        return ()
    margin = " " * _column(source, key.value, key)
    opening = _COMMENT.match(text, start + 1)
    rows = []
    for number, node in enumerate(items.value):
        above, behind = comments_in_brackets(items, number, text)
        written = text[node.start_mark.index : end_of(node, text)]
        rows.append("".join(f"{margin}{line}\n" for line in (*above, f"- {written}{behind}")))
    kept = (opening[0] if opening else "") + "".join(rows)
    if kept.count("#") != text[start:end].count("#"):
        return ()
    rows.insert(at, item.lines(len(margin), None)[0])
    return _lines_below(key, items, "".join(rows), text, opening[0].rstrip() if opening else "")


def _lines_below(key: Node, items: Node, lines: str, text: str, comment: str = "") -> tuple[Way, ...]:
    """Lines below the key in the place of what stands behind it; a comment may stay there."""
    colon, end = colon_after(key, text), end_of(items, text)
    if colon is None:
        return ()
    begun = next_line(text, end)
    # A block of text that keeps the blank lines after it must not gain those that stand there.
    places = dict.fromkeys((begun, blank_lines_after(begun, text)))
    head = () if is_empty(items) else (Edit(colon, end, comment),)
    return tuple((*head, whole_lines(text, at, lines)) for at in places)


def _in_empty_brackets(items: Node, written: str, text: str) -> tuple[Way, ...]:
    if isinstance(items, SequenceNode):
        return put_into_brackets(items, 0, written, text)
    return ((Edit(items.start_mark.index, end_of(items, text), f"[{written}]"),),)


def _new_list(source: Opened, mapping: Place, name: str, item: Item) -> Change:
    text, holder = source.text, mapping.node
    at = len(holder.value)
    if is_flow(holder):
        written, said = item.brackets(None)
        end = end_of(holder.value[-1][1], text) if holder.value else holder.start_mark.index + 1
        edit = Edit(end, end, f"{', ' * bool(holder.value)}{name}: [{written}]")
        ways: tuple[Way, ...] = () if item.above or item.behind or item.needs_lines else ((edit,),)
    else:
        key, last = holder.value[-1]
        column = holder.start_mark.column
        lines, said = item.lines(_column(source, name, key), None)
        below = line_after(last, text, column)
        sections = field(holder, "sections")
        if name == "picks" and sections and is_first_on_line(holder.value[sections][0], text):
            at, (key, _) = sections, holder.value[sections]
            floor = line_after(holder.value[at - 1][1], text, column)
            below = comments_above(line_start(text, key.start_mark.index), text, column, floor)
        places = dict.fromkeys((below, blank_lines_after(below, text)))
        ways = tuple((whole_lines(text, each, f"{' ' * column}{name}:\n{lines}"),) for each in places)
    return Change(ways, mapping.path, lambda pairs: (*pairs[:at], (name, said), *pairs[at:]))


def _column(source: Opened, name: str, key: Node) -> int:
    """Where the `-` of a new list stands: as far from its key as those of the file's others."""
    for other, items in pairs_named(source.root, name):
        if isinstance(items, SequenceNode) and items.value and not is_flow(items):
            return key.start_mark.column + items.start_mark.column - other.start_mark.column
    return key.start_mark.column + 2


_COMMENT = re.compile(r"[ \t]*#[^\n]*(?=\n)")
