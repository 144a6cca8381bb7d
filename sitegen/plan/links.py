"""The ways out of a paper, in one order everywhere: read it, then run it, then what remains."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

if TYPE_CHECKING:
    from sitegen.model.paper import Paper

_ORDER = ("pdf", "page", "code", "project", "model", "data", "demo", "video", "slides", "poster", "other")
_HOME_OF_IDENTIFIER = {
    "arxiv": "https://arxiv.org/abs/",
    "doi": "https://doi.org/",
    "acl": "https://aclanthology.org/",
    "openreview": "https://openreview.net/forum?id=",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/",
}


class ShownLink(msgspec.Struct, frozen=True, gc=False):
    kind: str  # names the text `link.<kind>`
    url: str
    label: str = ""  # instead of that text


def links_of(paper: Paper) -> tuple[ShownLink, ...]:
    """Identifiers first, then links by kind; each address once.

    An arXiv paper without a PDF of its own gets arXiv's.
    """
    shown = [
        ShownLink(identifier.kind, identifier_url(identifier.kind, identifier.value))
        for identifier in paper.identifiers
        if identifier.kind in _HOME_OF_IDENTIFIER
    ]
    arxiv = paper.identifier("arxiv")
    if arxiv and not paper.link("pdf"):
        shown.append(ShownLink("pdf", pdf_of_arxiv(arxiv)))
    shown += [
        ShownLink(link.kind, link.url, link.label)
        for link in sorted(paper.links, key=lambda link: (_ORDER.index(link.kind), link.url))
    ]
    first: dict[str, ShownLink] = {}
    for link in shown:
        first.setdefault(link.url, link)
    return tuple(first.values())


def identifier_url(kind: str, value: str) -> str:
    """Where the registry shows this identifier; "" where it has no page that we know of."""
    home = _HOME_OF_IDENTIFIER.get(kind)
    return home + quote(value, safe="/:;()._-") if home else ""


def pdf_of_arxiv(value: str) -> str:
    """https://info.arxiv.org/help/arxiv_identifier_for_services.html"""
    return "https://arxiv.org/pdf/" + quote(value, safe="/.-")
