"""What views are made of, as digests, which are known much sooner than the views themselves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from hashlib import blake2b
from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from sitegen.model.settings import unplaced
from sitegen.text.digest import digest_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model.library import Library
    from sitegen.model.paper import Paper
    from sitegen.model.recall import Lasting
    from sitegen.model.site import Appearance
    from sitegen.plan.context import Context

T = TypeVar("T")
_ID = attrgetter("id")
Parts = Callable[[], Mapping[str, object]]


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
        # By name: what was around, the parts, and their digests.
        self._rows: dict[str, tuple[bytes, Parts, Mapping[str, bytes]]] = {}
        self._library: Library | None = None
        self._told: tuple[dict[str, bytes], dict[str, bytes]] = {}, {}
        self._lasting: Lasting | None = None

    def next(self, lasting: Lasting | None = None) -> None:
        """What comes now is another build, for which `lasting` knows what other runs of the program have left."""
        self._before = self._digests, self._made
        self._digests, self._made = {}, {}
        self._lasting = lasting

    def told(self, library: Library) -> tuple[dict[str, bytes], dict[str, bytes]]:
        """Digests of what the site of this very library tells of papers, by id: of all, and of all but their places in
        lists. For several contexts of one build.
        """
        if self._library is not library:
            self._library, self._told = library, ({}, {})
        return self._told

    def lasting(self, name: str, key: bytes, kind: type[T], make: Callable[[], T]) -> T:
        """What `make()` gave under this name the last time, in any run, if the key was equal; b"" is no key."""
        return self._lasting(name, key, kind, make) if self._lasting and key else make()

    def row(
        self,
        name: str,
        key: bytes,
        parts: Parts,
        make: Callable[[Any], bytes] = digest_of,
        around: bytes = b"",
    ) -> Mapping[str, bytes]:
        """A digest for each of the parts, by id: `make(part)`, which has an eye on nothing else but what `around` stands for.

        `key` stands for all that. Where it is another one, digests of parts that are equal to the last time's stay.
        """

        def changed() -> dict[str, bytes]:
            around_before, parts_before, known = self._rows.get(name, (b"", dict, {}))
            before = parts_before() if around_before == around else {}
            return {
                each: known[each] if before.get(each) == part else make(part)
                for each, part in parts().items()
            }

        found = self.lasting(name, key, dict[str, bytes], changed)
        self._rows[name] = (around, parts, found)
        return found

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
    """Digests of everything that pages about papers may read: equal ones mean equal views, in any run of the program."""

    def __init__(self, context: Context, known: Known) -> None:
        self._context = context
        self._known = known
        self.digest = known.digest
        self._told, self._unplaced = known.told(context.library)
        self._ones: dict[str, bytes] = {}
        self._kin: Mapping[str, bytes] = {}
        self._whole = digest_of(
            (unplaced(context.settings), context.texts.language, context.texts.catalogue, context.frame)
        )
        tags = [(tag.id, tag.label) for tag in context.library.tags.values()]
        # What papers name without holding it.
        self._names = digest_of((tags, context.authors.told))

    def of(self, papers: Iterable[Paper], *rest: Any) -> bytes:
        """Of a view that shows these papers, with all that the site tells of each, and `rest`."""
        return self._of(papers, self._told, self._all_told, self._whole, digest_of(rest))

    def of_alone(self, papers: Iterable[Paper], *rest: Any) -> bytes:
        """The same of a view that shows nothing of what lists say about these papers, nor where they stand in them."""
        return self._of(papers, self._unplaced, self._all_unplaced, self._whole, digest_of(rest))

    def of_one(self, paper: Paper) -> bytes:
        """Of what shows this paper alone, with all that the site tells of it."""
        known = self._ones.get(paper.id)
        if known is None:
            told = self._told.get(paper.id) or self._all_told(paper)
            known = self._ones[paper.id] = blake2b(self._whole + told, digest_size=16).digest()
        return known

    def of_ones(self, papers: Iterable[Paper]) -> tuple[bytes, ...]:
        """Of each of these papers, as `of_one` has it."""
        return tuple(map(self.of_one, papers))

    def of_page(self, paper: Paper) -> bytes:
        """Of the paper's own page, which names papers that are like it, their tags and lists."""
        return self.of_one(paper) + (self._kin.get(paper.id) or self._alike(paper))

    def of_search(self) -> bytes:
        """Of what the search index is made of: papers, what the site tells of each, and the names of tags and lists."""
        library = self._context.library
        lists = [(each.id, each.title) for each in library.lists]
        return self._of(library.papers, self._told, self._all_told, digest_of((library.tags, lists)))

    def told(self) -> Mapping[str, bytes]:
        """Of all that the site tells of each paper, by its id."""
        context, library = self._context, self._context.library
        if len(self._told) < len(library.papers):
            key = library.of_papers and digest_of((library.of_papers, self._names))
            parts = partial(_with_labels, library)
            row = self._known.row("told", key, parts, self._alone, context.authors.told)
            self._unplaced.update(_by_own_ids(library, row))
            self._told.update(self._unplaced)
            for paper in context.site.appearances:
                self._told[paper] = self._placed(paper, self._unplaced[paper])
        return self._told

    def look_at_all(self) -> None:
        """Have the digests of all papers at hand, and of what names those that are like them."""
        self.told()
        context, site = self._context, self._context.site
        if site.of_likeness:
            lists = [(each.id, each.title) for each in site.library.lists]
            key = digest_of((site.of_likeness, lists, self._names))  # titles are in the first
            row = self._known.row("kin", key, lambda: _with_names(context))
            self._kin = _by_own_ids(site.library, row)

    def _of(
        self,
        papers: Iterable[Paper],
        known: Mapping[str, bytes],
        make: Callable[[Paper], bytes],
        *others: bytes,
    ) -> bytes:
        papers = tuple(papers)
        try:
            parts = list(map(known.__getitem__, map(_ID, papers)))
        except KeyError:  # not all are at hand
            parts = [known.get(paper.id) or make(paper) for paper in papers]
        return blake2b(b"".join((*others, *parts)), digest_size=16).digest()

    def _alike(self, paper: Paper) -> bytes:
        return digest_of(_named(self._context, paper))

    def _all_told(self, paper: Paper) -> bytes:
        told = self._told[paper.id] = self._placed(paper.id, self._all_unplaced(paper))
        return told

    def _all_unplaced(self, paper: Paper) -> bytes:
        told = self._unplaced[paper.id] = self._alone(_labelled(self._context.library, paper))
        return told

    def _placed(self, paper: str, told: bytes) -> bytes:
        """Of a paper of which this is told alone, and of its places in lists."""
        site = self._context.site
        places = site.appearances.get(paper)
        return digest_of((told, site.since[paper], [_said(place) for place in places])) if places else told

    def _alone(self, labelled: tuple[Paper, list[str]]) -> bytes:
        """Of the paper with the labels of its tags, and of its authors as the site names them wherever it stands."""
        authors = self._context.authors
        named = [each and (each.name, each.url) for each in authors.of(labelled[0])] if authors.all else []
        return digest_of((*labelled, named))


def _with_labels(library: Library) -> Mapping[str, object]:
    return {paper.id: _labelled(library, paper) for paper in library.papers}


def _labelled(library: Library, paper: Paper) -> tuple[Paper, list[str]]:
    return paper, [library.tags[tag].label for tag in paper.tags]


def _by_own_ids(library: Library, row: Mapping[str, bytes]) -> dict[str, bytes]:
    """The row under the very strings that papers have as ids: that finds them in half the time."""
    return dict(zip([paper.id for paper in library.papers], row.values(), strict=True))


def _with_names(context: Context) -> Mapping[str, object]:
    return {paper.id: _named(context, paper) for paper in context.library.papers}


def _named(context: Context, paper: Paper) -> object:
    """All that is said of papers that are like this one, but for scores."""
    return [
        (
            kin.paper_id,
            context.papers[kin.paper_id].title,
            kin.words,
            [(tag, context.library.tags[tag].label) for tag in kin.tags],
            [(each, context.lists[each].title) for each in kin.lists],
        )
        for kin in context.site.related.get(paper.id, ())
    ]


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
