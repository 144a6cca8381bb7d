"""Published files, known by the digests of their bytes."""

from __future__ import annotations

import errno
import hashlib
import os
from typing import TYPE_CHECKING

from sitegen.regular import read_regular

if TYPE_CHECKING:
    from pathlib import Path


def digest_of(*pieces: bytes | memoryview) -> str:
    """Of all the pieces in a row, as `Written` has it, in hexadecimal digits."""
    seen = hashlib.blake2b(digest_size=16)
    for piece in pieces:
        seen.update(piece)
    return seen.hexdigest()


def read_published(output: Path, path: str, digest: str) -> bytes:
    """The bytes of a published file; OSError where they are not what they were."""
    data = read_regular(f"{output}/{path}")
    if digest_of(data) != digest:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), path)
    return data
