"""What a build remembers of the last one: that nothing changed since, or which of its files are still right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen import memo, write
from sitegen.build.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from sitegen.build.keys import Keys
    from sitegen.model.page import Page
    from sitegen.write import Publication, Stage, Written


class Key(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """What a file is made of, in two digests: equal ones make equal files."""

    view: bytes  # of what it shows
    look: bytes  # of what it is drawn with


class File(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """A published file: what it was made of, and how it looked when its bytes were known."""

    key: Key | None  # None: it is made again whenever anything is
    digest: str
    look: tuple[int, int]  # size, time of change


class Memory(msgspec.Struct, frozen=True):
    """What makes "nothing changed" certain, what to say then, and what each file was made of."""

    program: str
    key: str
    report: Report
    records: dict[str, int]  # of each dump
    files: dict[str, File]  # all of the output
    templates: dict[str, bytes] = {}  # digests of their sources
    inputs: dict[str, str] = {}  # digests of the files of content, by path
    drawn: tuple[str, ...] = ()  # the templates of pages that it drew; () if nearly all


_FEW = 400  # pages, whose like may be all that the next build draws


class Reuse:
    """The pages of a build that need not be drawn, because a published file is just that page."""

    def __init__(self, known: Memory | None, keys: Keys, stage: Stage, inputs: Mapping[str, str]) -> None:
        """`inputs` are the digests of the files of content, by path."""
        self._known = known
        self._edited = _edited(known.inputs, inputs) if known else ""
        self.published = known.files if known else {}
        self._keys = keys
        self._stage = stage
        self.kept: list[Written] = []
        self._made: dict[str, Key] = {}
        self._index: Key | None = None
        self.reasons: dict[str, str] = {}  # why what is due is due, by path
        self._templates: set[str] = set()

    def due(self, pages: Iterable[Page]) -> list[Page]:
        """Those of the pages that have to be drawn. The files of the others are in the stage now, and in `kept`."""
        due = []
        for page in pages:
            key = self._keys.of(page)
            file = self.published.get(page.url)
            kept = self._stage.keep(page.url, file.digest, file.look) if file and file.key == key else None
            if kept:
                self.kept.append(kept)
            else:
                due.append(page)
                self._made[page.url] = key
                self.reasons[page.url] = self._reason(page, key, file)
                self._templates |= {page.template} - {""}
        return due

    @property
    def templates(self) -> tuple[str, ...]:
        """Those of the pages that were due; () where so many were that they say nothing of the next build."""
        return tuple(sorted(self._templates)) if len(self.reasons) <= _FEW else ()

    def _reason(self, page: Page, key: Key, file: File | None) -> str:
        if self._known is None:
            return "nothing is remembered"
        if file is None:
            return "new"
        if file.key is None:
            return "it had a warning, which is told again"
        if file.key == key:
            return "output missing or altered"
        reasons = [f"page changed{self._edited}"] if file.key.view != key.view else []
        if file.key.look != key.look:
            reasons.append(self._change_of_look(page))
        return ", ".join(reasons)

    def _change_of_look(self, page: Page) -> str:
        assert self._known is not None
        before, now = self._known.templates, self._keys.templates
        changed = [
            name for name in sorted(self._keys.drawn(page.template)) if before.get(name) != now.get(name)
        ]
        return f"template changed ({', '.join(changed)})" if changed else "settings, words or assets changed"

    def keep_index(self, fingerprint: bytes) -> bool:
        """Keep the published search index if it is of just this: its files are in the stage then, and in `kept`."""
        self._index = key = Key(fingerprint, b"search")
        kept = [
            self._stage.keep(path, file.digest, file.look)
            for path, file in self.published.items()
            if file.key == key
        ]
        there = [file for file in kept if file]
        if not kept or len(there) < len(kept):
            for file in there:
                self._stage.drop(file.path)
            self.reasons["search/"] = "a paper changed" if self._known else "nothing is remembered"
            return False
        self.kept += there
        return True

    def reasons_for(self, written: Iterable[str], removed: Iterable[str]) -> dict[str, str]:
        """Why each of these files was written or removed, by path."""
        index = self.reasons.get("search/", "")
        told = {path: self.reasons.get(path) or index for path in written}
        return told | dict.fromkeys(removed, "removed: no page is here any more")

    def remembered(
        self, done: Publication, written: Iterable[Written], told: Iterable[str]
    ) -> dict[str, File]:
        """The files of the output as the next build may believe them. What had something to say says it again then.

        Their looks are of the moment when their bytes were known, not of now: whoever writes to a published file while
        a build runs writes to the new tree, too, as both hold one file by a hard link.
        """
        said, kept = set(told), {file.path for file in self.kept}
        files = {
            file.path: self.published[file.path]
            if file.path in kept
            else File(None if file.path in said else self._key_of(file.path), file.digest, file.look)
            for file in written
        }
        return files | {write.MANIFEST: File(None, "", done.manifest)}

    def _key_of(self, path: str) -> Key | None:
        return self._made.get(path) or (self._index if path.startswith("search/") else None)


def _edited(before: Mapping[str, str], now: Mapping[str, str]) -> str:
    """The files of content that came, went or changed, in brackets: the first few of them."""
    paths = sorted(path for path in before.keys() | now.keys() if before.get(path) != now.get(path))
    others = [f"{len(paths) - _NAMED} others"] if len(paths) > _NAMED else []
    return f" ({', '.join([*paths[:_NAMED], *others])})" if paths else ""


_NAMED = 3


def stands(known: Memory, output: Path) -> bool:
    """Whether the output is what it was when it was published."""
    paths = [*write.read_manifest(output), write.MANIFEST]
    return memo.looks_of(output, paths) == {path: file.look for path, file in known.files.items()}
