"""A plain reference in the style of the APA, 7th edition: what stands in a list of literature.

https://apastyle.apa.org/style-grammar-guidelines/references/examples
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.render.cite.citation import citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.paper import Paper
    from sitegen.render.cite.citation import Citation
    from sitegen.text.names import Name

_MOST = 20  # authors; of more, the first 19 and the last


def reference(paper: Paper) -> str:
    """The reference on one line, without italics: authors, year, title, where it appeared, where it is read.

    Who is not known is left out, and the title comes first.
    """
    cited = citation(paper)
    year = f"({cited.date.year})." if cited.date else "(n.d.)."
    title = cited.title + ("" if cited.title.endswith((".", "?", "!", "…")) else ".")
    source = _source(cited)
    if cited.kind == "preprint" and cited.arxiv:
        title = f"{title.removesuffix('.')} (arXiv:{cited.arxiv})."
    address = f"https://doi.org/{cited.doi}" if cited.doi else cited.url
    authors = _authors(cited.authors)
    parts = (authors, year, title, source, address) if authors else (title, year, source, address)
    return " ".join(filter(None, parts))


def _source(cited: Citation) -> str:
    if cited.venue:
        return f"In {cited.venue}." if cited.kind == "paper" else f"{cited.venue}."
    return "arXiv." if cited.arxiv else ""


def _authors(names: Sequence[Name]) -> str:
    shown = [_inverted(name) for name in names]
    if len(shown) > _MOST:
        written = f"{', '.join(shown[: _MOST - 1])}, … {shown[-1]}"
    elif len(shown) > 1:
        written = f"{', '.join(shown[:-1])}, & {shown[-1]}"
    else:
        written = "".join(shown)
    return written + ("" if not written or written.endswith(".") else ".")


def _inverted(name: Name) -> str:
    if name.literal:
        return name.literal
    family = f"{name.particle} {name.family}".strip()
    initials = " ".join(_initials(word) for word in name.given.split())
    return ", ".join(filter(None, (family, initials, name.suffix)))


def _initials(word: str) -> str:
    """`Jean-Pierre` is `J.-P.`; what begins with no letter stays as it is."""
    parts = [part for part in _HYPHEN.split(word) if part]
    return "-".join(f"{part[0]}." if part[0].isalpha() else part for part in parts)


_HYPHEN = re.compile("[-\u2010\u2011]")
