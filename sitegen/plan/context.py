"""What every planner has at hand: the site, its texts, and the views that many pages share."""

from __future__ import annotations

from functools import cached_property, partial
from typing import TYPE_CHECKING, Any, TypeVar

from sitegen.model.page import Page
from sitegen.model.record import Signal
from sitegen.plan.accent import accent_css_url
from sitegen.plan.card import Card, TagLink, card_of
from sitegen.plan.fingerprints import Fingerprints, Known
from sitegen.plan.frame import FeedLink, Frame, Head, feed_links, frame_of
from sitegen.plan.recent import last_edited, latest
from sitegen.plan.signals import discussed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.model.paper import Paper
    from sitegen.model.site import Site
    from sitegen.plan.authors import Authors
    from sitegen.text.texts import Texts

T = TypeVar("T")


class Context:
    """One run's site and texts. Cards, tag links and the frame are made once and shared by all views."""

    def __init__(self, site: Site, texts: Texts, known: Known | None = None) -> None:
        self._known = known or Known()
        self.recall = self._known.recall
        self.lasting = self._known.lasting
        self.site = site
        self.library = site.library
        self.settings = site.library.settings
        self.texts = texts
        self.frame: Frame = frame_of(
            site, texts, accent_css_url(self.settings.accent), authors=bool(self.authors.all)
        )
        self.tag_links = {
            tag.id: TagLink(tag.label, f"tags/{tag.id}.html") for tag in site.library.tags.values()
        }
        self.lists = {reading_list.id: reading_list for reading_list in site.library.lists}
        self.last_edited = last_edited(site)
        # Paper id → ISO day on which something last happened to it, as far as it is recorded.
        events = reversed(site.history.events) if site.history else ()
        self.happened = {event.paper: event.day for event in events if event.kind != "moved"}
        self._cards: dict[str, Card] = {}

    @cached_property
    def papers(self) -> dict[str, Paper]:
        """By id. A page that is drawn before all others mostly needs none of them."""
        return {paper.id: paper for paper in self.library.papers}

    @cached_property
    def authors(self) -> Authors:
        """Those who have a page."""
        from sitegen.plan.authors import Authors  # which needs a context for its pages

        key = (self.site.newest, self.settings.author_pages)
        return self.recall("authors", key, lambda: Authors(self.site))

    @cached_property
    def latest(self) -> list[tuple[Paper, str]]:
        """(paper, ISO date) of every paper, what was added last first."""
        return latest(self.site)

    @cached_property
    def discussed(self) -> list[tuple[Paper, Signal]]:
        """Papers that people talk about, the most discussed first."""
        known = self.of_papers("discussed", list[tuple[str, Signal]], lambda: discussed(self.site.newest))
        return [(self.papers[paper], signal) for paper, signal in known]

    def of_papers(self, name: str, kind: type[T], make: Callable[[], T]) -> T:
        """What `make()` gives, in which papers alone have a say: the last time's as long as they are the same, in any run."""
        return self.lasting(name, self.library.of_papers, kind, make)

    @cached_property
    def fingerprints(self) -> Fingerprints:
        """Of what the views are made of."""
        return Fingerprints(self, self._known)

    def card(self, paper: Paper, *, kept: bool = True) -> Card:
        """The card of this paper, the same value on every page; not `kept` for its own page, which shows it whole."""
        if not kept:
            return self._card(paper, whole=True)
        card = self._cards.get(paper.id)
        if card is None:
            told = self.fingerprints.of_one(paper)
            card = self.recall(f"card {paper.id}", told, partial(self._card, paper))
            self._cards[paper.id] = card
        return card

    def _card(self, paper: Paper, *, whole: bool = False) -> Card:
        return card_of(
            paper,
            tags=tuple(self.tag_links[tag] for tag in paper.tags),
            appearances=self.site.appearances.get(paper.id, ()),
            since=self.site.since[paper.id],
            page_size=self.settings.page_size,
            files=self.settings.paper_files,
            whole=whole,
        )

    def head(
        self,
        url: str,
        title: str,
        description: str = "",
        *,
        section: str = "",
        kind: str = "website",
        feeds: tuple[FeedLink, ...] = (),
        indexed: bool = True,
        modified: str = "",
        previous: str = "",
        following: str = "",
        data: dict[str, Any] | None = None,
    ) -> Head:
        """What stands in <head>, about this page."""
        return Head(
            url=url,
            address=address(url),
            title=title,
            description=description or self.settings.tagline,
            section=section,
            kind=kind,
            feeds=(*self.frame.feeds, *feeds),
            indexed=indexed,
            modified=modified,
            previous=previous,
            following=following,
            data=data,
        )

    def page(self, url: str, template: str, view: Any) -> Page:
        """A page that people read, listed in the sitemap unless its head says otherwise."""
        return Page(url, "html", template, view, view.head.modified if view.head.indexed else None)

    def absolute(self, url: str) -> str:
        """The address under `base_url`, or the site-relative path where there is none."""
        return self.settings.base_url + address(url)

    def url_for_data(self, url: str) -> dict[str, str]:
        """schema.org's `url`; nothing without a `base_url`, for machines would resolve a path against anything."""
        return {"url": self.absolute(url)} if self.settings.base_url else {}

    def feed_links(self, stem: str, title: str) -> tuple[FeedLink, ...]:
        """The feeds of the list at `<stem>.html`; none without a `base_url`."""
        return feed_links(stem, title) if self.settings.base_url else ()


def address(url: str) -> str:
    """The shortest path that a host answers: `index.html` is left out.

    >>> address("index.html"), address("tags/index.html"), address("tags/llm.html"), address("tags/index.2.html")
    ('', 'tags/', 'tags/llm.html', 'tags/index.2.html')
    """
    return url.removesuffix("index.html") if url == "index.html" or url.endswith("/index.html") else url
