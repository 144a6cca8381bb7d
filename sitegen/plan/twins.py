"""Pages as Markdown, for programs that read text: lists, tags, free pages, papers; and `llms.txt`, which names them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.page import Page
from sitegen.plan.card import paper_url
from sitegen.plan.links import links_of
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.model.free_page import FreePage
    from sitegen.model.library import Entry, ReadingList
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site


class TwinItem(msgspec.Struct, frozen=True, kw_only=True):
    """A line of a list: a link, facts in plain text, and what a curator says."""

    title: str
    url: str  # of the site, or an http(s) address
    facts: tuple[str, ...] = ()
    note: str = ""  # Markdown


class TwinPart(msgspec.Struct, frozen=True, kw_only=True):
    """A section: Markdown, plain text, and items."""

    title: str = ""
    text: str = ""  # Markdown
    plain: str = ""
    items: tuple[TwinItem, ...] = ()


class TwinView(msgspec.Struct, frozen=True, kw_only=True):
    """What a page says, without its frame."""

    title: str
    about: str = ""  # plain
    facts: tuple[str, ...] = ()
    parts: tuple[TwinPart, ...] = ()


def plan_twins(site: Site) -> Iterator[Page]:
    """`llms.txt`, and a twin of every free page. https://llmstxt.org"""
    yield Page("llms.txt", "twin", "", partial(_overview, site))
    if "md" in site.library.settings.list_files:
        for page in site.library.pages:
            yield Page(f"{page.id}.md", "twin", "", partial(_free_page, page))


def paper_twin(site: Site, paper: Paper) -> Page:
    """`papers/<id>.md`."""
    return Page(f"papers/{paper.id}.md", "twin", "", partial(_paper, site, paper))


def collection_twin(site: Site, reading_list: ReadingList) -> Page:
    """`collections/<id>.md`, the whole list in one file."""
    return Page(f"collections/{reading_list.id}.md", "twin", "", partial(_collection, site, reading_list))


def tag_twin(site: Site, tag: str) -> Page:
    """`tags/<id>.md`."""
    return Page(f"tags/{tag}.md", "twin", "", partial(_tag, site, tag))


def _overview(site: Site) -> TwinView:
    library, settings = site.library, site.library.settings
    ending = "md" if "md" in settings.list_files else "html"
    lists = tuple(
        TwinItem(
            title=each.title, url=f"collections/{each.id}.{ending}", facts=(each.blurb,) if each.blurb else ()
        )
        for each in library.lists
    )
    pages = tuple(
        TwinItem(
            title=page.title, url=f"{page.id}.{ending}", facts=(page.description,) if page.description else ()
        )
        for page in library.pages
    )
    data = (
        TwinItem(title="index.json", url="index.json", facts=("where every JSON file and its schema is",)),
        TwinItem(title="papers.jsonl", url="papers.jsonl", facts=("every paper, one JSON object a line",)),
        TwinItem(title="papers.csv", url="papers.csv", facts=("the same as a table",)),
        TwinItem(title="papers.bib", url="papers.bib", facts=("the same as BibTeX",)),
    )
    tags = tuple(
        TwinItem(title=tag.label, url=f"tags/{tag.id}.{ending}", facts=(f"{len(papers)} papers",))
        for tag in library.tags.values()
        if (papers := site.by_tag.get(tag.id, ()))
    )
    indexes = tuple(
        TwinItem(title=name.capitalize(), url=f"{name}/index.{ending}")
        for name in ("papers", "tags", "years")
    )
    parts = (("Collections", lists), ("Data", data), ("Pages", pages), ("Optional", (*indexes, *tags)))
    return TwinView(
        title=settings.title,
        about=settings.tagline,
        facts=(f"{len(library.papers)} papers",),
        parts=tuple(TwinPart(title=title, items=items) for title, items in parts if items),
    )


def _free_page(page: FreePage) -> TwinView:
    return TwinView(title=page.title, about=page.description, parts=(TwinPart(text=page.text),))


def _collection(site: Site, reading_list: ReadingList) -> TwinView:
    parts = (
        TwinPart(
            title=part.title,
            text=part.description,
            items=tuple(_entry(site, entry) for entry in part.entries),
        )
        for part in reading_list.parts
    )
    curators = ", ".join(reading_list.curators)
    return TwinView(
        title=reading_list.title,
        about=reading_list.blurb,
        facts=tuple(filter(None, (curators, reading_list.updated))),
        parts=(TwinPart(text=reading_list.description), *parts),
    )


def _tag(site: Site, name: str) -> TwinView:
    tag = site.library.tags[name]
    items = tuple(twin_item(site, paper) for paper in site.by_tag.get(name, ()))
    return TwinView(title=tag.label, parts=(TwinPart(text=tag.description, items=items),))


def _paper(site: Site, paper: Paper) -> TwinView:
    notes = (
        TwinPart(title=place.list.title, text=place.entry.note)
        for place in site.appearances.get(paper.id, ())
        if place.entry.note
    )
    links = tuple(TwinItem(title=link.label or link.kind, url=link.url) for link in links_of(paper))
    parts = (
        TwinPart(text=paper.summary),
        *notes,
        TwinPart(title="Abstract", plain=plain(paper.abstract)) if paper.abstract else TwinPart(),
        TwinPart(title="Links", items=links) if links else TwinPart(),
    )
    return TwinView(
        title=plain(paper.title),
        facts=_facts(paper),
        parts=tuple(part for part in parts if part != TwinPart()),
    )


def _entry(site: Site, entry: Entry) -> TwinItem:
    return twin_item(site, entry.paper, entry.note)


def twin_item(site: Site, paper: Paper, note: str = "") -> TwinItem:
    """A paper in a list, led to its own twin where it has one."""
    has_twin = "md" in site.library.settings.paper_files
    url = f"papers/{paper.id}.md" if has_twin else paper_url(paper)
    return TwinItem(title=plain(paper.title), url=url, facts=_facts(paper), note=note)


_AUTHORS = 6  # named in full


def _facts(paper: Paper) -> tuple[str, ...]:
    return tuple(filter(None, (_people(paper), paper.venue, paper.date.iso if paper.date else "")))


def _people(paper: Paper) -> str:
    if not paper.authors:
        return ", ".join(organization.name for organization in paper.organizations)
    more = max(len(paper.authors), paper.author_count or 0) - _AUTHORS
    shown: Iterable[str] = paper.authors[:_AUTHORS]
    return ", ".join(shown) + (f" and {more} more" if more > 0 else "")
