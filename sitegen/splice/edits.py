"""Edits of a file's own bytes, checked against what they were meant to do."""

from __future__ import annotations

import codecs
import re
from bisect import bisect_left
from collections.abc import Callable
from functools import reduce
from itertools import chain, pairwise, product
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from yaml import MappingNode, ScalarNode, SequenceNode

from sitegen.diagnostics import Diagnostic, Outcome, Span, error, has_errors
from sitegen.model.source import SourceFile
from sitegen.parse.nodes import compose

if TYPE_CHECKING:
    from collections.abc import Sequence

    from yaml import Node

    from sitegen.parse.kinds import Kind
    from sitegen.parse.nodes import Document

Content = str | list["Content"] | tuple[tuple["Content", "Content"], ...]
"""What a node says, without how it is written: text, a list of items, or the pairs of a mapping in their order."""

Path = tuple[int, ...]
"""Where a node is: for each step down the position of the item, or of the pair whose value is meant."""


UNWRITTEN = ": nothing was written"  # how a message ends that says why no edit is made


class Edit(msgspec.Struct, frozen=True):
    r"""Put `text` in the place of the characters from `start` to `end`, counted with every line end as one `\n`."""

    start: int
    end: int
    text: str


Way = tuple[Edit, ...]
"""Edits that make one change together."""


class Change(msgspec.Struct, frozen=True):
    """What is to come of a file: the content at `path` becomes `meant(content)`, and nothing else changes.

    Of the ways in which it may be written, the first that does that is taken: a blank line less or more can be part
    of a block of text above it, which no mark tells.
    """

    ways: tuple[Way, ...]
    path: Path
    meant: Callable[[Content], Content]


def together(*changes: Change) -> Change:
    """All of the changes at once. A path counts what those before it have left, as its `meant` does."""
    return Change(
        tuple(tuple(chain(*ways)) for ways in product(*(change.ways for change in changes))),
        (),
        lambda whole: reduce(lambda now, change: replaced(now, change.path, change.meant), changes, whole),
    )


class Opened(NamedTuple):
    r"""A file that can be edited. `text` is as it was written, with `\n` line ends; all places count in it."""

    file: SourceFile
    root: Node  # of the text with a line end after its last line
    text: str
    kind: Kind | None  # of the whole file, where it has to stay readable
    read: Any  # what that kind makes of the file


def opened(file: SourceFile, kind: Kind | None = None) -> Outcome[Opened | None]:
    """The file's nodes; None, and why, where it cannot be edited without guessing. With a kind, it must be one."""
    if not _is_utf8(file.data):
        problems = _errors(compose(file)) or (refusal(file, "is not UTF-8", "save it as UTF-8"),)
        return Outcome(None, problems)
    document = compose(_ended(file.path, file.data))
    if has_errors(document.problems):
        return Outcome(None, _errors(document))
    if document.root is None:
        return Outcome(None, (refusal(file, "is empty", "give it a title first"),))
    if (shared := _shared(document.root)) is not None:
        hint = "edit it by hand: what is added to one would be added to all"
        why = "has anchors and aliases (&name, *name)"
        return Outcome(None, (refusal(file, why, hint, where=document.span(shared)),))
    read = kind.read(document.root, document) if kind else None
    if has_errors(document.problems):
        return Outcome(None, (refusal(file, "has errors", "mend them first"), *_errors(document)))
    text = file.data.removeprefix(codecs.BOM_UTF8).decode().replace("\r\n", "\n").replace("\r", "\n")
    return Outcome(Opened(file, document.root, text, kind, read))


def hindrances(file: SourceFile, kind: Kind) -> tuple[Diagnostic, ...]:
    """Why no edit of a file of this kind is made, whatever it is; () where edits are."""
    outcome = opened(file, kind)
    return () if outcome.value is not None else outcome.diagnostics


