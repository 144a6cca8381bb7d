"""RIS, as Zotero, EndNote and Mendeley read it: tag, two blanks, hyphen, blank; lines end in CR LF.

https://en.wikipedia.org/wiki/RIS_(file_format)
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.render.cite.citation import citation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.paper import Paper
    from sitegen.model.record import PartialDate
    from sitegen.render.cite.citation import Citation


def entry(paper: Paper, note: str = "") -> str:
    """One record. Its last line is empty, as readers of several records want it."""
    cited = citation(paper, note)
    lines = "".join(f"{tag}  - {value}\r\n" for tag, value in _fields(cited) if value)
    return f"TY  - {_TYPES[cited.kind]}\r\n{lines}ER  - \r\n\r\n"


# There is no type for preprints: Zotero makes a manuscript of UNPB, and an article in a journal of GEN.
_TYPES = {
    "preprint": "UNPB",
    "article": "JOUR",
    "paper": "CPAPER",
    "chapter": "CHAP",
    "book": "BOOK",
    "thesis": "THES",
    "report": "RPRT",
}


def _fields(cited: Citation) -> Iterator[tuple[str, str]]:
    yield "ID", cited.id
    yield "TI", cited.title
    for author in cited.authors:
        yield "AU", author.sorted
    for issuer in cited.issuers:
        yield "PB", issuer
    if not cited.issuers:
        for organization in cited.organizations:
            yield "AD", organization
    said = cited.publication
    first, last = said.page_range
    yield "T2", cited.venue
    yield "C3", cited.venue if cited.kind == "paper" else ""  # the proceedings, where Zotero looks for them
    yield "VL", said.volume
    yield "SN" if cited.kind == "report" else "IS", said.issue
    yield "SP", first or said.pages
    counted = (
        cited.kind in {"book", "thesis"} and first.isdecimal()
    )  # whose SP alone is how many pages they have
    yield "EP", last or (first if counted else "")
    if cited.date:
        yield "PY", f"{cited.date.year:04}"
        yield "DA", _slashed(cited.date)
    yield "AN", cited.arxiv and f"arXiv:{cited.arxiv}"
    yield "DO", cited.doi
    yield "UR", cited.url
    for keyword in cited.keywords:
        yield "KW", keyword
    yield "N1", cited.note


def _slashed(date: PartialDate) -> str:
    """`2024/03/01/`: year, month, day and other words, all slashes there even where nothing stands between."""
    return f"{date.year:04}/{date.month or '':0>2}/{date.day or '':0>2}/".replace("/00", "/")
