"""What holds for one run of a command: where it works, how much it says, and in which colours."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, TextIO

import click

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def today() -> date:
    """The day that it is where the person sits."""
    return datetime.now(UTC).astimezone().date()


def today_anywhere() -> date:
    """The latest day that it is for anybody: what a co-curator in Kiribati writes is no date in the future."""
    return datetime.now(timezone(timedelta(hours=14))).date()


class NoProjectError(click.ClickException):
    """The command needs a project. How the command is written was right, so no usage is shown."""

    exit_code = 2


@dataclass(frozen=True)
class Session:
    """The global options. `directory` is absolute."""

    directory: Path
    quiet: bool = False
    verbose: bool = False
    colour: bool = True

    def path(self, text: str) -> Path:
        """A path as the person typed it, made absolute: relative ones start at -C."""
        return (self.directory / text).absolute()

    def shown(self, path: Path) -> str:
        """A path as the person would type it."""
        relative = os.path.relpath(path, self.directory)
        return str(path) if relative.startswith(os.path.join("..", "..")) else relative  # noqa: PTH118 - text

    def project(self) -> Path:
        """The project around -C. Raises NoProjectError."""
        from sitegen.read import find_project

        project = find_project(self.directory)
        if project is None:
            raise NoProjectError(
                f"{self.directory} is in no project: there is no content/sitegen.yaml. 'sitegen init' makes one."
            )
        return project

    def note(self, text: str) -> None:
        """Something worth saying that is not the result: to stderr, unless -q."""
        if not self.quiet:
            click.echo(text, err=True)

    def colours(self, stream: TextIO) -> bool:
        """Whether what is written to this stream may be coloured."""
        wanted = self.colour and not os.environ.get("NO_COLOR")
        return wanted and stream.isatty() and os.environ.get("TERM") != "dumb"

    def progress(self) -> Callable[[str], None] | None:
        """Shows a stage's name in one line that is written over; None where no person watches.

        The empty name wipes the line.
        """
        if self.quiet or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
            return None
        return lambda stage: click.echo(f"\r\x1b[2K{stage + ' …' if stage else ''}", err=True, nl=False)
