"""BibTeX."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.render.characters import encode

if TYPE_CHECKING:
    from sitegen.model.page import Page
    from sitegen.render.templates import Templates


def bibtex(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """The view, a Paper or a tuple of them, as a BibTeX file."""
    del templates
    papers = page.view if isinstance(page.view, tuple) else (page.view,)
    return Outcome(encode("\n".join(_entry(paper) for paper in papers)))


def _entry(paper) -> str:
    return f"@misc{{{paper.id},\n  title = {{{{{paper.title}}}}},\n}}\n"
