"""Paper* + Collection* + tags → Library: every pick resolves to a paper, every tag to a term."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeVar

from sitegen.curate.lists import resolve, with_entries
from sitegen.curate.papers import Papers
from sitegen.curate.smart import gather
from sitegen.curate.tags import Taxonomy, picked_tags, tagged
from sitegen.curate.words import find_words
from sitegen.diagnostics import Diagnostic, Outcome, error
from sitegen.model.library import Library
from sitegen.model.recall import Recall, make_anew

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.curate.words import Found
    from sitegen.diagnostics import Span
    from sitegen.model.collection import Collection
    from sitegen.model.free_page import FreePage
    from sitegen.model.paper import Paper
    from sitegen.model.settings import Settings
    from sitegen.model.tag import Tag

T = TypeVar("T")


def curate(
    settings: Settings,
    papers: Iterable[Paper],
    collections: Iterable[Collection],
    tags: Iterable[Tag],
    pages: Iterable[FreePage],
    *,
    recall: Recall = make_anew,
    meant: dict[str, tuple[str, ...]] | None = None,
    find: Callable[[tuple[Paper, ...], tuple[str, ...]], list[Found]] = find_words,
) -> Outcome[Library]:
    """The library. A pick that names no paper, or one of several, is left out and reported; its list is kept.

    Lists stand by weight, then title; pages by folder, order and title. Papers carry the ids of the tags that curators, picks and the
    rules of tags gave them, parents not included.

    What only papers, tags and the tags of picks have a say in comes from `recall`; `meant` has, by reference, the ids of
    what it meant among the same papers before, and grows; `find` is `find_words`, or knows what that found.
    """
    problems: list[Diagnostic] = []
    merged = tuple(papers)
    listed = _distinct(
        ((c.id, c.where, c) for c in sorted(collections, key=lambda c: (c.weight, c.title, c.where))),
        "collection",
        problems,
    )
    known = recall("papers", merged, partial(Papers, merged, meant))
    resolved = [resolve(collection, known) for collection in listed]
    for resolution in resolved:
        problems += resolution.problems

    taxonomy = Taxonomy(tags, merged, resolved)
    problems += taxonomy.problems
    patterns = (*taxonomy.patterns(), *(w for c in listed if c.rule for w in c.rule.words))
    found = find(merged, patterns)
    picked = picked_tags(resolved, taxonomy)
    before: dict[str, Paper] = recall("papers with tags", merged, dict)
    tagged_papers = recall(
        "tagged",
        (merged, found, taxonomy.declared, picked),
        lambda: tagged(merged, found, taxonomy, picked, before),
    )
    by_id = recall("papers by id", tagged_papers, lambda: {paper.id: paper for paper in tagged_papers})
    lists = []
    for resolution in resolved:
        reading_list = with_entries(resolution, by_id, taxonomy)
        lists.append(gather(reading_list, resolution, tagged_papers, found, taxonomy))
    free_pages = _distinct(((p.id, p.where, p) for p in sorted(pages, key=_place)), "page", problems)
    library = Library(
        settings=settings,
        papers=tagged_papers,
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
