"""People by name and ORCID: an index, and a list for everyone who wrote enough of the papers here."""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from sitegen.model.paper import Paper
from sitegen.plan.exports import twin_beside
from sitegen.plan.frame import Frame, Head
from sitegen.plan.listing import Choice, Choices, plan_listing
from sitegen.text.digest import digest_of
from sitegen.text.names import display_name, parts_of_name
from sitegen.text.normal import fold
from sitegen.text.orcid import orcid_url
from sitegen.text.slug import hashed, slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from sitegen.model.page import Page
    from sitegen.model.site import Site
    from sitegen.plan.context import Context

_INDEX = "authors/index.html"


class Author(msgspec.Struct, frozen=True, kw_only=True):
    """A person or a group under the one form of the name that the site writes, and the papers."""

    id: str
    name: str
    orcid: str  # "" where it is not known
    certain: bool  # whether every one of the papers gives the ORCID
    papers: tuple[Paper, ...]  # newest first

    @property
    def url(self) -> str:
        return f"authors/{self.id}.html"


class AuthorsView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    fewest: int  # papers that an author must have
    authors: tuple[Choice, ...]  # by family name


class Authors:
    """Who wrote enough of a site's papers to have a page; nobody where the settings ask for no pages.

    An ORCID is one person under whatever names, and two are never on one page. Papers that give a name without an ORCID
    are that person's with whom alone other papers give the name; where there are several, nobody knows whose they are.
    Names are one where they differ by case, accents or "Last, First" alone: initials may be anybody's. The form that most
    papers use is shown. Groups count as people do.
    """

    def __init__(self, site: Site) -> None:
        fewest = site.library.settings.author_pages
        self._owners = _owners(site.newest) if fewest else {}
        found = _found(site.newest, self._owners) if fewest else {}
        found = {person: found[person] for person in sorted(found) if len(found[person].papers) >= fewest}
        ids = _ids(found)
        self._by_person = {person: found[person].author(ids[person]) for person in found if any(person)}
        people = [(*person, author.name, author.url) for person, author in self._by_person.items()]
        self.told = digest_of((self._owners, people))  # of all that `of` may say of a paper
        self.all = tuple(sorted(self._by_person.values(), key=lambda author: author.id))
        self._by_name: dict[str, list[Author]] = {}
        for author in self.all:
            self._by_name.setdefault(author_key(author.name), []).append(author)

    def of(self, paper: Paper) -> Iterator[Author | None]:
        """Who has a page, or None, for each name of the paper."""
        for name, orcid in _signed(paper):
            yield self._by_person.get(_person(name, orcid, self._owners))

    def namesakes(self, author: Author) -> tuple[Author, ...]:
        """Others whose name is the same and who have a page, too."""
        return tuple(other for other in self._by_name[author_key(author.name)] if other is not author)

    def label(self, author: Author) -> str:
        """The name, and the ORCID where others are called the same."""
        told_apart = author.orcid and self.namesakes(author)
        return f"{author.name} ({author.orcid})" if told_apart else author.name


def author_key(author: str) -> str:
    """What two writings of one name share.

    >>> author_key("Müller, Jan") == author_key("JAN MULLER"), author_key("J. Muller") == author_key("Jan Muller")
    (True, False)
    """
    return fold(display_name(author)).replace(".", "").strip()


def plan_authors(context: Context) -> Iterator[Page]:
    """`authors/index.html` and `authors/ada-lovelace.html` …, where the settings ask for them and somebody wrote enough."""
    fewest, texts = context.settings.author_pages, context.texts
    if not context.authors.all:
        return
    title = texts("authors.title")
    authors = sorted(
        context.authors.all, key=lambda author: (fold(parts_of_name(author.name).sorted), author.id)
    )
    view = AuthorsView(
        frame=context.frame,
        head=context.head(_INDEX, title, texts("authors.about", n=fewest), section="papers/index.html"),
        fewest=fewest,
        authors=tuple(
            Choice(context.authors.label(author), author.url, len(author.papers)) for author in authors
        ),
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
            description=_description(context, author),
            person=schema_person(author.name, author.orcid),
            choices=(
                Choices(
                    texts("authors.namesakes"),
                    tuple(
                        Choice(other.orcid or other.name, other.url, len(other.papers))
                        for other in context.authors.namesakes(author)
                    ),
                ),
            ),
            feeds=context.feed_links(f"authors/{author.id}", author.name),
            files=twin_beside(f"authors/{author.id}", context.settings.list_files),
        )


def schema_person(name: str, orcid: str) -> dict[str, str]:
    """https://schema.org/Person"""
    return {"@type": "Person", "name": name, **({"sameAs": orcid_url(orcid)} if orcid else {})}


def _description(context: Context, author: Author) -> str:
    said = [f"ORCID: [{author.orcid}]({orcid_url(author.orcid)})"] if author.orcid else []
    if not author.certain:
        said.append(context.texts("authors.guessed" if author.orcid else "authors.shared"))
    return "\n\n".join(said)


class _Person(NamedTuple):
    """Who it is: an ORCID, else the key of a name."""

    orcid: str
    name: str


class _Found:
    def __init__(self, orcid: str) -> None:
        self.orcid = orcid
        self.certain = bool(orcid)
        self.papers: dict[str, Paper] = {}
        self.forms: Counter[str] = Counter()

    @property
    def name(self) -> str:
        return min(self.forms, key=lambda form: (-self.forms[form], form))

    def author(self, id: str) -> Author:  # noqa: A002  its name in Author
        papers = tuple(self.papers.values())
        return Author(id=id, name=self.name, orcid=self.orcid, certain=self.certain, papers=papers)


def _signed(paper: Paper) -> Iterable[tuple[str, str]]:
    return zip_longest(paper.authors, paper.orcids, fillvalue="")


def _owners(papers: Iterable[Paper]) -> dict[str, str]:
    """The names with which papers give one ORCID, none or the same one, by key; names with several are left out."""
    given: dict[str, set[str]] = {}
    for paper in papers:
        if paper.orcids:
            for name, orcid in _signed(paper):
                if orcid and (key := author_key(name)):
                    given.setdefault(key, set()).add(orcid)
    return {key: min(orcids) for key, orcids in given.items() if len(orcids) == 1}


def _person(name: str, orcid: str, owners: Mapping[str, str]) -> _Person:
    if orcid:
        return _Person(orcid, "")
    key = author_key(name)
    return _Person(owners[key], "") if key in owners else _Person("", key)


def _found(papers: Iterable[Paper], owners: Mapping[str, str]) -> dict[_Person, _Found]:
    found: dict[_Person, _Found] = {}
    for paper in papers:
        for name, orcid in _signed(paper):
            person = _person(name, orcid, owners)
            if person not in found:
                found[person] = _Found(person.orcid)
            one = found[person]
            one.papers[paper.id] = paper
            one.forms[display_name(name)] += 1
            one.certain = one.certain and bool(orcid)
    return found


def _ids(found: Mapping[_Person, _Found]) -> dict[_Person, str]:
    """What pages are called: the slug of the name; who shares it has the ORCID or a hash of the name after it."""
    keys = {person: author_key(one.name) for person, one in found.items()}
    slugs = {person: slug(key) for person, key in keys.items()}
    sharing = Counter(slugs.values())
    unknown = Counter(slugs[person] for person in found if not person.orcid)

    def name(person: _Person) -> str:
        own = slugs[person]
        if sharing[own] == 1 or (not person.orcid and unknown[own] == 1):
            return own
        return f"{own}-{person.orcid.lower()}" if person.orcid else hashed(own, keys[person])

    return {person: name(person) for person in found}
