"""What surrounds every page: <head>, header and footer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sitegen.model.free_page import FreePage
    from sitegen.model.settings import NavLink, Settings
    from sitegen.model.site import Site
    from sitegen.text.texts import Texts


class FeedLink(msgspec.Struct, frozen=True, gc=False):
    type: str
    url: str
    title: str


class NavItem(msgspec.Struct, frozen=True, gc=False):
    label: str
    url: str  # site path, or an address elsewhere
    external: bool = False


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """The same on every page of a site."""

    direction: str  # "ltr" or "rtl"
    navigation: tuple[NavItem, ...]
    footer: tuple[NavItem, ...]
    feeds: tuple[FeedLink, ...]
    form_target: str  # a blank and the origin that forms may be sent to beside the site, or ""
    accent_css: str  # site path of the sheet with the site's own accent, or ""


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """One page, as browsers, feeds and search engines are told of it. All plain text."""

    url: str  # path in the site
    address: str  # the same without `index.html`; canonical once it is absolute
    title: str
    description: str
    section: str  # url of the navigation's item that this page is under, or ""
    kind: str  # OpenGraph's type
    feeds: tuple[FeedLink, ...]
    indexed: bool  # False: search engines and sitemaps leave it out
    modified: str  # ISO date of the content, or ""
    previous: str  # path of the page before this one in a paged list, or ""
    following: str
    data: dict[str, Any] | None  # schema.org, as JSON-LD


_FEWEST_ON_A_MAP = 12
_RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"}


def frame_of(site: Site, texts: Texts, accent_css: str, *, authors: bool) -> Frame:
    """Navigation, footer and site-wide feeds. `authors`: whether anybody has a page."""
    settings = site.library.settings
    built_in = (
        NavItem(texts("nav.collections"), "collections/index.html"),
        NavItem(texts("nav.papers"), "papers/index.html"),
        NavItem(texts("nav.tags"), "tags/index.html"),
        NavItem(texts("nav.years"), "years/index.html"),
        NavItem(texts("nav.statistics"), "statistics.html"),
    )
    return Frame(
        direction="rtl" if settings.language.split("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
        navigation=(*built_in, *map(_item, settings.navigation)),
        footer=(
            *_footer(site.library.pages),
            *((NavItem(texts("nav.map"), "map.html"),) if has_map(site) else ()),
            *((NavItem(texts("authors.title"), "authors/index.html"),) if authors else ()),
            *((NavItem(texts("changes.title"), "changes.html"),) if site.history else ()),
            *((NavItem(texts("subscribe.title"), "subscribe.html"),) if can_subscribe(settings) else ()),
            NavItem(texts("reading.title"), "reading.html"),
        ),
        feeds=feed_links("feed", settings.title) if settings.base_url else (),
        form_target=f" {target}" if (target := form_target(settings)) else "",
        accent_css=accent_css,
    )


def has_map(site: Site) -> bool:
    """Whether there are papers enough for a map of them, and it is wanted."""
    return site.library.settings.related and len(site.library.papers) >= _FEWEST_ON_A_MAP


def can_subscribe(settings: Settings) -> bool:
    """Whether there are feeds, or mail."""
    return bool(settings.base_url or settings.subscribe)


def form_target(settings: Settings) -> str:
    """The one origin that forms may be sent to beside the site itself, or ""."""
    if settings.subscribe is None or not settings.subscribe.field:
        return ""
    url = urlsplit(settings.subscribe.url)
    return f"{url.scheme}://{url.netloc}"


def feed_links(stem: str, title: str) -> tuple[FeedLink, ...]:
    """The Atom feed and the JSON Feed of one list."""
    atom, json = feed_urls(stem)
    return FeedLink("application/atom+xml", atom, title), FeedLink("application/feed+json", json, title)


def feed_urls(stem: str) -> tuple[str, str]:
    """Where the two feeds of a list lie, beside its page.

    >>> feed_urls("feed"), feed_urls("tags/llm")
    (('feed.xml', 'feed.json'), ('tags/llm.xml', 'tags/llm.feed.json'))
    """
    return f"{stem}.xml", "feed.json" if stem == "feed" else f"{stem}.feed.json"


def _footer(pages: Iterable[FreePage]) -> Iterator[NavItem]:
    """The pages at the top, and the first of each folder, which leads to the others."""
    folders: set[str] = set()
    for page in pages:
        if page.navigation and page.folder not in folders:
            yield NavItem(page.title, f"{page.id}.html")
            if page.folder:
                folders.add(page.folder)


def _item(link: NavLink) -> NavItem:
    if link.url.startswith(("http://", "https://")):
        return NavItem(link.label, link.url, external=True)
    end = min((at for mark in "?#" if (at := link.url.find(mark)) >= 0), default=len(link.url))
    path, rest = link.url[:end].lstrip("/"), link.url[end:]
    if not path or path.endswith("/"):
        path += "index.html"
    elif "." not in path.rsplit("/", 1)[-1]:
        path += ".html"
    return NavItem(link.label, path + rest)
