"""Text as YAML that every reader, our own among them, reads back as exactly that text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from sitegen.splice.edits import Content

Style = str
"""As PyYAML names it: `"`, `'`, `|`, `>`, or "" for none."""


class Written(NamedTuple):
    """A value as it is put after `key:`: what stands on that line, the lines below it, and what a parser reads."""

    head: str
    body: tuple[str, ...]
    said: Content


def tidy(text: str) -> str:
    r"""Text as our parser gives it: `\n` line ends, no blanks around it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def unwritable(text: str) -> str:
    """The first character that no file can hold; "" where there is none.

    Control characters, and those at which some readers of YAML break lines and others do not.
    """
    found = _UNWRITABLE.search(text)
    return found[0] if found else ""


def written(text: str, style: Style = '"', *, flow: bool = False, bare: bool = False) -> str:
    """Tidy text as a scalar on one line, in this style where it can be, else in double quotes.

    `flow`: between brackets. `bare`: a number, a date or a word of the schema, which stands without quotes.
    """
    one_line = "\n" not in text and not _ESCAPED.search(text)
    if bare and _BARE.fullmatch(text):
        return text
    if style == "" and one_line and _is_plain(text, flow=flow):
        return text
    if style == "'" and one_line and text:
        return "'" + text.replace("'", "''") + "'"
    return '"' + _IN_QUOTES.sub(_escape, text) + '"'


def written_prose(text: str, style: Style, column: int, *, header: str = "", width: int = 0) -> Written:
    """Tidy prose in this style where it can be: as a block whose lines begin in `column` where it has several lines.

    `header` is that of the block in whose place it comes; folded text is wrapped at `width`.
    """
    if not text or _ESCAPED.search(text) or ("\n" not in text and style not in {"|", ">"}):
        return Written(written(text, style), (), text)
    keep_off = "-" if "-" in header else ""
    digit = next((c for c in header if c.isdigit()), "")
    end = "" if keep_off else "\n"
    margin = " " * column
    if style == ">" and (lines := _wrapped(text, width)):
        return Written(
            f">{digit}{keep_off}", tuple(margin + line if line else "" for line in lines), text + end
        )
    lines = text.split("\n")
    return Written(f"|{digit}{keep_off}", tuple(margin + line if line else "" for line in lines), text + end)


def _is_plain(text: str, *, flow: bool) -> bool:
    return (
        _PLAIN.fullmatch(text) is not None
        and not _NOT_TEXT.fullmatch(text)
        and not (flow and _BRACKET_OR_COLON.search(text))
    )


def _wrapped(text: str, width: int) -> list[str]:
    """Lines that fold to the text; none where a line's own indentation would keep it from being folded."""
    found: list[str] = []
    for number, paragraph in enumerate(text.split("\n")):
        if paragraph != paragraph.strip(" \t"):
            return []
        if number:
            found.append("")  # a line end that stays takes a blank line
        found += _filled(paragraph, max(width, _NARROWEST)) if paragraph else []
    return found


def _filled(paragraph: str, width: int) -> list[str]:
    lines: list[str] = []
    # Only a single blank between two words is what a folded line end stands for.
    for word in _SINGLE_BLANK.split(paragraph):
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += " " + word
        else:
            lines.append(word)
    return lines


def _escape(found: re.Match[str]) -> str:
    character = found[0]
    return _SHORT.get(character) or f"\\u{ord(character):04x}"


_NARROWEST: Final = 40
_UNWRITABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
# What an editor does not show, or a reader does not take, as it is: invisible ones, a second byte order mark.
_ESCAPED = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_IN_QUOTES = re.compile(f'["\\\\\n\t]|{_ESCAPED.pattern}')
_SHORT: Final = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
# Text that is itself without quotes, for every reader of YAML: no indicator in front, no `: `, no ` #`.
_PLAIN = re.compile(r"[A-Za-z0-9À-ɏ](?:[^:#\n\t]|:(?=\S)|(?<=\S)#)*(?<=[^\s:])")
_BRACKET_OR_COLON = re.compile(r"[][{},:]")
_NOT_TEXT = re.compile(
    r"[0-9][0-9._:,eExXoO+-]*|true|false|null|yes|no|on|off|y|n|[0-9]{4}-[0-9]{2}-[0-9]{2}.*", re.IGNORECASE
)
_BARE = re.compile(r"[-+]?[0-9]+|[0-9]{4}(?:-[0-9]{1,2}){0,2}|[a-z]+(?:-[a-z]+)*")
_SINGLE_BLANK = re.compile(r"(?<=[^ \t]) (?=[^ \t])")
