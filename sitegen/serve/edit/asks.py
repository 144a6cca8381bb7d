"""What a curator can ask for in the preview. Places are said by what stands there, never by paths or by lines of a file."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from sitegen.model.collection import Status
from sitegen.model.record import LinkKind

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Line = Annotated[str, msgspec.Meta(max_length=2_000)]
Text = Annotated[str, msgspec.Meta(max_length=200_000)]


class _Ask(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="do"):
    pass


class Add(_Ask, frozen=True, kw_only=True, tag="add"):
    """Pick a paper."""

    collection: Id
    paper: Id
    section: Line = ""  # title; "": the picks that stand before any section
    note: Text = ""


class Remove(_Ask, frozen=True, kw_only=True, tag="remove"):
    """Pick a paper no more."""

    collection: Id
    paper: Id


class Move(_Ask, frozen=True, kw_only=True, tag="move"):
    """Put a pick before another one, or at the end of a section."""

    collection: Id
    paper: Id
    section: Line = ""  # where it is to be
    before: Line = ""  # name of the pick that it is to stand before (`Listed.name`); "": the end


class Annotate(_Ask, frozen=True, kw_only=True, tag="annotate"):
    """Change what a pick says. What is not given stays; "", [] and 0 take a field away."""

    collection: Id
    paper: Id
    note: Text | None = None
    tags: tuple[Line, ...] | None = None
    status: Status | None = None
    rating: Annotated[int, msgspec.Meta(ge=0, le=5)] | None = None


class NewCollection(_Ask, frozen=True, kw_only=True, tag="new-collection"):
    """Begin a list, with a paper or without."""

    title: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
    blurb: Line = ""
    paper: Line = ""
    note: Text = ""


class NewSection(_Ask, frozen=True, kw_only=True, tag="new-section"):
    """Begin a section at the end of a list."""

    collection: Id
    title: Annotated[str, msgspec.Meta(min_length=1, max_length=300)]


class Settle(_Ask, frozen=True, kw_only=True, tag="settle"):
    """Say that two papers are one work, or that they are two."""

    paper: Id
    other: Id
    same: bool


class NewLink(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    kind: LinkKind
    url: Line


class Fix(_Ask, frozen=True, kw_only=True, tag="fix"):
    """Say better than the dumps what a paper's title, date or links are. What is not given stays."""

    paper: Id
    title: Line | None = None
    date: Line | None = None
    links: tuple[NewLink, ...] | None = None  # all that curators know of; [] takes them away


Ask = Add | Remove | Move | Annotate | NewCollection | NewSection | Settle | Fix


class Search(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which papers of the inbox are wanted: those that meet every condition that is given."""

    words: Line = ""
    year: int | Literal["", "undated"] = ""
    source: Line = ""
    tag: Line = ""
    page: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1
