"""Record* → Paper*: which records are the same work, and what is believed about it."""

from __future__ import annotations

from itertools import chain, pairwise
from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.merge.clusters import cluster
from sitegen.merge.fields import believed, precedence
from sitegen.merge.ids import name
from sitegen.merge.keys import Keys
from sitegen.merge.overrules import join, kept_apart
from sitegen.merge.published import nowhere

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.model.address import Address
    from sitegen.model.paper import Paper
    from sitegen.model.record import Record


def merge(records: Iterable[Record], addresses: Sequence[Address] = ()) -> Outcome[tuple[Paper, ...]]:
    """One paper per work, by id, whatever the order of the records.

    Records are of one work when they share, in this order of trust, an identifier, the address of the work's page or
    PDF, or a title; `guards` says what stands against the latter two. A curator's `same_as`, `not_same_as` and
    `paper` have the last word. `addresses` are ids that papers had: these lead to them. Every record is in exactly one paper, but for additions to papers that nobody knows:
    those are reported.
    """
    ordered = _in_order(records)
    keys = Keys(ordered, addresses)
    apart, problems = kept_apart(ordered, keys)
    clusters, doubts = cluster(ordered, keys, apart)
    problems += doubts
    problems += join(ordered, keys, clusters)

    works = [
        sorted(members, key=lambda number: precedence(ordered[number]))
        for members in clusters.groups()
        if any(ordered[number].title or not ordered[number].names for number in members)
    ]
    names, clashes = name([[ordered[number] for number in members] for members in works], addresses)
    problems += clashes
    papers = [
        believed(names[i], [ordered[number] for number in members], members, clusters.reasons_within(members))
        for i, members in enumerate(works)
    ]
    papers.sort(key=lambda paper: paper.id)
    problems += chain.from_iterable(map(nowhere, papers))
    return Outcome(tuple(papers), tuple(problems))


def _in_order(records: Iterable[Record]) -> Sequence[Record]:
    """By place; what claims to stand in one place, by content."""
    ordered = sorted(records, key=_place)
    if any(_place(a) == _place(b) for a, b in pairwise(ordered)):
        ordered.sort(key=lambda record: (*_place(record), repr(record)))
    return ordered


def _place(record: Record) -> tuple[str, int, int]:
    where = record.where
    return (where.path, where.line, where.column)
