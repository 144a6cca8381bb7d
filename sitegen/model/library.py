"""Everything curated: every entry of every list is a paper that we have, every tag is a term that we know."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sitegen.diagnostics import Span
from sitegen.model.collection import Rule, Status
from sitegen.model.free_page import FreePage
from sitegen.model.paper import Paper
from sitegen.model.settings import Settings
from sitegen.model.tag import Tag


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """A pick that resolved. `tags` are ids of tags, of this pick alone."""

    paper: Paper
    note: str = ""
    tags: tuple[str, ...] = ()
    status: Status = ""
    rating: int | None = None
    start_here: bool = False
    added: str = ""


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A section whose picks resolved."""

    id: str  # fragment, unique within its list
    title: str = ""
    description: str = ""
    entries: tuple[Entry, ...] = ()


class ReadingList(msgspec.Struct, frozen=True, kw_only=True):
    """A collection whose picks resolved, smart ones gathered."""

    id: str
    path: str  # of its file
    title: str
    blurb: str = ""
    description: str = ""
    curators: tuple[str, ...] = ()
    updated: str = ""  # ISO date: as written, else the latest `added`, else ""
    parts: tuple[Part, ...] = ()
    rule: Rule | None = None
    where: Span | None = None  # its title in its file
    complete: bool = True  # False where an error has kept something of the file out

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for part in self.parts for entry in part.entries)


class Library(msgspec.Struct, frozen=True, kw_only=True):
    settings: Settings
    papers: tuple[Paper, ...]  # by id; `tags` hold tag ids: curated, picked, by rule
    of_papers: bytes = (
        b""  # a digest of all that these come from, the program included; b"" where nobody has one
    )
    lists: tuple[ReadingList, ...]  # in the order of the home page
    tags: Mapping[str, Tag]  # by id, sorted; every tag that any paper has, and every declared one
    pages: tuple[FreePage, ...]
