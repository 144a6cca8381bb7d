"""What an edit does to a file, to be read by people."""

from __future__ import annotations

import difflib


def unified(before: bytes, after: bytes, path: str, *, context: int = 3) -> str:
    """A unified diff of two states of a file, only the hunks that differ; "" where none does.

    Lines are shown without what ends them.
    """
    old, new = (data.decode("utf-8-sig", "replace") for data in (before, after))
    lines = difflib.unified_diff(_lines(old), _lines(new), path, path, n=context, lineterm="")
    return "".join(line + "\n" for line in lines)


def _lines(text: str) -> list[str]:
    return text.replace("\r\n", "\n").replace("\r", "\n").removesuffix("\n").split("\n")
