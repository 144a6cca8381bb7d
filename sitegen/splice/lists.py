"""A list that is the value of a field: items put into it, taken out of it, moved from one to another.

It may be in lines or in brackets, be empty, hold nothing at all, or not be there yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from yaml import MappingNode, ScalarNode, SequenceNode

from sitegen.parse.kinds import is_empty
from sitegen.parse.nodes import NULLS
from sitegen.splice.edits import Change, Edit, content, replaced
from sitegen.splice.layout import (
    colon_after,
    end_of,
    field,
    has_comments,
    is_flow,
    line_after,
    next_line,
    pairs_named,
)
from sitegen.splice.sequences import indented, lines_of, put_in, put_into_brackets, taken_out, whole_lines
from sitegen.splice.values import in_brackets

if TYPE_CHECKING:
    from collections.abc import Callable

    from yaml import Node

    from sitegen.splice.edits import Content, Opened, Path
    from sitegen.splice.fields import Place


class Listed(NamedTuple):
    """An item of a list: the list, the way down to it, its key if it has one, and the item's number."""

    path: Path
    key: Node | None
    items: SequenceNode
    number: int

    @property
    def node(self) -> Any:
        return self.items.value[self.number]


class Item(NamedTuple):
    """What is to be put into a list, as it is written there, and what it then says."""

    lines: Callable[[int, Node | None], tuple[str, Content]]  # from a column on, beside a neighbour
    brackets: Callable[[Node | None], tuple[str, Content] | None]  # None where it has no room there


def with_item(
    source: Opened, mapping: Place, name: str, item: Item, *, at: int, place: int | None = None
) -> Change:
    """The list under `name` in the mapping has an item more, before that which is number `at` now.

    `place`: its number afterwards, where another item goes at the same time.
    """
    holder: MappingNode = mapping.node
    number, text = field(holder, name), source.text
    if number is None:
        return _new_list(source, mapping, name, item)
    key, items = holder.value[number]
    path = (*mapping.path, number)
    place = at if place is None else place

    def grown(items: Content, said: Content) -> Content:
        assert isinstance(items, list), items
        return [*items[:place], said, *items[place:]]

    if isinstance(items, SequenceNode) and items.value:
        beside = items.value[min(at, len(items.value) - 1) if at == 0 else at - 1]
        if not is_flow(items):
            lines, said = item.lines(items.start_mark.column, beside)
            return Change(put_in(items, at, lines, key, text), path, lambda now: grown(now, said))
        written = item.brackets(beside)
        if written is None:
            return Change((), path, lambda now: now)
        ways = put_into_brackets(items, at, written[0], text)
        said = written[1]
        return Change(ways, path, lambda now: grown(now, said))
    if is_flow(holder):
        written = item.brackets(None)
        if written is None:
            return Change((), path, lambda now: now)
        whole = Edit(items.start_mark.index, end_of(items, text), f"[{written[0]}]")
        said = written[1]
        return Change(((whole,),), path, lambda _: [said])
    colon = colon_after(key, text)
    if colon is None or not (isinstance(items, SequenceNode) or _is_null(items)):
        return Change((), path, lambda now: now)
    lines, said = item.lines(_column(source, name, key), None)
    below = whole_lines(text, next_line(text, end_of(items, text)), lines)
    emptied = () if is_empty(items) else (Edit(colon, end_of(items, text), ""),)
    return Change(((*emptied, below),), path, lambda _: [said])


def without_item(source: Opened, item: Listed) -> Change:
    """The list has one item less."""
    number = item.number

    def less(now: Content) -> Content:
        assert isinstance(now, list), now
        return [*now[:number], *now[number + 1 :]]

    return Change(taken_out(item.items, number, item.key, source.text), item.path, less)


def both(out: Change, into: Change) -> Change:
    """An item taken out here and put in there."""
    ways = tuple((*one, *other) for other in into.ways for one in out.ways)
    return Change(
        ways, (), lambda whole: replaced(replaced(whole, out.path, out.meant), into.path, into.meant)
    )


def as_it_is(source: Opened, item: Listed) -> Item:
    """An item of a list as its author wrote it, with its comments."""
    text, items, node = source.text, item.items, item.node
    said = content(node)
    if is_flow(items):
        written = text[node.start_mark.index : end_of(node, text)]
        if "\n" in written:
            written = in_brackets(said, None, None)
        return Item(lambda column, _: (f"{' ' * column}- {written}\n", said), lambda _: (written, said))
    place = lines_of(items, item.number, item.key, text)
    lines = text[place.start : place.end] if place else ""
    lines += "" if lines.endswith("\n") else "\n"
    commented = place is None or has_comments(node, place.start, place.end, text)
    in_one = None if commented else (in_brackets(said, None, node), said)
    return Item(lambda column, _: (indented(lines, column - items.start_mark.column), said), lambda _: in_one)


def _new_list(source: Opened, mapping: Place, name: str, item: Item) -> Change:
    text, holder, path = source.text, mapping.node, mapping.path
    if is_flow(holder):
        written = item.brackets(None)
        if written is None or not holder.value:
            return Change((), path, lambda now: now)
        end = end_of(holder.value[-1][1], text)
        edit = Edit(end, end, f", {name}: [{written[0]}]")
        said = written[1]
    else:
        key, last = holder.value[-1][0], holder.value[-1][1]
        column = holder.start_mark.column
        lines, said = item.lines(_column(source, name, key), None)
        edit = whole_lines(text, line_after(last, text, column), f"{' ' * column}{name}:\n{lines}")
    return Change(((edit,),), path, lambda pairs: (*pairs, (name, [said])))


def _column(source: Opened, name: str, key: Node) -> int:
    """Where the `-` of a new list stands: as far from its key as those of the file's others."""
    for other, items in pairs_named(source.root, name):
        if isinstance(items, SequenceNode) and items.value and not is_flow(items):
            return key.start_mark.column + items.start_mark.column - other.start_mark.column
    return key.start_mark.column + 2


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style == "" and node.value in NULLS
