"""Under which keys a record is found: identifiers, the work's own URLs, its title, its people, its abstract."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.text.identifiers import recognise
from sitegen.text.normal import fold, title_key
from sitegen.text.references import identifier_key, link_keys

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.address import Address
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


def author_key(author: str) -> str:
    """Family name without particles and first initial.

    >>> author_key("Jan van der Berg"), author_key("van der Berg, J."), author_key("Berg, Jan van der")
    ('berg j', 'berg j', 'berg j')
    """
    family, comma, given = author.partition(",")
    if not comma:
        given, _, family = _SUFFIX.sub("", author.strip()).rpartition(" ")
    return f"{fold(family).rpartition(' ')[2]} {fold(given).lstrip()[:1]}"


def abstract_key(abstract: str) -> str:
    """Letters and digits of its beginning."""
    return "".join(_LETTERS.findall(abstract[: 2 * _TELLING].casefold()))[:_TELLING]


_SUFFIX = re.compile(r",? (?:[js]r\.?|i{2,3}|iv)$", re.IGNORECASE)
_LETTERS = re.compile(r"[^\W_]+")
_TELLING = 150  # no two works share as much of their abstracts
_ENDS = 6  # letters of a title: what it begins with stays when the subtitle goes, what it ends with when words shrink
_MARKED = re.compile(r"^(?:retracted|withdrawn)(?:article|chapter|papers?)?")


class Keys:
    """Positions of records by key. Built once; positions in every list are in order."""

    def __init__(self, records: Sequence[Record], addresses: Sequence[Address] = ()) -> None:
        self.addresses = addresses  # the ids under which papers were found before
        self.by_identifier: dict[str, list[int]] = {}
        self.by_url: dict[str, list[int]] = {}  # `url:…` and `link:…`
        self.by_title: dict[str, list[int]] = {}
        self.by_author: dict[str, list[int]] = {}  # the first one, with an end of the title
        self.by_abstract: dict[str, list[int]] = {}
        for number, record in enumerate(records):
            for identifier in identifiers_of(record):
                _add(self.by_identifier, identifier_key(identifier), number)
            if record.links:
                for key in link_keys(record.links):
                    _add(self.by_url, key, number)
            if record.title:
                title = title_key(record.title)
                _add(self.by_title, title, number)
                if record.authors:
                    author = author_key(record.authors[0])
                    _add(self.by_author, f"{author} {_MARKED.sub('', title)[:_ENDS]}", number)
                    _add(self.by_author, f"{author} … {title[-_ENDS:]}", number)
            if len(record.abstract) > _TELLING:
                _add(self.by_abstract, abstract_key(record.abstract), number)
        self.by_title.pop("", None)  # a title of nothing but blanks is like no other


def _add(index: dict[str, list[int]], key: str, number: int) -> None:
    if key not in index:
        index[key] = [number]
    elif index[key][-1] != number:
        index[key].append(number)
