"""What views are made of, as digests, which are known much sooner than the views themselves."""

from __future__ import annotations

from functools import cached_property, partial
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, TypeVar

from sitegen.model.settings import unplaced
from sitegen.text.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sitegen.model.library import Library
    from sitegen.model.likeness import Related
    from sitegen.model.paper import Paper
    from sitegen.model.site import Appearance
    from sitegen.plan.context import Context

T = TypeVar("T")


class Known:
    """What contexts in one process may have in common, however the site has changed between them.

    Whoever keeps it from build to build calls `next` between them, which forgets what the last one had no use for.
    """

    def __init__(self) -> None:
        # By the identity of values, which are kept along with their digests.
        self._digests: dict[int, tuple[object, bytes]] = {}
        # By name: a key, and what was made where the key was equal to it.
        self._made: dict[str, tuple[object, Any]] = {}
        self._before = self._digests, self._made
        self._library: Library | None = None
        self._told: dict[str, bytes] = {}

    def next(self) -> None:
        """What comes now is another build."""
        self._before = self._digests, self._made
        self._digests, self._made = {}, {}

    def told(self, library: Library) -> dict[str, bytes]:
        """Digests of all that the site of this very library tells of papers, by id: for several contexts of one build."""
        if self._library is not library:
            self._library, self._told = library, {}
        return self._told

    def digest(self, value: T, told: Callable[[T], object] | None = None) -> bytes:
        """Of the value itself, or of what `told` says of it: the same function for values of one kind."""
        at = id(value)
        known = self._digests.get(at)
        if known is None:
            known = self._before[0].get(at) or (value, digest_of(told(value) if told else value))
            self._digests[at] = known
        return known[1]

    def recall(self, name: str, key: object, make: Callable[[], T], /) -> T:
        """What `make()` gave under this name the last time, if the key, all that it is made of, was equal then."""
        known = self._made.get(name) or self._before[1].get(name)
        if known is None or known[0] != key:
            known = (key, make())
        self._made[name] = known
        return known[1]


class Fingerprints:
    """Digests of everything that pages about papers may read: equal ones mean equal views, in any run of the program.

    `known` has the digests of papers that it has met.
    """

    def __init__(self, context: Context, known: Known) -> None:
        self._context = context
        self._known = known
        self.digest = known.digest
        self._told = known.told(context.library)
        self._ones: dict[str, bytes] = {}
        self._whole = digest_of(
            (unplaced(context.settings), context.texts.language, context.texts.catalogue, context.frame)
        )
        tags = [(tag.id, tag.label) for tag in context.library.tags.values()]
        # What papers name without holding it.
        self._names = digest_of((tags, context.authors.told))

    def of(self, papers: Iterable[Paper], *rest: Any) -> bytes:
        """Of a view that shows these papers, with all that the site tells of each, and `rest`."""
        return self._of(papers, self._whole, digest_of(rest))

    def of_one(self, paper: Paper) -> bytes:
        """Of what shows this paper alone, with all that the site tells of it."""
        known = self._ones.get(paper.id)
        if known is None:
            known = self._ones[paper.id] = self._of((paper,), self._whole)
        return known

    def of_page(self, paper: Paper, related: tuple[Related, ...]) -> bytes:
        """Of the paper's own page, which names papers that are like it, their tags and lists."""

        def make() -> bytes:
            context = self._context
            names = [context.papers[kin.paper_id].title for kin in related]
            names += [context.library.tags[tag].label for kin in related for tag in kin.tags]
            names += [context.lists[each].title for kin in related for each in kin.lists]
            return self.of((paper,), self._known.digest(related, _but_scores), names)

        key = (self.of_one(paper), related, self._titles)
        return self._known.recall(f"page {paper.id}", key, make)

    def of_search(self) -> bytes:
        """Of what the search index is made of: papers, what the site tells of each, and the names of tags and lists."""
        library = self._context.library
        lists = [(each.id, each.title) for each in library.lists]
        return self._of(library.papers, digest_of((library.tags, lists)))

    def told(self) -> dict[str, bytes]:
        """Of all that the site tells of each paper, by its id."""
        return {paper.id: self._all_told(paper) for paper in self._context.library.papers}

    @cached_property
    def _titles(self) -> bytes:
        """Of the names of all that pages name."""
        library = self._context.library
        papers = [(paper.id, paper.title) for paper in library.papers]
        return digest_of((papers, [(each.id, each.title) for each in library.lists], self._names))

    def _of(self, papers: Iterable[Paper], *others: bytes) -> bytes:
        told = self._told
        parts = [told.get(paper.id) or self._all_told(paper) for paper in papers]
        return blake2b(b"".join((*others, *parts)), digest_size=16).digest()

    def _all_told(self, paper: Paper) -> bytes:
        told = self._known.recall(f"paper {paper.id}", (paper, self._names), partial(self._alone, paper))
        places = self._context.site.appearances.get(paper.id)
        if places:
            told = digest_of((told, self._context.site.since[paper.id], [_said(place) for place in places]))
        self._told[paper.id] = told
        return told

    def _alone(self, paper: Paper) -> bytes:
        """Of the paper, and of what the site names for it wherever it stands."""
        context = self._context
        labels = [context.library.tags[tag].label for tag in paper.tags]
        authors = context.authors.of(paper) if context.authors.all else ()
        named = [author and (author.name, author.url) for author in authors]
        return digest_of((self._known.digest(paper), labels, named))


def _said(place: Appearance) -> object:
    entry, before, after = place.entry, place.previous, place.next
    return (
        place.list.id,
        place.list.title,
        place.part_id,
        place.position,
        (entry.note, entry.tags, entry.status, entry.rating, entry.start_here, entry.added),
        before and (before.id, before.title),
        after and (after.id, after.title),
    )


def _but_scores(related: tuple[Related, ...]) -> object:
    return [(kin.paper_id, kin.words, kin.tags, kin.lists) for kin in related]
