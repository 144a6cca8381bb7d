"""Where a work appeared, and in what form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import asdict, astuple, replace

from sitegen.model.record import UNPUBLISHED
from sitegen.text.normal import fold
from sitegen.text.venues import kind_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.record import Publication, Record


def published(records: Sequence[Record]) -> tuple[str, Publication, Sequence[tuple[str, int]]]:
    """Venue and publication of the work of these records, in order of precedence, and which field is by which of them.

    The venue is the first that is no repository, if any is none. Volume, pages and what belongs to them are what one
    source says of that very venue: two of them are never mixed, as one may number volumes otherwise, or mean another
    printing. What curators say without a venue of their own is about this one, and has the last word.
    """
    said = [
        (kind_of(record) == "preprint", not record.venue, i)
        for i, record in enumerate(records)
        if record.venue or record.publication
    ]
    if not said:
        return "", UNPUBLISHED, ()
    version_of_record = min(said)[-1]
    venue = records[version_of_record].venue
    taken = _telling(records, venue)
    publication = UNPUBLISHED
    for i in reversed(taken):
        members = asdict(records[i].publication)
        publication = replace(publication, **{name: value for name, value in members.items() if value})
    by = [("venue", version_of_record)] if venue else []
    return venue, publication, [*by, *(("publication", i) for i in taken)]


def _telling(records: Sequence[Record], venue: str) -> Sequence[int]:
    """Curators who say something of what appeared there, and after them the source that says the most."""
    there = fold(venue)
    telling = [i for i, record in enumerate(records) if record.publication]
    curators = [i for i in telling if records[i].curated and fold(records[i].venue) in {"", there}]
    sources = [
        (-sum(map(bool, astuple(records[i].publication))), i)
        for i in telling
        if not records[i].curated and fold(records[i].venue) == there
    ]
    return [*curators, *([min(sources)[-1]] if sources else [])]