def changed(source: Opened, change: Change) -> Outcome[bytes | None]:
    """The file's bytes after the change; None, and why, if it would do anything else than what is meant."""
    file = source.file
    meant = replaced(content(source.root), change.path, change.meant)
    for way in change.ways:
        if _overlap(way):
            continue
        data = spliced(file.data, way)
        after = compose(_ended(file.path, data))
        if has_errors(after.problems) or after.root is None or content(after.root) != meant:
            continue
        if source.kind:
            source.kind.read(after.root, after)
        if has_errors(after.problems):
            problem = _errors(after)[0]
            return Outcome(None, (refusal(file, f"would have an error: {problem.message}", problem.hint),))
        return Outcome(data)
    return Outcome(None, (refusal(file, "is written in a way that was not understood", "edit it by hand"),))


def _ended(path: str, data: bytes) -> SourceFile:
    """The file with a line end after its last line: a block of text there gains one when another line follows."""
    return SourceFile(path, data if data.endswith((b"\n", b"\r")) else data + b"\n", "")


def refusal(
    file: SourceFile, why: str, hint: str = "", *, code: str = "not-edited", where: Span | None = None
) -> Diagnostic:
    """Why a file stays as it is; `stale-edit` where it is not as the edit expects it."""
    return error(code, f"{file.path} {why}{UNWRITTEN}", where or Span(file.path), hint)


def spliced(data: bytes, edits: Sequence[Edit]) -> bytes:
    """UTF-8 with the edits made, in the file's own kind of line end; no other byte is touched."""
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    text = data[len(mark) :].decode()
    found = _LINE_END.search(text)
    line_end = found[0] if found else "\n"
    # Where `\r\n` stands, positions that count it as one character lag behind.
    pairs = [match.start() - number for number, match in enumerate(_CRLF.finditer(text))]
    parts, at = [], 0
    for edit in sorted(edits, key=lambda edit: (edit.start, edit.end)):
        start, end = (index + bisect_left(pairs, index) for index in (edit.start, edit.end))
        assert start >= at, "edits that overlap"
        parts += [text[at:start], edit.text.replace("\n", line_end)]
        at = end
    parts.append(text[at:])
    return mark + "".join(parts).encode()


_LINE_END = re.compile(r"\r\n|\n|\r")
_CRLF = re.compile(r"\r\n")


def _overlap(way: Way) -> bool:
    edits = sorted(way, key=lambda edit: (edit.start, edit.end))
    return any(one.end > other.start for one, other in pairwise(edits))


def content(node: Node) -> Content:
    """What a node and all below it say."""
    if isinstance(node, MappingNode):
        return tuple((content(key), content(value)) for key, value in node.value)
    if isinstance(node, SequenceNode):
        return [content(item) for item in node.value]
    text: str = node.value
    return text


def replaced(whole: Content, path: Path, meant: Callable[[Content], Content]) -> Content:
    """The content with that at `path` made into what is meant."""
    if not path:
        return meant(whole)
    step, rest = path[0], path[1:]
    if isinstance(whole, tuple):
        key, value = whole[step]
        return (*whole[:step], (key, replaced(value, rest, meant)), *whole[step + 1 :])
    assert isinstance(whole, list), path
    return [*whole[:step], replaced(whole[step], rest, meant), *whole[step + 1 :]]


def _errors(document: Document) -> tuple[Diagnostic, ...]:
    return tuple(problem for problem in document.problems if problem.severity == "error")


def _shared(root: Node) -> Node | None:
    """A node that stands in two places: the last of the file, whose marks are those of its anchor."""
    seen: set[int] = set()
    stack = [root]
    while stack:
        node = stack.pop()
        if id(node) in seen:
            return node
        seen.add(id(node))
        if isinstance(node, MappingNode):
            stack += [child for pair in node.value for child in pair]
        elif not isinstance(node, ScalarNode):
            stack += node.value
    return None


def _is_utf8(data: bytes) -> bool:
    if data.startswith((codecs.BOM_UTF16_BE, codecs.BOM_UTF16_LE)) or b"\0" in data[:2]:
        return False
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True
