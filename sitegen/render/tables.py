"""Tables of papers, for spreadsheets and for programs."""

from __future__ import annotations

import csv as writer
import re
from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.render.characters import encode, encode_json

if TYPE_CHECKING:
    from sitegen.model.page import Page
    from sitegen.render.templates import Templates


def csv(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """The view's rows of texts, the first one the names of the columns. https://www.rfc-editor.org/rfc/rfc4180

    A cell that a spreadsheet would run as a formula gets an apostrophe before it; so does one that begins with
    apostrophes and then like a formula: without its first apostrophe every such cell is what it was.
    """
    del templates
    lines = _Lines()
    rows = writer.writer(lines, lineterminator="\r\n")
    rows.writerows([f"'{cell}" if _FORMULA.match(cell) else cell for cell in row] for row in page.view)
    return Outcome(b"".join(lines))


class _Lines(list[bytes]):
    """A file in pieces: as one text it would take four bytes for each character of all papers."""

    def write(self, line: str) -> None:
        self.append(encode(line))


_FORMULA = re.compile("'*[=+\\-@\t\r]")


def jsonl(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """Each of the view's values as JSON, on a line of its own. https://jsonlines.org"""
    del templates
    return Outcome(b"".join(encode_json(value) + b"\n" for value in page.view))
