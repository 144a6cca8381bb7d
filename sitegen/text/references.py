"""What a curator's words may point at: an identifier, a URL, an id or a title, as keys that papers are found under."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.text.identifiers import recognise
from sitegen.text.normal import title_key
from sitegen.text.urls import url_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.model.record import Identifier, Link

_ARXIV_DOI = "10.48550/arxiv."


def readings(reference: str) -> tuple[str, ...]:
    """Every way to read a reference, strongest first; the first key under which anything is found decides.

    `arxiv:2401.00010` or `doi:…`, `url:…` (a page or PDF of the work), `link:…` (any other link), `id:…`, `title:…`.
    """
    text = reference.strip()
    keys = []
    identifier = recognise(text)
    if identifier is not None:
        keys.append(identifier_key(identifier))
    if text.startswith(("https://", "http://")):
        address = url_key(text)
        keys += [f"url:{address}", f"link:{address}"]
    keys.append(f"id:{text}")
    title = title_key(text)
    if title:
        keys.append(f"title:{title}")
    return tuple(keys)


def identifier_key(identifier: Identifier) -> str:
    """`kind:value` without the version; arXiv's own DOIs count as the arXiv ids that they repeat."""
    kind, value = identifier.kind, identifier.value
    if kind == "doi" and value[: len(_ARXIV_DOI)].lower() == _ARXIV_DOI:
        return f"arxiv:{value[len(_ARXIV_DOI) :]}"
    return f"{kind}:{value}"


def link_keys(links: Iterable[Link]) -> Iterator[str]:
    """`url:…` for pages and PDFs of the work itself, `link:…` for what several works may share."""
    for link in links:
        place = "url" if link.kind in {"page", "pdf"} else "link"
        yield f"{place}:{url_key(link.url)}"
