"""A long list of papers in pages: all papers, a year's, a tag's."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.page import Page
from sitegen.plan.card import Card
from sitegen.plan.exports import FileLink
from sitegen.plan.filters import Filters, Scope, filters_of
from sitegen.plan.frame import FeedLink, Frame, Head
from sitegen.plan.item_list import item_list
from sitegen.plan.paging import Pager, page_title, paged
from sitegen.text.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.model.paper import Paper
    from sitegen.plan.context import Context


class Choice(msgspec.Struct, frozen=True, gc=False):
    """A neighbouring list."""

    label: str
    url: str
    count: int
    current: bool = False


class Choices(msgspec.Struct, frozen=True):
    """Neighbouring lists under one heading."""

    title: str
    items: tuple[Choice, ...]


class ListingView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    title: str
    crumb: Choice | None  # the list or index above this one
    description: str  # Markdown, on the first page
    aliases: tuple[str, ...]
    choices: tuple[Choices, ...]
    cards: tuple[Card, ...]
    feeds: tuple[FeedLink, ...]
    files: tuple[FileLink, ...]  # what the list is exported as
    filters: Filters | None
    pager: Pager


def plan_listing(
    context: Context,
    stem: str,
    title: str,
    papers: Sequence[Paper],
    *,
    section: str,
    about: str = "",
    crumb: Choice | None = None,
    description: str = "",
    aliases: tuple[str, ...] = (),
    choices: tuple[Choices, ...] = (),
    feeds: tuple[FeedLink, ...] = (),
    files: tuple[FileLink, ...] = (),
    scope: Scope | None = None,
    person: dict[str, str] | None = None,
) -> Iterator[Page]:
    """`<stem>.html`, `<stem>.2.html` …; `about` is one plain sentence for search engines, `scope` as filters.py says.

    `person` is who the list is about, as schema.org has people.
    """
    listing = _Listing(
        title=title,
        section=section,
        about=about,
        crumb=crumb,
        description=description,
        aliases=aliases,
        choices=tuple(group for group in choices if group.items),
        feeds=feeds,
        files=files,
        scope=scope,
        person=person,
    )
    of_all = digest_of(listing)
    for url, pager, shown in paged(stem, papers, context.settings.page_size):
        # Made when it is drawn: the views of all lists together hold more than all papers.
        view = partial(_view, context, listing, url, pager, shown)
        told = context.fingerprints.of(shown, of_all, url, pager)
        yield Page(url, "html", "listing.html", view, "", fingerprint=told)


class _Listing(msgspec.Struct, frozen=True, kw_only=True):
    """What all pages of a list have in common, as `plan_listing` is told it."""

    title: str
    section: str
    about: str
    crumb: Choice | None
    description: str
    aliases: tuple[str, ...]
    choices: tuple[Choices, ...]
    feeds: tuple[FeedLink, ...]
    files: tuple[FileLink, ...]
    scope: Scope | None
    person: dict[str, str] | None


def _view(context: Context, listing: _Listing, url: str, pager: Pager, shown: Sequence[Paper]) -> ListingView:
    title, about = listing.title, listing.about
    return ListingView(
        frame=context.frame,
        head=context.head(
            url,
            page_title(context.texts, title, pager),
            about,
            section=listing.section,
            feeds=listing.feeds,
            previous=pager.previous,
            following=pager.following,
            data=item_list(context, url, shown, title=title, description=about, first=pager.first)
            | ({"about": listing.person} if listing.person else {}),
        ),
        title=title,
        crumb=listing.crumb,
        description=listing.description if pager.number == 1 else "",
        aliases=listing.aliases,
        choices=listing.choices,
        cards=tuple(context.card(paper) for paper in shown),
        feeds=listing.feeds,
        files=listing.files,
        filters=filters_of(pager, context.settings, scope=listing.scope),
        pager=pager,
    )
