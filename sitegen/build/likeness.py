"""What papers have in common, found beside the drawing of pages, or known from the last time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import msgspec

from sitegen.build.processes import Forked
from sitegen.liken import liken, read_beside_papers, read_by_liken
from sitegen.model.likeness import Region, Related, Spot

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.build.recalled import Recalled
    from sitegen.model.site import Site

_FEW = 400  # papers that are compared before another process has begun


class Likeness(msgspec.Struct, frozen=True):
    """The fields of a Site that `liken` makes. What is like a paper is packed: most builds ask for that of few."""

    related: dict[str, bytes]
    map: tuple[Spot, ...]
    regions: tuple[Region, ...]
    key: bytes  # of all that this comes from

    def near(self, site: Site, papers: Iterable[str]) -> Site:
        """The site with what these papers had in common with others before it changed, as far as it still has these."""
        known = {paper.id for paper in site.library.papers}
        before = Unpacked(self.related)
        lists = {each.id for each in site.library.lists}
        related = {
            paper: tuple(
                msgspec.structs.replace(
                    kin,
                    tags=tuple(tag for tag in kin.tags if tag in site.library.tags),
                    lists=tuple(each for each in kin.lists if each in lists),
                )
                for kin in before.get(paper, ())
                if kin.paper_id in known
            )
            for paper in papers
        }
        return msgspec.structs.replace(site, related=related)

    def of(self, site: Site) -> Site:
        """The site with these fields."""
        return msgspec.structs.replace(
            site, related=Unpacked(self.related), map=self.map, regions=self.regions, of_likeness=self.key
        )


class Unpacked(Mapping[str, tuple[Related, ...]]):
    """What is like each paper, read when it is asked for."""

    def __init__(self, packed: Mapping[str, bytes]) -> None:
        self._packed = packed
        self._read: dict[str, tuple[Related, ...]] = {}

    def __getitem__(self, paper: str) -> tuple[Related, ...]:
        if paper not in self._read:
            self._read[paper] = _DECODER.decode(self._packed[paper])
        return self._read[paper]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packed)

    def __len__(self) -> int:
        return len(self._packed)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Unpacked) and self._packed == other._packed

    __hash__ = None  # type: ignore[assignment]


_DECODER = msgspec.msgpack.Decoder(tuple[Related, ...])


class Likening:
    """The likeness of a site's papers: `known`, or on its way in a process of its own.

    Its tables are large, and gone when that process is done.
    """

    def __init__(self, site: Site, recalled: Recalled, *, jobs: int) -> None:
        self._recalled = recalled
        self._key = self._read(site)
        self.known = recalled.get("likeness", self._key, Likeness)
        self._work: Forked[Likeness] | None = None
        if self.known is None:
            forks = jobs > 1 and len(site.library.papers) > _FEW
            self._work = Forked(lambda: _likeness(site, self._key), Likeness, forks=forks)

    def _read(self, site: Site) -> bytes:
        """A digest of all that `liken` reads. Where papers are the same only little has to be read for it."""
        if not site.library.of_papers:
            return self._recalled.key(read_by_liken(site))
        key = self._recalled.key(site.library.of_papers, read_beside_papers(site))
        return self._recalled.of("likened", key, bytes, lambda: self._recalled.key(read_by_liken(site)))

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
    packed = {paper: msgspec.msgpack.encode(kin) for paper, kin in alike.related.items()}
    return Likeness(packed, alike.map, alike.regions, key)
