"""What collections have in common."""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from math import sqrt
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from sitegen.plan.context import Context

_MOST = 32  # collections, the largest
_PAIRS = 15  # in the table
_PITCH, _LARGEST = 17, 14  # pixels: from square to square, and of one


class Row(msgspec.Struct, frozen=True, gc=False):
    """A collection: its squares stand left of its name, those of later ones below it."""

    label: str
    url: str
    x: int
    y: int


class Pair(msgspec.Struct, frozen=True, gc=False):
    first: Row
    second: Row
    papers: int  # in both


class Overlap(msgspec.Struct, frozen=True, kw_only=True):
    """A square for every two collections that share papers; its area says how many."""

    rows: tuple[Row, ...] = ()
    path: str = ""  # of all squares, for SVG
    grid: str = ""  # a dot for every two that share none
    pairs: tuple[Pair, ...] = ()  # that share most
    sharing: int = 0  # pairs with a paper in common
    size: int = 0  # pixels, of the squares' part


def overlap(context: Context) -> Overlap:
    """Of the largest collections, in their order; nothing where no two share a paper.

    What a rule gathers overlaps with everything: such lists count only where there are no others.
    """
    lists = [each for each in context.library.lists if each.rule is None] or context.library.lists
    largest = {each.id for each in sorted(lists, key=lambda each: (-len(each.entries), each.id))[:_MOST]}
    kept = [each for each in lists if each.id in largest]
    at = {each.id: number for number, each in enumerate(kept)}
    shared: Counter[tuple[int, int]] = Counter()
    for places in context.site.appearances.values():
        shared.update(combinations(sorted({at[place.list.id] for place in places if place.list.id in at}), 2))
    if not shared:
        return Overlap()
    rows = tuple(
        Row(each.title, f"collections/{each.id}.html", _PITCH * number + 4, _PITCH * number + _PITCH // 2)
        for number, each in enumerate(kept)
    )
    peak = max(shared.values())
    most = sorted(shared, key=lambda pair: (-shared[pair], pair))[:_PAIRS]
    return Overlap(
        rows=rows,
        path="".join(_square(*pair, _LARGEST * sqrt(shared[pair] / peak)) for pair in sorted(shared)),
        grid="".join(_square(*pair, 2) for pair in combinations(range(len(kept)), 2) if pair not in shared),
        pairs=tuple(Pair(rows[a], rows[b], shared[a, b]) for a, b in most),
        sharing=len(shared),
        size=_PITCH * len(kept),
    )


def _square(column: int, row: int, side: float) -> str:
    x, y = (round(_PITCH * at + (_PITCH - side) / 2, 1) for at in (column, row))
    return f"M{x:g} {y:g}h{side:.1f}v{side:.1f}h-{side:.1f}z"
