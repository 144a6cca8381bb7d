"""Text as bytes, without the characters that break files: C0, C1, lone surrogates, non-characters."""

from __future__ import annotations

import re
from typing import Any

import msgspec


def printable(text: str) -> str:
    r"""The text with U+FFFD for every character that no file should hold.

    >>> printable("a\x00b")
    'a\ufffdb'
    """
    return _UNPRINTABLE.sub("\N{REPLACEMENT CHARACTER}", text)


def encode(text: str) -> bytes:
    """The text as UTF-8, as `printable` has it."""
    try:
        data = text.encode()
    except UnicodeEncodeError:
        return printable(text).encode()
    # Nearly every text is clean. Deleting plain ASCII is one pass in C and leaves a few dozen bytes to look at.
    rest = data.translate(None, _PLAIN)
    if rest and _SUSPECT.search(rest):
        return printable(text).encode()
    return data


def encode_json(value: Any) -> bytes:
    """The value as JSON in UTF-8; its strings as `printable` has them."""
    try:
        data = msgspec.json.encode(value)
    except UnicodeEncodeError:
        return msgspec.json.encode(_printable_strings(msgspec.to_builtins(value)))
    if is_printable_json(data):
        return data
    return msgspec.json.encode(_printable_strings(msgspec.to_builtins(value)))


def is_printable_json(data: bytes) -> bool:
    """Whether no string of this JSON has a character that no file should hold."""
    escapes = data.replace(_BACKSLASH, b"")  # `\\beta` is a backslash and letters
    return not (_SUSPECT_JSON.search(escapes) or _SUSPECT.search(data.translate(None, _PLAIN)))


_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(chr(plane << 16 | last) for plane in range(1, 17) for last in (0xFFFE, 0xFFFF))
    + "]"
)
_PLAIN = bytes({*range(0x20, 0x7F), *b"\t\n\r"})
_SUSPECT = re.compile(  # the same characters in UTF-8; of the last two bytes of a plane's end only the shape
    rb"[\x00-\x7f]|\xc2[\x80-\x9f]|\xef\xb7[\x90-\xaf]|\xef\xbf[\xbe\xbf]|[\xf0-\xf4].\xbf[\xbe\xbf]",
    re.DOTALL,
)
_SUSPECT_JSON = re.compile(rb"\\[bfu]")
_BACKSLASH = rb"\\"


def _printable_strings(value: Any) -> Any:
    match value:
        case str():
            return printable(value)
        case dict():
            return {_printable_strings(key): _printable_strings(item) for key, item in value.items()}
        case list() | tuple():
            return [_printable_strings(item) for item in value]
        case _:
            return value
