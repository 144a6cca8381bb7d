"""Whose ORCID is whose, where one record names the authors and another knows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.merge.keys import author_key
from sitegen.text.names import display_name
from sitegen.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sitegen.model.record import Record


def orcids_for(named: Record, records: Sequence[Record]) -> tuple[str, ...]:
    """An ORCID or "" for every author of `named`; () where none is known. The first record that knows one counts.

    A name is the same person's in another record of the work where it is the only one like it in both: written alike, or
    with the same family name and initial. An ORCID stands once.
    """
    if not any(record.orcids for record in records):
        return ()
    found = dict(enumerate(named.orcids))
    for like in (_spelt, author_key):
        places = _only(like, named.authors)
        for record in records:
            if record is named or not record.orcids:
                continue
            there = _only(like, record.authors)
            for key, at in there.items():
                orcid = record.orcids[at]
                if orcid and key in places and not found.get(places[key]) and orcid not in found.values():
                    found[places[key]] = orcid
    orcids = tuple(found.get(at, "") for at in range(len(named.authors)))
    return orcids if any(orcids) else ()


def _spelt(author: str) -> str:
    return fold(display_name(author)).replace(".", "")


def _only(like: Callable[[str], str], authors: Sequence[str]) -> dict[str, int]:
    """Positions by key, of the keys that one author alone has."""
    first: dict[str, int] = {}
    shared = set()
    for at, author in enumerate(authors):
        key = like(author)
        if first.setdefault(key, at) != at:
            shared.add(key)
    return {key: at for key, at in first.items() if key not in shared}
