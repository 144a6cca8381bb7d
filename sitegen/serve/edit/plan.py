"""What is to become of one file."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Outcome, Span, error
from sitegen.model.source import SourceFile
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from sitegen.model.paper import Paper

Read = Callable[[str], Outcome[SourceFile | None]]  # by path: a file of the site as it is now


class Plan(msgspec.Struct, frozen=True):
    """A file before an edit and after it."""

    summary: str  # what the edit does, in a few words
    path: str
    before: bytes | None  # None: there is no such file yet
    after: bytes | None  # None: there is none any more


def refused(code: str, message: str, hint: str = "") -> Outcome[Plan | None]:
    """No plan, and why, where no place in a file is to blame."""
    return Outcome(None, (error(code, message, Span(""), hint),))


def title_of(paper: Paper) -> str:
    """Its title on one line, math as text."""
    return " ".join(plain(paper.title).split())
