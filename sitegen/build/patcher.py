"""The last build's search index, patched: of files alone, so that another process may be at it while this one reads."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec

from sitegen import write
from sitegen.build.ahead import Patched
from sitegen.search.blocks import Block
from sitegen.search.index import Index
from sitegen.search.patching import changed_papers, patch

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from sitegen.build.memory import File
    from sitegen.memo import Shelf
    from sitegen.search.documents import Document, Labels


class Indexed(msgspec.Struct, frozen=True):
    """An index as the next build finds it."""

    index: Index
    files: dict[str, tuple[bytes, str]]  # by path, digests of what each is made of and of its bytes


class Patcher:
    """Makes one patch: which papers is it about, what do they say now, what are the files, and remember them."""

    def __init__(self, output: Path, shelf: Shelf, published: Mapping[str, File]) -> None:
        self._output, self._shelf, self._published = output, shelf, published
        self._last = shelf.latest("search", Indexed)

    def changed(self, key: bytes, told: Sequence[bytes]) -> list[int] | None:
        """As `changed_papers` has them; None where there is no index with this key, too."""
        self._key, self._told = key, told
        if self._last is None or self._last[0] != key:
            return None
        self._before = self._last[1]
        return changed_papers(self._before.index, told)

    def begin(self, changed: Mapping[int, Document], labels: Labels) -> None:
        """The index is wanted, of which papers say this now, by their positions."""
        self._changed, self._labels = changed, labels

    def patched(self) -> Patched | None:
        """The whole index; None where it cannot be had at little cost."""
        before = self._before
        self._made: dict[str, bytes] = {}
        standing = []

        def block(family: str, number: int) -> Block:
            path = before.index.families[family].path(family, number)
            packed = write.read_published(self._output, path, before.files[path][1])
            return Block("", zlib.decompress(packed), packed)

        def stands(path: str, digest: bytes) -> bool:
            self._made[path] = digest
            file = self._published.get(path)
            if file is None or before.files.get(path) != (digest, file.digest):
                return False
            standing.append(path)
            return True

        try:
            outputs = patch(
                before.index,
                self._changed,
                self._told,
                self._labels,
                read=block,
                stands=stands,
                keep=self._keep,
            )
            if outputs is None:
                return None
            self._patched = Patched(standing, {output.path: output.data for output in outputs})
        except OSError:  # a file is not what it was
            return None
        return self._patched

    def remember(self) -> None:
        """Keep it for the next build."""
        digests = {path: self._published[path].digest for path in self._patched.standing}
        digests |= {path: write.digest_of(data) for path, data in self._patched.fresh.items()}
        files = {path: (made, digests[path]) for path, made in self._made.items()}
        self._shelf.remember("search", self._key, Indexed(self._index, files))

    def stop(self) -> None:
        """There is nothing at work."""

    def _keep(self, index: Index) -> None:
        self._index = index
