"""What a YAML syntax error means to the person who wrote the file, and what to type instead."""

from __future__ import annotations

import re
from itertools import accumulate
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
    if trap := _trap(text, at, problem):
        return error(code, trap.message, Span(path, trap.line + 1, trap.column + 1, trap.width), trap.hint)
    message, hint = _WORDS.get(problem.problem or "", (problem.problem or "this is not YAML", ""))
    if problem.context in _OPENED:
        message, hint = _OPENED[problem.context]
    column = mark.column if mark else 0
    lines = text.split("\n", at + 1)
    if at >= len(lines):  # libyaml's end of the text may be a line further
        at, column = len(lines) - 1, len(lines[-1])
    where = Span(path, at + 1, column + 1)
    return error(code, message, where, hint)


# What libyaml was in the middle of, where the start of that tells more than its end.
_OPENED = {
    "while scanning a simple key": ("a field needs a ': ' after its name", "write 'name: value'"),
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
    "did not find expected node content": ("a value is expected here", QUOTE_IT),
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
_FIELD = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*(?:[\w$-]+:[ ]+)?)(?P<value>\S.*)")
_NO_BLANK = re.compile(r"(?P<lead>[ ]*(?:-[ ]+)*)(?P<value>[A-Za-z_]+:(?!//)\S.*)$")
_HASH = re.compile(r"[\[{, ]#\w")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*(?:[ ]+#.*)?$")
_FLOW_CLOSED = re.compile(r"[\]}][ ]*(?:,|#.*)?$")


def _trap(text: str, at: int, problem: yaml.MarkedYAMLError) -> _Trap | None:
    """The nearest known trap at or before line `at`: an error often shows a line after its cause."""
    lines = text.split("\n")[: at + 1]
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))
    if swallowed := _swallowing_quote(lines, starts, text, problem):
        return swallowed
    for number in range(len(lines) - 1, max(-1, len(lines) - 1 - _FAR), -1):
        if trap := _trap_of_line(number, lines[number].rstrip(" "), text, starts[number], problem):
            return trap
    return None


def _swallowing_quote(
    lines: list[str], starts: list[int], text: str, problem: yaml.MarkedYAMLError
) -> _Trap | None:
    """An apostrophe that opens a quote, however far before the next one, right behind which the parser stopped."""
    if problem.problem_mark is None:
        return None
    for number in range(len(lines) - 1, -1, -1):
        found = _FIELD.match(lines[number].rstrip(" "))
        if found is None or found["value"][0] not in _QUOTED:
            continue
        closed = _QUOTED[found["value"][0]].match(text, starts[number] + found.start("value"))
        if (
            closed
            and closed.end() >= starts[number + 1]
            and not text[closed.end() : problem.problem_mark.index].strip(" ")
        ):
            return _quote_trap(number, found)
    return None


_FAR = 3


def _trap_of_line(
    number: int, line: str, text: str, start: int, problem: yaml.MarkedYAMLError
) -> _Trap | None:
    tab = line.find("\t", 0, len(line) - len(line.lstrip(" \t")))
    if tab >= 0:
        return _Trap(number, tab, 1, "a tab at the start of a line", "indent with blanks, not tabs")
    found = _FIELD.match(line)
    if not found or found["value"].startswith("#"):
        return None
    value, is_field = found["value"], ":" in found["lead"]
    first = value[0]
    if first in "'\"":
        return _quote_trap(number, found) if _never_closes(found, text, start, is_field) else None
    if message := _start_of_something_else(value, is_field, problem):
        return _Trap(number, found.start("value"), len(value), message, QUOTE_IT)
    if first not in "[{|>" and (value.count(": ") + value.endswith(":")) >= (1 if is_field else 2):
        return _Trap(number, found.start("value"), len(value), "': ' ends the name of a field", QUOTE_IT)
    if problem.problem in _MISSING_BLANK and (glued := _NO_BLANK.match(line)):
        name = glued["value"].split(":", 1)[0]
        message, hint = f"'{name}:' needs a blank after it", f"write '{name}: …'"
        return _Trap(number, glued.start("value"), len(glued["value"]), message, hint)
    return None


_MISSING_BLANK = {"mapping values are not allowed in this context", "could not find expected ':'"}


def _start_of_something_else(value: str, is_field: bool, problem: yaml.MarkedYAMLError) -> str:
    """Why YAML takes this text for something else, or ""."""
    first = value[0]
    if first == "!":
        return "'!' starts a YAML tag"
    if first in "@`%":
        return f"a text that starts with '{first}' needs quotes"
    if first == "&" and problem.context == "while scanning an anchor":
        return "'&' starts an anchor"
    if first == "*" and (
        problem.problem == "found undefined alias" or problem.context == "while scanning an alias"
    ):
        return "'*' starts an alias"
    within_brackets = "flow" in (problem.context or "")  # what is wrong is there, not behind them
    if first in "[{" and within_brackets and _HASH.search(value):
        return "'#' starts a comment"
    if (
        first in "[{"
        and not within_brackets
        and re.search(r"[\]}]", value)
        and not _FLOW_CLOSED.search(value)
    ):
        return "'[' starts a list" if first == "[" else "'{' starts a mapping"
    if first in "|>" and not _BLOCK_HEADER.match(value):
        return f"'{first}' starts a block of text"
    if is_field and value.startswith("- "):
        return "'- ' starts an item of a list"
    return ""


def _quote_trap(line: int, found: re.Match[str]) -> _Trap:
    quote, rest = found["value"][0], found["value"][1:]
    other = '"' if quote == "'" else "'"
    message, hint = f"{quote} opens a quote", f"{QUOTE_IT} of the other kind: {other}…{other}"
    if quote not in rest:
        message += " that is not closed"
        # An apostrophe may be meant as such: 'tis.
        hint = f"add {quote} at the end" + (f", or {hint}" if quote == "'" else "")
    return _Trap(line, found.start("value"), len(found["value"]), message, hint)


def _never_closes(found: re.Match[str], text: str, start: int, is_field: bool) -> bool:
    """Whether a quote opens here by mistake: it ends nowhere, or in the middle of something: `'tis the dog's`."""
    closed = _QUOTED[found["value"][0]].match(text, start + found.start("value"))
    return closed is None or (_AFTER_VALUE if is_field else _AFTER_QUOTE).match(text, closed.end()) is None


_QUOTED = {"'": re.compile(r"'(?:[^']|'')*'"), '"': re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)}
_AFTER_QUOTE = re.compile(r"[ \t]*(?:$|[ \t]#|[:,\]}])", re.MULTILINE)  # it may be a key, or stand in a list
_AFTER_VALUE = re.compile(r"[ \t]*(?:$|[ \t]#|[,\]}])", re.MULTILINE)
