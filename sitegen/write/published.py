"""Published files, known by the digests of their bytes."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from typing import TYPE_CHECKING

from sitegen.regular import look_of, read_regular

if TYPE_CHECKING:
    from pathlib import Path


def digest_of(*pieces: bytes | memoryview) -> str:
    """Of all the pieces in a row, as `Written` has it: 32 hexadecimal digits of SHA-256, which processors help with."""
    seen = hashlib.sha256()
    for piece in pieces:
        seen.update(piece)
    return seen.hexdigest()[:32]


def read_published(output: Path, path: str, digest: str) -> bytes:
    """The bytes of a published file; OSError where they are not what they were."""
    data = read_regular(f"{output}/{path}")
    if digest_of(data) != digest:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    return data


def look_if_same(path: str, data: bytes) -> tuple[int, int] | None:
    """How the file looked before it was read, where it holds just these bytes."""
    try:
        # A pipe in place of a file must not keep us waiting.
        flags = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
        descriptor = os.open(path, os.O_RDONLY | flags)
    except OSError:
        return None
    at = os.fstat(descriptor)
    if not stat.S_ISREG(at.st_mode) or at.st_size != len(data):  # a folder cannot be made a file object
        os.close(descriptor)
        return None
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        return look_of(at) if file.readall() == data else None
