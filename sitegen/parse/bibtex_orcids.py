"""Where BibTeX says which author has which ORCID.

BibLaTeX annotates the items of a field, `author+an:orcid = {1="0000-…"; 2="0000-…"}`; the Web of Science writes names,
`orcid-numbers = {Wool, Ada/0000-…}`; others one `orcid` for one author, or as many as there are authors.

https://ctan.org/pkg/biblatex, section 3.7 (data annotations)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.parse.bibtex_values import readable
from sitegen.text.names import display_name
from sitegen.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def orcids_of(fields: Mapping[str, str], people: Sequence[str]) -> Sequence[str]:
    """What is written for each of these names, as it is written; "" for whom nothing is."""
    found = [""] * len(people)
    for name in ("author+an:orcid", "author+an"):
        for place, written in _ANNOTATION.findall(fields.get(name, "")):
            if 0 < int(place) <= len(people) and (name != "author+an" or _LIKE.fullmatch(written)):
                found[int(place) - 1] = written.strip()
    written = next((fields[name] for name in _FIELDS if fields.get(name)), "")
    pieces = [piece for piece in _BETWEEN.split(written) if piece.strip()]
    if any(found) or not pieces:
        return found
    named = {fold(display_name(readable(name))): at for at, name in enumerate(people)}
    signed = [match for piece in pieces if (match := _SIGNED.fullmatch(piece))]
    if len(signed) == len(pieces):
        for name, orcid in (match.groups() for match in signed):
            if (at := named.get(fold(display_name(readable(name))))) is not None and len(named) == len(
                people
            ):
                found[at] = orcid
    elif len(pieces) == len(people):
        found = [piece.strip() for piece in pieces]
    return found


_FIELDS = ("orcid", "orcids", "orcid-numbers")
_ANNOTATION = re.compile(r'([0-9]{1,5})\s*=\s*"([^"]*)"')
_LIKE = re.compile(r"\S*[0-9]{4}-[0-9]{4}-[0-9]{4}-[0-9]{3}[0-9Xx]/?")
_BETWEEN = re.compile(r"[;\n]|\s+and\s+|(?<=[0-9Xx])\s*,")
_SIGNED = re.compile(r"\s*([^/]*[^/\s:])\s*/\s*((?:https?://(?:www\.)?orcid\.org/)?[^/\s]+)/?\s*")
