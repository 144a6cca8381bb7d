"""Where a work appeared, and in what form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import asdict, astuple, replace

from sitegen.diagnostics import warning
from sitegen.model.record import UNPUBLISHED
from sitegen.text.normal import fold
from sitegen.text.venues import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.diagnostics import Diagnostic
    from sitegen.model.paper import Paper
    from sitegen.model.record import Publication, Record


def published(records: Sequence[Record]) -> tuple[str, Publication, Sequence[tuple[str, int]]]:
    """Venue and publication of the work of these records, in order of precedence, and which field is by which of them.

    What kind of work it is follows from the first venue that is no repository, if any is none. Venue, volume, pages and
    what belongs to them are then what one source says of such a work, the fullest account: two of them are never mixed,
    as one may number volumes otherwise, or mean another printing. A curator's venue is the venue; what curators say
    without one is about that of the sources, and has the last word.
    """
    said = [
        (kind_of(record) == "preprint", not record.venue, i)
        for i, record in enumerate(records)
        if record.venue or record.publication
    ]
    if not said:
        return "", UNPUBLISHED, ()
    *form, first = min(said)
    version_of_record = first
    if not records[first].curated:
        alike = [i for *other, i in said if other == form and kind_of(records[i]) == kind_of(records[first])]
        version_of_record = _fullest(records, alike)
    venue = records[version_of_record].venue
    taken = _telling(records, venue)
    publication = UNPUBLISHED
    for i in reversed(taken):
        members = asdict(records[i].publication)
        publication = replace(publication, **{name: value for name, value in members.items() if value})
    by = [("venue", version_of_record)] if venue else []
    return venue, publication, [*by, *(("publication", i) for i in taken)]


def nowhere(paper: Paper) -> Iterator[Diagnostic]:
    """Curators' volume, issue and pages of what has appeared nowhere, which no citation says."""
    for record in paper.records:
        said = record.publication
        if record.curated and (said.volume or said.issue or said.pages) and kind_of(paper) == "preprint":
            yield warning(
                "no-venue",
                "volume, issue and pages are of no use in a preprint",
                record.where,
                "it needs a `venue`: the journal or the proceedings that they are of",
            )


def _telling(records: Sequence[Record], venue: str) -> Sequence[int]:
    """Curators who say something of what appeared there, and after them the source that says the most."""
    there = fold(venue)
    telling = [i for i, record in enumerate(records) if record.publication]
    curators = [i for i in telling if records[i].curated and fold(records[i].venue) in {"", there}]
    sources = [i for i in telling if not records[i].curated and fold(records[i].venue) == there]
    return [*curators, *([_fullest(records, sources)] if sources else [])]


def _fullest(records: Sequence[Record], among: Sequence[int]) -> int:
    """The one of these that says the most of where it appeared, the first of several."""
    return max(among, key=lambda i: (sum(map(bool, astuple(records[i].publication))), -i))
