"""The search page, and the index behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.filters import SORT_DATE, SORT_DISCUSSION, SORT_RELEVANCE, Filters
from sitegen.plan.frame import Frame, Head
from sitegen.plan.tags import most_telling

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.page import Page
    from sitegen.plan.context import Context


class SearchView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    papers: int
    suggestions: tuple[str, ...]  # words to try
    filters: Filters
    texts: dict[str, str]  # what the script says


_SUGGESTIONS = 6
_SHARED = ("card.cite", "date_day", "date_month", "filters.found", "filters.next", "list.comma", "months")


def plan_search(context: Context) -> Iterator[Page]:
    """`search.html`; nothing where search is switched off."""
    if not context.settings.search:
        return
    site, texts = context.site, context.texts
    view = SearchView(
        frame=context.frame,
        # Its canonical address has no query: answers are not pages of their own, what it says of itself is one.
        head=context.head("search.html", texts("search.title"), texts("search.about")),
        papers=len(context.library.papers),
        suggestions=tuple(context.tag_links[tag].label for tag in most_telling(site)[:_SUGGESTIONS]),
        filters=Filters("search", (), (SORT_RELEVANCE, SORT_DATE, SORT_DISCUSSION)),
        texts=texts.under("search.js.") | {key: texts(key) for key in _SHARED} | {"try": texts("search.try")},
    )
    yield context.page("search.html", "search.html", view)
