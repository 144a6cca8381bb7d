"""The static API: the site's data as JSON files beside its pages, and a schema for each kind of them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen.model.page import Page
from sitegen.plan.card import paper_url
from sitegen.plan.entry import PaperEntry, paper_entry
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.library import ReadingList
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site
    from sitegen.plan.context import Context

CHUNK = 500  # papers in one file; of 88,000 papers each is about 1.5 MB


class SectionEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A section of a collection. The papers are ids, in their order."""

    id: str
    title: str
    description: str  # Markdown
    papers: tuple[str, ...]


class CollectionFile(msgspec.Struct, frozen=True, kw_only=True):
    """A collection, `collections/<id>.json`. Each paper stands in `papers` once, in the order of the list."""

    id: str
    title: str
    url: str  # its page
    blurb: str
    description: str  # Markdown
    curators: tuple[str, ...]
    updated: str  # ISO date, or ""
    sections: tuple[SectionEntry, ...]
    papers: tuple[PaperEntry, ...]


class PaperName(msgspec.Struct, frozen=True, kw_only=True):
    """A paper, named."""

    id: str
    title: str
    url: str
    date: str


class TagFile(msgspec.Struct, frozen=True, kw_only=True):
    """A tag, `tags/<id>.json`, with the papers that have it or a tag below it, newest first."""

    id: str
    label: str
    url: str
    description: str  # Markdown
    aliases: tuple[str, ...]
    parent: str  # a tag's id, or ""
    children: tuple[str, ...]
    papers: tuple[PaperName, ...]


class PapersFile(msgspec.Struct, frozen=True, kw_only=True):
    """Papers by id, `papers.json`; of a large site the first of them, and where the next are."""

    count: int  # of the whole site
    papers: tuple[PaperEntry, ...]
    next: str  # `papers.2.json`, absolute where the site knows its address; "" in the last file


class ListName(msgspec.Struct, frozen=True, kw_only=True):
    """A collection or a tag, named, with its file."""

    id: str
    title: str
    url: str
    data: str  # its JSON file, or "" where the site has none
    papers: int


class SiteFile(msgspec.Struct, frozen=True, kw_only=True):
    """Where everything is, `index.json`."""

    title: str
    tagline: str
    url: str
    language: str
    count: int  # papers
    papers: str  # the first file of papers
    collections: tuple[ListName, ...]
    tags: tuple[ListName, ...]
    schemas: dict[str, str]  # by kind of file


SCHEMAS: dict[str, type[Any]] = {
    "site": SiteFile,
    "papers": PapersFile,
    "paper": PaperEntry,
    "collection": CollectionFile,
    "tag": TagFile,
}


def plan_api(context: Context) -> Iterator[Page]:
    """`index.json`, `papers.json` and those after it, and `schemas/*.json`."""
    site = context.site
    yield Page("index.json", "json", "", partial(_site_file, site))
    papers = site.library.papers
    for number, start in enumerate(range(0, max(1, len(papers)), CHUNK), 1):
        told = context.fingerprints.of(papers[start : start + CHUNK], len(papers))
        view = partial(_papers_file, site, start, number)
        yield Page(_chunk_url(number), "json", "", view, fingerprint=told)
    for name, kind in SCHEMAS.items():
        yield Page(f"schemas/{name}.json", "json", "", partial(_schema, site, name, kind))


def paper_json(site: Site, paper: Paper) -> Page:
    """`papers/<id>.json`."""
    return Page(f"papers/{paper.id}.json", "json", "", partial(paper_entry, site, paper))


def collection_json(site: Site, reading_list: ReadingList) -> Page:
    """`collections/<id>.json`."""
    return Page(f"collections/{reading_list.id}.json", "json", "", partial(_collection, site, reading_list))


def tag_json(site: Site, tag: str) -> Page:
    """`tags/<id>.json`."""
    return Page(f"tags/{tag}.json", "json", "", partial(_tag, site, tag))


def _collection(site: Site, reading_list: ReadingList) -> CollectionFile:
    papers = {entry.paper.id: entry.paper for entry in reading_list.entries}
    return CollectionFile(
        id=reading_list.id,
        title=reading_list.title,
        url=_url(site, f"collections/{reading_list.id}.html"),
        blurb=reading_list.blurb,
        description=reading_list.description,
        curators=reading_list.curators,
        updated=reading_list.updated,
        sections=tuple(
            SectionEntry(
                id=part.id,
                title=part.title,
                description=part.description,
                papers=tuple(entry.paper.id for entry in part.entries),
            )
            for part in reading_list.parts
        ),
        papers=tuple(paper_entry(site, paper) for paper in papers.values()),
    )


def _tag(site: Site, name: str) -> TagFile:
    tag = site.library.tags[name]
    return TagFile(
        id=tag.id,
        label=tag.label,
        url=_url(site, f"tags/{tag.id}.html"),
        description=tag.description,
        aliases=tag.aliases,
        parent=tag.parent,
        children=tuple(site.children.get(tag.id, ())),
        papers=tuple(
            PaperName(
                id=paper.id,
                title=" ".join(plain(paper.title).split()),
                url=_url(site, paper_url(paper)),
                date=paper.date.iso if paper.date else "",
            )
            for paper in site.by_tag.get(tag.id, ())
        ),
    )


def _papers_file(site: Site, start: int, number: int) -> PapersFile:
    papers = site.library.papers
    return PapersFile(
        count=len(papers),
        papers=tuple(paper_entry(site, paper) for paper in papers[start : start + CHUNK]),
        next=_url(site, _chunk_url(number + 1)) if start + CHUNK < len(papers) else "",
    )


def _chunk_url(number: int) -> str:
    return "papers.json" if number == 1 else f"papers.{number}.json"


def _site_file(site: Site) -> SiteFile:
    library = site.library
    has_data = "json" in library.settings.list_files

    def named(stem: str, name: str, title: str, papers: int) -> ListName:
        data = _url(site, f"{stem}/{name}.json") if has_data else ""
        return ListName(id=name, title=title, url=_url(site, f"{stem}/{name}.html"), data=data, papers=papers)

    return SiteFile(
        title=library.settings.title,
        tagline=library.settings.tagline,
        url=library.settings.base_url,
        language=library.settings.language,
        count=len(library.papers),
        papers=_url(site, _chunk_url(1)),
        collections=tuple(
            named("collections", each.id, each.title, len(each.entries)) for each in library.lists
        ),
        tags=tuple(
            named("tags", tag.id, tag.label, len(site.by_tag.get(tag.id, ())))
            for tag in library.tags.values()
        ),
        schemas={name: _url(site, f"schemas/{name}.json") for name in SCHEMAS},
    )


def _schema(site: Site, name: str, kind: type[Any]) -> dict[str, Any]:
    """https://json-schema.org/draft/2020-12; members may be added to these files, so others are not refused."""
    address = {"$id": _url(site, f"schemas/{name}.json")} if site.library.settings.base_url else {}
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **address, **msgspec.json.schema(kind)}


def _url(site: Site, path: str) -> str:
    return site.library.settings.base_url + path
