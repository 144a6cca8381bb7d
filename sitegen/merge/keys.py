"""Under which keys a record is found: identifiers, the work's own URLs, its title, its id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.text.identifiers import recognise
from sitegen.text.normal import title_key
from sitegen.text.references import identifier_key, link_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.record import Identifier, Record


def identifiers_of(record: Record) -> tuple[Identifier, ...]:
    """The identifiers that a record gives, also as addresses of the work's page or PDF where a curator wrote these.

    An address in a listing may have been found in the abstract, and be that of another work.
    """
    if not record.curated or not record.links:
        return record.identifiers
    addresses = [link.url for link in record.links if link.kind in {"page", "pdf"}]
    found = [identifier for identifier in map(recognise, addresses) if identifier is not None]
    return tuple(dict.fromkeys((*record.identifiers, *found)))


class Keys:
    """Positions of records by key. Built once; positions in every list are in order."""

    def __init__(self, records: Sequence[Record]) -> None:
        self.by_identifier: dict[str, list[int]] = {}
        self.by_url: dict[str, list[int]] = {}  # `url:…` and `link:…`
        self.by_title: dict[str, list[int]] = {}
        for number, record in enumerate(records):
            for identifier in identifiers_of(record):
                _add(self.by_identifier, identifier_key(identifier), number)
            if record.links:
                for key in link_keys(record.links):
                    _add(self.by_url, key, number)
            if record.title:
                _add(self.by_title, title_key(record.title), number)
        self.by_title.pop("", None)  # a title of nothing but blanks is like no other


def _add(index: dict[str, list[int]], key: str, number: int) -> None:
    if key not in index:
        index[key] = [number]
    elif index[key][-1] != number:
        index[key].append(number)
