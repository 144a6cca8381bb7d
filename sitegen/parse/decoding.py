"""The bytes of a dump → text: unpacked within bounds, and UTF-8 whatever it was before."""

from __future__ import annotations

import bz2
import codecs
import lzma
import re
import zlib
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Outcome, Span, info, warning

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LARGEST = 2 << 30  # bytes, unpacked
HARMLESS = 64 << 20  # bytes that may come out of however few
DENSEST = 200  # text packs 3 to 20 times; a thousand times is a bomb


def decode(
    data: bytes, path: str, *, largest: int = LARGEST, harmless: int = HARMLESS
) -> Outcome[bytes | None]:
    r"""The text of a file as valid UTF-8 with line ends as `\n`; None where it is no text, with the reason.

    gzip, bzip2 and xz are known by their first bytes, whatever the file is called. Read are UTF-8, UTF-16 and UTF-32 with a
    byte order mark; anything else is taken for Windows-1252, and said to be. It stays bytes: as a string a listing
    with a single emoji takes four times the memory.
    """
    unpacked = _unpack(data, path, largest, harmless)
    if unpacked.value is None:
        return Outcome(None, unpacked.diagnostics)
    problems = list(unpacked.diagnostics)
    text = _text(unpacked.value, path, problems)
    if text is None:
        return Outcome(None, tuple(problems))
    if b"\r" in text:
        text = text.replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return Outcome(text, tuple(problems))


def clean(text: str, path: str) -> Outcome[str]:
    """The text with controls, lone surrogates and non-characters replaced; these, and invisible characters, are counted."""
    problems: list[Diagnostic] = []
    text, controls = CONTROLS.subn("\N{REPLACEMENT CHARACTER}", text)
    if controls:
        problems.append(replaced_controls(controls, path))
    hidden = len(HIDDEN.findall(text))
    if hidden:
        problems.append(hidden_characters(hidden, path))
    return Outcome(text, tuple(problems))


CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
HIDDEN = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")


def replaced_controls(count: int, path: str) -> Diagnostic:
    """The one warning of a file whose text held characters that no text contains."""
    return warning(
        "control-characters",
        f"{count} control characters were replaced by \N{REPLACEMENT CHARACTER}",
        Span(path),
    )


def hidden_characters(count: int, path: str) -> Diagnostic:
    """The one warning of a file with characters that change how others look and cannot be seen."""
    return warning(
        "hidden-characters",
        f"{count} invisible characters (text direction, zero width) are in the text",
        Span(path),
        "they stay in titles and abstracts, and out of addresses",
    )


def _unpack(data: bytes, path: str, largest: int, harmless: int) -> Outcome[bytes | None]:
    packer = packed_by(data)
    if not packer:
        return Outcome(data)
    parts: list[bytes] = []
    size, bound = 0, min(largest, max(harmless, len(data) * DENSEST))
    try:
        for chunk in unpacked(packer, (data[at : at + _CHUNK] for at in range(0, len(data), _CHUNK))):
            size += len(chunk)
            if size > bound:
                return Outcome(None, (_bomb(path, packer, size),))
            parts.append(chunk)
    except DAMAGED as problem:
        return Outcome(b"".join(parts), (breaks_off(path, packer, size, problem),))
    return Outcome(b"".join(parts))


def packed_by(start: bytes) -> str:
    """`gzip`, `bzip2`, `xz` or "", by a file's first bytes."""
    return next((packer for packer, (magic, _) in _PACKERS.items() if start.startswith(magic)), "")


