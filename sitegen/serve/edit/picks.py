"""The picks of a collection as its file says them at this moment, and the papers that they mean."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, Outcome, error
from sitegen.model.collection import Collection, Pick
from sitegen.model.source import SourceFile
from sitegen.parse.collection import parse_collection
from sitegen.splice import PickAt, SectionAt, title_places

if TYPE_CHECKING:
    from sitegen.serve.edit.known import Known


class Listed(msgspec.Struct, frozen=True):
    """A pick, and where it stands."""

    paper: str  # id; "" where it is not certain which paper is meant
    at: PickAt
    section: str  # its title
    pick: Pick
    again: bool = False  # a pick before it has the paper, too: the site leaves this one out

    @property
    def name(self) -> str:
        """What it is called among the picks of its list: by its paper, or as the file says it."""
        return self.paper or self.pick.paper


class Listing(msgspec.Struct, frozen=True):
    """A collection's file, read."""

    file: SourceFile
    collection: Collection
    listed: tuple[Listed, ...]

    @property
    def shown(self) -> tuple[Listed, ...]:
        """Those that the site has: of a paper that is picked twice, the first."""
        return tuple(each for each in self.listed if not each.again)

    @property
    def sections(self) -> tuple[str, ...]:
        """Titles, in their order; "" first: picks may stand before any section."""
        return ("", *(section.title for section in self.collection.sections if section.title))

    def section(self, title: str) -> SectionAt | Diagnostic:
        """Where the one section of this title is, or why it is not certain; the picks before any always have a place."""
        titles = [section.title for section in self.collection.sections]
        if titles.count(title) > 1:
            message = f"two sections of this collection are called '{title}': nothing was written"
            second = (*title_places(self.file, title)[1:], self.collection.where)[0]
            return error("not-edited", message, second, "give this one another title, in the file itself")
        if title in titles:
            return SectionAt(titles.index(title), title)
        if title:
            message = f"there is no section '{title}' in this collection any more"
            return error("not-edited", message, self.collection.where)
        return SectionAt(0)

    def of(self, paper: str) -> Listed | None:
        """Where a paper is picked; of two picks the first, as on its page."""
        return next((each for each in self.listed if each.paper == paper), None)


def listing(file: SourceFile, known: Known) -> Outcome[Listing | None]:
    """The picks in the order of the file; None, and why, where it is no collection."""
    if file.digest not in known.listings:
        known.listings[file.digest] = _listing(file, known)
    found = known.listings[file.digest]
    # Files of equal bytes may have different names.
    return found if found.value is None or found.value.file.path == file.path else _listing(file, known)


def _listing(file: SourceFile, known: Known) -> Outcome[Listing | None]:
    collection, problems = (found := parse_collection(file)).value, found.diagnostics
    if collection is None:
        return Outcome(None, problems)
    listed = []
    seen: set[str] = set()
    for place, section in enumerate(collection.sections):
        for number, pick in enumerate(section.picks):
            paper = known.picked(pick, file.path)
            at = PickAt(place, number, pick.paper)
            id_ = paper.id if paper else ""
            listed.append(Listed(id_, at, section.title, pick, again=id_ in seen))
            seen |= {id_} - {""}
    return Outcome(Listing(file, collection, tuple(listed)), problems)
