"""Problems are values: what is wrong, where, and what to type instead."""

from __future__ import annotations

from collections import Counter
from difflib import get_close_matches
from typing import TYPE_CHECKING, Generic, Literal, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

Severity = Literal["error", "warning", "info"]

T = TypeVar("T")
U = TypeVar("U")


class Span(msgspec.Struct, frozen=True, order=True, gc=False):
    """A place in a file. Lines and columns count from 1, in characters; 0 means "the file as a whole"."""

    path: str
    line: int = 0
    column: int = 0
    width: int = 1


class Diagnostic(msgspec.Struct, frozen=True, gc=False):
    """One problem, in words that its reader can act on."""

    severity: Severity
    code: str
    message: str
    where: Span
    hint: str = ""


class Outcome(msgspec.Struct, Generic[T], frozen=True):
    """A value, and every problem that was met on the way to it."""

    value: T
    diagnostics: tuple[Diagnostic, ...] = ()


def error(code: str, message: str, where: Span, hint: str = "") -> Diagnostic:
    """What must be mended before the site may be replaced."""
    return Diagnostic("error", code, message, where, hint)


def warning(code: str, message: str, where: Span, hint: str = "") -> Diagnostic:
    """What should be mended; the site is built all the same."""
    return Diagnostic("warning", code, message, where, hint)


def info(code: str, message: str, where: Span, hint: str = "") -> Diagnostic:
    """What is worth knowing and needs no mending."""
    return Diagnostic("info", code, message, where, hint)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint that names the nearest known word, or nothing.

    >>> did_you_mean("titel", ["title", "tags"])
    "did you mean 'title'?"
    >>> did_you_mean("xyz", ["title", "tags"])
    ''
    """
    near = get_close_matches(word, list(known), n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else ""


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether anything stands in the way of replacing the site."""
    return any(problem.severity == "error" for problem in diagnostics)


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """By file, line and column; each problem once."""
    return tuple(sorted(dict.fromkeys(diagnostics), key=lambda d: (d.where, d.severity, d.code, d.message)))


class Folded(msgspec.Struct, frozen=True):
    """The first of many equal problems of a file, and how many more there are."""

    shown: Diagnostic
    more: int = 0  # like it, after the last one that is shown


def folded(diagnostics: Iterable[Diagnostic]) -> tuple[Folded, ...]:
    """Of a flood, more than 20 problems with the same severity and code in one file, the first 3; everything else.

    They stay in the order in which they come. Errors stay, every one: each stands in the way.
    """
    problems = tuple(diagnostics)
    groups = Counter(map(_group, problems))
    seen: Counter[tuple[str, ...]] = Counter()
    kept = []
    for problem in problems:
        group = _group(problem)
        seen[group] += 1
        if problem.severity == "error" or groups[group] <= _FLOOD or seen[group] < _FIRST:
            kept.append(Folded(problem))
        elif seen[group] == _FIRST:
            kept.append(Folded(problem, groups[group] - _FIRST))
    return tuple(kept)


_FLOOD = 20  # what a person still reads, and mends one by one
_FIRST = 3


def _group(problem: Diagnostic) -> tuple[str, ...]:
    return (problem.where.path, problem.severity, problem.code)


def as_text(
    diagnostic: Diagnostic, line_of: Callable[[str, int], str | None], *, colour: bool = False
) -> str:
    """`path:line:column: severity: message [code]`, the line of source with a caret, and the hint.

    `line_of(path, line)` gives the text of a source line, or None where it cannot be shown.
    """
    where = diagnostic.where
    place = (
        _printable(where.path)
        + (f":{where.line}" if where.line else "")
        + (f":{where.column}" if where.line and where.column else "")
    )
    tint = {"error": "31;1", "warning": "33;1", "info": "36;1"}[diagnostic.severity]
    severity = f"\x1b[{tint}m{diagnostic.severity}\x1b[0m" if colour else diagnostic.severity
    lines = [f"{place}: {severity}: {_one_line(diagnostic.message)} [{diagnostic.code}]"]
    source = line_of(where.path, where.line) if where.line else None
    if source is not None:
        lines += _excerpt(source, where)
    if diagnostic.hint:
        lines.append(f"hint: {_one_line(diagnostic.hint)}")
    return "\n".join(lines)


_WIDEST = 110


def _excerpt(source: str, where: Span) -> list[str]:
    start = max(0, where.column - 1 - _WIDEST // 2) if where.column > _WIDEST - 20 else 0
    shown = _printable(source[start : start + _WIDEST])
    gutter = f"  {where.line} | "
    lines = [gutter + shown]
    if where.column:
        width = max(1, min(where.width, len(source) - where.column + 1, _WIDEST - (where.column - 1 - start)))
        lines.append(" " * (len(gutter) - 2) + "| " + " " * (where.column - 1 - start) + "^" * width)
    return lines


def _one_line(text: str) -> str:
    return _printable(" ".join(text.split()))


def _printable(text: str) -> str:
    # A dump may contain escape sequences that would repaint the curator's terminal.
    return "".join(c if c.isprintable() else " " if c == "\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def as_github(diagnostic: Diagnostic) -> str:
    """A workflow command that annotates the line in a pull request.

    https://docs.github.com/actions/reference/workflow-commands-for-github-actions
    """
    level = {"error": "error", "warning": "warning", "info": "notice"}[diagnostic.severity]
    where = diagnostic.where
    at = [f"file={_property(where.path)}"]
    if where.line:
        at += [f"line={where.line}", f"col={max(where.column, 1)}"]
    text = diagnostic.message + (f" ({diagnostic.hint})" if diagnostic.hint else "")
    return f"::{level} {','.join(at)},title={_property(diagnostic.code)}::{_data(text)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_json(diagnostics: Iterable[Diagnostic]) -> bytes:
    """A JSON array of the problems, one object each."""
    return msgspec.json.format(msgspec.json.encode([_encodable(each) for each in diagnostics]), indent=2)


def _encodable(diagnostic: Diagnostic) -> Diagnostic:
    # Names of files are any bytes on most systems, and half a surrogate pair is in no encoding.
    replace, where = msgspec.structs.replace, diagnostic.where
    return replace(
        diagnostic,
        message=_escaped(diagnostic.message),
        where=replace(where, path=_escaped(where.path)),
        hint=_escaped(diagnostic.hint),
    )


def _escaped(text: str) -> str:
    return text.encode("utf-8", "backslashreplace").decode()
