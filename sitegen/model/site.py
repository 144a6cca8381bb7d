"""The library and what follows from it: who is under which tag and year, and how much of everything there is."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from sitegen.model.change import History
from sitegen.model.library import Entry, Library, ReadingList
from sitegen.model.likeness import Region, Related, Spot
from sitegen.model.paper import Paper


class Appearance(msgspec.Struct, frozen=True):
    """One place of a paper in a list."""

    list: ReadingList
    part_id: str
    entry: Entry
    position: int  # 1-based, in the whole list
    previous: Paper | None
    next: Paper | None


class Site(msgspec.Struct, frozen=True, kw_only=True):
    library: Library
    by_tag: Mapping[
        str, tuple[Paper, ...]
    ]  # tag id → papers, newest first; children's papers included in parents
    by_year: Mapping[int, tuple[Paper, ...]]  # newest year first; papers newest first
    undated: tuple[Paper, ...]  # by title
    newest: tuple[Paper, ...]  # every paper, newest first, undated last
    children: Mapping[str, tuple[str, ...]]  # tag id → ids of tags below it, by label
    related_tags: Mapping[str, tuple[tuple[str, int], ...]]  # tag id → (tag id, papers in common), most first
    appearances: Mapping[str, tuple[Appearance, ...]]  # paper id → its places, in the order of the lists
    since: Mapping[
        str, str
    ]  # paper id → ISO date on which it became part of the site, as far as anything tells, or ""
    history: History | None = None  # what is recorded of the site's past, where anything is
    # Made by `liken`, last:
    related: Mapping[str, tuple[Related, ...]] = {}  # paper id → six at most, the most alike first
    map: tuple[Spot, ...] = ()  # every paper, by id
    regions: tuple[Region, ...] = ()  # of the map, the largest first
    of_likeness: bytes = b""  # a digest of all that these three come from, the program included; or b""
