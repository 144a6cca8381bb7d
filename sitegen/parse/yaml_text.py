"""Bytes of a hand-written file → text that is safe to hand to a parser, and what had to be mended."""

from __future__ import annotations

import codecs
import re

from sitegen.diagnostics import Diagnostic, Outcome, Span, error, warning

MOST_BYTES = 10 * 1024 * 1024

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# YAML 1.1 breaks lines at these three, YAML 1.2 and every editor do not. As blanks they keep all columns right.
_NOT_BREAKS = str.maketrans({"\x85": " ", "\u2028": " ", "\u2029": " "})
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
_INVISIBLE = re.compile("[\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def decode(path: str, data: bytes) -> Outcome[str | None]:
    r"""Text with `\n` line ends and no control characters; None where it is no text at all.

    UTF-8 and UTF-16 with or without a byte order mark, LF, CRLF and CR are accepted. Replacing keeps the
    number of characters, so that every line and column is the one that an editor shows.
    """
    if len(data) > MOST_BYTES:
        return Outcome(
            None,
            (
                error(
                    "too-large",
                    f"the file has {len(data):,} bytes; the most is {MOST_BYTES:,}",
                    Span(path),
                    "split it into several files",
                ),
            ),
        )
    encoding, body = _encoding(data)
    try:
        text = body.decode(encoding)
    except UnicodeDecodeError as problem:
        return Outcome(None, (_not_text(path, body, encoding, problem),))
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() and text.replace("\n", "").replace("\t", "").isprintable():
        return Outcome(text)
    problems = []
    if found := _CONTROL.search(text):
        problems.append(
            warning(
                "control-characters",
                f"a control character (U+{ord(found[0]):04X}){_and_more(_CONTROL, text)}; it is shown as \ufffd",
                _place(path, text, found.start()),
                "delete it",
            )
        )
        text = _CONTROL.sub("\ufffd", text)
    if found := _INVISIBLE.search(text):
        problems.append(
            warning(
                "invisible-characters",
                f"an invisible character (U+{ord(found[0]):04X}){_and_more(_INVISIBLE, text)}",
                _place(path, text, found.start()),
                "delete it, unless the direction of writing needs it",
            )
        )
    return Outcome(text.translate(_NOT_BREAKS), tuple(problems))


def _encoding(data: bytes) -> tuple[str, bytes]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding, data[len(mark) :]
    # Without a mark the first character, ASCII in every file that people write, tells UTF-16 from UTF-8.
    if len(data) >= 2 and len(data) % 2 == 0 and (data[0] == 0) != (data[1] == 0):
        return ("utf-16-be" if data[0] == 0 else "utf-16-le"), data
    return "utf-8", data


def _not_text(path: str, body: bytes, encoding: str, problem: UnicodeDecodeError) -> Diagnostic:
    before = body[: problem.start].decode(encoding, "replace").replace("\r\n", "\n").replace("\r", "\n")
    return error(
        "not-utf-8",
        f"byte 0x{body[problem.start]:02X} is not {encoding.upper()}",
        _place(path, before, len(before)),
        "save the file as UTF-8",
    )


def _and_more(pattern: re.Pattern[str], text: str) -> str:
    more = sum(1 for _ in pattern.finditer(text)) - 1
    return f" and {more} more in this file" if more else ""


def _place(path: str, text: str, index: int) -> Span:
    return Span(path, text.count("\n", 0, index) + 1, index - text.rfind("\n", 0, index))
