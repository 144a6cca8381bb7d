"""The search index as files, of which only those are made anew that the last build had otherwise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.build.processes import Forked
from sitegen.memo import program
from sitegen.search import build
from sitegen.search.reading import Read, read
from sitegen.text.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import TypeVar

    from sitegen.build.memory import File
    from sitegen.memo import Shelf
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

    def write(self, stage: Stage, *, apart: bool) -> list[Written]:
        """Put the files into the stage, and remember for the next build what they are of; `apart`: by two processes."""
        before = self._shelf.recall("search", self._key, _Indexed)
        papers = read(
            self._site,
            told=self._told,
            before=before.papers if before else None,
            apart=_apart if apart else None,
        )
        known = before.files if before else {}
        made: dict[str, bytes] = {}
        files: list[Written] = []

        def stands(path: str, digest: bytes) -> bool:
            made[path] = digest
            file = self._published.get(path)
            if file is None or known.get(path) != (digest, file.digest):
                return False
            kept = stage.keep(path, file.digest, file.look)
            if kept is not None:
                files.append(kept)
            return kept is not None

        for output in build(self._site, papers, stands=stands):
            files.append(stage.write(output))  # noqa: PERF401  `stands` adds to them, too
        of = {file.path: (made[file.path], file.digest) for file in files if file.path in made}
        self._shelf.remember("search", self._key, _Indexed(papers, of))
        return files


class _Indexed(msgspec.Struct, frozen=True):
    papers: Read
    files: dict[str, tuple[bytes, str]]  # by path, digests of what each is made of and of its bytes


def _apart(run: Callable[[], T], kind: type[T]) -> Callable[[], T]:
    return Forked(run, kind, forks=True).result
