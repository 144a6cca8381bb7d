"""What papers have in common, and where that puts them."""

from __future__ import annotations

from typing import NamedTuple

import msgspec

MAP_SIZE = 4096
"""Coordinates of a map are whole numbers from 0 to 4095; y grows downwards, as on a screen."""


class Related(msgspec.Struct, frozen=True, gc=False):
    """A paper that is like another one, and why. It has a reason: at least one of `words`, `tags` and `lists`."""

    paper_id: str
    score: int  # likeness per mille, 1 … 1000
    words: tuple[str, ...] = ()  # rare words and phrases of both, as papers write them; the weightiest first
    tags: tuple[str, ...] = ()  # ids of tags of both, the rarest first
    lists: tuple[str, ...] = ()  # ids of lists that hold both, the shortest first


class Spot(NamedTuple):
    """A paper's place on the map. No two papers share one."""

    paper_id: str
    x: int
    y: int


class Region(msgspec.Struct, frozen=True, gc=False):
    """A part of the map where papers lie close together, named by the words that set them apart from the others."""

    x: int
    y: int
    words: tuple[str, ...]  # at most three, the most telling first
    papers: int
