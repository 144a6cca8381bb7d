"""The entries of a JSON file, each by itself: an array, an object around an array, or an object on each line."""

from __future__ import annotations

import codecs
import json
import re
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar, get_args, get_origin

import msgspec

from sitegen.parse.claims import shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.parse.claims import Claims

T = TypeVar("T", bound=msgspec.Struct)

LARGEST = 4 << 20  # bytes of one entry, which has a few thousand


class Entry(NamedTuple):
    """One entry as it stands in the file."""

    line: int  # from 1
    data: bytes


def sample(start: str) -> tuple[dict[str, Any], ...]:
    """The first entries of what may be JSON, given the beginning of a file; none where it is something else."""
    return _sample(start) if start.lstrip()[:1] in {"{", "["} else ()


def read(text: bytes, kind: type[T], claims: Claims) -> Iterator[tuple[Entry, T]]:
    """Every entry with what it says. A bad entry costs that entry, a field of a wrong type that field; both are reported."""
    decode = msgspec.json.Decoder(kind).decode
    for entry in entries(text):
        if len(entry.data) > LARGEST:
            claims.warn(
                entry.line,
                "line-too-long",
                f"an entry of {len(entry.data):,} bytes was left out: {shortened(entry.data)}",
                "is it one record?",
            )
            continue
        try:
            yield entry, decode(entry.data)
        except (msgspec.MsgspecError, RecursionError):
            whole, halves = _without_halves(entry.data)
            claims.replaced(halves)
            value = _part_by_part(Entry(entry.line, whole), kind, claims)
            if value is not None:
                yield entry, value


def has_lines(start: bytes) -> bool:
    """Whether a file that begins so has an object on each line."""
    return _LINES.match(start.removeprefix(codecs.BOM_UTF8)) is not None


def entries(text: bytes) -> Iterator[Entry]:
    """The entries in their order. A file that is no JSON as a whole is divided where its entries seem to begin."""
    whole: list[msgspec.Raw] | None = None
    start = _START.match(text)
    try:
        if start is not None and start[1] == b"[":
            whole = _array(text)
        elif not _LINES.match(text):
            whole = _unwrapped(text)
    except (msgspec.MsgspecError, RecursionError):
        yield from _pieces(text)
        return
    if whole is None:
        yield from _lines(text)
        return
    at, line = 0, 1
    for raw in whole:
        data = bytes(raw)
        begin = text.find(data, at)
        line += text.count(b"\n", at, begin)
        yield Entry(line, data)
        at = begin + len(data)
        line += data.count(b"\n")


_LISTS = ("results", "data", "items", "papers", "works", "message", "recommendedPapers")
"""Under which names services put their entries; `message` holds another such object."""

# A line that is a whole object, or a second line that begins one: an object on each line.
_LINES = re.compile(rb"\s*\{(?:[^\n]*\}[ \t]*\n\s*\S|[^\n]*\n\{)")
_START = re.compile(rb"\s*([\[{])")
_OBJECTS = re.compile(rb"\[\s*\{")
_BLANK = r"[ \t\n]*+"
_LIST = re.compile(rf'"(?:{"|".join(_LISTS)})"{_BLANK}:{_BLANK}(?=\[{_BLANK}\{{)')
_FIRST = re.compile(rf'\[({_BLANK})\{{{_BLANK}("(?:[^"\\\n]|\\.)*+"){_BLANK}:')
_NEXT = re.compile(rf"{_BLANK}(?:,{_BLANK}(\{{)|(?=[^\]\s]))")

_array = msgspec.json.Decoder(list[msgspec.Raw]).decode
_object = msgspec.json.Decoder(dict[str, msgspec.Raw]).decode
_from = json.JSONDecoder().raw_decode


