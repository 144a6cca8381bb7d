"""What results can be filtered and sorted by: for each facet one column over all documents, loaded when it is asked for.

A block is a varint, the bytes of its head; the head, JSON: the values' names ([id, label] or one text for both), in
the order of their numbers; then varints. "date" and "discussion" have no names, and one number for each document: the
day as 20240301 (00 for what is unknown, 0 for no date), the comments. The others have for each document the number of
its values, and after all of these the values, document by document.
"""

from __future__ import annotations

from array import array
from typing import TYPE_CHECKING

import msgspec

from sitegen.search.blocks import Block
from sitegen.search.varints import varints

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.search.documents import Facets, Labels

FACETS = ("date", "discussion", "tag", "venue", "collection", "status")


def facet_blocks(documents: Sequence[Facets], labels: Labels) -> Iterator[Block]:
    """In the order of FACETS; `documents` in the order of their numbers."""
    yield _numbers([document.date for document in documents])
    yield _numbers([document.discussion for document in documents])
    yield _values([document.tags for document in documents], labels.tags)
    yield _values([(document.venue,) if document.venue else () for document in documents])
    yield _values([document.lists for document in documents], dict(labels.lists))
    yield _values([document.statuses for document in documents])


def _numbers(values: Sequence[int]) -> Block:
    return _block([], values)


def _values(values: Sequence[Sequence[str]], labels: dict[str, str] | None = None) -> Block:
    names = sorted({value for each in values for value in each})
    numbers = {name: number for number, name in enumerate(names)}
    column = array("I", [len(each) for each in values])
    column.extend(numbers[value] for each in values for value in each)
    return _block([(name, labels[name]) if labels else name for name in names], column)


def _block(names: Sequence[object], values: Sequence[int]) -> Block:
    head = msgspec.json.encode(names)
    return Block("", b"".join((varints([len(head)]), head, varints(values))))
