"""Values of any kind → a few bytes that stand for them."""

from __future__ import annotations

from hashlib import blake2b
from typing import Any

import msgspec


def digest_of(value: Any) -> bytes:
    """16 bytes that are equal for equal values, in every run."""
    try:
        data = _ENCODER.encode(value)
    except UnicodeEncodeError:  # a lone surrogate, which JSON can write
        data = repr(value).encode("utf-8", "surrogatepass")
    return blake2b(data, digest_size=16).digest()


_ENCODER = msgspec.msgpack.Encoder()
