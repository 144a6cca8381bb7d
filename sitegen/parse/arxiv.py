"""What arXiv's formats have in common: how a paper says that it was withdrawn or revised."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.model.record import Notice

if TYPE_CHECKING:
    from sitegen.model.record import PartialDate
    from sitegen.parse.claims import Claims


def notices(comment: str, abstract: str, claims: Claims) -> tuple[Notice, ...]:
    """The withdrawal of a paper. arXiv has no field for it: authors write so into the comment or the abstract."""
    if "ithdrawn" not in comment and "ithdrawn" not in abstract:
        return ()
    for said in (comment, abstract):
        if _WITHDRAWN.search(said):
            return (Notice("withdrawn", said[:_LONGEST], None, claims.path),)
    return ()


def revision(version: str, day: PartialDate | None, claims: Claims) -> tuple[Notice, ...]:
    """That there is a version after the first: `v2`, and the day of it."""
    return (Notice("revised", version, day, claims.path),) if _LATER.fullmatch(version) else ()


_LATER = re.compile(r"v(?:[2-9]|[1-9][0-9]{1,3})")
_LONGEST = 1000  # characters; an abstract that says so says little else
_WITHDRAWN = re.compile(
    r"\b(?:this|the) (?:\w+ )?(?:article|paper|preprint|manuscript|submission|work|version|draft)\b[^.;]{0,40}"
    r"\b(?:is|was|has been|have been|being) (?:temporarily )?withdrawn\b"
    r"|^(?:paper |article |submission )?(?:is |was |has been )?withdrawn"
    r"(?=$|\s*[.,;:(]|\s(?:as|because|by|due|for|since|until)\b)",
    re.IGNORECASE,
)
