"""The curator's inbox: papers of the dumps that are in no collection yet, searched and in pages."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.paper import Paper
from sitegen.text.normal import fold
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.model.site import Site
    from sitegen.serve.edit.asks import Search

PAGE = 20  # papers
_MOST_CHOICES = 60  # of a filter


class Choice(msgspec.Struct, frozen=True):
    """A value of a filter, and how many papers it would leave."""

    value: str
    label: str
    papers: int


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the inbox. Choices of a filter count what all the other conditions let pass."""

    total: int
    page: int
    pages: int
    papers: tuple[Paper, ...]
    years: tuple[Choice, ...]
    sources: tuple[Choice, ...]
    tags: tuple[Choice, ...]


class Inbox:
    """Papers that no list has, the newest first."""

    def __init__(self, site: Site) -> None:
        self._labels = {tag.id: tag.label for tag in site.library.tags.values()}
        listed = {entry.paper.id for each in site.library.lists for entry in each.entries}
        self._papers = [paper for paper in site.newest if paper.id not in listed]
        self._texts: list[str] | None = None

    def __len__(self) -> int:
        return len(self._papers)

    def find(self, search: Search) -> Found:
        """The page that is asked for, or the last one that there is."""
        words = fold(search.words).split()
        papers = (
            [p for p, text in zip(self._papers, self._folded(), strict=True) if all(w in text for w in words)]
            if words
            else self._papers
        )
        year = str(search.year)
        of = {"year": year, "source": search.source, "tag": search.tag}
        fitting = [paper for paper in papers if all(_fits(paper, name, value) for name, value in of.items())]
        pages = max(1, -(-len(fitting) // PAGE))
        page = min(search.page, pages)

        def choices(name: str) -> tuple[Choice, ...]:
            others = {key: value for key, value in of.items() if key != name and value}
            within = (
                [p for p in papers if all(_fits(p, key, value) for key, value in others.items())]
                if others
                else papers
            )
            return self._choices(name, within, of[name])

        return Found(
            total=len(fitting),
            page=page,
            pages=pages,
            papers=tuple(fitting[(page - 1) * PAGE : page * PAGE]),
            years=choices("year"),
            sources=choices("source"),
            tags=choices("tag"),
        )

    def _folded(self) -> Sequence[str]:
        """What words are looked for in: title, authors, venue, identifiers, abstract."""
        if self._texts is None:
            self._texts = [_text(paper) for paper in self._papers]
        return self._texts

    def _choices(self, name: str, papers: Iterable[Paper], chosen: str) -> tuple[Choice, ...]:
        counted = Counter(value for paper in papers for value in _values(paper, name))
        counted.setdefault(chosen, 0)
        del counted[""]
        ranked = sorted(counted, key=lambda value: (-counted[value], value))[:_MOST_CHOICES]
        kept = sorted({*ranked, chosen} - {""}, reverse=name == "year")
        if name == "tag":
            kept.sort(key=lambda value: fold(self._labels.get(value) or value))
        return tuple(
            Choice(value, self._labels.get(value, value) if name == "tag" else value, counted[value])
            for value in kept
        )


def _text(paper: Paper) -> str:
    parts = [paper.title, *paper.authors, paper.venue, *(i.value for i in paper.identifiers)]
    # Abstracts are most of the text, and folding them all would take seconds.
    return f"{fold(plain(' '.join(parts)))} {paper.abstract.lower()}"


def _fits(paper: Paper, name: str, value: str) -> bool:
    return not value or value in _values(paper, name)


def _values(paper: Paper, name: str) -> Iterable[str]:
    if name == "year":
        return (str(paper.year) if paper.year else "undated",)
    if name == "tag":
        return paper.tags
    return {record.where.path for record in paper.records}
