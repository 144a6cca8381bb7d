"""Files of JSON that sitegen itself writes into content/, and that git or a person may have damaged since."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypeVar

import msgspec

from sitegen.diagnostics import Outcome, Span, error

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.model.source import SourceFile

T = TypeVar("T")


def read_own(
    file: SourceFile, kind: type[T], check: Callable[[T], None], *, code: str, called: str, hint: str
) -> Outcome[T | None]:
    """What was written; None and an error with its line where that is no JSON, of another shape, or refused by `check`."""
    try:
        value = msgspec.json.decode(file.data, type=kind)
        check(value)
    except (ValueError, RecursionError) as problem:
        message = f"this is not {called}: {problem}"
        return Outcome(None, (error(code, message, Span(file.path, _line(file.data)), hint),))
    return Outcome(value)


def _line(data: bytes) -> int:
    """Where it stops to be JSON; 1 where it is JSON and something else is wrong."""
    try:
        json.loads(data)
    except json.JSONDecodeError as problem:
        return problem.lineno
    except UnicodeDecodeError as problem:
        return data.count(b"\n", 0, problem.start) + 1
    except (ValueError, RecursionError):
        return 1
    return 1
