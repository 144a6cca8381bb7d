"""Site → every file that the site will have: one planner per kind of page, in the order of a reader's way in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING

from sitegen.model.page import Page
from sitegen.plan.authors import plan_authors
from sitegen.plan.changes import plan_changes
from sitegen.plan.collections import plan_collections
from sitegen.plan.context import Context, address
from sitegen.plan.discovery import plan_opensearch, plan_robots, plan_sitemaps
from sitegen.plan.exports import plan_exports
from sitegen.plan.feeds import plan_feeds
from sitegen.plan.fingerprints import Known
from sitegen.plan.free_pages import plan_free_pages
from sitegen.plan.home import plan_home
from sitegen.plan.hosting import plan_hosting
from sitegen.plan.index_twins import plan_index_twins
from sitegen.plan.map import plan_map
from sitegen.plan.not_found import plan_not_found
from sitegen.plan.paper import plan_paper, plan_papers
from sitegen.plan.papers import plan_paper_lists
from sitegen.plan.reading import plan_reading
from sitegen.plan.script_texts import plan_script_texts
from sitegen.plan.search import plan_search
from sitegen.plan.statistics import plan_statistics
from sitegen.plan.subscribe import plan_subscribe
from sitegen.plan.tags import plan_tags
from sitegen.plan.years import plan_years

if TYPE_CHECKING:
    from sitegen.model.site import Site
    from sitegen.text.texts import Texts

__all__ = ["PLANNERS", "Known", "plan", "plan_alike", "plan_some", "search_fingerprint"]

Planner = Callable[[Context], Iterator[Page]]

PLANNERS: Mapping[str, Planner] = {
    "home": plan_home,
    "collections": plan_collections,
    "papers": plan_paper_lists,
    "paper": plan_papers,
    "tags": plan_tags,
    "years": plan_years,
    "authors": plan_authors,
    "search": plan_search,
    "texts of scripts": plan_script_texts,
    "reading": plan_reading,
    "statistics": plan_statistics,
    "map": plan_map,
    "changes": plan_changes,
    "subscribe": plan_subscribe,
    "free pages": plan_free_pages,
    "not found": plan_not_found,
    "exports": plan_exports,
    "twins of indexes": plan_index_twins,
    "feeds": plan_feeds,
    "opensearch": plan_opensearch,
    "robots": plan_robots,
    "hosting": plan_hosting,
}


def plan(site: Site, texts: Texts, known: Known | None = None) -> Iterator[Page]:
    """Every page of the site, lazily; sitemaps come last, because they list the others."""
    context = Context(site, texts, known)
    context.fingerprints.look_at_all()
    addresses = []
    for planner in PLANNERS.values():
        for page in planner(context):
            if page.modified is not None:
                addresses.append((address(page.url), page.modified))
            yield page
    yield from plan_sitemaps(context, addresses)


def plan_some(site: Site, texts: Texts, urls: Iterable[str], known: Known | None = None) -> Iterator[Page]:
    """These pages alone, as far as the site has them: much sooner than all. Pages that people read, not files of data."""
    context = Context(site, texts, known)
    for url in urls:
        folder, _, name = url.rpartition("/")
        paper = context.papers.get(name.removesuffix(".html")) if folder == "papers" else None
        if paper is not None:
            yield plan_paper(context, paper)
            continue
        planners = _PLANNERS_OF.get(folder, (plan_free_pages,))
        pages = (page for planner in planners for page in planner(context))
        yield from islice((page for page in pages if page.url == url), 1)


def search_fingerprint(
    site: Site, texts: Texts, known: Known | None = None
) -> tuple[bytes, Mapping[str, bytes]]:
    """Of what the search index is made of; and, by id, of all that the site tells of each paper."""
    fingerprints = Context(site, texts, known).fingerprints
    return fingerprints.of_search(), fingerprints.told()


_PLANNERS_OF: Mapping[str, tuple[Planner, ...]] = {
    "": (
        plan_home,
        plan_free_pages,
        plan_search,
        plan_reading,
        plan_statistics,
        plan_map,
        plan_changes,
        plan_subscribe,
        plan_not_found,
    ),
    "collections": (plan_collections,),
    "papers": (plan_paper_lists,),
    "tags": (plan_tags,),
    "years": (plan_years,),
    "authors": (plan_authors,),
}


def plan_alike(site: Site, texts: Texts, known: Known | None = None) -> Iterator[Page]:
    """Those pages again that show what `liken` finds: while it is looking, the others can be drawn."""
    context = Context(site, texts, known)
    context.fingerprints.look_at_all()
    pages = (page for planner in (plan_papers, plan_map) for page in planner(context))
    return (page for page in pages if page.alike)
