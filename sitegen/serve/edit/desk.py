"""Where edits are made: proposed as a difference, written when it is confirmed, taken back and done again.

The one place of the editor that touches the disk. Paths are the site's own, never a request's. Every file is read anew
for every request, and replaced only if it still is what the proposal was made from.
"""

from __future__ import annotations

from threading import Lock
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, Outcome, Span, error
from sitegen.model.source import SourceFile
from sitegen.read import digest, read_file
from sitegen.serve.edit.history import History, Step
from sitegen.serve.edit.plan import Plan
from sitegen.serve.edit.plans import planned
from sitegen.write.replace import ChangedMeanwhileError, new_file, replace_file

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date
    from pathlib import Path

    from sitegen.serve.edit.asks import Ask
    from sitegen.serve.edit.known import Known


class Proposal(msgspec.Struct, frozen=True, kw_only=True):
    """What an edit would do to a file, and what somebody else did to it since it was looked at."""

    id: str  # names the edit and both versions of the file: a confirmation of it can mean nothing else
    plan: Plan
    before: str  # digest of the file that it was made from; "" for a new one
    meanwhile: bytes | None = None  # the version that the curator had seen, where it is another


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
        self._seen: dict[str, bytes] = {}  # versions of files that were shown, by digest; the latest last
        self.history = History()

    def read(self, path: str) -> Outcome[SourceFile | None]:
        """A file of the site as it is now; an error where it is not there, or not ours."""
        outcome = read_file(self._project, path)
        if outcome.value is not None:
            self._remember(outcome.value)
        return outcome

    def propose(self, ask: Ask, known: Known, seen: str = "") -> Outcome[Proposal | None]:
        """The edit, with nothing written. `seen`: digest of the file as the curator knows it."""
        outcome = planned(ask, known, self.read, self._today().isoformat())
        plan = outcome.value
        if plan is None:
            return Outcome(None, outcome.diagnostics)
        if plan.before == plan.after:
            return Outcome(None, (error("not-edited", "nothing would change", Span(plan.path)),))
        before = digest(plan.before) if plan.before is not None else ""
        parts = (repr(ask), plan.path, before, digest(plan.after))
        return Outcome(
            Proposal(
                id=digest("\0".join(parts).encode()),
                plan=plan,
                before=before,
                meanwhile=self._seen.get(seen, b"") if seen and seen != before else None,
            )
        )

    def confirm(
        self, ask: Ask, known: Known, proposal: str, seen: str = ""
    ) -> Outcome[Proposal | Written | None]:
        """Write what was proposed. Where another proposal comes of it by now, that one instead, and nothing is written."""
        with self._lock:
            outcome = self.propose(ask, known, seen)
            found = outcome.value
            if found is None:
                return Outcome(None, outcome.diagnostics)
            if found.id != proposal:
                return Outcome(found)
            plan = found.plan
            step = Step(plan.summary, plan.path, plan.before, plan.after)
            problem = self._do(step)
            if problem is not None and problem.code == "changed-meanwhile":
                # It changed between reading and writing.
                found = self.propose(ask, known, found.before).value
                return Outcome(found, () if found else (problem,))
            if problem is not None:
                return Outcome(None, (problem,))
            self.history.did(step)
            return Outcome(Written(step))

    def undo(self, step: str) -> Outcome[Step | None]:
        """Take back the last edit, which is to be the one with this name."""
        return self._walk(step, back=True)

    def redo(self, step: str) -> Outcome[Step | None]:
        """Do again what was taken back last, which is to be the edit with this name."""
        return self._walk(step, back=False)

    def _walk(self, name: str, *, back: bool) -> Outcome[Step | None]:
        with self._lock:
            step = self.history.undo if back else self.history.redo
            if step is None or step.name != name:
                return Outcome(None, (error("not-edited", "there is another last edit by now", Span("")),))
            problem = self._do(step)
            if problem is not None:
                return Outcome(None, (problem,))
            if back:
                self.history.undid()
            else:
                self.history.redid()
            return Outcome(step)

    def _do(self, step: Step) -> Diagnostic | None:
        """Make the file what it is after the step, if it is what it was before it."""
        path = self._project / step.path
        try:
            found = read_file(self._project, step.path) if step.before is not None else None
            if found is not None and found.value is None:
                return found.diagnostics[0]
            if step.after is None:
                if path.read_bytes() != step.before:
                    return _changed(step)
                path.unlink()
            elif step.before is None:
                if not _is_inside(self._project, path):
                    return error(
                        "not-edited", f"{step.path} would be outside of the project", Span(step.path)
                    )
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

    def _remember(self, file: SourceFile) -> None:
        self.latest[file.path] = file
        self._seen.pop(file.digest, None)
        self._seen[file.digest] = file.data
        while len(self._seen) > _MOST_VERSIONS:
            self._seen.pop(next(iter(self._seen)), None)


_MOST_VERSIONS = 100


def _changed(step: Step) -> Diagnostic:
    return error(
        "changed-meanwhile", f"{step.path} was changed meanwhile: nothing was written", Span(step.path)
    )


def _is_inside(project: Path, path: Path) -> bool:
    """Whether a new file would be in the project's content, links resolved."""
    content = (project / "content").resolve()
    at = path.parent
    while not at.exists():
        at = at.parent
    return at.resolve().is_relative_to(content) and not path.is_symlink()
