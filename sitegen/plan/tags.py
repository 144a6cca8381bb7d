"""Papers by tag: the taxonomy, and a list for each of its terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.exports import files_beside
from sitegen.plan.frame import Frame, Head
from sitegen.plan.listing import Choice, Choices, plan_listing
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.page import Page
    from sitegen.model.site import Site
    from sitegen.model.tag import Tag
    from sitegen.plan.context import Context

_INDEX = "tags/index.html"
_RELATED = 12


class TagRow(msgspec.Struct, frozen=True, kw_only=True):
    """A term and those below it."""

    label: str
    url: str
    papers: int
    description: str  # the first paragraph, Markdown
    children: tuple[TagRow, ...]


class TagsView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    described: tuple[TagRow, ...]  # terms with a description or with terms below them
    others: tuple[TagRow, ...]


def plan_tags(context: Context) -> Iterator[Page]:
    """`tags/index.html`, then every tag."""
    texts = context.texts
    rows = _rows(context)
    view = TagsView(
        frame=context.frame,
        head=context.head(_INDEX, texts("tags.title"), texts("tags.about"), section=_INDEX),
        described=tuple(row for row in rows if row.description or row.children),
        others=tuple(row for row in rows if not (row.description or row.children)),
    )
    yield context.page(_INDEX, "tags.html", view)
    for tag in context.library.tags.values():
        yield from _plan_tag(context, tag)


def most_telling(site: Site) -> list[str]:
    """Tags that papers have: those with none below them first, since they say more; then by use."""
    used = (tag for tag, papers in site.by_tag.items() if papers)
    return sorted(used, key=lambda tag: (tag in site.children, -len(site.by_tag[tag]), tag))


def _family(site: Site, tag: str) -> Iterator[str]:
    """The tag and all below it: its list has their papers, too."""
    yield tag
    for child in site.children.get(tag, ()):
        yield from _family(site, child)


def _plan_tag(context: Context, tag: Tag) -> Iterator[Page]:
    site, texts = context.site, context.texts
    papers = site.by_tag.get(tag.id, ())
    stem = f"tags/{tag.id}"
    parent = context.library.tags.get(tag.parent)
    return plan_listing(
        context,
        stem,
        tag.label,
        papers,
        section=_INDEX,
        about=plain(tag.description.split("\n\n")[0])
        or texts("tags.about_tag", n=len(papers), tag=tag.label),
        crumb=_choice(context, parent.id) if parent else Choice(texts("tags.title"), _INDEX, 0),
        description=tag.description,
        aliases=tag.aliases,
        scope=("tag", *_family(site, tag.id)),
        choices=(
            Choices(
                texts("tags.below"), tuple(_choice(context, child) for child in site.children.get(tag.id, ()))
            ),
            Choices(
                texts("tags.related"),
                tuple(
                    Choice(context.tag_links[other].label, context.tag_links[other].url, common)
                    for other, common in site.related_tags.get(tag.id, ())[:_RELATED]
                ),
            ),
        ),
        feeds=context.feed_links(stem, tag.label),
        files=files_beside(stem, context.settings.list_files),
    )


def _rows(context: Context) -> tuple[TagRow, ...]:
    tags, children = context.library.tags, context.site.children

    def row(tag: Tag, above: frozenset[str]) -> TagRow:
        above |= {tag.id}
        return TagRow(
            label=tag.label,
            url=f"tags/{tag.id}.html",
            papers=len(context.site.by_tag.get(tag.id, ())),
            description=tag.description.split("\n\n")[0],
            children=tuple(
                row(tags[child], above) for child in children.get(tag.id, ()) if child not in above
            ),
        )

    roots = sorted(
        (tag for tag in tags.values() if tag.parent not in tags), key=lambda tag: tag.label.casefold()
    )
    return tuple(row(tag, frozenset()) for tag in roots)


def _choice(context: Context, tag: str) -> Choice:
    link = context.tag_links[tag]
    return Choice(link.label, link.url, len(context.site.by_tag.get(tag, ())))
