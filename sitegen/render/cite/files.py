"""Whole files of citations. The view is a Paper, or a tuple of (Paper, the curator's note or "")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sitegen.diagnostics import Outcome
from sitegen.render.characters import encode, encode_json
from sitegen.render.cite import apa, csl_json
from sitegen.render.cite import bibtex as bib
from sitegen.render.cite import ris as research_information

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sitegen.model.page import Page
    from sitegen.model.paper import Paper
    from sitegen.render.templates import Templates


def bibtex(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """Entries with an empty line between them."""
    del templates
    return Outcome(encode("\n".join(bib.entry(paper, note) for paper, note in _cited(page))))


def ris(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """Records one after the other."""
    del templates
    return Outcome(encode("".join(research_information.entry(paper, note) for paper, note in _cited(page))))


def csl(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """A list of items, each member on a line of its own."""
    del templates
    items = (csl_json.item(paper, note) for paper, note in _cited(page))
    return Outcome(b"[" + b",".join(map(_indented, items)) + b"\n]\n")


def _indented(item: Mapping[str, Any]) -> bytes:
    members = (b"\n    %b: %b" % (encode_json(name), encode_json(value)) for name, value in item.items())
    return b"\n  {" + b",".join(members) + b"\n  }"


def references(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """A reference on each line."""
    del templates
    return Outcome(encode("".join(f"{apa.reference(paper)}\n" for paper, _ in _cited(page))))


def _cited(page: Page) -> tuple[tuple[Paper, str], ...]:
    view = page.view
    return view if isinstance(view, tuple) else ((view, ""),)
