"""What the project has recorded of its own past: one file per recording in content/changes/, each a difference to all before."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import msgspec

EventKind = Literal[
    "added", "removed", "annotated", "moved", "version", "code", "corrected", "retracted", "withdrawn"
]


class Run(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Papers that stand one after another in a list."""

    papers: tuple[str, ...]
    after: str = ""  # the paper before the first of them; "": they begin the list


class ListChange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What became of one list."""

    title: str = ""  # where it is new or another
    placed: tuple[Run, ...] = ()  # papers that are new in the list, or stand elsewhere in it, in its order
    removed: tuple[str, ...] = ()
    notes: Mapping[
        str, str
    ] = {}  # paper → digest of its note, where that is new; "" where it has none any more
    gone: bool = False  # the list itself


class Change(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One recording. `number` is one more than the highest that was there: what knew of another comes after it."""

    day: str  # ISO
    number: int
    begins: bool = False  # the first: what it holds was there before anybody recorded
    lists: Mapping[str, ListChange] = {}
    papers: tuple[str, ...] = ()  # that are new to the site
    lost: tuple[str, ...] = ()
    facts: Mapping[str, Mapping[str, str]] = {}  # paper → all that is followed of it, where that is new
    titles: Mapping[str, str] = {}  # of the papers that are named above, for the day when they are gone


class Event(msgspec.Struct, frozen=True, kw_only=True, gc=False):
    """One thing that happened, to one paper."""

    day: str
    kind: EventKind
    list: str  # id, or "" for what happened to the paper itself
    paper: str
    title: str  # as it was then


class History(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that is recorded."""

    since: str  # ISO day of the first recording
    events: tuple[Event, ...]  # newest first; those of one day and list in the list's order
    titles: Mapping[str, str]  # of every list that there ever was
