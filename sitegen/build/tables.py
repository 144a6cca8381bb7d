"""Tables of all papers: the rows that nothing has changed for are taken out of the published file."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import msgspec

from sitegen.memo import program
from sitegen.model.page import Part

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sitegen.memo import Shelf
    from sitegen.model.page import Page


class Table(msgspec.Struct, frozen=True, array_like=True):
    """Where the rows of a published file are, if it still has these bytes."""

    digest: str  # as `Written` says of it
    parts: tuple[Part, ...]


class Tables:
    """The tables of one output, as the last build wrote them."""

    def __init__(self, output: Path, shelf: Shelf) -> None:
        self._output, self._shelf = output, shelf
        self._key = program().encode()
        self._known: dict[str, Table] | None = None  # not asked for yet

    def rows_of(self, page: Page) -> Mapping[bytes, bytes]:
        """What is published of the page's parts, by their fingerprints."""
        table = self._tables().get(page.url) if page.parts else None
        if table is None:
            return {}
        try:
            data = (self._output / page.url).read_bytes()
        except OSError:
            return {}
        if hashlib.blake2b(data, digest_size=16).hexdigest() != table.digest:
            return {}
        wanted = set(page.parts)
        return {
            key: data[start : start + length] for key, start, length in table.parts if key and key in wanted
        }

    def remember(self, made: Mapping[str, Table]) -> None:
        """Keep what this build has made for the next one, beside what still stands."""
        if made:
            self._shelf.remember("tables", self._key, {**self._tables(), **made})

    def _tables(self) -> dict[str, Table]:
        if self._known is None:
            self._known = self._shelf.recall("tables", self._key, dict[str, Table]) or {}
        return self._known
