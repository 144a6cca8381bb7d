"""How a run is told: its problems, and its last line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click
import msgspec
from click.core import ParameterSource

from sitegen.diagnostics import Folded, as_github, as_json, as_text, folded, in_reading_order
from sitegen.text.excerpt import line_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sitegen.build import Loaded, Report
    from sitegen.cli.session import Session
    from sitegen.diagnostics import Diagnostic
    from sitegen.model.source import SourceFile

Format = Literal["text", "json", "github"]


def show(
    session: Session,
    project: Path,
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, SourceFile],
    form: Format,
    *,
    err: bool,
) -> None:
    """Print problems, sorted by place, each once. Text goes to stderr with `err`; other forms are read from stdout.

    Text shows the first few of a flood of equal warnings in one file, and how many more there are; with -v, and in other
    forms, all. Paths are what the reader can open: in text as people would type them, in other forms relative to the folder that
    the machine works in (GITHUB_WORKSPACE, where annotations are looked for), whatever -C says.
    """
    problems = in_reading_order(diagnostics)
    if form == "text":
        told = tuple(map(Folded, problems)) if session.verbose else folded(problems)
        placed = [_placed(each.shown, project, session.shown) for each in told]
        names = {new.where.path: each.shown.where.path for new, each in zip(placed, told, strict=True)}
        line = line_of({shown: sources[path] for shown, path in names.items() if path in sources})
        colour = session.colours(sys.stderr if err else sys.stdout)
        for problem, each in zip(placed, told, strict=True):
            click.echo(as_text(problem, line, colour=colour), err=err, color=colour)
            if each.more:
                click.echo(
                    f"… and {each.more:,} more like it in {problem.where.path} (-v shows all)", err=err
                )
        return
    start = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd()).resolve()
    placed = [
        _placed(p, project, lambda path: Path(os.path.relpath(path, start)).as_posix()) for p in problems
    ]
    if form == "json":
        click.echo(as_json(placed))
    else:
        for problem in placed:
            click.echo(as_github(problem))


def show_errors(session: Session, loaded: Loaded) -> bool:
    """Print what is wrong with the project, for a command that asks about it; whether anything is."""
    errors = [problem for problem in loaded.diagnostics if problem.severity == "error"]
    show(session, session.project(), errors, loaded.sources, "text", err=True)
    return bool(errors)


def _placed(problem: Diagnostic, project: Path, shown: Callable[[Path], str]) -> Diagnostic:
    """The problem where its reader looks for it. What is no file of the project, such as an option, stays as it is."""
    path = problem.where.path
    if path == _BASE_URL:
        path = _base_url_option()
    elif path and os.path.lexists(project / path):
        path = shown(project / path)
    return msgspec.structs.replace(problem, where=msgspec.structs.replace(problem.where, path=path))


# How settings name what was given for this run, and what people gave it by.
_BASE_URL = "-D base_url"
_GIVEN_BY = {ParameterSource.COMMANDLINE: "--base-url", ParameterSource.ENVIRONMENT: "SITEGEN_BASE_URL"}


def _base_url_option() -> str:
    context = click.get_current_context(silent=True)
    source = context.get_parameter_source("base_url") if context else None
    return _GIVEN_BY.get(source, _BASE_URL) if source else _BASE_URL


def summary(report: Report, seconds: float, output: str) -> str:
    """The line that ends a build: what became of the site, whether or not it is good news.

    `210 papers, 431 pages: 12 written, 419 unchanged, 0 removed, 2 warnings, 1.3 s → site`
    """
    told = tally(report.diagnostics)
    if not report.published:
        return f"not published: {told or 'nothing was built'}, {seconds:.1f} s; {output} stays as it is"
    files = f"{report.written:,} written, {report.unchanged:,} unchanged, {report.removed:,} removed"
    counted = f"{count(report.papers, 'paper')}, {count(report.pages, 'page')}"
    return f"{counted}: {files}{', ' + told if told else ''}, {seconds:.1f} s → {output}"


def tally(diagnostics: Iterable[Diagnostic]) -> str:
    """`1 error, 2 warnings`, or "" where there is neither."""
    severities = [problem.severity for problem in in_reading_order(diagnostics)]
    return ", ".join(
        count(severities.count(severity), severity)
        for severity in ("error", "warning")
        if severity in severities
    )


def count(number: int, noun: str) -> str:
    """`1 paper`, `2 papers`.

    >>> count(1, "paper"), count(0, "entry")
    ('1 paper', '0 entries')
    """
    many = f"{noun[:-1]}ies" if noun.endswith("ry") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else many}"
