"""Rows of tables of papers, for spreadsheets and for programs."""

from __future__ import annotations

import csv as writer
import re
from typing import TYPE_CHECKING, Any

from sitegen.render.characters import encode, encode_json

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.render.templates import Templates


def csv(cells: Iterable[str], templates: Templates) -> bytes:
    """A row of texts. https://www.rfc-editor.org/rfc/rfc4180

    A cell that a spreadsheet would run as a formula gets an apostrophe before it; so does one that begins with
    apostrophes and then like a formula: without its first apostrophe every such cell is what it was.
    """
    del templates
    line = _Line()
    row = writer.writer(line, lineterminator="\r\n")
    row.writerow([f"'{cell}" if _FORMULA.match(cell) else cell for cell in cells])
    return encode("".join(line))


class _Line(list[str]):
    """A file in memory."""

    write = list.append


_FORMULA = re.compile("'*[=+\\-@\t\r]")


def jsonl(value: Any, templates: Templates) -> bytes:
    """The value as JSON, on a line of its own. https://jsonlines.org"""
    del templates
    return encode_json(value) + b"\n"
