"""Kinds of single values: text, numbers, dates, addresses.

A *kind* reads a node: it gives a value, or reports what is wrong and gives None. From the same declaration follow the
JSON Schema and the words of messages and documentation.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

import msgspec
from yaml import MappingNode, Node, ScalarNode

from sitegen.diagnostics import did_you_mean
from sitegen.parse.nodes import NULLS
from sitegen.parse.yaml_traps import QUOTE_IT
from sitegen.text.dates import parse_date
from sitegen.text.urls import safe_url

if TYPE_CHECKING:
    from sitegen.parse.nodes import Document

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


class Text(msgspec.Struct, frozen=True):
    """One line of plain text, exactly as written: `2401.00010`, `no` and `012` stay what they are."""

    words: str = "text"
    blanks: bool = False  # whether blanks within quotes belong to it

    def read(self, node: Node, document: Document) -> str | None:
        if not isinstance(node, ScalarNode):
            wrong_type(self, node, document, QUOTE_IT)
            return None
        text = document.text_of(node, blanks=self.blanks)
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
            wrong_type(self, node, document, QUOTE_IT)
            return None
        return document.text_of(node)

    def schema(self) -> Schema:
        return {"type": ["string", "number", "boolean"]}


class Whole(msgspec.Struct, frozen=True):
    """A whole number from `low` to `high`."""

    low: int
    high: int
    called: str = ""
    instead: Callable[[str], str] | None = None  # what to write for a text, as a hint

    @property
    def words(self) -> str:
        return self.called or f"a whole number from {self.low} to {self.high}"

    def read(self, node: Node, document: Document) -> int | None:
        if not isinstance(node, ScalarNode) or not _INTEGER.fullmatch(node.value):
            text = node.value if isinstance(node, ScalarNode) else ""
            wrong_type(self, node, document, self.instead(text) if self.instead and text else "")
            return None
        if node.style != "":
            wrong_type(self, node, document, f"write {node.value} without quotes")
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
        meant = _MEANT_AS_FLAG.get(node.value.lower()) if isinstance(node, ScalarNode) else None
        wrong_type(self, node, document, f"write {meant}" if meant else "write true or false, without quotes")
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


def wrong_type(kind: Kind, node: Node, document: Document, hint: str = "") -> None:
    """Report that the node is not of this kind, and what to write instead; null counts as not given."""
    if is_null(node):
        return
    if isinstance(node, ScalarNode):
        found = f"'{shortened(node.value)}'"
    else:
        found = "a mapping" if isinstance(node, MappingNode) else "a list"
    document.error("wrong-type", f"{kind.words} is expected, not {found}", node, hint)


def shortened(text: str) -> str:
    """Text for a message: one line, no longer than needed to find it."""
    line = " ".join(text.split())
    return line if len(line) <= 60 else line[:59] + "…"


def is_null(node: Node) -> bool:
    """Whether nothing is meant to stand there: `title:`, `title: ~` and `title: null`."""
    return isinstance(node, ScalarNode) and node.style == "" and node.value in NULLS


def is_empty(node: Node) -> bool:
    """Whether nothing stands there: `title:` and then the end of the line."""
    return isinstance(node, ScalarNode) and node.style == "" and not node.value


_INTEGER = re.compile(r"[-+]?[0-9]{1,18}")
_FLAGS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_MEANT_AS_FLAG = {"yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false"}
