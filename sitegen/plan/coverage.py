"""How much is known about the papers, and how much of what the dumps list the collections took up."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.chart import Bar, share

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.model.paper import Paper
    from sitegen.plan.context import Context


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A dump, and what became of its papers."""

    label: str
    papers: int
    listed: int  # of these, in collections
    width: float  # percent of the largest source's
    listed_width: float
    listed_share: float  # percent of its own papers


def sources(context: Context) -> tuple[Source, ...]:
    """By path; what curators wrote themselves is none."""
    everything = context.library.papers
    found = context.of_papers("sources", dict[str, set[str]], lambda: _by_source(everything))
    largest = max(map(len, found.values()), default=1)
    in_lists = context.site.appearances.keys()
    rows = []
    for path in sorted(found):
        papers, listed = len(found[path]), len(in_lists & found[path])
        rows.append(
            Source(
                label=_label(context, path),
                papers=papers,
                listed=listed,
                width=share(papers, largest),
                listed_width=share(listed, largest),
                listed_share=share(listed, papers),
            )
        )
    return tuple(rows)


def _by_source(papers: Iterable[Paper]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for paper in papers:
        for record in paper.records:
            if not record.curated:
                found.setdefault(record.where.path, set()).add(paper.id)
    return found


def _label(context: Context, path: str) -> str:
    name = path.rpartition("/")[2]
    labels = (
        source.label
        for source in context.settings.sources
        if source.label and fnmatchcase(name, source.pattern.rpartition("/")[2])
    )
    return next(labels, name)


def known(context: Context) -> tuple[Bar, ...]:
    """How many papers have each field, as shares of all papers."""
    papers, places = context.library.papers, context.site.appearances.values()
    total = len(papers) or 1
    counts = context.of_papers("coverage", dict[str, int], lambda: _counts(papers)) | {
        "listed": len(places),
        "note": sum(any(place.entry.note for place in each) for each in places),
    }
    return tuple(
        Bar(context.texts(f"coverage.{field}"), "", counts[field], share(counts[field], total))
        for field in _FIELDS
    )


_FIELDS = (
    "abstract",
    "date",
    "exact_date",
    "authors",
    "author_count",
    "organizations",
    "identifiers",
    "code",
    "tags",
    "listed",
    "note",
    "merged",
)


def _counts(papers: Iterable[Paper]) -> dict[str, int]:
    """Of those of the fields that papers have by themselves."""
    has: dict[str, Callable[[Paper], object]] = {
        "abstract": lambda paper: paper.abstract,
        "date": lambda paper: paper.date,
        "exact_date": lambda paper: paper.date and paper.date.certainty == "exact",
        "authors": lambda paper: paper.authors,
        "author_count": lambda paper: paper.authors or paper.author_count,
        "organizations": lambda paper: paper.organizations,
        "identifiers": lambda paper: paper.identifiers,
        "code": lambda paper: paper.link("code"),
        "tags": lambda paper: paper.tags,
        "merged": lambda paper: len(paper.records) > 1,
    }
    return {field: sum(1 for paper in papers if test(paper)) for field, test in has.items()}
