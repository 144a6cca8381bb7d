"""Fields of mappings: set, changed in the style in which they are written, taken out, any number of them at once."""

from __future__ import annotations

import re
from itertools import chain, groupby, product
from typing import TYPE_CHECKING, Any, NamedTuple

from sitegen.parse.kinds import is_empty
from sitegen.splice.edits import Change, Edit, refusal
from sitegen.splice.in_place import in_place_of, line_after_end, mark_of_end, same, written_like_others
from sitegen.splice.layout import (
    comments_above,
    end_of,
    field,
    is_block,
    is_first_on_line,
    is_flow,
    line_after,
    line_start,
)
from sitegen.splice.scalars import written
from sitegen.splice.sequences import out_of_brackets, whole_lines
from sitegen.splice.values import first_unwritable, said_by

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from yaml import MappingNode

    from sitegen.diagnostics import Diagnostic
    from sitegen.model.source import SourceFile
    from sitegen.parse.shapes import Shape
    from sitegen.splice.edits import Content, Opened, Path, Way
    from sitegen.splice.scalars import Written
    from sitegen.splice.values import Value


class Place(NamedTuple):
    """A node of an open file, and the way down to it."""

    path: Path
    node: Any


class Said(NamedTuple):
    """What a field of this name and kind is to say; what says nothing is taken out."""

    name: str
    content: Content
    kind: Any


def asked_for(file: SourceFile, shape: Shape, values: Mapping[str, Value | None]) -> list[Said] | Diagnostic:
    """Values for fields of a shape as a file can say them; None takes a field out. Or why it cannot."""
    fields = []
    for name, value in values.items():
        known = shape.by_name.get(name)
        if known is None:
            return refusal(
                file, f"cannot have '{name}' in {shape.name}", f"known: {', '.join(shape.by_name)}"
            )
        said = "" if value is None else said_by(value, known.kind)
        if bad := first_unwritable(said):
            return refusal(file, f"cannot hold the character U+{ord(bad):04X}", "delete it")
        fields.append(Said(name, said, known.kind))
    return fields


def with_fields(source: Opened, holder: Place, fields: Iterable[Said], after: Sequence[str] = ()) -> Change:
    """The mapping says all this: where it did so before, else in new fields.

    New ones come behind the last that it has of `after`; without any, they are its last, before a block of prose.
    """
    mapping: MappingNode = holder.node
    ways: list[tuple[Way, ...]] = []
    said: dict[int, Content] = {}
    gone, new = [], []
    for each in fields:
        at = field(mapping, each.name)
        if at is None:
            new += [each] if each.content else []
        elif not each.content:
            gone.append(at)
        elif is_empty(mapping.value[at][1]) or not same(mapping.value[at][1], each.content):
            those, said[at] = in_place_of(source, mapping, at, each)
            ways.append(those)
    gone.sort()
    placed = _placed(source, mapping, new, after)
    if is_flow(mapping) and placed and len(mapping.value) - 1 in gone:
        ways += _without(mapping, gone, source.text, _in_one(*placed.values()))
    else:
        ways += _without(mapping, gone, source.text)
        ways += [(_put(mapping, at, group, source.text),) for at, group in placed.items()]

    def meant(pairs: Content) -> Content:
        assert isinstance(pairs, tuple), pairs
        now: list[tuple[Content, Content]] = []
        for number in range(len(pairs) + 1):
            now += ((name, value.said) for name, value in placed.get(number, ()))
            if number < len(pairs) and number not in gone:
                key, value = pairs[number]
                now.append((key, said.get(number, value)))
        return tuple(now)

    return Change(tuple(tuple(chain(*each)) for each in product(*ways)), holder.path, meant)


def as_mapping(source: Opened, item: Place, first: Said, fields: Iterable[Said], *, flow: bool) -> Change:
    """A text in a list becomes a mapping that says `first`, and has other fields; `flow`: in brackets."""
    text, node = source.text, item.node
    start, end = node.start_mark.index, end_of(node, text)
    own = text[start:end]
    if first.content != node.value.strip() or "\n" in own:
        own = written(str(first.content), node.style if node.style in {"", "'"} else '"', flow=flow)
    column = node.start_mark.column
    new = [
        (each.name, written_like_others(source, each, column, flow=flow)) for each in fields if each.content
    ]
    if flow:
        pairs = _in_one(new)
        edits: Way = (Edit(start, end, f"{{{first.name}: {own}, {pairs}}}"),)
    else:
        below = whole_lines(text, line_after_end(end, text), _lines(new, column))
        edits = (Edit(start, end, f"{first.name}: {own}"), below)
    said = ((first.name, first.content), *((name, value.said) for name, value in new))
    return Change((edits,), item.path, lambda _: said)


