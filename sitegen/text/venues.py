"""In what form a work appeared, as its source states it or the name of its venue tells."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sitegen.model.record import Publication

if TYPE_CHECKING:
    from sitegen.model.paper import Paper
    from sitegen.model.record import PublicationKind, Record


def publication_of(work: Paper | Record) -> Publication:
    """How the work appeared, its kind always known; of a preprint nothing but that."""
    kind = kind_of(work)
    return _PREPRINT if kind == "preprint" else replace(work.publication, kind=kind)


_PREPRINT = Publication("preprint")


def kind_of(work: Paper | Record) -> PublicationKind:
    """What the work is: a preprint where it appeared in a repository, or nowhere that articles, papers and chapters do.

    One of these whose venue nobody tells has appeared nevertheless where its volume, pages or publisher are known.
    """
    said = work.publication
    if said.kind and said.kind in _ALONE:
        return said.kind
    if is_repository(work.venue):
        return "preprint"
    if work.venue:
        return said.kind or kind_at(work.venue)
    return said.kind if said.kind and (said.volume or said.pages or said.publisher) else "preprint"


_ALONE = frozenset({"book", "thesis", "report"})  # they appear without a venue, too


def kind_at(venue: str) -> PublicationKind:
    """What a work most likely is that appeared there.

    >>> kind_at("J. Mach. Learn. Res."), kind_at("IEEE Trans. Inf. Theory"), kind_at("Proc. Conf. Lett.")
    ('article', 'article', 'paper')
    """
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
    """Whether nothing is published there but preprints: a word in a longer name does not tell.

    >>> is_repository("arXiv preprint arXiv:2401.00010"), is_repository("CoRR"), is_repository("Available at SSRN 7")
    (True, True, True)
    >>> is_repository("Corr. Sci."), is_repository("Workshop on Preprints")
    (False, False)
    """
    return _REPOSITORY.fullmatch(venue) is not None


_REPOSITORY = re.compile(
    r"(?ix) (?:(?:available|e-?prints?|preprints?),?\s+(?:(?:at|in|on)\s+)? | cornell\ university\W+)?"
    r"(?:[a-z]*rxiv\b.* | corr(?:\W+abs/.*)? | ssrn\b.* | research\ square\b.*)"
    r"| (?:(?:jmir|osf|peerj)\ )?preprints?(?:\.org)?(?:\ \(.*\))? | computing\ research\ repository\b.*"
)
