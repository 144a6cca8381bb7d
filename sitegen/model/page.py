"""What will be written, and what was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import msgspec


class Page(msgspec.Struct, frozen=True):
    """One file-to-be."""

    url: str  # path in the site: `papers/x.html`
    renderer: str  # a key of RENDERERS
    template: str = ""  # for renderers that use one
    content: Any = None  # the view, or a function that makes it
    modified: str | None = None  # for sitemaps: ISO date of the content, "" where unknown; None: not listed
    alike: bool = False  # shows what `liken` finds, so that it is drawn last
    fingerprint: bytes = (
        b""  # of all that the view is made of, where that is known sooner than the view; or b""
    )
    # Gives fingerprints of each value of the view by itself, where the file is these in a row.
    parts: Callable[[], tuple[bytes, ...]] | None = None

    @property
    def view(self) -> Any:
        """All that the page may show. Where there are very many pages it is made here, by the process that renders."""
        return self.content() if callable(self.content) else self.content


class Output(msgspec.Struct, frozen=True, gc=False):
    path: str  # path in the site, NFC, `/`
    pieces: tuple[bytes | memoryview, ...]  # its bytes, never put together where they are many
    lengths: tuple[int, ...] = ()  # bytes of each of the page's parts

    @property
    def data(self) -> bytes:
        """All of it."""
        return b"".join(self.pieces)


class Published(NamedTuple):
    """A file that the last build made of a page with parts."""

    data: bytes
    parts: tuple[bytes, ...]
    lengths: tuple[int, ...]


NOTHING = Published(b"", (), ())
