"""Pages that curators write themselves."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.frame import Frame, Head, NavItem

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.free_page import FreePage
    from sitegen.model.page import Page
    from sitegen.plan.context import Context


class FreePageView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    title: str
    text: str  # Markdown
    folder: str  # title of the folder's first page, or "" at the top
    siblings: tuple[NavItem, ...]  # the pages of the folder, this one among them; none where it is alone
    previous: NavItem | None
    following: NavItem | None


def plan_free_pages(context: Context) -> Iterator[Page]:
    """`<id>.html` for every file in content/pages. Pages of a folder lead to each other."""
    for folder, found in groupby(context.library.pages, key=lambda page: page.folder):
        pages = tuple(found)
        listed = tuple(map(_item, (page for page in pages if page.navigation))) if folder else ()
        for page in pages:
            yield _plan_page(context, page, listed if len(listed) > 1 else ())


def _plan_page(context: Context, page: FreePage, siblings: tuple[NavItem, ...]) -> Page:
    item = _item(page)
    at = siblings.index(item) if item in siblings else None
    previous = siblings[at - 1] if at else None
    following = siblings[at + 1] if at is not None and at + 1 < len(siblings) else None
    view = FreePageView(
        frame=context.frame,
        head=context.head(
            item.url,
            page.title,
            page.description,
            section=siblings[0].url if siblings else item.url,
            previous=previous.url if previous else "",
            following=following.url if following else "",
        ),
        title=page.title,
        text=page.text,
        folder=siblings[0].label if siblings else "",
        siblings=siblings,
        previous=previous,
        following=following,
    )
    return context.page(item.url, "free_page.html", view)


def _item(page: FreePage) -> NavItem:
    return NavItem(page.title, f"{page.id}.html")
