"""How a list is filtered in the browser: where it stands, or by asking the search."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import msgspec

if TYPE_CHECKING:
    from sitegen.model.settings import Settings
    from sitegen.plan.paging import Pager

Sort = Literal["", "date", "discussion"]  # "": the order in which the list is written, or relevance

# A value in the address, and the key of its text.
SORT_LIST: tuple[Sort, str] = ("", "filters.sort_list")
SORT_RELEVANCE: tuple[Sort, str] = ("", "filters.sort_relevance")
SORT_NEWEST: tuple[Sort, str] = ("", "filters.sort_date")
SORT_DATE: tuple[Sort, str] = ("date", "filters.sort_date")
SORT_DISCUSSION: tuple[Sort, str] = ("discussion", "filters.sort_discussion")

_FEW = 6  # papers that are seen at a glance


# What a list has, as the search is asked for it: a facet and values, any of which a paper has; all papers are ().
Scope = tuple[str, ...]


class Filters(msgspec.Struct, frozen=True, gc=False):
    """What the block of filters beside a list has to know."""

    kind: Literal[
        "here", "list", "search"
    ]  # the whole list is on the page; it is a part of one; results of a search
    scope: Scope
    sorts: tuple[tuple[Sort, str], ...]


def filters_of(
    pager: Pager, settings: Settings, *, scope: Scope | None, ordered: bool = False
) -> Filters | None:
    """The filters of a list; None where it is short, or on several pages and not to be asked for.

    `scope` is None for a list that no query describes; `ordered`: its order is a curator's, not that of dates.
    """
    sorts = (SORT_LIST, SORT_DATE, SORT_DISCUSSION) if ordered else (SORT_NEWEST, SORT_DISCUSSION)
    if pager.count == 1:
        return Filters("here", (), sorts) if pager.total >= _FEW else None
    if scope is None or not settings.search:
        return None
    return Filters("list", scope, sorts)
