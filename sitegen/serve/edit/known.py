"""The site as it was built last, and how what a curator points at is found in it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

import msgspec

from sitegen.check.suspected_duplicate import Suspicion, suspicions
from sitegen.curate.papers import Papers
from sitegen.diagnostics import Span, error
from sitegen.serve.edit.inbox import Inbox
from sitegen.serve.edit.plan import title_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.build import Loaded
    from sitegen.diagnostics import Diagnostic, Outcome
    from sitegen.model.collection import Pick
    from sitegen.model.library import ReadingList
    from sitegen.model.paper import Paper
    from sitegen.model.record import Record
    from sitegen.model.site import Site
    from sitegen.serve.edit.picks import Listing


class Known:
    """A generation of the site. What takes time is found when it is asked for first."""

    def __init__(self, loaded: Loaded, before: Known | None = None) -> None:
        """`before`: the generation that it follows, whose suspicions may still be true."""
        assert loaded.site is not None
        self.site: Site = loaded.site
        self._before = before.suspected if before else None
        self.suspected: tuple[tuple[Paper, ...], tuple[Suspicion, ...]] | None = None
        self.sources = loaded.sources
        errors = [each for each in loaded.diagnostics if each.severity == "error"]
        self.broken = {
            each.where.path: each for each in reversed(errors)
        }  # the first error of each file, by path
        self._unread = [
            each
            for each in loaded.diagnostics
            if each.code in _UNREAD and not each.where.path.startswith(_NO_DUMPS)
        ]
        self.papers = Papers(self.site.library.papers)
        self.listings: dict[str, Outcome[Listing | None]] = {}  # by digest of the file
        self.lists: Mapping[str, ReadingList] = {each.id: each for each in self.site.library.lists}

    def paper(self, id_: str) -> Paper | None:
        """The paper with this id, or that had it."""
        return self._by_id.get(id_)

    def why_unknown(self, id_: str) -> tuple[Diagnostic, ...]:
        """That there is no such paper, and every file that cannot be read and may be what it has its name from."""
        paths = [
            path
            for folder in (PAPERS, COLLECTIONS)
            for path in sorted(self.broken)
            if path.startswith(folder)
        ]
        problems = [*(self.broken[path] for path in paths), *self._unread]
        return (
            error("unknown-paper", f"no paper is '{id_}' any more", Span(""), "load the page anew"),
            *(_may_be_why(each) for each in problems),
        )

    def picked(self, pick: Pick, path: str) -> Paper | None:
        """The paper that a pick of the file at this path means, where that is certain."""
        if pick.definition is not None:
            built = self._described.get(_without_line(pick.definition, path), ())
            if len(built) == 1:
                return built[0]
        found = self.papers.find(pick.paper)
        return found[0] if len(found) == 1 else None

    def name_of(self, paper: Paper) -> str:
        """How a file names the paper: by what outlives every edit of its title, where it has such a name."""
        for kind in ("arxiv", "doi"):
            value = paper.identifier(kind)
            if value and [found.id for found in self.papers.find(value)] == [paper.id]:
                return value
        return paper.id

    def shown_name_of(self, paper: Paper) -> str:
        """How a list names the paper: as a person would, by its title, where that means it alone."""
        title = title_of(paper)
        return title if [found.id for found in self.papers.find(title)] == [paper.id] else self.name_of(paper)

    def written(self, paper: Paper) -> Sequence[Record]:
        """What curators say about it in content/papers/."""
        return [r for r in paper.records if r.curated and r.where.path.startswith(PAPERS)]

    @cached_property
    def inbox(self) -> Inbox:
        """The papers that are in no collection."""
        return Inbox(self.site)

    @cached_property
    def suspicions(self) -> tuple[Suspicion, ...]:
        """Pairs that look like one work. Finding them takes a second for ten thousand papers, once as long as no record changes."""
        papers = self.site.library.papers
        found = _still_true(*self._before, papers) if self._before else None
        if found is None:
            found = suspicions(self.site)
        self.suspected = (papers, found)
        return found

    @cached_property
    def _described(self) -> Mapping[str, Sequence[Paper]]:
        """The papers that collections describe in place, by what they say: the lines may have moved since."""
        described: dict[str, list[Paper]] = {}
        for paper in self.site.library.papers:
            for record in paper.records:
                if record.curated and record.where.path.startswith(COLLECTIONS):
                    described.setdefault(_without_line(record, record.where.path), []).append(paper)
        return described

    @cached_property
    def _by_id(self) -> Mapping[str, Paper]:
        papers = self.site.library.papers
        return {alias: p for p in papers for alias in p.aliases} | {p.id: p for p in papers}


PAPERS = "content/papers/"
COLLECTIONS = "content/collections/"

# What is told of a dump that gave none of its papers, or not all.
_UNREAD = {
    "archive-too-large",
    "damaged-archive",
    "no-papers",
    "no-such-source",
    "not-text",
    "unknown-format",
    "unreadable",
}
_NO_DUMPS = (PAPERS, COLLECTIONS, "content/pages/", "static/", "templates/")


def _may_be_why(problem: Diagnostic) -> Diagnostic:
    path, said = problem.where.path, problem.message
    message = f"that may come from {'this' if path in said else path}: {said}"
    return error("unknown-paper", message, problem.where, problem.hint or "mend it first")


def _without_line(described: Record, path: str) -> str:
    return repr(msgspec.structs.replace(described, where=Span(path)))


def _still_true(
    before: Sequence[Paper], found: tuple[Suspicion, ...], now: Sequence[Paper]
) -> tuple[Suspicion, ...] | None:
    """The same pairs, where every paper is made of the records that it was made of."""
    if len(before) != len(now) or any(
        old.id != new.id or old.records != new.records for old, new in zip(before, now, strict=True)
    ):
        return None
    return found
