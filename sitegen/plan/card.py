"""A paper as it stands in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.collection import Status
from sitegen.model.paper import Paper
from sitegen.model.record import PartialDate
from sitegen.plan.links import ShownLink, links_of
from sitegen.text.opening import opening

if TYPE_CHECKING:
    from sitegen.model.site import Appearance

# What a list shows of a paper, so that fifty of them fit into 1,500 elements and 40 kB. Its page has the rest.
AUTHORS_SHOWN = 6
TAGS_SHOWN = 5
LISTS_SHOWN = 3
EXCERPT = 550  # characters of the abstract, at most

CITATIONS = "paper.cite"  # fragment of a paper's page


class TagLink(msgspec.Struct, frozen=True, gc=False):
    label: str
    url: str


class Listed(msgspec.Struct, frozen=True, gc=False):
    """A list that the paper is in."""

    title: str
    url: str  # the paper's place in that list


class Card(msgspec.Struct, frozen=True, kw_only=True):
    id: str
    url: str
    title: str  # TeX, as the source wrote it
    authors: tuple[str, ...]  # the first AUTHORS_SHOWN
    others: int  # authors beyond those
    author_count: int | None  # where only their number is known
    organizations: tuple[str, ...]
    venue: str
    date: PartialDate | None
    comments: int  # of its discussions, the last time that somebody counted
    added: str  # ISO day on which it became part of the site, as far as the content tells, or ""
    links: tuple[ShownLink, ...]
    note: str  # Markdown: the first that a list has to say
    note_in: Listed | None  # that list
    also_in: tuple[Listed, ...]  # other lists: LISTS_SHOWN together with that one
    more_lists: tuple[Listed, ...]  # those beyond, which filters know
    statuses: tuple[Status, ...]  # what lists say of it, for filters
    abstract: str
    excerpt: str  # its first sentences, or all of it
    cut: bool  # whether sentences are missing there
    tags: tuple[TagLink, ...]  # all of them
    shown_tags: tuple[TagLink, ...]
    more_tags: tuple[TagLink, ...]
    cite: str  # path of its BibTeX, or of the place where its page cites it
    paper: Paper  # for COinS, which need every author


def card_of(
    paper: Paper,
    *,
    tags: tuple[TagLink, ...],
    appearances: tuple[Appearance, ...],
    since: str,
    page_size: int,
    files: tuple[str, ...] = (),
    whole: bool = False,
) -> Card:
    """What every list says about this paper; a list that has a note of its own shows that one instead.

    `since` is the ISO date on which it became part of the site. `whole` is for the paper's own page, which has no use for an excerpt.
    """
    shown = paper.authors[:AUTHORS_SHOWN]
    noted = next((place for place in appearances if place.entry.note), None)
    others = tuple(_listed(place, page_size) for place in appearances if place is not noted)
    beyond = LISTS_SHOWN - bool(noted)
    excerpt = paper.abstract if whole else opening(paper.abstract, EXCERPT)
    return Card(
        id=paper.id,
        url=paper_url(paper),
        title=paper.title,
        authors=shown,
        others=max(paper.author_count or 0, len(paper.authors)) - len(shown) if shown else 0,
        author_count=None if paper.authors else paper.author_count,
        organizations=tuple(organization.name for organization in paper.organizations),
        venue=paper.venue,
        date=paper.date,
        comments=comments.value if (comments := paper.reading("comments")) else 0,
        added=_whole_day(since),
        links=links_of(paper),
        note=noted.entry.note if noted else "",
        note_in=_listed(noted, page_size) if noted else None,
        also_in=others[:beyond],
        more_lists=others[beyond:],
        statuses=tuple(sorted({place.entry.status for place in appearances if place.entry.status})),
        abstract=paper.abstract,
        excerpt=excerpt,
        cut=excerpt != paper.abstract,
        tags=tags,
        shown_tags=tags[:TAGS_SHOWN],
        more_tags=tags[TAGS_SHOWN:],
        cite=f"papers/{paper.id}.bib" if "bib" in files else f"{paper_url(paper)}#{CITATIONS}",
        paper=paper,
    )


def paper_url(paper: Paper) -> str:
    """Where this paper's page is."""
    return f"papers/{paper.id}.html"


def place_url(place: Appearance, page_size: int) -> str:
    """Where in a list a paper stands: page and fragment."""
    number = (place.position - 1) // page_size + 1
    page = "" if number == 1 else f".{number}"
    return f"collections/{place.list.id}{page}.html#paper-{place.entry.paper.id}"


def _whole_day(iso: str) -> str:
    """A month or a year does not say whether a paper is newer than somebody's last visit."""
    return iso if len(iso) == len("2024-03-01") else ""


def _listed(place: Appearance, page_size: int) -> Listed:
    return Listed(place.list.title, place_url(place, page_size))