def _lines(text: bytes) -> Iterator[Entry]:
    at, number = 0, 0
    while at < len(text):
        end = text.find(b"\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end]
        number += 1
        if line and not line.isspace():
            yield Entry(number, line)
        at = end + 1


def _unwrapped(text: bytes | msgspec.Raw, depth: int = 0) -> list[msgspec.Raw]:
    """The entries within an object, or the object itself."""
    fields = _object(text)
    for name in _LISTS if "title" not in fields else ():
        if name in fields:
            inner = fields[name]
            if _OBJECTS.match(memoryview(inner)):
                return _array(inner)
            if not depth and bytes(memoryview(inner)[:1]) == b"{":
                return _unwrapped(inner, depth + 1)
    return [msgspec.Raw(bytes(text).strip())]


def _pieces(data: bytes) -> Iterator[Entry]:
    """The entries of a broken array. After a bad one the next is what stands at the same depth, or has the same keys."""
    text = data.decode()
    opening = _START.match(data)
    listed = _LIST.search(text) if opening and opening[1] == b"{" else _FIRST.search(text)
    first = _FIRST.search(text, listed.start()) if listed else None
    if first is None:
        begin = len(text) - len(text.lstrip())
        yield Entry(text.count("\n", 0, begin) + 1, data.strip())
        return
    gap, key = first.groups()
    same_depth = "\n" in gap  # then indentation tells it
    begins = re.compile(
        rf"(?<=[\[,]){re.escape(gap) if same_depth else _BLANK}(?=\{{{_BLANK}{re.escape(key)}{_BLANK}:)"
    )
    patience = 1_000_000 + 10 * len(text)  # characters that may be read in vain
    keys: set[str] = set()
    at, line, counted = first.end(1), 1, 0
    while at >= 0:
        line += text.count("\n", counted, at)
        counted = at
        fields, end = _decoded(text, at)
        if fields is not None:
            yield Entry(line, text[at:end].encode())
            keys = keys or set(fields)
            after = _NEXT.match(text, end)
            if after is None:
                return
            if after[1] == "{":
                at = after.start(1)
                continue
            at = end
        else:
            patience -= end - at
        following = -1
        for candidate in begins.finditer(text, at + 1):
            fields, end = (None, 0) if same_depth else _decoded(text, candidate.end())
            if patience < 0:
                break
            if same_depth or (fields is not None and 2 * len(keys & fields.keys()) >= len(keys)):
                following = candidate.end()
                break
            patience -= end - candidate.end()
        piece = text[at : following if following >= 0 else len(text)]
        yield Entry(line, piece.rstrip(" \n\t,]").encode())
        at = following


def _decoded(text: str, at: int = 0) -> tuple[dict[str, Any] | None, int]:
    """The object that begins at a place, or None; and where it ends, or where the mistake is."""
    try:
        value, end = _from(text, at)
    except json.JSONDecodeError as problem:
        return None, max(problem.pos, at + 1)
    except (ValueError, RecursionError):
        return None, at + 100_000
    return (value if isinstance(value, dict) else None), end


@lru_cache(maxsize=1)  # every format that is JSON asks for the same
def _sample(start: str) -> tuple[dict[str, Any], ...]:
    data = start.encode(errors="replace")
    if start.lstrip()[0] == "{" and not _LINES.match(data):
        alone, _ = _decoded(start.lstrip())
        if alone is not None and ("title" in alone or not _LIST.search(start)):
            return (alone,)
    pieces = _lines(data) if _LINES.match(data) else _pieces(data)
    found = (_decoded(entry.data.decode())[0] for entry in islice(pieces, _SAMPLED))
    return tuple(fields for fields in found if fields is not None)


_SAMPLED = 20


def _without_halves(entry: bytes) -> tuple[bytes, int]:
    """The entry with every escape of half a surrogate pair replaced, which JSON allows and no text can hold; how many."""
    count = 0

    def whole(match: re.Match[bytes]) -> bytes:
        nonlocal count
        count += match[1] is not None
        return b"\\ufffd" if match[1] else match[0]

    return (_ESCAPED.sub(whole, entry), count) if b"\\u" in entry else (entry, 0)


_ESCAPED = re.compile(
    rb"\\\\|\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|(\\u[dD][89a-fA-F][0-9a-fA-F]{2})"
)


def _part_by_part(entry: Entry, kind: type[T], claims: Claims) -> T | None:
    """What of an entry is as it should be. Each part that is not is reported and left out, and nothing around it."""

    def read(data: bytes | msgspec.Raw, kind: Any, path: str) -> Any:
        try:
            return msgspec.json.decode(data, type=kind)
        except (msgspec.MsgspecError, RecursionError) as problem:
            struct, item = _within(kind)
            first = bytes(memoryview(data)[:1])
            if struct is not None and first == b"{":
                fields = _object(data)
                parts = {
                    field.name: read(fields[field.encode_name], field.type, f"{path}.{field.encode_name}")
                    for field in msgspec.structs.fields(struct)
                    if field.encode_name in fields
                }
                return struct(**{name: part for name, part in parts.items() if part is not msgspec.UNSET})
            if item is not None and first == b"[":
                items = [read(raw, item, f"{path}[{number}]") for number, raw in enumerate(_array(data))]
                return [part for part in items if part is not msgspec.UNSET]
            claims.warn(entry.line, "wrong-type", f"`{path[1:]}` was left out: {problem}")
            return msgspec.UNSET

    try:
        _object(entry.data)
        value: T = read(entry.data.strip(), kind, "")
    except (msgspec.MsgspecError, RecursionError) as problem:
        claims.warn(
            entry.line,
            "bad-json",
            f"an entry was left out, it is no JSON object ({problem}): {shortened(entry.data)}",
            "write one JSON object for each record",
        )
        return None
    return value


def _within(kind: Any) -> tuple[type[msgspec.Struct] | None, Any]:
    """The struct that a value of this kind may be, and the kind of a list's items where these are structs."""
    allowed = (kind,) if get_origin(kind) is list else (kind, *get_args(kind))
    struct = next((k for k in allowed if isinstance(k, type) and issubclass(k, msgspec.Struct)), None)
    items = (get_args(k)[0] for k in allowed if get_origin(k) is list)
    return struct, next((item for item in items if _within(item)[0]), None)
