"""An id that a paper had once, and what that paper is known by."""

from __future__ import annotations

import msgspec

ADDRESSES = "content/addresses.txt"


class Address(msgspec.Struct, frozen=True, order=True, gc=False):
    """A line of content/addresses.txt."""

    id: str
    key: str  # `arxiv:…`, `doi:…` or another identifier; `title:…` where the paper has none
