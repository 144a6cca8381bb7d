"""What a YAML syntax error means to the person who wrote the file, and what to type instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.diagnostics import Diagnostic, Span, error

if TYPE_CHECKING:
    import yaml

QUOTE_IT = "put it in quotes"


def syntax_error(path: str, text: str, problem: yaml.MarkedYAMLError) -> Diagnostic:
    """One error with a place and a hint.

    The place is the value that has to be quoted where one of the known traps is near; else the start of what was
    never closed; else where the parser stopped.
    """
    mark = problem.problem_mark or problem.context_mark
    opened = problem.context_mark
    # Without a context, or with one that is only "the whole mapping around it", the parser's place is the better one.
    if mark is None or (opened is not None and problem.context in _OPENED):
        mark = opened
    at, code = (mark.line if mark else 0), "yaml-syntax"
    if problem.context == "expected a single document in the stream" and problem.problem_mark:
        where = Span(path, problem.problem_mark.line + 1, problem.problem_mark.column + 1, 3)
        return error(code, "a second document starts here", where, "delete the line '---', or make two files")
    lines = text.split("\n")
    if trap := _trap(lines, at, problem):
        return error(code, trap.message, Span(path, trap.line + 1, trap.column + 1, trap.width), trap.hint)
    message, hint = _WORDS.get(problem.problem or "", (problem.problem or "this is not YAML", ""))
    if problem.context in _OPENED:
        message, hint = _OPENED[problem.context]
    where = Span(path, at + 1, (mark.column if mark else 0) + 1)
    return error(code, message, where, hint)


# What libyaml was in the middle of, where the start of that tells more than its end.
_OPENED = {
    "while scanning a quoted scalar": ("this quote is never closed", "close it, or double a ' inside '…'"),
    "while parsing a flow sequence": (
        "this '[' is not closed",
        "close it with ']', or put the text in quotes",
    ),
    "while parsing a flow mapping": (
        "this '{' is not closed",
        "close it with '}', or put the text in quotes",
    ),
}
_ALIGN = "fields of one mapping start in the same column, and so do the '-' of one list"
_WORDS = {
    "mapping values are not allowed in this context": (
        "a ': ' is not expected here",
        f"{_ALIGN}; a text that has ': ' in it needs quotes",
    ),
    "did not find expected key": ("a field is expected here", _ALIGN),
    "did not find expected '-' indicator": ("a '-' is expected here", _ALIGN),
    "block sequence entries are not allowed in this context": (
        "a '-' is not expected here",
        "start the list on a line of its own",
    ),
    "could not find expected ':'": ("a field needs a ': ' after its name", "write 'name: value'"),
    "found undefined alias": ("'*' starts an alias here", QUOTE_IT),
    "found character that cannot start any token": ("no value starts with this character", QUOTE_IT),
    "found incompatible YAML document": ("this version of YAML is not known", "delete the line '%YAML'"),
    "found invalid Unicode character escape code": (
        "this escape is no character",
        "in \"…\" a '\\' starts an escape: use '…'",
    ),
    "found unknown escape character": (
        "this escape is not known to YAML",
        "in \"…\" a '\\' starts an escape: use '…'",
    ),
}


class _Trap(NamedTuple):
    line: int  # from 0, as YAML's marks
    column: int
    width: int
    message: str
    hint: str


# `  - title: ` and the value after it, or the value of a list's item.
_FIELD = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*(?:[\w$-]+:[ ]+)?)(?P<value>\S.*?)[ ]*$")
_NO_BLANK = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<value>[A-Za-z_]+:(?!//)\S.*)$")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*(?:[ ]+#.*)?$")
_FLOW_CLOSED = re.compile(r"[\]}][ ]*(?:,|#.*)?$")


def _trap(lines: list[str], at: int, problem: yaml.MarkedYAMLError) -> _Trap | None:
    """The nearest known trap at or before line `at`: an error often shows a line after its cause."""
    for line in range(min(at, len(lines) - 1), max(-1, at - _FAR), -1):
        if trap := _trap_of_line(line, lines[line], problem):
            return trap
    # An apostrophe that opens a quote swallows lines until the next one, however far.
    if (
        problem.problem in {"did not find expected key", "could not find expected ':'"}
        and problem.problem_mark
    ):
        for line in range(problem.problem_mark.line, -1, -1):
            found = _FIELD.match(lines[line])
            if found and _unclosed_quote(found["value"]):
                return _quote_trap(line, found)
    return None


_FAR = 3


def _trap_of_line(line: int, text: str, problem: yaml.MarkedYAMLError) -> _Trap | None:
    indent = len(text) - len(text.lstrip(" \t"))
    if "\t" in text[:indent]:
        return _Trap(
            line, text.index("\t"), 1, "a tab at the start of a line", "indent with blanks, not tabs"
        )
    found = _FIELD.match(text)
    if not found or found["value"].startswith("#"):
        return None
    value = found["value"]
    first = value[0]
    if first in "'\"":
        return _quote_trap(line, found) if _unclosed_quote(value) or _text_after_quote(value) else None
    if first in "@`%&":
        return _quoted(line, found, f"a text that starts with '{first}' needs quotes")
    if first == "*" and (problem.problem == "found undefined alias" or not re.fullmatch(r"\*[\w-]+", value)):
        return _quoted(line, found, "'*' starts an alias")
    if first in "[{" and (
        not _FLOW_CLOSED.search(value) or (first == "[" and value.count("[") < value.count("]"))
    ):
        if problem.problem_mark and problem.problem_mark.line > line and not re.search(r"[\]}]", value):
            return None  # a list over several lines
        return _quoted(line, found, f"'{first}' starts a {'list' if first == '[' else 'mapping'}")
    if first in "|>" and not _BLOCK_HEADER.match(value):
        return _quoted(line, found, f"'{first}' starts a block of text")
    if first == "-" and value.startswith("- ") and ":" in found["lead"]:
        return _quoted(line, found, "'- ' starts an item of a list")
    if first not in "[{|>" and re.search(r":(?:[ ]|$)", value) and ":" in found["lead"]:
        return _quoted(line, found, "': ' ends the name of a field")
    if problem.problem in {"mapping values are not allowed in this context", "could not find expected ':'"}:
        glued = _NO_BLANK.match(text)
        if glued:
            name = glued["value"].split(":", 1)[0]
            column, width = len(glued["lead"]), len(glued["value"])
            return _Trap(line, column, width, f"'{name}:' needs a blank after it", f"write '{name}: …'")
    return None


def _quoted(line: int, found: re.Match[str], message: str) -> _Trap:
    return _Trap(line, found.start("value"), len(found["value"]), message, QUOTE_IT)


def _quote_trap(line: int, found: re.Match[str]) -> _Trap:
    quote = found["value"][0]
    other = '"' if quote == "'" else "'"
    hint = f"{QUOTE_IT} of the other kind: {other}…{other}"
    return _Trap(line, found.start("value"), len(found["value"]), f"{quote} opens a quote", hint)


def _unclosed_quote(value: str) -> bool:
    quote = value[0]
    return quote in "'\"" and quote not in value[1:]


def _text_after_quote(value: str) -> bool:
    """Whether the quote that opens a value closes before its end: `'tis the dog's`, `"A" and B`."""
    pattern = _SINGLE if value[0] == "'" else _DOUBLE
    closed = pattern.match(value)
    return closed is not None and not re.match(r"[ ]*(?:#.*|:.*|,.*)?$", value[closed.end() :])


_SINGLE = re.compile(r"'(?:[^']|'')*'")
_DOUBLE = re.compile(r'"(?:[^"\\]|\\.)*"')
