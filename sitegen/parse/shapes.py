"""Mappings, lists and unions of kinds: the tables that say what a file may hold.

A *shape* is a mapping with known fields; what it makes of them is a function beside its table. Reading, JSON Schema and
documentation follow from the one table, so that they cannot disagree.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from sitegen.diagnostics import did_you_mean
from sitegen.parse.kinds import Schema, Text, is_empty, is_null, shortened, wrong_type
from sitegen.parse.nodes import Document
from sitegen.parse.yaml_traps import QUOTE_IT


class Field(msgspec.Struct, frozen=True):
    """A field of a shape. The description is what editors and the documentation show."""

    name: str
    kind: Any  # a Kind
    description: str
    required: bool = False


class Given(dict[str, Any]):
    """The fields that were given and could be read.

    `nodes` has the places of the values, also of those that could not be read; `empty` the keys without a value;
    `meant` the hints given for keys that nobody knows.
    """

    __slots__ = ("empty", "meant", "node", "nodes")

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node
        self.nodes: dict[str, Node] = {}
        self.empty: dict[str, Node] = {}
        self.meant: list[str] = []


Maker = Callable[[Given, Document], Any]


class Shape(msgspec.Struct, frozen=True):
    """A mapping with known fields. Unknown ones are errors with "did you mean"."""

    name: str  # "a pick"
    description: str
    fields: tuple[Field, ...]
    make: Maker
    meant: Mapping[str, str] = {}  # what other words for a field mean: the field, and an example after it
    example: str = ""  # what to write where something else than a mapping stands
    by_name: dict[str, Field] = msgspec.field(default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name.update((field.name, field) for field in self.fields)

    @property
    def words(self) -> str:
        return "a mapping"

    def read(self, node: Node, document: Document) -> Any | None:
        given = self.given(node, document)
        if given is None:
            return None
        self.report_missing(given, document)
        return self.make(given, document)

    def given(self, node: Node, document: Document) -> Given | None:
        """The fields that can be used, what is missing not yet reported; None where this is no mapping."""
        if not isinstance(node, MappingNode):
            wrong_type(self, node, document, f"write it like {self.example}" if self.example else "")
            return None
        given = Given(node)
        for name, key, value in document.pairs(node):
            field = self.by_name.get(name)
            if field is None:
                if name != "$schema":
                    given.meant.append(self._unknown(name, key, document))
            elif is_empty(value):
                given.empty[name] = key
            else:
                given.nodes[name] = value
                if (content := field.kind.read(value, document)) is not None:
                    given[name] = content
        return given

    def _unknown(self, name: str, key: Node, document: Document) -> str:
        near = _meant(self.meant.get(name.lower(), "")) or _nearest(name, tuple(self.by_name))
        allowed = "allowed here: " + ", ".join(self.by_name)
        hint = f"{near} {allowed}" if near else allowed
        document.error("unknown-field", f"{self.name} has no field '{shortened(name)}'", key, hint)
        return near

    def report_missing(self, given: Given, document: Document) -> None:
        """Report every required field that is not there."""
        for field in self.fields:
            if not field.required or field.name in given or field.name in given.nodes:
                continue
            if any(f"'{field.name}'" in hint for hint in given.meant):
                continue  # said already
            if field.name in given.empty:
                document.error(
                    "missing-field",
                    f"the field '{field.name}' is empty",
                    given.empty[field.name],
                    "put a text that starts with '#' in quotes" if document.has_numbered_hash else "",
                )
            else:
                message = f"{self.name} needs the field '{field.name}'"
                document.error("missing-field", message, _first_key(given.node), f"add '{field.name}: …'")

    def schema(self) -> Schema:
        properties = {
            field.name: {"description": field.description, **field.kind.schema()} for field in self.fields
        }
        required = [field.name for field in self.fields if field.required]
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": properties,
            **({"required": required} if required else {}),
        }


class ListOf(msgspec.Struct, frozen=True):
    """A list. An item that cannot be used is left out; the others stay, in their order."""

    item: Any  # a Kind

    @property
    def words(self) -> str:
        return f"a list of {self.item.words}" if self.item.words == _TEXT else "a list"

    def read(self, node: Node, document: Document) -> tuple[Any, ...] | None:
        if not isinstance(node, SequenceNode):
            wrong_type(self, node, document, _as_list(node))
            return None
        items = []
        for child in node.value:
            said = len(document.problems)
            item = None if is_empty(child) else self.item.read(child, document)
            if item is not None:
                items.append(item)
            elif is_null(child) and len(document.problems) == said:
                hint = (
                    "put a text that starts with '#' in quotes" if document.has_numbered_hash else "delete it"
                )
                document.error("empty-item", "an item of this list is empty", child, hint)
        return tuple(items)

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema()}


class MapOf(msgspec.Struct, frozen=True):
    """A mapping whose keys are free. Gives (key, the key's node, value); the value of an empty one is None."""

    name: str
    description: str
    value: Any  # a Kind
    may_be_empty: bool = False

    @property
    def words(self) -> str:
        return "a mapping"

    def read(self, node: Node, document: Document) -> Any | None:
        if not isinstance(node, MappingNode):
            wrong_type(self, node, document)
            return None
        entries = []
        for name, key, child in document.pairs(node):
            if name == "$schema":
                continue
            content = None if is_empty(child) else self.value.read(child, document)
            if content is not None or (self.may_be_empty and is_empty(child)):
                entries.append((name, key, content))
            elif is_empty(child):
                document.error("missing-field", f"the field '{shortened(name)}' is empty", key)
        return tuple(entries)

    def schema(self) -> Schema:
        value = self.value.schema()
        if self.may_be_empty:
            value = {**value, "type": [value["type"], "null"]}
        return {"type": "object", "additionalProperties": value}


class ByForm(msgspec.Struct, frozen=True):
    """One of several kinds, told apart by the form in which it is written."""

    scalar: Any = None  # each a Kind or None
    sequence: Any = None
    mapping: Any = None
    instead: Callable[[str], str] | None = None  # what to write for a scalar, where none is expected

    @property
    def words(self) -> str:
        return " or ".join(kind.words for kind in self._kinds())

    def read(self, node: Node, document: Document) -> Any | None:
        if isinstance(node, ScalarNode):
            kind = self.scalar
        elif isinstance(node, SequenceNode):
            kind = self.sequence
        else:
            kind = self.mapping
            assert isinstance(node, MappingNode), node
            if self.scalar is not None and isinstance(kind, Shape) and _is_text_with_colon(node, kind):
                document.error("text-with-colon", "': ' makes a mapping of this text", node, QUOTE_IT)
                return None
        if kind is None:
            hint = QUOTE_IT if self.scalar and self.scalar.words == _TEXT else ""
            if self.instead and isinstance(node, ScalarNode):
                hint = self.instead(node.value)
            wrong_type(self, node, document, hint)
            return None
        return kind.read(node, document)

    def schema(self) -> Schema:
        return {"anyOf": [kind.schema() for kind in self._kinds()]}

    def _kinds(self) -> tuple[Any, ...]:
        return tuple(kind for kind in (self.scalar, self.sequence, self.mapping) if kind is not None)


class Made(msgspec.Struct, frozen=True):
    """Another kind's value, checked or turned into something by `make(value, node, document)`."""

    kind: Any
    make: Callable[[Any, Node, Document], Any]
    more: Mapping[str, Any] = {}  # what the check adds to the schema

    @property
    def words(self) -> str:
        words: str = self.kind.words
        return words

    def read(self, node: Node, document: Document) -> Any | None:
        value = self.kind.read(node, document)
        return None if value is None else self.make(value, node, document)

    def schema(self) -> Schema:
        return {**self.kind.schema(), **self.more}


_TEXT = Text().words


def _as_list(node: Node) -> str:
    if not isinstance(node, ScalarNode):
        return "begin every item with '- '"
    items = (part.strip() for part in node.value.split(","))
    return f"write a list: [{shortened(', '.join(items))}]"


def _meant(field: str) -> str:
    """`links: {page: https://…}` → did you mean 'links'? links: {page: https://…}."""
    name, colon, _ = field.partition(":")
    return f"did you mean '{name}'?" + (f" {field};" if colon else "") if field else ""


@cache
def _nearest(name: str, known: tuple[str, ...]) -> str:
    # The same slip is often in every item of a long list.
    return did_you_mean(name, known)


def _is_text_with_colon(node: MappingNode, shape: Shape) -> bool:
    """Whether it reads as `Attention: all you need` without quotes, rather than as fields."""
    if node.flow_style or len(node.value) != 1:
        return False
    key = node.value[0][0]
    return (
        isinstance(key, ScalarNode)
        and key.style == ""
        and key.value not in shape.by_name
        and key.value != "<<"
        and key.value not in shape.meant
        and not _nearest(key.value, tuple(shape.by_name))
    )


def _first_key(node: Node) -> Node:
    return node.value[0][0] if isinstance(node, MappingNode) and node.value else node
