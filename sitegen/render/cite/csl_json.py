"""CSL-JSON, as Zotero, Pandoc and citeproc read it: a list of items.

https://docs.citationstyles.org/en/stable/specification.html, https://github.com/citation-style-language/schema
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.render.characters import encode_json, is_printable_json
from sitegen.render.cite.citation import citation
from sitegen.text.orcid import orcid_url
from sitegen.text.pages import normal_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sitegen.model.paper import Paper
    from sitegen.model.record import PartialDate
    from sitegen.text.names import Name


def item(paper: Paper, note: str = "") -> dict[str, Any]:
    """One item. A type that CSL does not know would make Zotero refuse the whole file: preprints are `article`."""
    cited = citation(paper, note)
    arxiv, said = cited.arxiv, cited.publication
    preprint = arxiv and cited.kind == "preprint"
    orcids = cited.orcids or ("",) * len(cited.authors)
    fields: tuple[tuple[str, Any], ...] = (
        ("id", cited.id),
        ("type", _TYPES[cited.kind]),
        ("genre", "Preprint" if cited.kind == "preprint" else ""),
        ("title", cited.title),
        ("author", [_name(author, orcid) for author, orcid in zip(cited.authors, orcids, strict=True)]),
        ("issued", {"date-parts": [_parts(cited.date)]} if cited.date else None),
        ("collection-title" if cited.kind in {"book", "report"} else "container-title", cited.venue),
        ("volume", said.volume),
        ("number" if cited.kind == "report" else "issue", said.issue),
        ("page", _hyphenated(said.pages)),
        ("publisher", "; ".join(cited.issuers) or ("arXiv" if preprint else "")),
        ("number", f"arXiv:{arxiv}" if preprint else ""),
        ("DOI", cited.doi),
        ("URL", cited.url),
        ("keyword", ", ".join(cited.keywords)),
        (
            "note",
            cited.note if preprint else " ".join(filter(None, (arxiv and f"arXiv:{arxiv}.", cited.note))),
        ),
    )
    return {name: value for name, value in fields if value}


def text(items: Iterable[Mapping[str, Any]]) -> bytes:
    """The items as a file."""
    return joined(map(indented, items))


def joined(indented: Iterable[bytes]) -> bytes:
    """The file of items that are indented already."""
    return b"[" + b",".join(indented) + b"\n]\n"


def indented(item: Mapping[str, Any]) -> bytes:
    """The item as it stands in a file: each member on a line of its own, as people read it, too."""
    try:
        data = _members(item, msgspec.json.encode)
    except UnicodeEncodeError:
        return _members(item, encode_json)
    return data if is_printable_json(data) else _members(item, encode_json)


def _members(item: Mapping[str, Any], encode: Callable[[Any], bytes]) -> bytes:
    return b"\n  {%b\n  }" % b",".join(
        [b'\n    "%b": %b' % (name.encode(), encode(item[name])) for name in item]
    )


_TYPES = {
    "preprint": "article",
    "article": "article-journal",
    "paper": "paper-conference",
    "chapter": "chapter",
    "book": "book",
    "thesis": "thesis",
    "report": "report",
}


def _hyphenated(pages: str) -> str:
    """Ranges with a hyphen, as programs that write CSL-JSON have them, where nobody can take that for another one."""
    hyphenated = pages.replace("\N{EN DASH}", "-")
    return hyphenated if normal_pages(hyphenated) == pages else pages


def _name(name: Name, orcid: str) -> dict[str, str]:
    parts = (
        ("literal", name.literal),
        ("family", name.family),
        ("given", name.given),
        ("non-dropping-particle", name.particle),
        ("suffix", name.suffix),
        ("ORCID", orcid and orcid_url(orcid)),  # as Crossref has it
    )
    return {part: text for part, text in parts if text}


def _parts(date: PartialDate) -> list[int]:
    return [part for part in (date.year, date.month, date.day) if part]
