"""Recordings, one after another: the state that they lead to, and what happened on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.change import Change, Event, EventKind, History, ListChange

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.paper import Paper

Facts = Mapping[str, str]


class Recorded(msgspec.Struct, frozen=True, kw_only=True):
    """The state of the site as it was recorded last. Papers are known by the ids that they have now."""

    number: int  # of the last recording; 0 where there is none
    lists: Mapping[str, tuple[str, ...]]  # papers in their order
    titles: Mapping[str, str]  # of lists
    notes: Mapping[str, Mapping[str, str]]  # list → paper → digest of its note
    papers: frozenset[str]
    facts: Mapping[str, Facts]


def replay(changes: Iterable[Change], papers: Iterable[Paper]) -> tuple[Recorded, History | None]:
    """The recorded state, and its history where anything is recorded. Ids that `papers` retired count as those they have."""
    ids = {alias: paper.id for paper in papers for alias in paper.aliases}
    ordered = sorted(changes, key=lambda change: (change.number, change.day, msgspec.json.encode(change)))
    state = _State(ids)
    events = [event for change in ordered for event in state.take(change)]
    recorded = Recorded(
        number=max((change.number for change in ordered), default=0),
        lists={name: tuple(state.lists[name]) for name in sorted(state.lists)},
        titles={name: state.titles[name] for name in sorted(state.lists)},
        notes=state.notes,
        papers=frozenset(state.papers),
        facts=state.facts,
    )
    if not ordered:
        return recorded, None
    events.sort(key=lambda event: event.day, reverse=True)
    since = min(change.day for change in ordered)
    return recorded, History(since=since, events=tuple(events), titles=dict(sorted(state.titles.items())))


class _State:
    """What is known while recordings are replayed."""

    def __init__(self, ids: Mapping[str, str]) -> None:
        self._ids = ids
        self.lists: dict[str, list[str]] = {}
        self.titles: dict[str, str] = {}
        self.notes: dict[str, dict[str, str]] = {}
        self.papers: set[str] = set()
        self.facts: dict[str, Facts] = {}
        self._called: dict[str, str] = {}  # titles of papers

    def take(self, change: Change) -> Iterator[Event]:
        """Make the recording's changes; what of it really changed something."""
        self._called |= {self._id(paper): title for paper, title in change.titles.items()}
        for name, kind, paper in [*self._lists(change), *self._papers(change)]:
            if not change.begins:
                title = self._called.get(paper, paper)
                yield Event(day=change.day, kind=kind, list=name, paper=paper, title=title)

    def _id(self, paper: str) -> str:
        return self._ids.get(paper, paper)

    def _lists(self, change: Change) -> Iterator[tuple[str, EventKind, str]]:
        for name, what in sorted(change.lists.items()):
            self.titles[name] = what.title or self.titles.get(name, name)
            for kind, paper in self._list(name, what):
                yield name, kind, paper
            if what.gone:
                self.lists.pop(name, None)
                self.notes.pop(name, None)

    def _list(self, name: str, what: ListChange) -> Iterator[tuple[EventKind, str]]:
        order, notes = self.lists.setdefault(name, []), self.notes.setdefault(name, {})
        before = dict.fromkeys(order)
        removed = set(order) if what.gone else {self._id(paper) for paper in what.removed}
        placed = {self._id(paper) for run in what.placed for paper in run.papers}
        taken = removed | placed
        order[:] = [paper for paper in order if paper not in taken]
        for run in what.placed:
            _insert(order, self._id(run.after), [self._id(paper) for paper in run.papers])
        after = dict.fromkeys(order)
        moved = placed & before.keys() if [*before] != [p for p in order if p in before] else set()
        for paper in order:
            if paper in placed and paper not in before:
                yield "added", paper
            elif paper in moved:
                yield "moved", paper
        for paper in before:
            if paper not in after:
                notes.pop(paper, None)
                yield "removed", paper
        for paper, digest in ((self._id(paper), digest) for paper, digest in sorted(what.notes.items())):
            if notes.get(paper, "") != digest and paper in after:
                notes[paper] = digest
                if paper in before and digest:
                    yield "annotated", paper

    def _papers(self, change: Change) -> Iterator[tuple[str, EventKind, str]]:
        before = set(self.papers)
        self.papers |= {self._id(paper) for paper in change.papers}
        lost = {self._id(paper) for paper in change.lost}
        self.papers -= lost
        for paper in lost:
            self.facts.pop(paper, None)
        for paper, facts in sorted((self._id(paper), facts) for paper, facts in change.facts.items()):
            old = self.facts.get(paper, {})
            self.facts[paper] = facts
            if paper in before:
                yield from (("", kind, paper) for kind in _news(old, facts))


def _insert(order: list[str], after: str, papers: Sequence[str]) -> None:
    """Put papers behind another one; at the end, where that one is not there."""
    if not after:
        order[:0] = papers
    elif not order or order[-1] == after or after not in order:
        order += papers
    else:
        at = order.index(after) + 1
        order[at:at] = papers


def _news(old: Facts, new: Facts) -> Iterator[EventKind]:
    """What readers are told: a version above the one that was known, and what was not there before."""
    if "version" in old and int(new.get("version", 0)) > int(old["version"]):
        yield "version"
    for kind in _APPEARS:
        if kind in new and kind not in old:
            yield kind


_APPEARS: tuple[EventKind, ...] = ("code", "corrected", "retracted", "withdrawn")
