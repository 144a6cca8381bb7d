"""From the problems of a build to what pages show of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import as_text, in_reading_order
from sitegen.serve.state import Problem
from sitegen.text.excerpt import line_of

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.build import Report
    from sitegen.diagnostics import Diagnostic
    from sitegen.serve.editor import Editor
    from sitegen.serve.state import State

_MOST = 50  # more than anybody mends before looking again


def with_problems(state: State, report: Report, project: Path, editor: Editor) -> State:
    """The state with what kept the site from being built. Errors alone: what is no error has not."""
    errors = [problem for problem in in_reading_order(report.diagnostics) if problem.severity == "error"]
    line = line_of(report.sources)
    problems = [_problem(each, as_text(each, line), project, editor) for each in errors[:_MOST]]
    more = len(errors) - len(problems)
    return msgspec.structs.replace(state, problems=tuple(problems), more=more, fresh={}, under_way="")


def _problem(problem: Diagnostic, text: str, project: Path, editor: Editor) -> Problem:
    headline, *rest = text.split("\n")
    hint = rest.pop() if problem.hint else ""
    said = f"{problem.severity}: "
    place, _, words = headline.partition(f": {said}")
    where = problem.where
    file = project / where.path
    if not file.is_file():
        return Problem(place, said + words, "\n".join(rest), hint)
    link = editor.link(file, where.line, where.column)
    return Problem(place, said + words, "\n".join(rest), hint, link, file, where.line, where.column)
