"""What will be written, and what was."""

from __future__ import annotations

from typing import Any

import msgspec


class Page(msgspec.Struct, frozen=True):
    """One file-to-be, or, for the search index, one family of files. `view` holds all that its template may show."""

    url: str  # path in the site: `papers/x.html`
    renderer: str  # a key of RENDERERS
    template: str = ""  # for renderers that use one
    view: Any = None


class Output(msgspec.Struct, frozen=True, gc=False):
    path: str  # path in the site, NFC, `/`
    data: bytes
