"""What the fields of BibTeX hold: concatenated strings, braces that only group, lists of names, verbatim addresses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from sitegen.text.names import display_name
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Mapping


class Value(NamedTuple):
    """A field's value. `rest` is what follows it without a comma, and should be empty."""

    text: str
    rest: str = ""


def value(source: str, strings: Mapping[str, str]) -> Value:
    """The strings of `{a} # "b" # c # 3`, one after the other. A name that no `@string` defines stands for itself.

    >>> value('jan # "~1"', {"jan": "January"})
    Value(text='January~1', rest='')
    """
    if source[:1] == "{" and source.find("}") == len(source) - 1:
        return Value(source[1:-1])
    parts: list[str] = []
    at = size = 0
    # `@string{a = a # a}` doubles: what grows beyond all use is cut, and what was cut is given back as the rest.
    while (part := _PART.match(source, at)) and size <= LONGEST:
        kind = part["open"]
        end = part.end()
        if kind:
            end = _closing(source, end, kind)
            parts.append(source[part.end() : end])
            end += 1
        else:
            parts.append(strings.get(part["bare"].lower(), part["bare"]))
        size += len(parts[-1])
        more = _MORE.match(source, end)
        if more is None:
            return Value("".join(parts), source[end:].strip())
        at = more.end()
    return Value("".join(parts), source[at:].strip())


def ungrouped(text: str) -> str:
    r"""The text without the braces that only hold letters together or keep their case; formulas and commands stay.

    >>> ungrouped(r"{VILA}: {A} $x_{1}$ of \emph{S{\o}ren}")
    'VILA: A $x_{1}$ of \\emph{S{\\o}ren}'
    """
    if "{" not in text and "}" not in text:
        return text
    out = []
    kept: list[str | None] = []  # for every open brace: the command that it belongs to, or None if it went
    closed: str | None = None  # the command whose argument ends right here
    at = 0
    for token in _TOKEN.finditer(text):
        if at < token.start():
            closed = None
        out.append(text[at : token.start()])
        at = token.end()
        sign = token[0]
        if sign == "}":
            closed = kept.pop() if kept else None
            out.append("}" if closed is not None else "")
            continue
        if sign != "{":
            out.append(sign)
            if sign[-1] == "{":
                kept.append(sign[1:-1].rstrip("* \n\t"))
        elif text[at : at + 1] == "\\" or closed in _TWO_ARGUMENTS:
            kept.append("")
            out.append("{")
        else:
            kept.append(None)
        closed = None
    out.append(text[at:])
    return "".join(out)


def readable(text: str) -> str:
    """The text in Unicode, for fields that are shown as they are."""
    return " ".join(plain(ungrouped(text)).split())


def names(text: str) -> tuple[str, ...]:
    """The names of a list, in the order in which they are read. `and others` names nobody.

    >>> names("Wool, Ada and {Barnes and Noble, Inc.} and others")
    ('Ada Wool', 'Barnes and Noble, Inc.')
    """
    found = [name for name in _divided(text) if name]
    if found and found[-1].lower() == "others":
        found.pop()
    return tuple(
        readable(name) if name[0] == "{" and _closing(name, 1, "{") == len(name) - 1 else _person(name)
        for name in found
    )


def address(text: str) -> str:
    r"""An address or identifier as it was before it was written in TeX: `\url{…}`, `\%` and `\_` undone."""
    inside = _URL.search(text)
    text = inside[1] if inside else text
    if "\\" in text:
        text = _ESCAPED.sub(r"\1", _TILDE.sub("~", text))
    return "".join(text.replace("{", "").replace("}", "").split())


LONGEST = 100_000  # characters that a value may have before more is added to it

_PART = re.compile(r"\s*(?:(?P<open>[{\"])|(?P<bare>[^\s#{}\",=]+))")
_MORE = re.compile(r"\s*#\s*")
_BRACE = re.compile(r"(?<!\\)[{}]")
_BRACE_OR_QUOTE = re.compile(r"(?<!\\)[{}\"]")
_TOKEN = re.compile(
    r"""
      \\[A-Za-z]+\*?(?:\s*\{)?      # a command, with the brace of its argument
    | \\[`'^"~=.]\s*\{              # an accent
    | \\.
    | [_^]\{
    | (?<!\\)\$[^$]*+\$
    | [{}]
    """,
    re.VERBOSE | re.DOTALL,
)
_TWO_ARGUMENTS = frozenset({"frac", "tfrac", "dfrac", "href"})
_AND = re.compile(r"(?<!\\)[{}]|\sand(?=\s)", re.IGNORECASE)
_URL = re.compile(r"\\(?:url|path|nolinkurl|href)\s*\{([^{}]*)\}")
_TILDE = re.compile(r"\\textasciitilde(?:\{\}|\s+)?|\\~(?:\{\})?|\$\\sim\$")
_ESCAPED = re.compile(r"\\([%_&#$~{}])")


def _closing(text: str, at: int, opening: str) -> int:
    """Where the brace or quote ends that opened before `at`."""
    depth = 0
    for match in (_BRACE if opening == "{" else _BRACE_OR_QUOTE).finditer(text, at):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}" and depth:
            depth -= 1
        elif not depth and match[0] != "{" and (match[0] == '"') == (opening == '"'):
            return match.start()
    return len(text)


def _divided(text: str) -> list[str]:
    """The text between each `and` that stands outside braces."""
    text = f" {text} "
    parts = []
    begin = depth = 0
    for match in _AND.finditer(text):
        if match[0] == "{":
            depth += 1
        elif match[0] == "}":
            depth = max(0, depth - 1)
        elif not depth:
            parts.append(text[begin : match.start()].strip())
            begin = match.end()
    return [*parts, text[begin:].strip()]


def _person(name: str) -> str:
    readable_name = readable(name)
    return display_name(readable_name) if "," in readable_name else readable_name
