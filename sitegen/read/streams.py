"""Large listings, read piece by piece: what is kept is what is wanted of them."""

from __future__ import annotations

import hashlib
import struct
import time
from itertools import chain
from typing import TYPE_CHECKING, BinaryIO
from zipfile import BadZipFile, ZipFile

from sitegen.model.source import SourceFile
from sitegen.parse.decoding import DAMAGED, DENSEST, HARMLESS, packed_by, unpacked
from sitegen.parse.sieve import line_parser, sift
from sitegen.parse.zipped import is_wanted, is_zip

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from sitegen.model.source import Wanted

_CHUNK = 4 << 20
_START = 64 << 10  # bytes that tell the format


def sifted(
    path: Path, name: str, wanted: Wanted, progress: Callable[[str], None] | None
) -> SourceFile | None:
    """The file with only its wanted lines, unpacked; its digest is that of the whole. None where it has no lines of JSON.

    A packed file that is damaged or a bomb is None, too: reading it whole says so. A file that changes meanwhile is read again.
    """
    for _ in range(3):
        before = path.stat()
        with path.open("rb") as file:
            seen = hashlib.sha256()
            raw = _watched(file, before.st_size, name, seen, progress)
            bound = max(HARMLESS, before.st_size * DENSEST)
            try:
                data = _wanted_lines(_within(bound, _text(path, raw)), wanted)
            except DAMAGED:
                return None
            for _rest in raw:  # what follows the text belongs to the digest
                pass
        after = path.stat()
        if (before.st_size, before.st_mtime_ns, before.st_ino) == (
            after.st_size,
            after.st_mtime_ns,
            after.st_ino,
        ):
            break
        time.sleep(0.1)
    return None if data is None else SourceFile(name, data, seen.hexdigest()[:32])


def _within(bound: int, text: Iterator[bytes]) -> Iterator[bytes]:
    """The text, which ends with an EOFError where there is more than any listing packs: memory would hold, time would not."""
    for chunk in text:
        bound -= len(chunk)
        if bound < 0:
            raise EOFError("it unpacks to more than a listing would")
        yield chunk


def _wanted_lines(text: Iterator[bytes], wanted: Wanted) -> bytes | None:
    start = b""
    for chunk in text:
        start += chunk
        if len(start) >= _START:
            break
    parser = line_parser(start)
    return None if parser is None else b"".join(sift(chain((start,), text), wanted, parser))


def _text(path: Path, raw: Iterator[bytes]) -> Iterator[bytes]:
    first = next(raw, b"")
    if is_zip(first):
        return _only_member(path)
    whole = chain((first,), raw)
    packer = packed_by(first)
    return unpacked(packer, whole) if packer else whole


def _only_member(path: Path) -> Iterator[bytes]:
    """The text of the one file in a zip file, piece by piece; nothing where there are several. Raises EOFError if damaged."""
    try:
        with ZipFile(path) as archive:
            wanted = [info for info in archive.infolist() if is_wanted(info)]
            if len(wanted) == 1:
                with archive.open(wanted[0]) as stream:
                    while data := stream.read(_CHUNK):
                        yield data
    except (BadZipFile, RuntimeError, ValueError, struct.error) as problem:
        raise EOFError(str(problem)) from problem


def _watched(
    file: BinaryIO, size: int, name: str, seen: hashlib._Hash, progress: Callable[[str], None] | None
) -> Iterator[bytes]:
    """The bytes of a file; on the way they are counted into its digest, and whoever watches sees how far it is."""
    done = 0
    while chunk := file.read(_CHUNK):
        seen.update(chunk)
        done += len(chunk)
        if progress is not None:
            filled = 20 * done // max(size, done)
            progress(f"read {name} [{'#' * filled}{'-' * (20 - filled)}] {100 * done // max(size, done)}%")
        yield chunk
