"""The search index as files, of which only those are made anew that the last build had otherwise."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec

from sitegen.build.processes import Forked
from sitegen.memo import program
from sitegen.search import build
from sitegen.search.blocks import Block
from sitegen.search.index import Index
from sitegen.search.patching import patch
from sitegen.search.reading import read
from sitegen.text.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import TypeVar

    from sitegen.build.memory import File
    from sitegen.memo import Shelf
    from sitegen.model.page import Output
    from sitegen.model.site import Site
    from sitegen.write import Stage, Written

    T = TypeVar("T")


class Searching:
    """The index of a site. `told` has digests of all that the site tells of papers, `published` the files that are there."""

    def __init__(
        self, site: Site, told: Mapping[str, bytes], shelf: Shelf, published: Mapping[str, File]
    ) -> None:
        self._site, self._told = site, told
        self._shelf, self._published = shelf, published
        self.papers = len(site.library.papers)
        lists = [(each.id, each.title) for each in site.library.lists]
        self._key = digest_of((program(), site.library.tags, lists))

    def patch(self, stage: Stage) -> list[Written] | None:
        """Put the files into the stage if they can be had of the last build's at little cost, as `write` does; else nothing."""
        before = self._recalled()
        if before is None:
            return None
        files = _Files(stage, self._published, before.files)

        def block(family: str, number: int) -> Block:
            path = before.index.families[family].path(family, number)
            packed = stage.published(path, before.files[path][1])
            return Block("", zlib.decompress(packed), packed)

        try:
            outputs = patch(
                before.index, self._site, self._told, read=block, stands=files.stand, keep=files.keep
            )
            return None if outputs is None else self._written(outputs, files)
        except OSError:  # a file is not what it was
            files.drop()
            return None

    def write(self, stage: Stage, *, apart: bool) -> list[Written]:
        """Put the files into the stage, and remember for the next build what they are of; `apart`: by two processes."""
        before = self._recalled()
        papers = read(
            self._site,
            told=self._told,
            before=before.index.papers if before else None,
            apart=_apart if apart else None,
        )
        files = _Files(stage, self._published, before.files if before else {})
        return self._written(build(self._site, papers, stands=files.stand, keep=files.keep), files)

    def _recalled(self) -> _Indexed | None:
        return self._shelf.recall("search", self._key, _Indexed)

    def _written(self, outputs: Iterable[Output], files: _Files) -> list[Written]:
        for output in outputs:
            files.write(output)
        if files.index is not None:
            self._shelf.remember("search", self._key, _Indexed(files.index, files.made()))
        return files.there


class _Files:
    """The files of the index in a stage."""

    def __init__(
        self, stage: Stage, published: Mapping[str, File], known: Mapping[str, tuple[bytes, str]]
    ) -> None:
        self._stage, self._published, self._known = stage, published, known
        self._made: dict[str, bytes] = {}
        self.there: list[Written] = []
        self.index: Index | None = None

    def stand(self, path: str, digest: bytes) -> bool:
        """Bring along a file that was published, if it is made of just this."""
        self._made[path] = digest
        file = self._published.get(path)
        if file is None or self._known.get(path) != (digest, file.digest):
            return False
        kept = self._stage.keep(path, file.digest, file.look)
        if kept is not None:
            self.there.append(kept)
        return kept is not None

    def write(self, output: Output) -> None:
        """Put another one there."""
        self.there.append(self._stage.write(output))

    def keep(self, index: Index) -> None:
        """The index whose files these are."""
        self.index = index

    def made(self) -> dict[str, tuple[bytes, str]]:
        """By path, digests of what each is made of and of its bytes."""
        return {
            file.path: (self._made[file.path], file.digest) for file in self.there if file.path in self._made
        }

    def drop(self) -> None:
        """Take them all out of the stage."""
        for file in self.there:
            self._stage.drop(file.path)


class _Indexed(msgspec.Struct, frozen=True):
    index: Index
    files: dict[str, tuple[bytes, str]]  # by path, digests of what each is made of and of its bytes


def _apart(run: Callable[[], T], kind: type[T]) -> Callable[[], T]:
    return Forked(run, kind, forks=True).result
