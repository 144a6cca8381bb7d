"""Kinds of YAML values, declared once: from one table follow the reading, the JSON Schema and the documentation.

A *kind* reads a node: it gives a value, or reports what is wrong and gives None. A *shape* is a mapping with known
fields; what it makes of them is a function beside its table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec
from yaml import MappingNode, Node, ScalarNode, SequenceNode

from sitegen.diagnostics import did_you_mean
from sitegen.parse.nodes import Document
from sitegen.text.dates import parse_date
from sitegen.text.urls import safe_url

Schema = dict[str, Any]


class Kind(Protocol):
    """What a field may hold."""

    @property
    def words(self) -> str:
        """How messages and documentation name it: `text`, `a list of text`."""

    def read(self, node: Node, document: Document) -> Any | None:
        """The value, or None where there is none to use; why is then among the document's problems."""

    def schema(self) -> Schema:
        """As JSON Schema, draft 7."""


class Field(msgspec.Struct, frozen=True):
    """A field of a shape. The description is what editors and the documentation show."""

    name: str
    kind: Any  # a Kind
    description: str
    required: bool = False


class Given(dict[str, Any]):
    """The fields that were given and could be read.

    `nodes` has the places of the values, also of those that could not be read; `empty` the keys without a value.
    """

    __slots__ = ("empty", "node", "nodes")

    def __init__(self, node: Node) -> None:
        super().__init__()
        self.node = node
        self.nodes: dict[str, Node] = {}
        self.empty: dict[str, Node] = {}


Maker = Callable[[Given, Document], Any]


class Shape(msgspec.Struct, frozen=True):
    """A mapping with known fields. Unknown ones are errors with "did you mean"."""

    name: str  # "a pick"
    description: str
    fields: tuple[Field, ...]
    make: Maker
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
            wrong_type(self, node, document)
            return None
        given = Given(node)
        for name, key, value in document.pairs(node):
            field = self.by_name.get(name)
            if field is None:
                if name != "$schema":
                    self.unknown(name, key, document)
            elif _is_empty(value):
                given.empty[name] = key
            else:
                given.nodes[name] = value
                if (content := field.kind.read(value, document)) is not None:
                    given[name] = content
        return given

    def unknown(self, name: str, key: Node, document: Document) -> None:
        """Report a field that this shape does not have."""
        near = did_you_mean(name, self.by_name)
        allowed = "allowed here: " + ", ".join(self.by_name)
        hint = f"{near} {allowed}" if near else allowed
        document.error("unknown-field", f"{self.name} has no field '{name}'", key, hint)

    def report_missing(self, given: Given, document: Document) -> None:
        """Report every required field that is not there."""
        for field in self.fields:
            if not field.required or field.name in given or field.name in given.nodes:
                continue
            if field.name in given.empty:
                document.error(
                    "missing-field",
                    f"the {field.name} is empty",
                    given.empty[field.name],
                    "put a text that starts with '#' in quotes" if document.has_numbered_hash else "",
                )
            else:
                message = f"{self.name} needs a {field.name}"
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


class Text(msgspec.Struct, frozen=True):
    """One line of plain text, exactly as written: `2401.00010`, `no` and `012` stay what they are."""

    words: str = "text"

    def read(self, node: Node, document: Document) -> str | None:
        if not isinstance(node, ScalarNode):
            wrong_type(self, node, document)
            return None
        text = document.text_of(node)
        if "\n" in text:
            text = " ".join(text.split())
        if not text:
            document.error("empty-text", "an empty text", node, "write something between the quotes")
            return None
        return text

    def schema(self) -> Schema:
        # An editor reads `title: 1984` as a number and `title: true` as a boolean; here they are their text.
        return {"type": ["string", "number", "boolean"]}


class Prose(msgspec.Struct, frozen=True):
    """Markdown over any number of lines."""

    words: str = "Markdown"

    def read(self, node: Node, document: Document) -> str | None:
        if not isinstance(node, ScalarNode):
            wrong_type(self, node, document)
            return None
        return document.text_of(node)

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"]}


class Whole(msgspec.Struct, frozen=True):
    """A whole number from `low` to `high`."""

    low: int
    high: int
    called: str = ""

    @property
    def words(self) -> str:
        return self.called or f"a whole number from {self.low} to {self.high}"

    def read(self, node: Node, document: Document) -> int | None:
        if not isinstance(node, ScalarNode) or node.style != "" or not _INTEGER.fullmatch(node.value):
            wrong_type(self, node, document)
            return None
        number = int(node.value)
        if not self.low <= number <= self.high:
            document.error(
                "out-of-range",
                f"a whole number from {self.low} to {self.high} is expected, not {number}",
                node,
            )
            return None
        return number

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Flag(msgspec.Struct, frozen=True):
    """`true` or `false`, by the core schema of YAML 1.2: `yes` and `on` are text."""

    words: str = "true or false"

    def read(self, node: Node, document: Document) -> bool | None:
        if isinstance(node, ScalarNode) and node.style == "" and node.value in _FLAGS:
            return _FLAGS[node.value]
        wrong_type(self, node, document)
        return None

    def schema(self) -> Schema:
        return {"type": "boolean"}


