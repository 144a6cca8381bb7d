"""Two places of the content say different things of one paper.

Passes: `date: 2017` in one and `date: 2017-06-12` in the other; a DOI beside an arXiv id. Fails: a pick that describes
its paper with `date: 2017-06-12` beside a file of content/papers/ with `date: 2018-01-01`; two DOIs; eight authors
and nine. Content and sources may differ: that is what the content is for.
"""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, warning
from sitegen.text.references import identifier_key

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.paper import Paper
    from sitegen.model.record import Record
    from sitegen.model.site import Site


def check(site: Site) -> tuple[Diagnostic, ...]:
    """A warning for every fact in which two curated records of a paper differ, at the later one."""
    return tuple(
        _conflict(paper, one, other, fact)
        for paper in site.library.papers
        for one, other in combinations([record for record in paper.records if record.curated], 2)
        for fact in _differences(one, other)
    )


def _differences(one: Record, other: Record) -> Iterator[tuple[str, str, str]]:
    """(what, what the one says, what the other says)."""
    if one.date and other.date:
        dates = sorted((one.date.iso, other.date.iso), key=len)
        if not dates[1].startswith(dates[0]):
            yield "date", one.date.iso, other.date.iso
    left, right = _identifiers(one), _identifiers(other)
    for kind in sorted(left.keys() & right.keys()):
        if left[kind].isdisjoint(right[kind]):
            yield _KINDS.get(kind, kind), min(left[kind]), min(right[kind])
    counts = one.author_count, other.author_count
    if counts[0] and counts[1] and counts[0] != counts[1]:
        yield "number of authors", str(counts[0]), str(counts[1])


_KINDS = {"arxiv": "arXiv id", "doi": "DOI"}


def _identifiers(record: Record) -> dict[str, set[str]]:
    """Identifiers by kind, without versions."""
    by_kind: dict[str, set[str]] = {}
    for identifier in record.identifiers:
        kind, _, value = identifier_key(identifier).partition(":")
        by_kind.setdefault(kind, set()).add(value)
    return by_kind


def _conflict(paper: Paper, one: Record, other: Record, fact: tuple[str, str, str]) -> Diagnostic:
    what, first, second = fact
    place = f"{one.where.path}:{one.where.line}"
    return warning(
        "conflicting-facts",
        f"'{paper.title}' has the {what} {second} here, and {first} in {place}",
        other.where,
        "keep one of the two; of both, content/papers/ is believed before a pick",
    )
