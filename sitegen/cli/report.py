"""How a run is told: its problems, and its last line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Literal

import click

from sitegen.diagnostics import as_github, as_json, as_text, in_reading_order
from sitegen.text.excerpt import line_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sitegen.build import Report
    from sitegen.cli.session import Session
    from sitegen.diagnostics import Diagnostic
    from sitegen.model.source import SourceFile

Format = Literal["text", "json", "github"]


def show(
    session: Session,
    diagnostics: Iterable[Diagnostic],
    sources: Mapping[str, SourceFile],
    form: Format,
    *,
    err: bool,
) -> None:
    """Print problems, sorted by place, each once. Text goes to stderr with `err`; other forms are read from stdout."""
    problems = in_reading_order(diagnostics)
    if form == "json":
        click.echo(as_json(problems))
    elif form == "github":
        for problem in problems:
            click.echo(as_github(problem))
    else:
        colour = session.colours(sys.stderr if err else sys.stdout)
        line = line_of(sources)
        for problem in problems:
            click.echo(as_text(problem, line, colour=colour), err=err, color=colour)


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
