"""Whole files of citations. The view is a tuple of (Paper, the curator's note in Markdown or "")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.render.characters import encode
from sitegen.render.cite import apa, csl_json
from sitegen.render.cite import bibtex as bib
from sitegen.render.cite import ris as research_information

if TYPE_CHECKING:
    from sitegen.model.page import Page
    from sitegen.render.templates import Templates


def bibtex(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """Entries with an empty line between them."""
    del templates
    return Outcome(encode("\n".join(bib.entry(paper, note) for paper, note in page.view)))


def ris(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """Records one after the other."""
    del templates
    return Outcome(encode("".join(research_information.entry(paper, note) for paper, note in page.view)))


def csl(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """A list of items, each member on a line of its own."""
    del templates
    return Outcome(csl_json.text(csl_json.item(paper, note) for paper, note in page.view))


def references(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """A reference on each line."""
    del templates
    return Outcome(encode("".join(f"{apa.reference(paper)}\n" for paper, _ in page.view)))
