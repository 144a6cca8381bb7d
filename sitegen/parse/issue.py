"""content/digests/*.json: what issues of the digest held."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.model.issue import Issued
from sitegen.parse.own_json import read_own
from sitegen.text.dates import parse_date

if TYPE_CHECKING:
    from sitegen.diagnostics import Outcome
    from sitegen.model.source import SourceFile


def parse_issue(file: SourceFile) -> Outcome[Issued | None]:
    """What one issue held; None and an error where the file is not what sitegen wrote."""
    return read_own(
        file,
        Issued,
        _check,
        code="damaged-digest",
        called="what a digest wrote down of an issue",
        hint="take the file back out of git; without it, the next issue may repeat papers",
    )


def _check(issued: Issued) -> None:
    day = parse_date(issued.day)
    if day is None or not day.day:
        raise ValueError(f"'{issued.day}' is not a day")
