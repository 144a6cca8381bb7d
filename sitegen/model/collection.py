"""Curated lists as their authors wrote them: picks may still name papers that nobody has."""

from __future__ import annotations

from typing import Literal

import msgspec

from sitegen.diagnostics import Span
from sitegen.model.record import Record

Status = Literal["", "to-read", "reading", "read"]
Order = Literal["newest", "oldest", "title", "discussed"]


class Pick(msgspec.Struct, frozen=True, kw_only=True):
    """A choice: this paper, and why."""

    paper: str  # as written: an id, arXiv id, DOI, URL or title
    where: Span  # of that text
    note: str = ""  # Markdown
    tags: tuple[str, ...] = ()
    status: Status = ""
    rating: int | None = None  # 1 to 5
    start_here: bool = False
    added: str = ""  # ISO date
    definition: Record | None = None  # the paper itself, where the pick defines it in place


class Section(msgspec.Struct, frozen=True, kw_only=True):
    title: str = ""  # "" for picks that stand before any section
    description: str = ""  # Markdown
    picks: tuple[Pick, ...] = ()


class Rule(msgspec.Struct, frozen=True, kw_only=True):
    """What a smart collection gathers: papers that meet every condition that is given."""

    where: Span
    tags: tuple[str, ...] = ()  # any of these
    all_tags: tuple[str, ...] = ()  # every one of these
    since: int | None = None  # year, inclusive
    until: int | None = None  # year, inclusive
    words: tuple[str, ...] = ()  # any of these words or phrases in title or abstract
    source: str = ""  # glob on the path of a record behind the paper
    order: Order = "newest"
    limit: int | None = None
    exclude: tuple[Pick, ...] = ()


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    id: str  # the file's name without its ending
    where: Span
    title: str
    blurb: str = ""  # one line of plain text for lists of collections
    description: str = ""  # Markdown
    curators: tuple[str, ...] = ()
    updated: str = ""  # ISO date
    weight: int = 0  # lower stands earlier on the home page; ties by title
    sections: tuple[Section, ...] = ()
    rule: Rule | None = None
    complete: bool = True  # False where something in the file could not be read
