"""The search index as files, of which only those are made anew that the last build had otherwise."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol

import msgspec

from sitegen.build.processes import Forked
from sitegen.memo import program
from sitegen.model.page import Output
from sitegen.search.documents import read_documents, read_labels
from sitegen.text.digest import digest_of
from sitegen.write import Written

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from typing import TypeVar

    from sitegen.build.ahead import Patched
    from sitegen.build.memory import File
    from sitegen.memo import Shelf
    from sitegen.model.site import Site
    from sitegen.search.documents import Document, Labels
    from sitegen.search.index import Index
    from sitegen.write import Stage

    T = TypeVar("T")


class Patching(Protocol):
    """Where the last build's index is patched: `Ahead` of this process, or `Here`."""

    def changed(self, key: bytes, told: Sequence[bytes]) -> list[int] | None: ...
    def begin(self, changed: Mapping[int, Document], labels: Labels) -> None: ...
    def patched(self) -> Patched | None: ...
    def remember(self) -> None: ...
    def stop(self) -> None: ...


class Searching:
    """The index of a site. `told` has digests of all that the site tells of papers, `published` the files that are there."""

    def __init__(
        self,
        site: Site,
        told: Mapping[str, bytes],
        shelf: Shelf,
        published: Mapping[str, File],
        patching: Patching,
    ) -> None:
        self._site, self._told = site, told
        self._shelf, self._published = shelf, published
        self.papers = len(site.library.papers)
        lists = [(each.id, each.title) for each in site.library.lists]
        self._key = digest_of((program(), site.library.tags, lists))
        self._patching: Patching | None = patching

    def begin(self) -> None:
        """Have the last build's index patched, if that costs little: by another process, where one is at hand."""
        assert self._patching is not None
        newest = self._site.newest
        changed = self._patching.changed(self._key, [self._told[paper.id] for paper in newest])
        if changed is None:
            self._unpatched()
            return
        documents = read_documents(self._site, [newest[at] for at in changed])
        labels = read_labels(self._site.library)
        self._patching.begin(dict(zip(changed, documents, strict=True)), labels)

    def patch(self, stage: Stage) -> list[Written] | None:
        """Put the patched files into the stage, as `write` does; None where there are none."""
        if self._patching is None or (patched := self._patching.patched()) is None:
            self._unpatched()
            return None
        there: list[Written] = []
        for path in patched.standing:
            file = self._published.get(path)
            kept = stage.keep(path, file.digest, file.look) if file else None
            if kept is None:  # it is not what it was
                for each in there:
                    stage.drop(each.path)
                self._unpatched()
                return None
            there.append(kept)
        there += [stage.write(Output(path, (data,))) for path, data in patched.fresh.items()]
        self._patching.remember()
        return there

    def _unpatched(self) -> None:
        """What is at work on a patch would be in the way of whoever remembers another index."""
        if self._patching is not None:
            self._patching.stop()
            self._patching = None

    def write(self, stage: Stage, *, apart: bool) -> list[Written]:
        """Put the files into the stage, and remember for the next build what they are of; `apart`: with other processes."""
        from sitegen.build.patcher import Indexed
        from sitegen.search.indexing import build
        from sitegen.search.reading import read

        before = self._shelf.recall("search", self._key, Indexed)
        beside = partial(_Files, stage, self._published, before.files if before else {})
        papers = read(
            self._site,
            told=self._told,
            before=before.index.papers if before else None,
            apart=_apart if apart else None,
        )
        files = beside()
        outputs = build(
            self._site,
            papers,
            apart=_apart if apart else None,
            stands=files.stands,
            elsewhere=beside,
            take=files.take,
            keep=files.keep,
        )
        for output in outputs:
            files.put(output)
        if files.index is not None:
            self._shelf.remember("search", self._key, Indexed(files.index, files.made()))
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

    def stands(self, path: str, digest: bytes) -> bool:
        """Bring along a file that was published, if it is made of just this."""
        self._made[path] = digest
        file = self._published.get(path)
        if file is None or self._known.get(path) != (digest, file.digest):
            return False
        kept = self._stage.keep(path, file.digest, file.look)
        if kept is not None:
            self.there.append(kept)
        return kept is not None

    def put(self, output: Output) -> None:
        """Put another one there."""
        self.there.append(self._stage.write(output))

    def told(self) -> bytes:
        """Of all these files, for `take` in another process."""
        return msgspec.msgpack.encode((self.there, self._made))

    def take(self, told: bytes) -> None:
        """Have those of another process, too."""
        there, made = msgspec.msgpack.decode(told, type=tuple[list[Written], dict[str, bytes]])
        self.there += there
        self._made |= made

    def keep(self, index: Index) -> None:
        """The index whose files these are."""
        self.index = index

    def made(self) -> dict[str, tuple[bytes, str]]:
        """By path, digests of what each is made of and of its bytes."""
        return {
            file.path: (self._made[file.path], file.digest) for file in self.there if file.path in self._made
        }


def _apart(run: Callable[[], T], kind: type[T]) -> Callable[[], T]:
    return Forked(run, kind, forks=True).result
