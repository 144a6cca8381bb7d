"""Where edits are made: proposed as a difference, written when it is confirmed; so is what takes them back and does them again.

The one place of the editor that touches the disk. Paths are the site's own, never a request's. Every file is read anew
for every request, and replaced only if it still is what the proposal was made from.
"""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, TypeVar

import msgspec
from msgspec.structs import replace

from sitegen.diagnostics import Diagnostic, Outcome, Span, error
from sitegen.model.source import SourceFile
from sitegen.read import digest, read_file
from sitegen.regular import read_regular
from sitegen.serve.edit.asks import Ask, Redo, Settle, Undo
from sitegen.serve.edit.history import History, Step
from sitegen.serve.edit.plan import Plan, refused
from sitegen.serve.edit.plans import planned
from sitegen.splice import UNWRITTEN, hindrances
from sitegen.write.replace import ChangedMeanwhileError, new_file, remove_file, replace_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from sitegen.parse.kinds import Kind
    from sitegen.serve.edit.known import Known


T = TypeVar("T")


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What an edit would do to a file, and what somebody else did to it since it was looked at."""

    id: str  # names the edit and both versions of the file: a confirmation of it can mean nothing else
    ask: Ask
    plan: Plan
    before: str  # digest of the file that it was made from; "" for a new one
    meanwhile: bytes | None = None  # the version that the curator had seen, where it is another


class Changed(msgspec.Struct, frozen=True):
    """A file that is not what the step left of it that was to be taken back or done again: somebody else was at it."""

    path: str
    wrote: bytes | None  # what the editor made of it; None: nothing, it was not there
    now: bytes | None


class Written(msgspec.Struct, frozen=True):
    """An edit that was made."""

    step: Step


class Desk:
    """All edits of one run, one after the other."""

    def __init__(self, project: Path, today: Callable[[], date]) -> None:
        self._project = project
        self._today = today
        self._lock = Lock()
        self.latest: dict[str, SourceFile] = {}  # by path: every file as it was read last
        self._seen: OrderedDict[str, bytes] = OrderedDict()  # versions of files that were shown, by digest
        self._proposals: OrderedDict[str, Proposal] = OrderedDict()  # by id
        self._hindrances: OrderedDict[str, tuple[Diagnostic, ...]] = OrderedDict()  # by path and digest
        self.history = History(self._stands)

    def read(self, path: str) -> Outcome[SourceFile | None]:
        """A file of the site as it is now; an error where it is not there, or not ours."""
        outcome = read_file(self._project, path)
        if outcome.value is not None:
            self._remember(outcome.value)
        return outcome

    def editable(self, path: str, kind: Kind) -> Outcome[SourceFile | None]:
        """A file of this kind as it is now; None, and why, where no edit of it is made, whatever it is."""
        outcome = self.read(path)
        file = outcome.value
        if file is None:
            return outcome
        problems: tuple[Diagnostic, ...] = (_outside(path),)
        if _is_inside(self._project, self._project / path):
            name = f"{path}\0{file.digest}"
            if name not in self._hindrances:
                _keep(self._hindrances, name, hindrances(file, kind))
            problems = self._hindrances[name]
        # Nobody has tried to write anything yet.
        problems = tuple(replace(each, message=each.message.removesuffix(UNWRITTEN)) for each in problems)
        return Outcome(None if problems else file, problems)

    def propose(self, ask: Ask, known: Known, seen: str = "") -> Outcome[Proposal | Changed | None]:
        """The edit, with nothing written. `seen`: digest of the file as the curator knows it."""
        outcome = self._planned(ask, known)
        plan = outcome.value
        if plan is None or isinstance(plan, Changed):
            return Outcome(plan, outcome.diagnostics)
        if plan.before == plan.after:
            return Outcome(None, (error("not-edited", "nothing would change", Span(plan.path)),))
        if not _is_inside(self._project, self._project / plan.path):
            return Outcome(None, (_outside(plan.path),))
        before = digest(plan.before) if plan.before is not None else ""
        after = digest(plan.after) if plan.after is not None else ""
        proposal = Proposal(
            id=digest("\0".join((repr(ask), plan.path, before, after)).encode()),
            ask=ask,
            plan=plan,
            before=before,
            meanwhile=self._seen.get(seen, b"") if seen and seen != before else None,
        )
        _keep(self._proposals, proposal.id, proposal)
        return Outcome(proposal)

    def confirm(
        self, ask: Ask, known: Known, proposal: str, seen: str = ""
    ) -> Outcome[Proposal | Changed | Written | None]:
        """Write what was proposed. Where something else comes of it by now, that instead, and nothing is written."""
        with self._lock:
            shown = self._proposals.get(proposal)
            step = self._step(shown) if shown is not None and shown.ask == ask else None
            if step is not None:
                problem = self._do(step)
                if problem is None:
                    self._did(ask, step)
                    return Outcome(Written(step))
                if problem.code != _CHANGED:
                    return Outcome(None, (problem,))
            outcome = self.propose(ask, known, seen)
            return Outcome(outcome.value, outcome.diagnostics)

    def _planned(self, ask: Ask, known: Known) -> Outcome[Plan | Changed | None]:
        if not isinstance(ask, Undo | Redo):
            outcome = planned(ask, known, self.read, self._today().isoformat())
            return Outcome(outcome.value, outcome.diagnostics)
        step = self._walked(ask)
        if step is None:
            return Outcome(None, refused("not-edited", "there is another last edit by now").diagnostics)
        if not self._stands(step.path, step.before):
            return self._found_changed(step)
        way = "undo" if isinstance(ask, Undo) else "redo"
        return Outcome(Plan(f"{way}: {step.summary}", step.path, step.before, step.after))

    def _found_changed(self, step: Step) -> Outcome[Plan | Changed | None]:
        found = self.read(step.path)
        if found.value is None and (self._project / step.path).exists():
            return Outcome(None, found.diagnostics)
        now = found.value.data if found.value else None
        return Outcome(Changed(step.path, step.before, now), (_changed(step),))

    def _step(self, shown: Proposal) -> Step | None:
        """What is to be done; None where that was done meanwhile."""
        ask, plan = shown.ask, shown.plan
        if isinstance(ask, Undo | Redo):
            return self._walked(ask)
        pair = frozenset({ask.paper, ask.other} if isinstance(ask, Settle) else ())
        return Step(plan.summary, plan.path, plan.before, plan.after, pair)

    def _walked(self, ask: Undo | Redo) -> Step | None:
        return self.history.named(ask.step, back=isinstance(ask, Undo))

    def _did(self, ask: Ask, step: Step) -> None:
        if isinstance(ask, Undo):
            self.history.undid(step)
        elif isinstance(ask, Redo):
            self.history.redid(step)
        else:
            self.history.did(step)

    def _do(self, step: Step) -> Diagnostic | None:
        """Make the file what it is after the step, if it is what it was before it."""
        path = self._project / step.path
        if not _is_inside(self._project, path):
            return _outside(step.path)
        try:
            found = read_file(self._project, step.path) if step.before is not None else None
            if found is not None and found.value is None:
                return found.diagnostics[0]
            if step.after is None:
                assert step.before is not None, step
                remove_file(path, step.before)
            elif step.before is None:
                new_file(path, step.after)
            else:
                replace_file(path, step.before, step.after)
        except ChangedMeanwhileError:
            return _changed(step)
        except FileExistsError:
            return error("not-edited", f"{step.path} is there already: nothing was written", Span(step.path))
        except OSError as problem:
            return error("cannot-write", f"{step.path}: {problem.strerror or problem}", Span(step.path))
        if step.after is not None:
            self._remember(SourceFile(step.path, step.after, digest(step.after)))
        return None

    def _stands(self, path: str, data: bytes | None) -> bool:
        file = self._project / path
        try:
            return read_regular(file) == data
        except OSError:
            return data is None and not file.exists()

    def _remember(self, file: SourceFile) -> None:
        self.latest[file.path] = file
        _keep(self._seen, file.digest, file.data)


_MOST_KEPT = 100
_CHANGED = "changed-meanwhile"


def _keep(values: OrderedDict[str, T], name: str, value: T) -> None:
    """The value, as the last of not too many."""
    values[name] = value
    values.move_to_end(name)
    if len(values) > _MOST_KEPT:
        values.popitem(last=False)


def _changed(step: Step) -> Diagnostic:
    hint = "edit the file by hand, or restore it and try again"
    return error(_CHANGED, f"{step.path} was changed meanwhile: nothing was written", Span(step.path), hint)


def _outside(path: str) -> Diagnostic:
    message = f"{path} leads out of content/{UNWRITTEN}"
    return error("not-edited", message, Span(path), "edit it where it is")


def _is_inside(project: Path, path: Path) -> bool:
    """Whether a file is, or would be, in the project's content, links resolved."""
    return path.resolve().is_relative_to((project / "content").resolve())
