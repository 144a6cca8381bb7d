"""Titles and abstracts: text, with math between."""

from __future__ import annotations

import functools
import re

from markupsafe import Markup, escape

from sitegen.render.mathml import mathml
from sitegen.text.tex import segments
from sitegen.text.untex import has_tex


def tex(text: str) -> Markup:
    """The text, escaped, its formulas as MathML; in `<bdi>` where it could turn the text around it.

    >>> tex("a<b & $x$")
    Markup('a&lt;b &amp; <math alttext="x"><mi>x</mi></math>')
    """
    shown = _with_formulas(text) if has_tex(text) else escape(text)
    if not text.isascii() and _DIRECTION.search(text):
        return Markup("<bdi>{}</bdi>").format(shown)
    return shown


_DIRECTION = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")


@functools.lru_cache(maxsize=8192)
def _with_formulas(text: str) -> Markup:
    return Markup().join(mathml(piece.text) if piece.math else escape(piece.text) for piece in segments(text))
