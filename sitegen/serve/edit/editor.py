"""The actions of the editor: from the JSON of a request to an answer."""

from __future__ import annotations

import re
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from sitegen.build.clock import without_collector
from sitegen.parse.collection import COLLECTION
from sitegen.serve.answer import Answer, message, value
from sitegen.serve.edit import views
from sitegen.serve.edit.asks import Ask, Id, Line, Search
from sitegen.serve.edit.desk import Changed, Desk, Written
from sitegen.serve.edit.known import Known
from sitegen.serve.edit.picks import listing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import date
    from pathlib import Path

    from sitegen.build import Loaded
    from sitegen.diagnostics import Diagnostic
    from sitegen.model.library import ReadingList
    from sitegen.serve.edit.picks import Listing
    from sitegen.serve.own import Action

T = TypeVar("T")

CONFLICT = 409  # the file is another one by now: how it changed is in the answer, and the new proposal if there is one
NOT_FOUND = 404
REFUSED = 422  # it cannot be done, for the reasons in the answer


class _OfPaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    paper: Id


class _Suspicions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    paper: Line = ""  # id; "": of all papers


class _OfCollection(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    collection: Id


class _Propose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ask: Ask
    seen: Line = ""  # digest of the file that the curator looked at


class _Confirm(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ask: Ask
    proposal: Id
    seen: Line = ""


class Editor:
    """A project's editor. `latest` gives the site as it was built last."""

    def __init__(self, project: Path, latest: Callable[[], Loaded], today: Callable[[], date]) -> None:
        self._latest = latest
        self._desk = Desk(project, today)
        self._known: tuple[Loaded, Known] | None = None
        self._lock = Lock()

    @property
    def actions(self) -> Mapping[str, Action]:
        """What can be asked for, by name."""
        return {
            "overview": self._answering(None, self._overview),
            "paper": self._answering(_OfPaper, self._paper),
            "collection": self._answering(_OfCollection, self._collection),
            "order": self._answering(_OfCollection, self._order),
            "suspicions": self._answering(_Suspicions, self._suspicions),
            "inbox": self._answering(Search, self._inbox),
            "propose": self._answering(_Propose, self._propose),
            "confirm": self._answering(_Confirm, self._confirm),
        }

    def _answering(self, kind: type[T] | None, act: Callable[[T, Known], Answer]) -> Action:
        def answered(said: Mapping[str, Any]) -> Answer:
            try:
                meant: Any = kind and msgspec.convert(said, kind)
            except msgspec.ValidationError as problem:
                return _misunderstood(str(problem))
            known = self._now()
            if known is None:
                return message(503, "The site cannot be built yet: mend its problems first.")
            with without_collector():
                return act(meant, known)

        return answered

    def _now(self) -> Known | None:
        with self._lock:
            loaded = self._latest()
            if loaded.site is None:
                return self._known and self._known[1]
            if self._known is None or self._known[0] is not loaded:
                self._known = (loaded, Known(loaded, self._known and self._known[1]))
            return self._known[1]

    def _overview(self, _: None, known: Known) -> Answer:
        return value(views.overview(known, self._desk.history))

    def _paper(self, said: _OfPaper, known: Known) -> Answer:
        paper = known.paper(said.paper)
        if paper is None:
            return self._refused(known.why_unknown(said.paper), known, status=NOT_FOUND)
        return value(views.paper(paper, known, self._desk))

    def _collection(self, said: _OfCollection, known: Known) -> Answer:
        return self._of_list(said, known, views.collection)

    def _order(self, said: _OfCollection, known: Known) -> Answer:
        return self._of_list(said, known, views.order)

    def _of_list(
        self, said: _OfCollection, known: Known, view: Callable[[ReadingList, Listing], views.Json]
    ) -> Answer:
        """What a list's file says; why it cannot be edited, where it cannot."""
        reading_list = known.lists.get(said.collection)
        if reading_list is None:
            return message(404, "There is no such collection any more.")
        now = self._desk.editable(reading_list.path, COLLECTION)
        found = listing(now.value, known) if now.value else None
        if found is None or found.value is None:
            return self._refused(found.diagnostics if found else now.diagnostics, known)
        return value(view(reading_list, found.value))

    def _suspicions(self, said: _Suspicions, known: Known) -> Answer:
        return value(views.suspicions(known, said.paper, self._desk.history.settled))

    def _inbox(self, said: Search, known: Known) -> Answer:
        return value(views.inbox(known.inbox.find(said)))

    def _propose(self, said: _Propose, known: Known) -> Answer:
        outcome = self._desk.propose(said.ask, known, said.seen)
        if outcome.value is None or isinstance(outcome.value, Changed):
            return self._refused(outcome.diagnostics, known, outcome.value)
        changed = outcome.value.meanwhile is not None
        return value(views.proposal(outcome.value), status=CONFLICT if changed else 200)

    def _confirm(self, said: _Confirm, known: Known) -> Answer:
        outcome = self._desk.confirm(said.ask, known, said.proposal, said.seen)
        if outcome.value is None or isinstance(outcome.value, Changed):
            return self._refused(outcome.diagnostics, known, outcome.value)
        if isinstance(outcome.value, Written):
            return value(views.step(outcome.value.step, self._desk.history))
        return value(views.proposal(outcome.value), status=CONFLICT)

    def _refused(
        self,
        problems: Iterable[Diagnostic],
        known: Known,
        changed: Changed | None = None,
        status: int = REFUSED,
    ) -> Answer:
        said: views.Json = {"refused": views.why(problems, known, self._desk)}
        if changed is None:
            return value(said, status=status)
        return value(said | views.changed(changed), status=CONFLICT)


def _misunderstood(problem: str) -> Answer:
    """What of a request is of no known shape, in a person's words where a person has typed too much."""
    found = _TOO_LONG.fullmatch(problem)
    if found is None:
        return message(400, f"That is no request of the editor: {problem}.")
    most, field, place = found.groups()
    text = f"One of the {field}" if place else f"The {field}"
    return message(
        REFUSED,
        f"{text} is longer than {int(most):,} characters, the most that the editor takes at once. "
        "Shorten it, or write it into the file itself.",
    )


# As msgspec says it of what a person types; ids and words to search for belong into no file.
_TOO_LONG = re.compile(
    r"Expected `str` of length <= ([0-9]+)"
    r" - at `\$\.ask\.(title|blurb|description|note|tags|date|links)\b(.*)`"
)