class Choice(msgspec.Struct, frozen=True):
    """One of a few words."""

    values: tuple[str, ...]

    @property
    def words(self) -> str:
        return "one of " + ", ".join(self.values)

    def read(self, node: Node, document: Document) -> str | None:
        if not isinstance(node, ScalarNode):
            wrong_type(self, node, document)
            return None
        if node.value in self.values:
            value: str = node.value
            return value
        hint = did_you_mean(node.value.lower(), self.values)
        document.error("unknown-value", f"'{shortened(node.value)}' is not {self.words}", node, hint)
        return None

    def schema(self) -> Schema:
        return {"enum": list(self.values)}


class Date(msgspec.Struct, frozen=True):
    """A date as precise as it is known; with `full`, one day. Gives a PartialDate."""

    full: bool = False

    @property
    def words(self) -> str:
        return "a day like 2024-03-01" if self.full else "a date like 2024, 2024-03 or 2024-03-01"

    def read(self, node: Node, document: Document) -> Any | None:
        if not isinstance(node, ScalarNode):
            wrong_type(self, node, document)
            return None
        date = parse_date(node.value)
        if date is None:
            document.error("bad-date", f"'{shortened(node.value)}' is no date", node, f"write {self.words}")
        elif self.full and not date.day:
            document.error("bad-date", f"'{node.value}' is not one day", node, f"write {self.words}")
            return None
        return date

    def schema(self) -> Schema:
        if self.full:
            return {"type": "string", "pattern": r"^\d{4}-\d{1,2}-\d{1,2}$"}
        return {"type": ["string", "integer"], "pattern": r"^\d{4}(-\d{1,2}(-\d{1,2})?)?$"}


class Url(msgspec.Struct, frozen=True):
    """An http(s) address. Whatever else is given becomes no link, and a warning."""

    words: str = "an http(s) address"

    def read(self, node: Node, document: Document) -> str | None:
        if not isinstance(node, ScalarNode):
            wrong_type(self, node, document)
            return None
        url = safe_url(node.value)
        if url is None:
            document.warning(
                "unsafe-link",
                f"'{shortened(node.value)}' is no address that can be linked",
                node,
                "write https://… in full",
            )
        return url

    def schema(self) -> Schema:
        return {"type": "string", "pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"}


class ListOf(msgspec.Struct, frozen=True):
    """A list. An item that cannot be used is left out; the others stay, in their order."""

    item: Any  # a Kind

    @property
    def words(self) -> str:
        return f"a list of {self.item.words.removeprefix('a ').removeprefix('an ')}"

    def read(self, node: Node, document: Document) -> tuple[Any, ...] | None:
        if not isinstance(node, SequenceNode):
            wrong_type(self, node, document)
            return None
        items = []
        for child in node.value:
            if _is_empty(child):
                hint = (
                    "put a text that starts with '#' in quotes" if document.has_numbered_hash else "delete it"
                )
                document.error("empty-item", "an item of this list is empty", child, hint)
            elif (item := self.item.read(child, document)) is not None:
                items.append(item)
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
            content = None if _is_empty(child) else self.value.read(child, document)
            if content is not None or (self.may_be_empty and _is_empty(child)):
                entries.append((name, key, content))
            elif _is_empty(child):
                document.error("missing-field", f"'{name}' is empty", key)
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

    @property
    def words(self) -> str:
        return " or ".join(kind.words for kind in self._kinds())

    def read(self, node: Node, document: Document) -> Any | None:
        kind = (
            self.scalar
            if isinstance(node, ScalarNode)
            else self.mapping
            if isinstance(node, MappingNode)
            else self.sequence
        )
        if kind is None:
            wrong_type(self, node, document)
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


def wrong_type(kind: Kind, node: Node, document: Document) -> None:
    """Report that the node is not of this kind, and what to write instead; null counts as not given."""
    if isinstance(node, ScalarNode) and node.style == "" and node.value in _NULLS:
        return
    if isinstance(node, ScalarNode):
        found = f"'{shortened(node.value)}'"
    else:
        found = "a mapping" if isinstance(node, MappingNode) else "a list"
    document.error("wrong-type", f"{kind.words} is expected, not {found}", node, _how_to_write(kind, node))


def shortened(text: str) -> str:
    """Text for a message: one line, no longer than needed to find it."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLAGS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MEANT_AS_FLAG = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}


def _how_to_write(kind: Kind, node: Node) -> str:
    if not isinstance(node, ScalarNode):
        return "put text that starts with '[' or '{' in quotes" if isinstance(kind, Text | Prose) else ""
    if isinstance(kind, Flag):
        meant = _MEANT_AS_FLAG.get(node.value.lower())
        return f"write {meant}" if meant else "write true or false, without quotes"
    if isinstance(kind, ListOf):
        items = [part.strip() for part in node.value.split(",")]
        return f"write a list: [{shortened(', '.join(items))}]"
    if isinstance(kind, Whole) and node.style != "" and _INTEGER.fullmatch(node.value):
        return f"write {node.value} without quotes"
    return ""


def _is_empty(node: Node) -> bool:
    return isinstance(node, ScalarNode) and node.style == "" and not node.value


def _first_key(node: Node) -> Node:
    return node.value[0][0] if isinstance(node, MappingNode) and node.value else node
