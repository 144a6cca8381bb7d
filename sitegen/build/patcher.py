"""The last build's search index, patched: of files alone, so that another process may be at it while this one reads."""

from __future__ import annotations

import zlib
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sitegen import write
from sitegen.build.ahead import Patched
from sitegen.search.blocks import Block
from sitegen.search.index import Index
from sitegen.search.patching import changed_papers, patch

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sitegen.build.memory import File
    from sitegen.memo import Shelf
    from sitegen.search.documents import Document, Labels


class Indexed(msgspec.Struct, frozen=True):
    """An index as the next build finds it."""

    index: Index
    files: dict[str, tuple[bytes, str]]  # by path, digests of what each is made of and of its bytes


class LastIndex:
    """The index that the last build made of the site, and what that published."""

    def __init__(self, key: bytes, indexed: Indexed, output: Path, published: Mapping[str, File]) -> None:
        self.key, self._indexed = key, indexed
        self._output, self._published = output, published

    def changed(self, told: Sequence[bytes]) -> list[int] | None:
        """As `changed_papers` has them."""
        return changed_papers(self._indexed.index, told)

    def patched(
        self, told: Sequence[bytes], changed: Mapping[int, Document], labels: Labels
    ) -> PatchedIndex | None:
        """The index where these papers, by their positions, say this; None where that cannot be had at little cost."""
        index, files = self._indexed.index, self._indexed.files
        kept: list[Index] = []
        made: dict[str, bytes] = {}
        standing = []

        def block(family: str, number: int) -> Block:
            path = index.families[family].path(family, number)
            packed = write.read_published(self._output, path, files[path][1])
            return Block("", zlib.decompress(packed), packed)

        def stands(path: str, digest: bytes) -> bool:
            made[path] = digest
            file = self._published.get(path)
            if file is None or files.get(path) != (digest, file.digest):
                return False
            standing.append(path)
            return True

        try:
            outputs = patch(index, changed, told, labels, read=block, stands=stands, keep=kept.append)
            fresh = None if outputs is None else {output.path: output.data for output in outputs}
        except OSError:  # a file is not what it was
            return None
        if fresh is None:
            return None
        digests = {path: self._published[path].digest for path in standing}
        digests |= {path: write.digest_of(data) for path, data in fresh.items()}
        indexed = Indexed(kept[0], {path: (digest, digests[path]) for path, digest in made.items()})
        return PatchedIndex(self.key, Patched(standing, fresh), indexed)


class PatchedIndex:
    """Another index, and its files."""

    def __init__(self, key: bytes, files: Patched, indexed: Indexed) -> None:
        self._key, self.files, self._indexed = key, files, indexed

    def remember(self, shelf: Shelf) -> None:
        """Keep it for the next build."""
        shelf.remember("search", self._key, self._indexed)


def last_index(
    output: Path, shelf: Shelf, published: Mapping[str, File], key: bytes | None = None
) -> LastIndex | None:
    """The one that is remembered; where a key is given, only if it is that one's. `published` are the files of that build."""
    found = shelf.latest("search", Indexed, key)
    return LastIndex(*found, output, published) if found else None


class Here:
    """What `Ahead` is beside this process, in it: the patch is made when it is asked for."""

    def __init__(self, output: Path, shelf: Shelf, published: Mapping[str, File]) -> None:
        self._output, self._shelf, self._published = output, shelf, published
        self._last: LastIndex | None = None
        self._told: Sequence[bytes] = ()
        self._make: Callable[[], PatchedIndex | None] | None = None
        self._made: PatchedIndex | None = None

    def changed(self, key: bytes, told: Sequence[bytes]) -> list[int] | None:
        """As `Ahead` has them."""
        self._last, self._told = last_index(self._output, self._shelf, self._published, key), told
        return self._last.changed(told) if self._last else None

    def begin(self, changed: Mapping[int, Document], labels: Labels) -> None:
        """The patch will be asked for."""
        if self._last is not None:
            self._make = partial(self._last.patched, self._told, changed, labels)

    def patched(self) -> Patched | None:
        """As `Ahead` has it."""
        self._made = self._make() if self._make else None
        return self._made.files if self._made else None

    def remember(self) -> None:
        """Keep the patched index for the next build."""
        if self._made is not None:
            self._made.remember(self._shelf)
        self.stop()

    def stop(self) -> None:
        """Let go of the last index, which is large."""
        self._last = self._make = self._made = None
