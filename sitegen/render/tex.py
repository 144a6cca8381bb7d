"""Titles and abstracts: text, with math between."""

from __future__ import annotations

from markupsafe import Markup, escape

from sitegen.render.mathml import mathml
from sitegen.text.tex import segments


def tex(text: str) -> Markup:
    """The text, escaped, its math as MathML."""
    return Markup().join(mathml(piece.text) if piece.math else escape(piece.text) for piece in segments(text))
