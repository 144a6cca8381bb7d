"""Values as they are written into a file: in the way in which it writes others of their kind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from yaml import ScalarNode, SequenceNode

from sitegen.parse.kinds import Choice, Date, Flag, Prose, Url, Whole
from sitegen.parse.shapes import ByForm, ListOf, Made, Shape
from sitegen.splice.layout import is_flow
from sitegen.splice.scalars import Written, tidy, unwritable, written, written_prose

if TYPE_CHECKING:
    from typing import Any

    from yaml import Node

    from sitegen.splice.edits import Content

Value = str | int | bool | Sequence["Value"] | Mapping[str, "Value"]
"""What a field is to hold, as JSON has it."""


def said_by(value: Value, kind: Any = None) -> Content:
    """A value as content: text as our parser gives it, numbers and flags as they are written."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        text = tidy(value)
        return (
            " ".join(text.split())
            if "\n" in text and not isinstance(scalar_kind(kind), Prose | None)
            else text
        )
    if isinstance(value, Mapping):
        shape = kind_of(kind, Mapping)
        return tuple((name, said_by(each, _field_kind(shape, name))) for name, each in value.items())
    item = item_kind(kind)
    return [said_by(each, item) for each in value]


def written_value(
    said: Content, kind: Any, column: int, example: Node | None = None, step: int = 2
) -> Written:
    """Content as the value of a field whose key begins in `column`, written like the example.

    `step`: how much further than its key the example begins, where it is a list in lines.
    """
    if isinstance(said, str):
        return _written_scalar(said, scalar_kind(kind), column, example)
    if isinstance(said, list):
        item = item_kind(kind)
        first = example.value[0] if isinstance(example, SequenceNode) and example.value else None
        in_lines = isinstance(example, SequenceNode) and example.value and not is_flow(example)
        if said and (in_lines or not _is_short(said)):
            start = column + (step if in_lines else 2)
            items = [item_lines(each, item, start, first) for each in said]
            body = tuple(line for each in items for line in each.body)
            return Written("", body, [each.said for each in items])
        return Written(f"[{', '.join(in_brackets(each, item, first) for each in said)}]", (), said)
    if not said or (example is not None and is_flow(example)):
        return Written(in_brackets(said, kind, example), (), said)
    return _pair_lines(said, kind, column + 2)


def item_lines(said: Content, kind: Any, column: int, example: Node | None, gap: int = 2) -> Written:
    """An item of a list in lines whose `-` stands in `column`, its content `gap` further: lines without a head."""
    dash = f"{' ' * column}-{' ' * (gap - 1)}"
    if isinstance(said, tuple) and said and not (example is not None and is_flow(example)):
        _, (first, *others), now_said = _pair_lines(said, kind, column + gap)
        return Written("", (dash + first[column + gap :], *others), now_said)
    if isinstance(said, str):
        style = example.style or "" if isinstance(example, ScalarNode) else ""
        return Written("", (dash + written(said, style, bare=_is_bare(scalar_kind(kind))),), said)
    return Written("", (dash + in_brackets(said, kind, example),), said)


def in_brackets(said: Content, kind: Any, example: Node | None) -> str:
    """Content on one line, as it may stand between brackets."""
    if isinstance(said, str):
        style = example.style or "" if isinstance(example, ScalarNode) else ""
        return written(said, style, flow=True, bare=_is_bare(scalar_kind(kind)))
    if isinstance(said, list):
        return f"[{', '.join(in_brackets(each, item_kind(kind), None) for each in said)}]"
    shape = kind_of(kind, Mapping)
    pairs = (f"{name}: {in_brackets(each, _field_kind(shape, str(name)), None)}" for name, each in said)
    return f"{{{', '.join(pairs)}}}"


def item_kind(kind: Any) -> Any:
    """The kind of a list's items."""
    items = kind_of(kind, Sequence)
    return items.item if isinstance(items, ListOf) else None


def kind_of(kind: Any, form: type) -> Any:
    """The kind for a list or a mapping, where several forms are allowed."""
    while isinstance(kind, Made | ByForm):
        kind = kind.kind if isinstance(kind, Made) else kind.mapping if form is Mapping else kind.sequence
    return kind


def scalar_kind(kind: Any) -> Any:
    """The kind for text, where several forms are allowed."""
    while isinstance(kind, Made | ByForm):
        kind = kind.kind if isinstance(kind, Made) else kind.scalar
    return kind


def _pair_lines(pairs: tuple[tuple[Content, Content], ...], kind: Any, column: int) -> Written:
    """Fields of a mapping, one below the other, from `column` on."""
    shape = kind_of(kind, Mapping)
    lines: list[str] = []
    now_said: list[tuple[Content, Content]] = []
    for name, said in pairs:
        value = written_value(said, _field_kind(shape, str(name)), column)
        lines += (f"{' ' * column}{name}:{' ' * bool(value.head)}{value.head}", *value.body)
        now_said.append((name, value.said))
    return Written("", tuple(lines), tuple(now_said))


def _written_scalar(text: str, kind: Any, column: int, example: Node | None) -> Written:
    unlike = "" if isinstance(kind, Url) else '"'
    style = example.style or "" if isinstance(example, ScalarNode) else unlike
    if isinstance(kind, Prose | None):
        return written_prose(text, style, column + 2, width=100)
    return Written(written(text, style, bare=_is_bare(kind)), (), text)


def _is_bare(kind: Any) -> bool:
    return isinstance(kind, Whole | Flag | Choice | Date)


def _field_kind(shape: Any, name: str) -> Any:
    known = shape.by_name.get(name) if isinstance(shape, Shape) else None
    return known.kind if known else None


def first_unwritable(said: Content) -> str:
    """The first character in it that no file can hold; "" where there is none."""
    if isinstance(said, str):
        return unwritable(said)
    inner = said if isinstance(said, list) else [each for pair in said for each in pair]
    return next(filter(None, map(first_unwritable, inner)), "")


def _is_short(said: list[Content]) -> bool:
    return all(isinstance(each, str) for each in said) and sum(len(each) + 4 for each in said) < 80
