"""How machines find their way: sitemaps, robots.txt, OpenSearch."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.plan.context import Context

_URLS_PER_SITEMAP = 50_000  # https://www.sitemaps.org/protocol.html
_SHORT_NAME = (
    16  # https://github.com/dewitt/opensearch/blob/master/opensearch-1-1-draft-6.md#the-shortname-element
)


class SitemapView(msgspec.Struct, frozen=True):
    urls: tuple[tuple[str, str], ...]  # (absolute address, ISO date of the content or "")


class OpenSearchView(msgspec.Struct, frozen=True, kw_only=True):
    name: str
    description: str
    language: str
    search: str  # absolute address, to which `?q=` is added


def plan_sitemaps(context: Context, addresses: Sequence[tuple[str, str]]) -> Iterator[Page]:
    """`sitemap.xml` of (path, ISO date); past 50,000 addresses an index of `sitemap-1.xml` …; none without `base_url`."""
    base = context.settings.base_url
    if not base:
        return
    urls = tuple((base + address, modified) for address, modified in addresses)
    parts = [urls[start : start + _URLS_PER_SITEMAP] for start in range(0, len(urls), _URLS_PER_SITEMAP)]
    if len(parts) < 2:
        yield Page("sitemap.xml", "xml", "feeds/sitemap.xml", SitemapView(urls))
        return
    names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield Page(name, "xml", "feeds/sitemap.xml", SitemapView(part))
    index = SitemapView(tuple((base + name, "") for name in names))
    yield Page("sitemap.xml", "xml", "feeds/sitemap-index.xml", index)


def plan_robots(context: Context) -> Iterator[Page]:
    """`robots.txt`: everything is open; where the sitemap is."""
    lines = ["User-agent: *", "Allow: /"]
    if context.settings.base_url:
        lines += ["", f"Sitemap: {context.absolute('sitemap.xml')}"]
    yield Page("robots.txt", "text", "", "\n".join(lines) + "\n")


def plan_opensearch(context: Context) -> Iterator[Page]:
    """`opensearch.xml`, so that browsers offer the site's search; needs `base_url`."""
    settings = context.settings
    if not (settings.base_url and settings.search):
        return
    view = OpenSearchView(
        name=_short_name(settings.title),
        description=context.texts("search.in", site=settings.title),
        language=settings.language,
        search=context.absolute("search.html"),
    )
    yield Page("opensearch.xml", "xml", "feeds/opensearch.xml", view)


def _short_name(title: str) -> str:
    """As many whole words of the title as a browser takes; of a first word that is longer, its beginning.

    >>> _short_name("Reading list of the group"), _short_name("Reading list"), _short_name("Incomprehensibilities")
    ('Reading list of', 'Reading list', 'Incomprehensibil')
    """
    words, name = title.split(), ""
    while words and len(longer := f"{name} {words.pop(0)}".strip()) <= _SHORT_NAME:
        name = longer
    return name or title.strip()[:_SHORT_NAME]
