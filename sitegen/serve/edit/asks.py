"""What a curator can ask for in the preview. Places are said by what stands there, never by paths or by lines of a file."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec

from sitegen.model.collection import Status
from sitegen.model.record import LinkKind

Id = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
Line = Annotated[str, msgspec.Meta(max_length=2_000)]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=300)]
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
    """Put a pick before another one, or at the end of a section, as its page has it."""

    collection: Id
    paper: Id
    section: Line = ""  # where it is to be
    before: Line = ""  # name of the pick that it is to stand before (`Listed.name`); "": the end


class Annotate(_Ask, frozen=True, kw_only=True, tag="annotate"):
    """Change what a pick says. What is not given stays; "", [], 0 and false take a field away."""

    collection: Id
    paper: Id
    note: Text | None = None
    tags: tuple[Line, ...] | None = None
    status: Status | None = None
    rating: Annotated[int, msgspec.Meta(ge=0, le=5)] | None = None
    start_here: bool | None = None


class NewCollection(_Ask, frozen=True, kw_only=True, tag="new-collection"):
    """Begin a list, with a paper or without."""

    title: Title
    blurb: Line = ""
    paper: Line = ""
    note: Text = ""


class Describe(_Ask, frozen=True, kw_only=True, tag="describe"):
    """Change what a list says of itself. What is not given stays; "" takes a field away."""

    collection: Id
    title: Title | None = None
    blurb: Line | None = None
    description: Text | None = None


class NewSection(_Ask, frozen=True, kw_only=True, tag="new-section"):
    """Begin a section at the end of a list."""

    collection: Id
    title: Title


class DescribeSection(_Ask, frozen=True, kw_only=True, tag="describe-section"):
    """Change the title or the description of a section. What is not given stays; "" takes a description away."""

    collection: Id
    section: Title  # as it is called now
    title: Title | None = None
    description: Text | None = None


class MoveSection(_Ask, frozen=True, kw_only=True, tag="move-section"):
    """Put a section, with all that is in it, before another one or at the end."""

    collection: Id
    section: Title
    before: Line = ""  # title of the section that it is to stand before; "": the end


class RemoveSection(_Ask, frozen=True, kw_only=True, tag="remove-section"):
    """Take a section out. Its picks stay: at the end of the section before, or before any section."""

    collection: Id
    section: Title


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


class Undo(_Ask, frozen=True, kw_only=True, tag="undo"):
    """Take back an edit."""

    step: Id  # its name (`Step.name`)


class Redo(_Ask, frozen=True, kw_only=True, tag="redo"):
    """Do an edit again that was taken back."""

    step: Id


OfList = (
    Add | Remove | Move | Annotate | Describe | NewSection | DescribeSection | MoveSection | RemoveSection
)
"""What changes the file of a collection."""

Ask = OfList | NewCollection | Settle | Fix | Undo | Redo


class Search(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Which papers of the inbox are wanted: those that meet every condition that is given."""

    words: Line = ""
    year: int | Literal["", "undated"] = ""
    source: Line = ""
    tag: Line = ""
    page: Annotated[int, msgspec.Meta(ge=1, le=1_000_000)] = 1
