"""A zip file → the files in it, unpacked within bounds."""

from __future__ import annotations

import lzma
import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome, Span, warning
from sitegen.model.source import SourceFile
from sitegen.parse.decoding import DENSEST, HARMLESS, LARGEST

if TYPE_CHECKING:
    from zipfile import ZipFile, ZipInfo

    from sitegen.diagnostics import Diagnostic

MOST = 10_000  # files


def is_zip(data: bytes) -> bool:
    """Whether the first bytes are those of a zip file, whatever it is called."""
    return data.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def members(
    file: SourceFile, *, largest: int = LARGEST, harmless: int = HARMLESS
) -> Outcome[tuple[SourceFile, ...]]:
    """The files in a zip file in its order, as `<path>/<name>`; hidden ones and those of macOS's own are left out."""
    from zipfile import BadZipFile, ZipFile

    where = Span(file.path)
    bound = min(largest, max(harmless, len(file.data) * DENSEST))
    found: list[SourceFile] = []
    problems: list[Diagnostic] = []
    # What zipfile raises where a file is damaged; an unknown compression is a NotImplementedError, a RuntimeError.
    bad = (BadZipFile, EOFError, OSError, RuntimeError, ValueError, struct.error, zlib.error, lzma.LZMAError)
    try:
        with ZipFile(BytesIO(file.data)) as archive:
            wanted = [info for info in archive.infolist() if is_wanted(info)]
            if len(wanted) > MOST:
                return Outcome((), (_too_large(where, f"it holds {len(wanted):,} files"),))
            for info in wanted:
                path = f"{file.path}/{_name(info)}"
                try:
                    data = _unpacked(archive, info, bound)
                except bad as problem:
                    problems.append(_damaged(Span(path), str(problem)))
                    continue
                if data is None:
                    problems.append(_too_large(where, "it unpacks to more than a listing would"))
                    break
                bound -= len(data)
                found.append(SourceFile(path, data, ""))
    except bad as problem:
        problems.append(_damaged(where, str(problem)))
    return Outcome(tuple(found), tuple(problems))


_CHUNK = 1 << 20


def is_wanted(info: ZipInfo) -> bool:
    """Whether it is a file that a person put there."""
    parts = info.filename.split("/")
    return not info.is_dir() and parts[0] != "__MACOSX" and not parts[-1].startswith(".")


def _name(info: ZipInfo) -> str:
    """The name as something to show, which leads nowhere."""
    printable = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in info.filename)
    return "/".join(part for part in printable.split("/") if part not in {"", ".", ".."})


def _unpacked(archive: ZipFile, info: ZipInfo, bound: int) -> bytes | None:
    """The file's bytes, or None where there are more of them than may be: its header may say anything."""
    chunks = []
    size = 0
    with archive.open(info) as stream:
        while chunk := stream.read(_CHUNK):
            size += len(chunk)
            if size > bound:
                return None
            chunks.append(chunk)
    return b"".join(chunks)


def _damaged(where: Span, problem: str) -> Diagnostic:
    return warning(
        "damaged-archive",
        f"the zip file cannot be unpacked ({problem})",
        where,
        "copy or download it again, or unpack it yourself",
    )


def _too_large(where: Span, reason: str) -> Diagnostic:
    return warning(
        "archive-too-large",
        f"of the zip file something was left out: {reason}",
        where,
        "unpack it yourself if you trust it, and split it into smaller files",
    )
