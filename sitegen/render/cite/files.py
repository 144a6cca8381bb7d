"""Citations as rows of files. The view of one is (Paper, the curator's note in Markdown or "")."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.render.characters import encode

if TYPE_CHECKING:
    from sitegen.model.paper import Paper
    from sitegen.render.templates import Templates


def bibtex(cited: tuple[Paper, str], templates: Templates) -> bytes:
    """An entry."""
    return encode(templates.citations(*cited).bibtex)


def ris(cited: tuple[Paper, str], templates: Templates) -> bytes:
    """A record."""
    return encode(templates.citations(*cited).ris)


def csl(cited: tuple[Paper, str], templates: Templates) -> bytes:
    """An item of a list, each member on a line of its own."""
    return templates.citations(*cited).csl_json


def reference(cited: tuple[Paper, str], templates: Templates) -> bytes:
    """A reference, on a line."""
    return encode(f"{templates.citations(*cited).apa}\n")