def unpacked(packer: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """The text of a packed file, piece by piece. Raises one of DAMAGED."""
    return _PACKERS[packer][1](chunks)


DAMAGED = (EOFError, OSError, zlib.error, lzma.LZMAError)


def breaks_off(path: str, packer: str, size: int, problem: Exception) -> Diagnostic:
    """The warning of a packed file whose end is missing or damaged."""
    return warning(
        "damaged-archive",
        f"the {packer} file breaks off after {size:,} bytes of text ({problem})",
        Span(path),
        "copy or download it again",
    )


def _bomb(path: str, packer: str, size: int) -> Diagnostic:
    return warning(
        "archive-too-large",
        f"the {packer} file was left out: it unpacks to more than {size:,} bytes",
        Span(path),
        "unpack it yourself if you trust it, and split it into smaller files",
    )


_CHUNK = 1 << 20


def _gunzip(chunks: Iterator[bytes]) -> Iterator[bytes]:
    member = zlib.decompressobj(wbits=31)
    for chunk in chunks:
        packed = chunk
        while packed:
            if member.eof:  # members may follow each other, and padding the last one
                packed = packed.lstrip(b"\0")
                member = zlib.decompressobj(wbits=31) if packed else member
                continue
            yield member.decompress(packed, _CHUNK)
            packed = member.unused_data if member.eof else member.unconsumed_tail
    if not member.eof:
        yield member.flush()
    if not member.eof:
        raise EOFError("its end is missing")


def _streams(
    chunks: Iterator[bytes], new: Callable[[], bz2.BZ2Decompressor | lzma.LZMADecompressor]
) -> Iterator[bytes]:
    """Streams of bzip2 or xz, one after the other, a piece at a time."""
    stream = new()
    for chunk in chunks:
        packed = chunk
        while packed or not (stream.eof or stream.needs_input):
            if stream.eof:
                packed = packed.lstrip(b"\0")
                if not packed:
                    break
                stream = new()
            piece = stream.decompress(packed, _CHUNK)
            packed = stream.unused_data if stream.eof else b""
            if piece:
                yield piece
    if not stream.eof:
        raise EOFError("its end is missing")


def _unbzip2(chunks: Iterator[bytes]) -> Iterator[bytes]:
    return _streams(chunks, bz2.BZ2Decompressor)


def _unxz(chunks: Iterator[bytes]) -> Iterator[bytes]:
    return _streams(chunks, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=256 << 20))


_PACKERS = {
    "gzip": (b"\x1f\x8b", _gunzip),
    "bzip2": (b"BZh", _unbzip2),
    "xz": (b"\xfd7zXZ\0", _unxz),
}
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NO_TEXT = bytes(c for c in range(32) if c not in b"\t\n\f\r\x1b")


def _text(data: bytes, path: str, problems: list[Diagnostic]) -> bytes | None:
    mark, encoding = next((found for found in _BYTE_ORDER_MARKS if data.startswith(found[0])), (b"", "utf-8"))
    if not mark:
        head = data[:8192]
        if len(head) - len(head.translate(None, _NO_TEXT)) > len(head) // 10:
            problems.append(
                warning("not-text", "the file was left out: it holds no text", Span(path), _packed_hint(data))
            )
            return None
    data = data[len(mark) :] if mark else data
    try:
        if encoding != "utf-8":
            return data.decode(encoding).encode()
        _check_utf8(data)
    except UnicodeDecodeError as problem:
        line = data.count(b"\n", 0, problem.start) + 1
        text = data.decode(encoding, errors="replace")
        lost = text.count("\N{REPLACEMENT CHARACTER}")
        sound = len(text) - lost - len(text.encode("ascii", "ignore"))
        if encoding == "utf-8" and not mark and lost > sound:
            # Windows-1252 leaves five bytes undefined; Latin-1 says what Windows does with them.
            text = data.decode("cp1252", errors="replace")
            message = f"byte {data[problem.start]:#04x} is not UTF-8: the file was read as Windows-1252"
        elif problem.end >= len(data) - 3 and lost == 1:
            problems.append(
                info(
                    "cut-off",
                    "the file ends in the middle of a character: it looks cut off",
                    Span(path, line),
                )
            )
            return text.rstrip("\N{REPLACEMENT CHARACTER}").encode()
        else:
            message = (
                f"{lost} places are not {encoding.upper()} and were replaced by \N{REPLACEMENT CHARACTER}"
            )
        problems.append(warning("wrong-encoding", message, Span(path, line), "save the file as UTF-8"))
        return text.encode()
    return data


def _check_utf8(data: bytes) -> None:
    """Raise UnicodeDecodeError, with the place in the whole data, if this is not UTF-8."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for start in range(0, len(data), _CHUNK):
            decoder.decode(data[start : start + _CHUNK])
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        data.decode()


def _packed_hint(data: bytes) -> str:
    if data.startswith((b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf", b"PK")):
        return "unpack it first; gzip, bzip2, xz and zip are unpacked here"
    return "save the listing as plain text, JSON lines or the like"
