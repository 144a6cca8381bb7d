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
    if numbered := _numbered(cited):
        title = f"{title.removesuffix('.')} {numbered}."
    address = f"https://doi.org/{cited.doi}" if cited.doi else cited.url
    authors = _authors(cited.authors)
    parts = (authors, year, title, source, address) if authors else (title, year, source, address)
    return " ".join(filter(None, parts))


def _numbered(cited: Citation) -> str:
    """What stands behind the title, which it is part of."""
    said = cited.publication
    if cited.kind == "preprint" and cited.arxiv:
        return f"(arXiv:{cited.arxiv})"
    if cited.kind == "thesis":
        return f"[{', '.join(filter(None, ('Thesis', said.publisher)))}]"
    if cited.kind == "report" and said.issue:
        return f"(Report No. {said.issue})"
    return f"(Vol. {said.volume})" if cited.kind == "book" and said.volume else ""


def _source(cited: Citation) -> str:
    said = cited.publication
    if cited.kind == "article":
        return _sentence(", ".join(filter(None, (cited.venue, said.place))))
    if cited.kind in {"paper", "chapter"}:
        within = ", ".join(filter(None, (said.volume and f"Vol. {said.volume}", _paged(said.pages))))
        book = " ".join(filter(None, (cited.venue and f"In {cited.venue}", within and f"({within})")))
        return " ".join(filter(None, (_sentence(book), _sentence(said.publisher))))
    if cited.kind in {"book", "report"}:
        return _sentence("; ".join(cited.issuers))
    return "arXiv." if cited.kind == "preprint" and cited.arxiv else ""


def _sentence(text: str) -> str:
    return f"{text.removesuffix('.')}." if text else ""


def _paged(pages: str) -> str:
    if "\N{EN DASH}" in pages:
        return f"pp. {pages}"
    return f"p. {pages}" if pages.isdecimal() else pages


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
