"""When something became part of the site, as far as the content tells; never the clock."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sitegen.model.library import ReadingList
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site

# Feeds need a date, and it must never be the clock's.
_EPOCH = "1970-01-01"


def latest(site: Site) -> list[tuple[Paper, str]]:
    """(paper, ISO date) of every paper, what was added last first; papers of one day in the order of `newest`."""
    dated = [(paper, site.since[paper.id]) for paper in site.newest]
    return sorted(dated, key=lambda pair: pair[1], reverse=True)


def latest_of(reading_list: ReadingList, site: Site) -> list[tuple[Paper, str]]:
    """The same for the papers of one list; papers of one day in the list's order."""
    papers = {entry.paper.id: entry.paper for entry in reading_list.entries}
    dated = [(paper, site.since[paper.id]) for paper in papers.values()]
    return sorted(dated, key=lambda pair: pair[1], reverse=True)


def last_edited(site: Site) -> str:
    """ISO day on which, as far as they say, the lists were last updated or added to, or ""."""
    days = [(each.updated, *(entry.added for entry in each.entries)) for each in site.library.lists]
    return max((day for those in days for day in those), default="")


def moment(iso: str) -> str:
    """RFC 3339, in UTC, of a date that may lack month or day.

    >>> moment("2024"), moment("2024-03-01"), moment("")
    ('2024-01-01T00:00:00Z', '2024-03-01T00:00:00Z', '1970-01-01T00:00:00Z')
    """
    day = iso or _EPOCH
    return day + "-01-01"[len(day) - 4 :] * (len(day) < len(_EPOCH)) + "T00:00:00Z"
