"""What the name of a venue tells."""

from __future__ import annotations

import re
from typing import Literal

Kind = Literal["preprint", "article", "paper"]


def kind_of(venue: str) -> Kind:
    """What a work that appeared there is; without a venue, or in a repository, it is a preprint.

    >>> kind_of("J. Mach. Learn. Res."), kind_of("IEEE Trans. Inf. Theory"), kind_of("Proc. Conf. Lett."), kind_of("")
    ('article', 'article', 'paper', 'preprint')
    """
    if not venue or is_repository(venue):
        return "preprint"
    return "article" if _JOURNAL.search(venue) and not _MEETING.search(venue) else "paper"


_MEETING = re.compile(
    r"(?i)\b(?:conference|congress|meeting|proceedings|symposium|workshop)\b|\b(?:conf|meet|proc|symp)\."
)
_JOURNAL = re.compile(
    r"(?i)\b(?:annals|bulletin|journal|letters|magazine|reviews?|transactions|trans)\b"
    r"|\b(?:bull|j|lett|mag|rev)\."  # as ISO 4 abbreviates them
    r"|^(?:artificial intelligence|ijcv|jair|jmlr|machine learning|nature|neurocomputing|pnas|science|tacl|tmlr|tpami)\b"
)


def is_repository(venue: str) -> bool:
    """Whether nothing is published there but preprints.

    >>> is_repository("arXiv preprint arXiv:2401.00010"), is_repository("CoRR"), is_repository("ICML 2024")
    (True, True, False)
    """
    return _REPOSITORY.search(venue) is not None


_REPOSITORY = re.compile(r"(?i)\b(?:arxiv|corr|biorxiv|medrxiv|ssrn|preprint)\b")
