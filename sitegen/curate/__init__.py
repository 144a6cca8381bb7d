"""Paper* + Collection* + tags → Library: every pick resolves to a paper, every tag to a term."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from sitegen.curate.lists import resolve, with_entries
from sitegen.curate.papers import Papers
from sitegen.curate.smart import gather
from sitegen.curate.tags import Taxonomy, tagged
from sitegen.curate.words import Words
from sitegen.diagnostics import Diagnostic, Outcome, error
from sitegen.model.library import Library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.diagnostics import Span
    from sitegen.model.collection import Collection
    from sitegen.model.free_page import FreePage
    from sitegen.model.paper import Paper
    from sitegen.model.settings import Settings
    from sitegen.model.tag import Tag

T = TypeVar("T")


class Recall(Protocol):
    def __call__(self, name: str, key: object, make: Callable[[], T], /) -> T: ...


def make_anew(name: str, key: object, make: Callable[[], T], /) -> T:
    """Recalls nothing."""
    del name, key
    return make()


def curate(
    settings: Settings,
    papers: Iterable[Paper],
    collections: Iterable[Collection],
    tags: Iterable[Tag],
    pages: Iterable[FreePage],
    *,
    recall: Recall = make_anew,
) -> Outcome[Library]:
    """The library. A pick that names no paper, or one of several, is left out and reported; its list is kept.

    Lists stand by weight, then title; pages by folder, order and title. Papers carry the ids of the tags that curators, picks and the
    rules of tags gave them, parents not included.

    `recall(name, key, make)` gives what `make()` gave under this name the last time, if the key was equal then.
    """
    problems: list[Diagnostic] = []
    papers = tuple(papers)
    listed = _distinct(
        ((c.id, c.where, c) for c in sorted(collections, key=lambda c: (c.weight, c.title, c.where))),
        "collection",
        problems,
    )
    known = recall("papers", papers, partial(Papers, papers))
    resolved = [resolve(collection, known) for collection in listed]
    for resolution in resolved:
        problems += resolution.problems

    taxonomy = Taxonomy(tags, papers, resolved)
    problems += taxonomy.problems
    patterns = (*taxonomy.patterns(), *(w for c in listed if c.rule for w in c.rule.words))
    found = recall("words", (papers, patterns), lambda: list(map(Words(patterns).find, papers)))
    papers = tagged(papers, found, taxonomy, resolved, recall("tagged", papers, dict))

    by_id = {paper.id: paper for paper in papers}
    lists = []
    for resolution in resolved:
        reading_list = with_entries(resolution, by_id, taxonomy)
        lists.append(gather(reading_list, resolution, papers, found, taxonomy))
    free_pages = _distinct(((p.id, p.where, p) for p in sorted(pages, key=_place)), "page", problems)
    library = Library(
        settings=settings,
        papers=papers,
        lists=tuple(lists),
        tags=taxonomy.tags,
        pages=tuple(free_pages),
    )
    return Outcome(library, tuple(problems))


def _place(page: FreePage) -> tuple[str, bool, int, str, Span]:
    """Folder by folder, each beginning with its `index`."""
    return page.folder, page.id != f"{page.folder}/index", page.order, page.title, page.where


def _distinct(items: Iterable[tuple[str, Span, T]], what: str, problems: list[Diagnostic]) -> list[T]:
    """Those whose id nobody has yet; errors for the others, with both places. Ids are file names, compared without case."""
    first: dict[str, Span] = {}
    kept = []
    for own, where, item in items:
        holder = first.setdefault(own.casefold(), where)
        if holder is where:
            kept.append(item)
        else:
            problems.append(
                error(
                    f"duplicate-{what}",
                    f"the {what} of {holder.path} has the id '{own}' already",
                    where,
                    "rename one of the two files",
                )
            )
    return kept