def _without(
    mapping: MappingNode, gone: Sequence[int], text: str, instead: str = ""
) -> list[tuple[Way, ...]]:
    """Fields that are taken out. The comments above them stay, those behind and within them go.

    `instead`: what comes in the place of the last ones between brackets.
    """
    ways: list[tuple[Way, ...]] = []
    column = mapping.start_mark.column
    for _, numbers in groupby(enumerate(gone), lambda each: each[1] - each[0]):
        run = [number for _, number in numbers]
        first, last = run[0], run[-1]
        if is_flow(mapping):
            spans = [(each.start_mark.index, end_of(of, text)) for each, of in mapping.value]
            start, end = spans[first][0], spans[last][1]
            spans[first : last + 1] = [(start, end)]
            if instead and first == len(spans) - 1:
                ways.append(((Edit(start, end, instead),),))
            else:
                ways.append(out_of_brackets(mapping, spans, first, text))
            continue
        if not is_first_on_line(mapping.value[first][0], text):
            ways.append(_behind_a_dash(mapping, last, text))
            continue
        for key, value in mapping.value[first : last + 1]:
            start, end = line_start(text, key.start_mark.index), line_after(value, text, column)
            ways.append(((Edit(start, end, ""),), (Edit(start, mark_of_end(value, text), ""),)))
    return ways


def _behind_a_dash(mapping: MappingNode, last: int, text: str) -> tuple[Way, ...]:
    """Without the fields up to this one: what comes next goes to where the first stands, behind a `-`."""
    if last + 1 == len(mapping.value):
        return ()
    comment = _COMMENT.match(text, line_after(mapping.value[last][1], text, mapping.start_mark.column))
    until = comment.end() if comment else mapping.value[last + 1][0].start_mark.index
    return ((Edit(mapping.start_mark.index, until, ""),),)


_New = list[tuple[str, "Written"]]


def _placed(
    source: Opened, mapping: MappingNode, new: Iterable[Said], after: Sequence[str]
) -> dict[int, _New]:
    """New fields, by the number of the pair before which they come."""
    pairs, flow, column = mapping.value, is_flow(mapping), mapping.start_mark.column
    above = [number for number, (key, _) in enumerate(pairs) if key.value in after]
    placed: dict[int, _New] = {}
    for each in new:
        value = written_like_others(source, each, column, flow=flow)
        at = len(pairs)
        if flow:
            pass
        elif above:
            at = max(above) + 1
        elif len(pairs) > 1 and is_block(pairs[-1][1]) and is_first_on_line(pairs[-1][0], source.text):
            at -= value.head[:1] not in _BLOCK
        placed.setdefault(at, []).append((each.name, value))
    return placed


def _put(mapping: MappingNode, at: int, new: _New, text: str) -> Way:
    if is_flow(mapping):
        return _into_braces(mapping, _in_one(new), text)
    column, pairs = mapping.start_mark.column, mapping.value
    below = line_after(pairs[at - 1][1], text, column)
    if at == len(pairs) - 1:  # above a block of prose, with no blank line between
        above = comments_above(line_start(text, pairs[at][0].start_mark.index), text, column, below)
        below = above if is_block(pairs[at][1]) else below
    return (whole_lines(text, below, _lines(new, column)),)


def _in_one(new: _New) -> str:
    return ", ".join(f"{name}: {value.head}" for name, value in new)


def _lines(new: _New, column: int) -> str:
    return "".join(
        f"{' ' * column}{name}:{' ' * bool(value.head)}{value.head}\n"
        + "".join(f"{line}\n" for line in value.body)
        for name, value in new
    )


def _into_braces(holder: MappingNode, pairs: str, text: str) -> Way:
    start = holder.start_mark.index
    if not holder.value:
        return (Edit(start + 1, start + 1, pairs),)
    end = end_of(holder.value[-1][1], text)
    if text[start] == "{":
        return (Edit(end, end, f", {pairs}"),)
    return (Edit(start, start, "{"), Edit(end, end, f", {pairs}}}"))  # the only pair of an item in brackets


_BLOCK = ("|", ">")
_COMMENT = re.compile(r"[ ]*(?=#)")
