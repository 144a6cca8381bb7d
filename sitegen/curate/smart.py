"""Smart collections: lists that gather papers by a rule."""

from __future__ import annotations

from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sitegen.curate.lists import fragment
from sitegen.model.library import Entry, Part, ReadingList
from sitegen.text.normal import title_key

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from sitegen.curate.lists import Resolution
    from sitegen.curate.tags import Taxonomy
    from sitegen.curate.words import Found
    from sitegen.model.collection import Order, Rule
    from sitegen.model.paper import Paper


def gather(
    pinned: ReadingList,
    resolution: Resolution,
    papers: Sequence[Paper],
    found: Sequence[Found],
    taxonomy: Taxonomy,
) -> ReadingList:
    """The list with what its rule finds in a last part of its own, below what was pinned; unchanged without a rule.

    `limit` counts what the rule finds, not what is pinned.
    """
    rule = pinned.rule
    if rule is None:
        return pinned
    here = {entry.paper.id for entry in pinned.entries} | resolution.excluded
    conditions = _conditions(rule, taxonomy)
    fitting = [
        paper
        for paper, words in zip(papers, found, strict=True)
        if paper.id not in here and all(condition(paper, words) for condition in conditions)
    ]
    fitting.sort(key=_ORDERS[rule.order])
    entries = tuple(Entry(paper=paper) for paper in fitting[: rule.limit])
    parts = tuple(part for part in pinned.parts if part.entries or part.title)
    if entries:
        parts = (*parts, Part(id=fragment("", {part.id for part in parts}), entries=entries))
    return replace(pinned, parts=parts)


def _conditions(rule: Rule, taxonomy: Taxonomy) -> list[Callable[[Paper, Found], bool]]:
    """What a paper has to meet, every one of it. A tag stands for itself and the tags below it."""
    conditions: list[Callable[[Paper, Found], bool]] = []
    families = [taxonomy.family(taxonomy.id(tag)) for tag in rule.all_tags]
    if rule.tags:
        families.append(frozenset().union(*(taxonomy.family(taxonomy.id(tag)) for tag in rule.tags)))
    if families:
        conditions.append(lambda paper, _: all(not family.isdisjoint(paper.tags) for family in families))
    if (since := rule.since) is not None:
        conditions.append(lambda paper, _: paper.date is not None and paper.date.year >= since)
    if (until := rule.until) is not None:
        conditions.append(lambda paper, _: paper.date is not None and paper.date.year <= until)
    if rule.words:
        conditions.append(lambda _, words: not words.anywhere.isdisjoint(rule.words))
    if rule.source:
        from_source = _Source(rule.source)
        conditions.append(
            lambda paper, _: any(from_source.has(record.where.path) for record in paper.records)
        )
    return conditions


class _Source:
    """A glob on paths; it may leave out the folders in front."""

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._known: dict[str, bool] = {}

    def has(self, path: str) -> bool:
        if path not in self._known:
            self._known[path] = fnmatchcase(path, self._pattern) or fnmatchcase(path, f"*/{self._pattern}")
        return self._known[path]


def _newest(paper: Paper) -> tuple[int, int, int, str]:
    return paper.recency


def _oldest(paper: Paper) -> tuple[bool, int, int, int, str]:
    date = paper.date
    # Within a year, what is known to the day stands before what is not, as in every other order.
    return (
        (False, date.year, date.month or 13, date.day or 32, paper.id) if date else (True, 0, 0, 0, paper.id)
    )


def _title(paper: Paper) -> tuple[str, str]:
    return (title_key(paper.title), paper.id)


def _discussed(paper: Paper) -> tuple[int, tuple[int, int, int, str]]:
    comments = paper.reading("comments")
    return (-comments.value if comments else 0, paper.recency)


_ORDERS: Mapping[Order, Callable[[Paper], tuple[object, ...]]] = {
    "newest": _newest,
    "oldest": _oldest,
    "title": _title,
    "discussed": _discussed,
}
