"""The site as it is, beside what was recorded of it."""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from typing import TYPE_CHECKING

from sitegen.model.change import Change, ListChange, Run
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from sitegen.changes.replay import Recorded
    from sitegen.model.library import ReadingList
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site


def compare(site: Site, recorded: Recorded, day: str) -> Change | None:
    """What has happened since the last recording, dated this ISO day; None where nothing has."""
    library = site.library
    lists = {each.id: _list_change(each, recorded) for each in library.lists}
    lists |= {name: ListChange(gone=True) for name in recorded.lists if name not in lists}
    lists = {name: change for name, change in sorted(lists.items()) if change != ListChange()}
    facts = {paper.id: found for paper in library.papers if (found := _facts(paper))}
    now = {paper.id for paper in library.papers}
    news = {
        paper: facts.get(paper, {})
        for paper in sorted(now)
        if facts.get(paper, {}) != recorded.facts.get(paper, {})
    }
    arrived, lost = sorted(now - recorded.papers), sorted(recorded.papers - now)
    begins = recorded.number == 0
    if not (lists or news or arrived or lost or begins):
        return None
    return Change(
        day=day,
        number=recorded.number + 1,
        begins=begins,
        lists=lists,
        papers=tuple(arrived),
        lost=tuple(lost),
        facts=news,
        titles=_titles(library.papers, lists, {} if begins else news),
    )


def _list_change(reading_list: ReadingList, recorded: Recorded) -> ListChange:
    name = reading_list.id
    notes: dict[str, str] = {}
    for entry in reading_list.entries:
        notes.setdefault(entry.paper.id, _digest(entry.note))
    now = [*notes]
    before = recorded.lists.get(name, ())
    # The order of a list that is gathered by rule is the rule's: it says nothing about a paper.
    kept = set(before) & set(now)
    stays = kept if reading_list.rule else _in_order(now, [paper for paper in before if paper in kept])
    known = recorded.notes.get(name, {})
    return ListChange(
        title="" if recorded.titles.get(name) == reading_list.title else reading_list.title,
        placed=tuple(_runs(now, stays)),
        removed=tuple(paper for paper in before if paper not in notes),
        notes={paper: notes[paper] for paper in sorted(notes) if notes[paper] != known.get(paper, "")},
    )


def _in_order(now: Sequence[str], before: Sequence[str]) -> set[str]:
    """As many papers as can be that still stand in their old order: the longest increasing subsequence."""
    rank = {paper: position for position, paper in enumerate(before)}
    ranks = [rank[paper] for paper in now if paper in rank]
    ends: list[int] = []  # of the shortest-ended subsequence of each length
    previous: dict[int, int] = {}
    for each in ranks:
        at = bisect_left(ends, each)
        previous[each] = ends[at - 1] if at else -1
        ends[at:] = [each] if at == len(ends) else [each, *ends[at + 1 :]]
    stays: set[str] = set()
    last = ends[-1] if ends else -1
    while last >= 0:
        stays.add(before[last])
        last = previous[last]
    return stays


def _runs(now: Sequence[str], stays: Collection[str]) -> Iterator[Run]:
    after, run = "", list[str]()
    for paper in now:
        if paper not in stays:
            run.append(paper)
            continue
        if run:
            yield Run(after=after, papers=tuple(run))
        after, run = paper, []
    if run:
        yield Run(after=after, papers=tuple(run))


def _facts(paper: Paper) -> dict[str, str]:
    versions = [int(each.version) for each in paper.identifiers if each.version.isdigit()]
    return {
        **({"version": str(max(versions))} if versions else {}),
        **({"code": "yes"} if paper.link("code") else {}),
        **dict.fromkeys(sorted(paper.standing), "yes"),
    }


def _titles(
    papers: Sequence[Paper], lists: Mapping[str, ListChange], news: Mapping[str, object]
) -> dict[str, str]:
    named = {paper for change in lists.values() for run in change.placed for paper in run.papers}
    named |= {paper for change in lists.values() for paper in (*change.notes, *change.removed)}
    named |= news.keys()
    return {paper.id: plain(paper.title) for paper in papers if paper.id in named}


def _digest(note: str) -> str:
    return hashlib.blake2b(note.strip().encode(), digest_size=4).hexdigest() if note.strip() else ""
