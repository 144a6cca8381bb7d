"""The wanted lines of a listing that has an entry on each line, without the whole of it ever being in memory."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.parse.decoding import decode
from sitegen.parse.dump import PARSERS
from sitegen.parse.json_entries import LARGEST, has_lines
from sitegen.parse.wanted import condition_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.model.source import Wanted
    from sitegen.parse.dump import Parser


def line_parser(start: bytes) -> Parser | None:
    """Who reads a file that begins so, if it has an object of JSON on each line."""
    if not has_lines(start):
        return None
    text = start.decode(errors="ignore")
    return next((parser for parser in PARSERS.values() if parser.recognises(text)), None)


def sift(chunks: Iterable[bytes], wanted: Wanted, parser: Parser) -> Iterator[bytes]:
    """The text again, with every line empty whose record is not wanted: line numbers stay what they are.

    A line that gives no record stays, for whoever reads the rest to report, if it has the bytes that were looked for.
    """
    groups = _needles(wanted)
    rest = b""
    for chunk in chunks:
        block = rest + chunk
        end = block.rfind(b"\n") + 1
        if end:
            yield _sifted(block[:end], groups, wanted, parser)
        rest = block[end:][: LARGEST + 1]  # a longer line is no record; it is reported for its length
    if rest:
        yield _sifted(rest, groups, wanted, parser)


def _sifted(block: bytes, groups: list[tuple[bytes, ...]], wanted: Wanted, parser: Parser) -> bytes:
    lines = _candidates(block, groups)
    text = decode(b"\n".join(block[start:end] for start, end in lines), "").value if lines else None
    unwanted: set[int] = set()
    if text is not None:
        is_wanted = condition_of(wanted)
        records = parser.parse(text, "", None).value.records
        unwanted = {record.where.line for record in records if not is_wanted(record)}
    parts, at = [], 0
    for number, (start, end) in enumerate(lines, 1):
        if number not in unwanted:
            parts += [b"\n" * block.count(b"\n", at, start), block[start:end]]
            at = end
    parts.append(b"\n" * block.count(b"\n", at))
    return b"".join(parts)


def _needles(wanted: Wanted) -> list[tuple[bytes, ...]]:
    """Bytes of which a line must have one of each group. What JSON may write in another way than as itself is in none."""
    longest = [max(words.split(), key=len) for words in wanted.words]
    return [
        tuple(text.encode() for text in texts)
        for texts in (wanted.categories, longest, _years(wanted))
        if texts and all(_AS_ITSELF.fullmatch(text) for text in texts)
    ]


_AS_ITSELF = re.compile(r"[a-z0-9.-]+")


def _years(wanted: Wanted) -> list[str]:
    first, last = wanted.years or (0, 9999)
    return [str(year) for year in range(first, last + 1)] if last - first < 30 else []


def _candidates(block: bytes, groups: list[tuple[bytes, ...]]) -> list[tuple[int, int]]:
    """Where the lines are that may be wanted, found without a look at each: most of a large listing is never decoded."""
    lowered = block.lower()
    if not groups or _ESCAPED.search(lowered):
        return _all_lines(block)
    found: dict[int, int] = {}
    for needle in groups[0]:
        at = lowered.find(needle)
        while at >= 0:
            start, end = lowered.rfind(b"\n", 0, at) + 1, lowered.find(b"\n", at)
            found[start] = end = end if end >= 0 else len(block)
            at = lowered.find(needle, end)
    return [
        (start, found[start])
        for start in sorted(found)
        if all(any(lowered.find(n, start, found[start]) >= 0 for n in group) for group in groups[1:])
    ]


# A letter, digit, dot or hyphen that somebody wrote by its number.
_ESCAPED = re.compile(rb"\\u00(?:2[de]|3[0-9]|[46][1-9a-f]|[57][0-9a])")


def _all_lines(block: bytes) -> list[tuple[int, int]]:
    lines, at = [], 0
    for line in block.split(b"\n"):
        if line:
            lines.append((at, at + len(line)))
        at += len(line) + 1
    return lines
