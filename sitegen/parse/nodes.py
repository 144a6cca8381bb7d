"""YAML as nodes: every value keeps its place in the file, and its text as its author wrote it."""

from __future__ import annotations

import re
from itertools import accumulate
from typing import TYPE_CHECKING, Final

import yaml
from yaml import MappingNode, Node, ScalarNode, SequenceNode
from yaml.error import Mark

from sitegen.diagnostics import Diagnostic, Span, error, warning
from sitegen.parse.yaml_text import decode
from sitegen.parse.yaml_traps import QUOTE_IT, syntax_error

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.source import SourceFile

if not yaml.__with_libyaml__:
    raise ImportError(
        "PyYAML is installed without libyaml: install a wheel of PyYAML >= 6, or libyaml itself"
    )

NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})  # of the core schema of YAML 1.2
DEEPEST: Final = 100
MOST_BY_ALIAS: Final = 100_000


class Document:
    """A YAML document, and the problems that were met while it is read.

    `root` is None where the file holds nothing that could be read. The list of problems belongs to one call of
    one parser, which returns it.
    """

    __slots__ = ("has_numbered_hash", "path", "problems", "root", "text")

    def __init__(self, path: str, text: str, root: Node | None, problems: list[Diagnostic]) -> None:
        self.path = path
        self.text = text
        self.root = root
        self.problems = problems
        self.has_numbered_hash = _HASH_IN_TEXT.search(text) is not None

    def span(self, node: Node) -> Span:
        """The node's place; of a node of several lines its first line's."""
        start, end = node.start_mark, node.end_mark
        if start.line == end.line:
            width = end.column - start.column
        else:
            line_end = self.text.find("\n", start.index)
            width = (line_end if line_end >= 0 else len(self.text)) - start.index
        return Span(self.path, start.line + 1, start.column + 1, max(1, width))

    def error(self, code: str, message: str, node: Node, hint: str = "") -> None:
        """Report what must be mended, at this node."""
        self.problems.append(error(code, message, self.span(node), hint))

    def warning(self, code: str, message: str, node: Node, hint: str = "") -> None:
        """Report what should be mended, at this node."""
        self.problems.append(warning(code, message, self.span(node), hint))

    def text_of(self, node: ScalarNode, *, blanks: bool = False) -> str:
        """A scalar's text as written, whatever type YAML would give it; blanks around it only where asked for."""
        value: str = node.value
        if self.has_numbered_hash and node.style == "":
            self._warn_of_comment(node)
        elif node.style == '"' and not value.isprintable() and _CONTROL_ESCAPED.search(value):
            self.warning("control-characters", "a control character, shown as \ufffd", node, "delete it")
            value = _CONTROL_ESCAPED.sub("\ufffd", value)
        return value if blanks else value.strip()

    def pairs(self, mapping: MappingNode) -> Iterator[tuple[str, ScalarNode, Node]]:
        """Key, its node, and the value's node; of equal keys the first, the others are reported."""
        places: dict[str, Node] = {}
        for key, value in mapping.value:
            if not isinstance(key, ScalarNode):
                self.error("bad-key", "a key must be text", key, "a key is one word, then ': '")
                continue
            name = key.value
            if name in places:
                first = self.span(places[name])
                self.error(
                    "duplicate-key",
                    f"'{name}' is given twice; the first is on line {first.line}, column {first.column}",
                    key,
                    "keep one of the two",
                )
                continue
            places[name] = key
            if name == "<<" and key.style == "":
                self.error("merge-key", "'<<' (a merge) is not supported", key, "write the fields out")
                continue
            yield name, key, value

    def _warn_of_comment(self, node: ScalarNode) -> None:
        comment = _COMMENT_GLUED.match(self.text, node.end_mark.index)
        if comment and node.value:
            self.warning(
                "comment-in-text",
                f"what follows ' #' is a comment: only '{_shortened(node.value)}' is read",
                node,
                "put the whole text in quotes, or a blank after '#' if it is a comment",
            )


_HASH_IN_TEXT = re.compile(r"[ \t]#\w")
_COMMENT_GLUED = re.compile(r"[ \t]+#\w")
_CONTROL_ESCAPED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def compose(file: SourceFile) -> Document:
    """The file's one YAML document. What cannot be read is among its problems; nothing is raised."""
    text = decode(file.path, file.data)
    if text.value is None:
        return Document(file.path, "", None, list(text.diagnostics))
    document = compose_text(file.path, text.value)
    document.problems[:0] = text.diagnostics
    if document.root is None and not any(problem.severity == "error" for problem in document.problems):
        document.problems.append(warning("empty-file", "the file is empty", Span(file.path)))
    return document


