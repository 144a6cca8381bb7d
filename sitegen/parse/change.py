"""content/changes/*.json: what the project has recorded of its past."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.change import Change
from sitegen.parse.own_json import read_own
from sitegen.text.dates import parse_date

if TYPE_CHECKING:
    from sitegen.diagnostics import Outcome
    from sitegen.model.source import SourceFile


def parse_change(file: SourceFile) -> Outcome[Change | None]:
    """One recording; None and an error where the file is not what sitegen wrote."""
    return read_own(
        file,
        Change,
        _check,
        code="damaged-changes",
        called="a recording of changes",
        hint="take the file back out of git; without it, delete it, and what it said is recorded anew",
    )


def _check(change: Change) -> None:
    day = parse_date(change.day)
    if day is None or day.iso != change.day or not day.day:
        raise ValueError(f"'{change.day}' is not a day")
    if not all(facts.get("version", "0").isdecimal() for facts in change.facts.values()):
        raise ValueError("a version is not a number")


def write_change(change: Change) -> bytes:
    """The file of a recording: a line per paper, so that git shows what happened."""
    return msgspec.json.format(msgspec.json.encode(change), indent=1) + b"\n"
