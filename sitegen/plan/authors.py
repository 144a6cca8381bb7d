"""People by name: an index, and a list for everyone who wrote enough of the papers here."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.paper import Paper
from sitegen.plan.frame import Frame, Head
from sitegen.plan.listing import Choice, plan_listing
from sitegen.text.names import display_name, parts_of_name
from sitegen.text.normal import fold
from sitegen.text.slug import hashed, slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from sitegen.model.page import Page
    from sitegen.model.site import Site
    from sitegen.plan.context import Context

_INDEX = "authors/index.html"


class Author(msgspec.Struct, frozen=True):
    """A name, in the one form that the site writes it in, and the papers under it."""

    id: str
    name: str
    papers: tuple[Paper, ...]  # newest first

    @property
    def url(self) -> str:
        return f"authors/{self.id}.html"


class AuthorsView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    fewest: int  # papers that a name must have
    authors: tuple[Choice, ...]  # by family name


def authors_of(site: Site) -> Mapping[str, Author]:
    """Those who have a page, by the key of their name; none where the settings ask for no pages.

    Names are one where they differ by case, accents or "Last, First" alone: initials may be anybody's. The form that
    most papers use is shown. Groups count as people do.
    """
    fewest = site.library.settings.author_pages
    if not fewest:
        return {}
    papers: dict[str, dict[str, Paper]] = {}
    forms: dict[str, Counter[str]] = {}
    for paper in site.newest:
        for author in paper.authors:
            key = author_key(author)
            papers.setdefault(key, {})[paper.id] = paper
            forms.setdefault(key, Counter())[display_name(author)] += 1
    shown = [key for key in sorted(papers) if key and len(papers[key]) >= fewest]
    slugs = Counter(map(slug, shown))
    return {
        key: Author(
            id=slug(key) if slugs[slug(key)] == 1 else hashed(slug(key), key),
            name=min(forms[key], key=lambda form: (-forms[key][form], form)),
            papers=tuple(papers[key].values()),
        )
        for key in shown
    }


def author_key(author: str) -> str:
    """What two writings of one name share.

    >>> author_key("Müller, Jan") == author_key("JAN MULLER"), author_key("J. Muller") == author_key("Jan Muller")
    (True, False)
    """
    return fold(display_name(author)).replace(".", "").strip()


def plan_authors(context: Context) -> Iterator[Page]:
    """`authors/index.html` and `authors/ada-lovelace.html` …, where the settings ask for them and somebody wrote enough."""
    fewest, texts = context.settings.author_pages, context.texts
    if not context.authors:
        return
    title = texts("authors.title")
    authors = sorted(
        context.authors.values(), key=lambda author: (fold(parts_of_name(author.name).sorted), author.id)
    )
    view = AuthorsView(
        frame=context.frame,
        head=context.head(_INDEX, title, texts("authors.about", n=fewest), section="papers/index.html"),
        fewest=fewest,
        authors=tuple(Choice(author.name, author.url, len(author.papers)) for author in authors),
    )
    yield context.page(_INDEX, "authors.html", view)
    for author in authors:
        yield from plan_listing(
            context,
            f"authors/{author.id}",
            author.name,
            author.papers,
            section="papers/index.html",
            about=texts("authors.about_one", n=len(author.papers), name=author.name),
            crumb=Choice(title, _INDEX, 0),
            description=texts("authors.shared"),
            feeds=context.feed_links(f"authors/{author.id}", author.name),
        )
