"""What papers have in common, found beside the drawing of pages, or known from the last time."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.build.processes import Forked
from sitegen.liken import liken, read_by_liken
from sitegen.model.likeness import Region, Related, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.build.recalled import Recalled
    from sitegen.model.site import Site

_FEW = 400  # papers that are compared before another process has begun


class Likeness(msgspec.Struct, frozen=True):
    """The fields of a Site that `liken` makes."""

    related: dict[str, tuple[Related, ...]]
    map: tuple[Spot, ...]
    regions: tuple[Region, ...]
    key: bytes  # of all that this comes from

    def near(self, site: Site, papers: Iterable[str]) -> Site:
        """The site with what these papers had in common with others before it changed, as far as it still has these."""
        known = {paper.id for paper in site.library.papers}
        lists = {each.id for each in site.library.lists}
        related = {
            paper: tuple(
                msgspec.structs.replace(
                    kin,
                    tags=tuple(tag for tag in kin.tags if tag in site.library.tags),
                    lists=tuple(each for each in kin.lists if each in lists),
                )
                for kin in self.related.get(paper, ())
                if kin.paper_id in known
            )
            for paper in papers
        }
        return msgspec.structs.replace(site, related=related)

    def of(self, site: Site) -> Site:
        """The site with these fields."""
        return msgspec.structs.replace(
            site, related=self.related, map=self.map, regions=self.regions, of_likeness=self.key
        )


class Likening:
    """The likeness of a site's papers: `known`, or on its way in a process of its own.

    Its tables are large, and gone when that process is done.
    """

    def __init__(self, site: Site, recalled: Recalled, *, jobs: int) -> None:
        self._recalled = recalled
        self._key = recalled.key(read_by_liken(site))
        self.known = recalled.get("likeness", self._key, Likeness)
        self._work: Forked[Likeness] | None = None
        if self.known is None:
            forks = jobs > 1 and len(site.library.papers) > _FEW
            self._work = Forked(lambda: _likeness(site, self._key), Likeness, forks=forks)

    def result(self) -> Likeness:
        """Wait for it, and remember it."""
        if self._work is not None:
            self.known = self._work.result()
            self._recalled.put("likeness", self._key, self.known)
            self._work = None
        assert self.known is not None
        return self.known

    def stop(self) -> None:
        """End the work, whatever has become of it."""
        if self._work is not None:
            self._work.stop()


def _likeness(site: Site, key: bytes) -> Likeness:
    alike = liken(site)
    return Likeness(dict(alike.related), alike.map, alike.regions, key)
