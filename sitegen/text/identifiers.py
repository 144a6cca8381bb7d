"""Identifiers that registries give to works, in one normal form per kind."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from sitegen.model.record import Identifier

if TYPE_CHECKING:
    from collections.abc import Callable


def recognise(text: str) -> Identifier | None:
    """The identifier that `text` as a whole is, bare, with its prefix (`arXiv:`, `doi:`) or as its registry's URL.

    https://info.arxiv.org/help/arxiv_identifier.html, https://www.doi.org/doi-handbook/HTML/

    >>> recognise("https://arxiv.org/pdf/2401.00849v2.pdf")
    Identifier(kind='arxiv', value='2401.00849', version='2')
    >>> recognise("10.48550/arXiv.2401.00849")
    Identifier(kind='arxiv', value='2401.00849', version='')
    >>> recognise("https://doi.org/10.1145/3292500.3330701").value
    '10.1145/3292500.3330701'
    >>> recognise("Attention Is All You Need") is None
    True
    """
    text = text.strip()
    if not text or len(text) > _LONGEST or " " in text[8:]:
        return None
    address = _ADDRESS.match(text)
    if address is None:
        return _bare(_PREFIX.sub("", text, count=1))
    host = address["host"].lower()
    while host:
        if host in _HOSTS:
            return _HOSTS[host](address["path"])
        host = host.partition(".")[2]  # `export.arxiv.org` is arXiv
    return None


def is_preprint(identifier: Identifier | None) -> bool:
    """Whether it is one that preprints have, rather than what was published."""
    if identifier is None:
        return False
    return identifier.kind == "arxiv" or (identifier.kind == "doi" and is_preprint_doi(identifier.value))


def is_preprint_doi(value: str) -> bool:
    """Whether the DOI was given by a server for preprints. https://www.crossref.org/documentation/research-nexus/posted-content-includes-preprints/

    >>> is_preprint_doi("10.1101/2020.01.01.123456"), is_preprint_doi("10.1145/3292500")
    (True, False)
    """
    return value.startswith(_PREPRINTS)


# arXiv, bioRxiv and medRxiv, ChemRxiv, EarthArXiv, OSF, preprints.org, Research Square, SSRN, TechRxiv, Authorea.
_PREPRINTS = (
    "10.48550/arxiv.",
    "10.1101/20",
    "10.1101/0",
    "10.1101/1",
    "10.26434/chemrxiv",
    "10.31223/",
    "10.31219/",
    "10.31234/",
    "10.20944/preprints",
    "10.21203/rs.",
    "10.2139/ssrn.",
    "10.36227/techrxiv",
    "10.22541/au.",
)
_LONGEST = 500
_ADDRESS = re.compile(r"(?:https?:)?//(?:www\.)?(?P<host>[^/?#]+)/(?P<path>.*)", re.IGNORECASE | re.DOTALL)
_PREFIX = re.compile(r"(?:arxiv|doi|acl|openreview)\s*:\s*", re.IGNORECASE)
_ARXIV = re.compile(r"([0-9]{2}(?:0[1-9]|1[0-2])\.[0-9]{4,5})(?:v([1-9][0-9]*))?", re.IGNORECASE)
_OLD_ARXIV = re.compile(r"([a-z]+(?:-[a-z]+)?)(?:\.[a-z]{2})?/([0-9]{7})(?:v([1-9][0-9]*))?", re.IGNORECASE)
_ARXIV_DOI = re.compile(r"10\.48550/arxiv\.(.+)", re.IGNORECASE)
_DOI = re.compile(r"10\.[0-9]{4,9}(?:\.[0-9]+)*/[^\s<>\"]+")
_ACL = re.compile(r"[0-9]{4}\.[a-z0-9_]+-[a-z0-9_]+\.[0-9]+|[A-Z][0-9]{2}-[0-9]{4,5}")
_OPENREVIEW = re.compile(r"(?:forum|pdf|attachment|revisions)\?(?:[^#]*&)?id=([A-Za-z0-9_-]{6,})(?:[&#].*)?")
_S2 = re.compile(r"(?:paper|reader)/(?:[^/?#]+/)?([0-9a-f]{40})(?:[/?#].*)?", re.IGNORECASE)
_OPENALEX = re.compile(r"(?:works/)?(W[0-9]+)/?(?:[?#].*)?", re.IGNORECASE)
_PMID = re.compile(r"(?:pubmed/)?([0-9]{1,9})/?(?:[?#].*)?")


def _bare(text: str) -> Identifier | None:
    if text[:3] == "10.":
        return _doi(text)
    if found := _arxiv(text):
        return found
    return Identifier("acl", text) if _ACL.fullmatch(text) else None


def _arxiv(text: str) -> Identifier | None:
    if match := _ARXIV.fullmatch(text):
        return Identifier("arxiv", match[1], match[2] or "")
    if match := _OLD_ARXIV.fullmatch(text):
        # The subject class of `math.GT/0309136` is no part of the identifier: arXiv's own form is `math/0309136`.
        return Identifier("arxiv", f"{match[1].lower()}/{match[2]}", match[3] or "")
    return None


def _doi(text: str) -> Identifier | None:
    text = unquote(text) if "%" in text else text
    text = text.rstrip(".,;:'\"")
    if text.endswith(")") and text.count(")") > text.count("("):
        text = text[:-1]
    if match := _ARXIV_DOI.fullmatch(text):
        return _arxiv(match[1])
    return Identifier("doi", text.lower()) if _DOI.fullmatch(text) else None  # DOIs are case-insensitive


def _arxiv_path(path: str) -> Identifier | None:
    kind, _, rest = path.partition("/")
    if kind.lower() not in {"abs", "pdf", "html", "papers", "ps", "format", "src", "e-print"}:
        return None
    rest = rest.partition("?")[0].partition("#")[0].rstrip("/")
    return _arxiv(rest[:-4] if rest[-4:].lower() == ".pdf" else rest)


def _doi_path(path: str) -> Identifier | None:
    return _doi(path.partition("?")[0].partition("#")[0])


def _acl_path(path: str) -> Identifier | None:
    name = path.partition("?")[0].partition("#")[0].rstrip("/").removeprefix("anthology/").rpartition("/")[2]
    for ending in (".pdf", ".bib", ".xml"):
        name = name.removesuffix(ending)
    return Identifier("acl", name) if _ACL.fullmatch(name) else None


def _path(
    kind: str, pattern: re.Pattern[str], change: Callable[[str], str]
) -> Callable[[str], Identifier | None]:
    def read(path: str) -> Identifier | None:
        match = pattern.fullmatch(path)
        return Identifier(kind, change(match[1])) if match else None

    return read


_HOSTS: dict[str, Callable[[str], Identifier | None]] = {
    "arxiv.org": _arxiv_path,
    "alphaxiv.org": _arxiv_path,
    "huggingface.co": _arxiv_path,
    "hf.co": _arxiv_path,
    "doi.org": _doi_path,
    "aclanthology.org": _acl_path,
    "aclweb.org": _acl_path,
    "openreview.net": _path("openreview", _OPENREVIEW, str),
    "semanticscholar.org": _path("s2", _S2, str.lower),
    "openalex.org": _path("openalex", _OPENALEX, str.upper),
    "pubmed.ncbi.nlm.nih.gov": _path("pmid", _PMID, str),
}
