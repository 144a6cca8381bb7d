"""How a hand-written file lays out its nodes: where they begin and end, with the comments that are theirs."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeGuard

from yaml import MappingNode, ScalarNode, SequenceNode

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yaml import Node


def end_of(node: Node, text: str) -> int:
    """Where the last character of a node is; the marks of a block run on over blank lines and comments."""
    end: int = min(node.end_mark.index, len(text))
    if isinstance(node, ScalarNode):
        if not is_block(node) or keeps_blank_lines(node, text):
            return end
        return line_end(text, len(text[:end].rstrip(" \t\n")))
    if is_flow(node) or not node.value:
        return end
    last = node.value[-1]
    return end_of(last[1] if isinstance(node, MappingNode) else last, text)


def keeps_blank_lines(node: Node, text: str) -> bool:
    """Whether it is a block of text to which the blank lines after it belong: `|+`."""
    header = text[node.start_mark.index : line_end(text, node.start_mark.index)]
    return is_block(node) and "+" in header.split("#")[0]


def line_after(node: Node, text: str, column: int) -> int:
    """Where the line after a node begins, beyond comments that are indented further than `column`: they are the node's."""
    at = end_of(node, text)
    if at == 0 or text[at - 1] != "\n":
        at = next_line(text, at)
    while (comment := _COMMENT_BELOW.match(text, at)) and len(comment[1]) > column:
        at = comment.end()
    return at


def comments_above(at: int, text: str, column: int, floor: int) -> int:
    """Where the comments begin that stand right above the line at `at`, in its column; none begins before `floor`."""
    while at > floor:
        above = line_start(text, at - 1)
        comment = _COMMENT.match(text, above)
        if above < floor or comment is None or len(comment[1]) != column:
            break
        at = above
    return at


def blank_lines_before(at: int, text: str, floor: int) -> int:
    """Where the blank lines begin that end at `at`."""
    while at > floor and (above := line_start(text, at - 1)) >= floor and not text[above:at].strip(" \t\n"):
        at = above
    return at


def blank_lines_after(at: int, text: str) -> int:
    """Where the blank lines end that begin at `at`."""
    while (blank := _BLANK.match(text, at)) and blank.end() > at:
        at = blank.end()
    return at


def colon_after(key: Node, text: str) -> int | None:
    """Where the colon of a key ends; None where it is not beside it."""
    colon = _COLON.match(text, key.end_mark.index)
    return colon.end() if colon else None


def line_start(text: str, at: int) -> int:
    """Where the line begins that has the character at `at`."""
    return text.rfind("\n", 0, at) + 1


def line_end(text: str, at: int) -> int:
    r"""Where the line ends that has the character at `at`, its `\n` left out."""
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def next_line(text: str, at: int) -> int:
    """Where the line after that of the character at `at` begins."""
    return min(len(text), line_end(text, at) + 1)


def is_first_on_line(node: Node, text: str) -> bool:
    """Whether only blanks stand before it on its line."""
    return not text[line_start(text, node.start_mark.index) : node.start_mark.index].strip(" ")


def is_flow(node: Node) -> bool:
    """Whether it is written in brackets."""
    return isinstance(node, MappingNode | SequenceNode) and bool(node.flow_style)


def is_block(node: Node) -> TypeGuard[ScalarNode]:
    """Whether it is a text in lines below its key: `|` or `>`."""
    return isinstance(node, ScalarNode) and node.style in {"|", ">"}


def has_comments(node: Node, start: int, end: int, text: str) -> bool:
    """Whether there is a comment in these lines, which hold nothing but the node."""
    at = start
    for scalar in scalars(node):
        if "#" in text[at : scalar.start_mark.index]:
            return True
        at = scalar.start_mark.index
        if is_block(scalar) and "#" in text[at : line_end(text, at)]:
            return True
        at = end_of(scalar, text)
    return "#" in text[at:end]


def scalars(node: Node) -> Iterator[ScalarNode]:
    """Every text in it, keys too, in the order of the file."""
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, MappingNode):
        for pair in node.value:
            for child in pair:
                yield from scalars(child)
    else:
        for child in node.value:
            yield from scalars(child)


def field(mapping: MappingNode, name: str) -> int | None:
    """Which pair of a mapping has this key."""
    return next((n for n, (key, _) in enumerate(mapping.value) if key.value == name), None)


def value_of(mapping: Node, name: str) -> Node | None:
    """The value of this key, where it is a mapping that has it."""
    at = field(mapping, name) if isinstance(mapping, MappingNode) else None
    return None if at is None else mapping.value[at][1]


def pairs_named(root: Node, name: str) -> Iterator[tuple[Node, Node]]:
    """Every pair of this key, at any depth, in the order of the file."""
    if isinstance(root, MappingNode):
        for key, value in root.value:
            if key.value == name:
                yield key, value
            yield from pairs_named(value, name)
    elif isinstance(root, SequenceNode):
        for item in root.value:
            yield from pairs_named(item, name)


_COMMENT = re.compile(r"([ ]*)#[^\n]*(?:\n|\Z)")
_COMMENT_BELOW = re.compile(r"(?:[ \t]*\n)*([ ]*)#[^\n]*(?:\n|\Z)")
_BLANK = re.compile(r"[ \t]*(?:\n|\Z)")
_COLON = re.compile(r"[ \t]*:")
