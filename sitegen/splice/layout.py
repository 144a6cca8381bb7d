"""How a hand-written file lays out its nodes: where they end, and how texts are written into it."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from yaml import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from yaml import Node


def end_of(node: Node, text: str) -> int:
    """Where the last character of a node is; the marks of a block run on over blank lines and comments."""
    end: int = node.end_mark.index
    if isinstance(node, ScalarNode):
        if node.style in {"|", ">"}:
            header = text[node.start_mark.index : text.find("\n", node.start_mark.index)]
            return end if "+" in header.split("#")[0] else len(text[:end].rstrip())
        return end
    if is_flow(node) or not node.value:
        return end
    last = node.value[-1]
    return end_of(last[1] if isinstance(node, MappingNode) else last, text)


def line_after(node: Node, text: str, column: int) -> int:
    """Where the line after a node begins, beyond comments that are indented further than `column`: they are the node's."""
    at = end_of(node, text)
    if at == 0 or text[at - 1] != "\n":
        at = _next_line(text, at)
    while (comment := _COMMENT.match(text, at)) and len(comment[1]) > column:
        at = comment.end()
    return at


def is_flow(node: Node) -> bool:
    """Whether it is written in brackets."""
    return isinstance(node, MappingNode | SequenceNode) and bool(node.flow_style)


def written(text: str, style: str, *, flow: bool = False) -> str:
    """One line of text as a scalar, in the style of its neighbours (`"`, `'`, or "" for none) where it can be."""
    text = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    if style == "" and not flow and _PLAIN.fullmatch(text) and not _NOT_TEXT.fullmatch(text):
        return text
    return json.dumps(text, ensure_ascii=False)


def written_prose(text: str, indentation: int) -> tuple[str, str]:
    """Prose as a scalar, a block where it has several lines, and what a parser will read of it."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    if len(lines) == 1:
        one = written(lines[0], '"')
        return one, json.loads(one)
    printable = [
        "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in line) for line in lines
    ]
    margin = " " * indentation
    return "|\n" + "\n".join(margin + line if line else "" for line in printable), "\n".join(printable) + "\n"


def _next_line(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end + 1


_COMMENT = re.compile(r"([ ]*)#[^\n]*(?:\n|\Z)")
# Text that is itself without quotes, for every reader of YAML: no indicator in front, no `: `, no ` #`.
_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ](?:[^:#]|:(?=\S)|(?<=\S)#)*(?<=[^\s:])")
_NOT_TEXT = re.compile(
    r"[0-9][0-9._:,eExXoO+-]*|true|false|null|yes|no|on|off|y|n|[0-9]{4}-[0-9]{2}-[0-9]{2}.*", re.IGNORECASE
)
