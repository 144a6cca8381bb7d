"""Long lists in pages: `tags/llm.html`, `tags/llm.2.html` …"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.text.texts import Texts

T = TypeVar("T")


class PagerLink(msgspec.Struct, frozen=True, gc=False):
    """A page's number; `url` is "" for the gap between numbers."""

    number: int
    url: str


class Pager(msgspec.Struct, frozen=True):
    number: int  # of this page, from 1
    count: int  # of pages
    total: int  # of items
    first: int  # number of the page's first item, from 1
    last: int
    previous: str
    following: str
    links: tuple[PagerLink, ...]


def paged(stem: str, items: Sequence[T], size: int) -> Iterator[tuple[str, Pager, Sequence[T]]]:
    """(url, pager, items) of each page; an empty list has one empty page.

    >>> [(url, items) for url, _, items in paged("tags/llm", "abc", 2)]
    [('tags/llm.html', 'ab'), ('tags/llm.2.html', 'c')]
    """
    count = max(1, -(-len(items) // size))
    for number in range(1, count + 1):
        start = (number - 1) * size
        shown = items[start : start + size]
        pager = Pager(
            number=number,
            count=count,
            total=len(items),
            first=start + 1,
            last=start + len(shown),
            previous=page_url(stem, number - 1) if number > 1 else "",
            following=page_url(stem, number + 1) if number < count else "",
            links=tuple(_links(stem, number, count)),
        )
        yield page_url(stem, number), pager, shown


def page_url(stem: str, number: int) -> str:
    """The path of one page of a list."""
    return f"{stem}.html" if number == 1 else f"{stem}.{number}.html"


def page_title(texts: Texts, title: str, pager: Pager) -> str:
    """The list's title, and from the second page on which page it is."""
    return title if pager.number == 1 else texts("list.title", title=title, page=str(pager.number))


def _links(stem: str, current: int, count: int) -> Iterator[PagerLink]:
    # The ends, the neighbours, and a gap where more than one number is left out.
    near = {1, count, *range(current - 1, current + 2)}
    near |= {2} if current == 4 else set()
    near |= {count - 1} if current == count - 3 else set()
    last = 0
    for number in sorted(n for n in near if 1 <= n <= count):
        if number > last + 1:
            yield PagerLink(0, "")
        yield PagerLink(number, page_url(stem, number))
        last = number
