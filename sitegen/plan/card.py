"""A paper as it stands in a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.record import PartialDate
from sitegen.plan.links import ShownLink, links_of

if TYPE_CHECKING:
    from sitegen.model.paper import Paper
    from sitegen.model.site import Appearance

AUTHORS_SHOWN = 6


class TagLink(msgspec.Struct, frozen=True, gc=False):
    label: str
    url: str


class Note(msgspec.Struct, frozen=True, gc=False):
    """What a curator says about a paper, and in which list."""

    text: str  # Markdown
    list_title: str
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
    links: tuple[ShownLink, ...]
    notes: tuple[Note, ...]
    abstract: str
    tags: tuple[TagLink, ...]


def card_of(
    paper: Paper, *, tags: tuple[TagLink, ...], appearances: tuple[Appearance, ...], page_size: int
) -> Card:
    """Everything that a list says about this paper, notes of all lists included."""
    return Card(
        id=paper.id,
        url=paper_url(paper),
        title=paper.title,
        authors=paper.authors[:AUTHORS_SHOWN],
        others=max(0, (paper.author_count or len(paper.authors)) - AUTHORS_SHOWN) if paper.authors else 0,
        author_count=None if paper.authors else paper.author_count,
        organizations=tuple(organization.name for organization in paper.organizations),
        venue=paper.venue,
        date=paper.date,
        links=links_of(paper),
        notes=tuple(
            Note(place.entry.note, place.list.title, place_url(place, page_size))
            for place in appearances
            if place.entry.note
        ),
        abstract=paper.abstract,
        tags=tags,
    )


def paper_url(paper: Paper) -> str:
    """Where this paper's page is."""
    return f"papers/{paper.id}.html"


def place_url(place: Appearance, page_size: int) -> str:
    """Where in a list a paper stands: page and fragment."""
    number = (place.position - 1) // page_size + 1
    page = "" if number == 1 else f".{number}"
    return f"collections/{place.list.id}{page}.html#paper-{place.entry.paper.id}"
