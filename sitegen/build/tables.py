"""Tables of papers: the rows that nothing has changed for are taken out of the published file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.memo import looks_of, program
from sitegen.model.page import NOTHING, Published
from sitegen.regular import read_regular
from sitegen.write import digest_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sitegen.build.memory import File
    from sitegen.build.recalled import Recalled
    from sitegen.model.page import Page

_LARGE = 1 << 20  # bytes


class Table(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """Which rows a published file has, if it still has these bytes."""

    digest: str  # as `Written` says of it
    # Their parts, as the page gave them, and lengths, packed: read where they are wanted. No view into what was decoded,
    # which may be megabytes that another process said, and would stay as long as one of its tables.
    rows: bytes


class Tables:
    """The tables of one output, as the last build wrote them; `files` are what it published."""

    def __init__(self, output: Path, recalled: Recalled, files: Mapping[str, File]) -> None:
        self._output, self._recalled, self._files = output, recalled, files
        self._key = program().encode()
        self._known = recalled.get("tables", self._key, dict[str, Table]) or {}

    def published(self, page: Page) -> Published:
        """What is published at the page's address, as far as it is known to be rows."""
        table, file = self._known.get(page.url), self._files.get(page.url)
        if page.parts and table and file and file.digest == table.digest:
            try:
                data = read_regular(self._output / page.url)
            except OSError:
                return NOTHING
            # Looked at after it was read: whatever was written to it before that shows. But for size and time put back,
            # which a small file's digest tells; that of a large one takes longer than the rows that are taken from it.
            if looks_of(self._output, [page.url]) == {page.url: file.look} and (
                len(data) > _LARGE or digest_of(data) == table.digest
            ):
                return Published(data, *_ROWS.decode(table.rows))
        return NOTHING

    def remember(self, made: Mapping[str, Table]) -> None:
        """Keep what this build has made for the next one, beside what still stands."""
        if made:
            standing = {path: table for path, table in self._known.items() if path in self._files}
            self._recalled.put("tables", self._key, standing | {**made})


def table_of(digest: str, page: Page, lengths: tuple[int, ...]) -> Table:
    """What is known of a page's file that was just written: its digest, and how long its rows are."""
    assert page.parts is not None
    return Table(digest, msgspec.msgpack.encode((page.parts(), lengths)))


_ROWS = msgspec.msgpack.Decoder(tuple[tuple[bytes, ...], tuple[int, ...]])
