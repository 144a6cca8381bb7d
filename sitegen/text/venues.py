"""What the name of a venue tells."""

from __future__ import annotations

import re


def is_repository(venue: str) -> bool:
    """Whether nothing is published there but preprints.

    >>> is_repository("arXiv preprint arXiv:2401.00010"), is_repository("CoRR"), is_repository("ICML 2024")
    (True, True, False)
    """
    return _REPOSITORY.search(venue) is not None


_REPOSITORY = re.compile(r"(?i)\b(?:arxiv|corr|biorxiv|medrxiv|ssrn|preprint)\b")
