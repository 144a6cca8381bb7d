"""Whole files of citations. The view is a tuple of (Paper, the curator's note in Markdown or "")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.render.characters import encode
from sitegen.render.cite import csl_json

if TYPE_CHECKING:
    from sitegen.model.page import Page
    from sitegen.render.templates import Templates


def bibtex(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """Entries with an empty line between them."""
    cited = templates.citations
    return Outcome(encode("\n".join([cited(paper, note).bibtex for paper, note in page.view])))


def ris(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """Records one after the other."""
    cited = templates.citations
    return Outcome(encode("".join([cited(paper, note).ris for paper, note in page.view])))


def csl(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """A list of items, each member on a line of its own."""
    cited = templates.citations
    return Outcome(csl_json.joined([cited(paper, note).csl_json for paper, note in page.view]))


def references(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """A reference on each line."""
    cited = templates.citations
    return Outcome(encode("".join([f"{cited(paper, note).apa}\n" for paper, note in page.view])))