def compose_text(path: str, text: str) -> Document:
    r"""The same for decoded text with `\n` line ends, such as the front matter of a page."""
    if too_deep := _too_deep(path, text):
        return Document(path, "", None, [too_deep])
    try:
        root = yaml.compose(text, Loader=yaml.CSafeLoader)
    except yaml.MarkedYAMLError as problem:
        return Document(path, text, None, [syntax_error(path, text, problem)])
    except (yaml.YAMLError, ValueError, RecursionError) as problem:
        # A reader error of libyaml has a position only in its text.
        return Document(path, text, None, [error("yaml-syntax", str(problem), Span(path))])
    if isinstance(root, ScalarNode) and root.style == "" and root.value in NULLS:
        root = None
    document = Document(path, text, root, [])
    if root is not None and _TAG_OR_ANCHOR.search(text) and not _tree_is_plain(document, root):
        document.root = None
    return document


def scalar(path: str, text: str) -> Document:
    """A document that is one plain scalar with exactly this text."""
    start, end = (Mark(path, index, 0, index, None, 0) for index in (0, len(text)))
    return Document(path, text, ScalarNode("tag:yaml.org,2002:str", text, start, end, ""), [])


# A cheap bound first: brackets opened and not closed, and marks of nesting at the start of a line. Only a file
# beyond it (a page of `[` in somebody's note) is worth counting exactly, from the parser's events.
_NESTING_PREFIX = re.compile(rf"^[ \t?:-]{{{DEEPEST},}}", re.MULTILINE)
_BRACKET = re.compile(r"[][{}]")
_STEP = {"[": 1, "{": 1, "]": -1, "}": -1}


def _too_deep(path: str, text: str) -> Diagnostic | None:
    if text.count("[") + text.count("{") <= DEEPEST and not _NESTING_PREFIX.search(text):
        return None
    brackets = accumulate(_STEP[bracket] for bracket in _BRACKET.findall(text))
    if max(brackets, default=0) <= DEEPEST and not _NESTING_PREFIX.search(text):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            if isinstance(event, yaml.CollectionStartEvent):
                depth += 1
                if depth > DEEPEST:
                    mark = event.start_mark
                    assert mark is not None, event
                    where = Span(path, mark.line + 1, mark.column + 1)
                    message = f"lists and mappings are nested more than {DEEPEST} deep"
                    return error("too-deep", message, where, "put text that has brackets in quotes")
            elif isinstance(event, yaml.CollectionEndEvent):
                depth -= 1
    except (yaml.YAMLError, ValueError):
        return None  # `compose` meets the same problem, and words it
    return None


_TAG_OR_ANCHOR = re.compile(r"(?:^|[\s\[{,:-])[!&]", re.MULTILINE)


def _tree_is_plain(document: Document, root: Node) -> bool:
    """Whether there is no tag, and no more by alias than a person could mean. Linear in the file's length."""
    nodes = _each_once(root)
    for node in nodes:
        marks = _MARKS.match(document.text, node.start_mark.index)
        if marks is None:
            continue
        if marks["tag"]:
            kind, mark = "yaml-tag", marks["tag"]
            message = f"'{mark}' is read as a YAML tag, and tags are not supported"
        elif marks["anchor"] and f"*{marks['anchor'][1:]}" not in document.text:
            kind, mark = "yaml-anchor", marks["anchor"]
            message = f"'{mark}' is read as a YAML anchor, and nothing refers to it"
        else:
            continue
        document.error(kind, message, node, QUOTE_IT)
    if document.problems:
        return False
    sizes: dict[int, int] = {}
    for node in reversed(nodes):
        # Children come first, but for an alias of what is still open: that one is endless.
        size = 1 + sum(sizes.get(id(child), _ENDLESS) for child in _children(node))
        sizes[id(node)] = min(size, _ENDLESS)
    if sizes[id(root)] > len(nodes) + MOST_BY_ALIAS:
        document.error(
            "too-many-aliases",
            "aliases ('*name') make this file too large",
            root,
            "write out what they stand for",
        )
        return False
    return True


_MARKS = re.compile(r"(?P<anchor>&\S+)?\s*(?P<tag>!\S*)?")
_ENDLESS = 10**12


def _each_once(root: Node) -> list[Node]:
    """Every node, in an order in which each stands after all that hold it."""
    order: list[Node] = []
    done: set[int] = set()
    stack: list[tuple[Node, bool]] = [(root, False)]
    while stack:
        node, left = stack.pop()
        if left:
            order.append(node)
        elif id(node) not in done:
            done.add(id(node))
            stack.append((node, True))
            stack.extend((child, False) for child in _children(node))
    order.reverse()
    return order


def _children(node: Node) -> list[Node]:
    if isinstance(node, MappingNode):
        return [child for pair in node.value for child in pair]
    return list(node.value) if isinstance(node, SequenceNode) else []


def _shortened(text: str) -> str:
    return text if len(text) <= 60 else text[:57] + "…"
