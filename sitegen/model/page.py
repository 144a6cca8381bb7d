"""What will be written, and what was."""

from __future__ import annotations

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
    # Of each value of the view by itself, where the file is these in a row; b"" for one that is always made anew.
    parts: tuple[bytes, ...] = ()

    @property
    def view(self) -> Any:
        """All that the page may show. Where there are very many pages it is made here, by the process that renders."""
        return self.content() if callable(self.content) else self.content


class Part(NamedTuple):
    """Where in a file a part of its page is."""

    fingerprint: bytes  # as the page gives it
    start: int
    length: int  # bytes


class Output(msgspec.Struct, frozen=True, gc=False):
    path: str  # path in the site, NFC, `/`
    data: bytes
    parts: tuple[Part, ...] = ()  # in the order of the page's
