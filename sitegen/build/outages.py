"""A source that holds nothing any more: an outage, most of the time, which must not empty a site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Span, error, warning

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def outages(before: Mapping[str, int], now: Mapping[str, int]) -> Iterator[Diagnostic]:
    """What to say of dumps, by path, that held records at the last build and hold none now."""
    for path, count in sorted(before.items()):
        if count and path not in now:
            message = f"{path} was there at the last build, with {count} records, and is not now"
            yield warning("dump-gone", message, Span(path))
        elif count and not now[path]:
            message = f"{path} held {count} records at the last build, and holds none now"
            yield error("dump-shrank", message, Span(path), "if this is what you want: --allow-shrink")
