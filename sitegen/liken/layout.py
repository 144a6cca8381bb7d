"""Every paper's place on the map: papers that are alike lie close together, groups apart, no two on one spot."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

from sitegen.liken.forces import SIDE, forces
from sitegen.liken.graph import coarsen, likeness_graph
from sitegen.model.likeness import MAP_SIZE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.liken.graph import Graph
    from sitegen.liken.neighbours import Ranked

Places = list[tuple[int, int]]

_STEPS, _FIRST_STEPS = 40, 100
_MOST_CELLS = 256
_MARGIN = SIDE // 32


def lay_out(ranked: Sequence[Ranked], *, numpy: bool) -> Places:
    """(x, y) of every paper, 0 … MAP_SIZE - 1.

    The graph is laid out when it has a few nodes, and again with ever more of them, each beginning where its group was.
    """
    graph = likeness_graph(ranked)
    coarser = list(coarsen(graph))
    graphs = [graph, *(each.graph for each in coarser)]
    count = len(graphs[-1].masses)
    side = isqrt(count) + 1
    xs = [(2 * (node % side) + 1) * SIDE // (2 * side) for node in range(count)]
    ys = [(2 * (node // side) + 1) * SIDE // (2 * side) for node in range(count)]
    xs, ys = _settled(graphs[-1], xs, ys, _FIRST_STEPS, numpy=numpy)
    for finer, level in zip(reversed(graphs[:-1]), reversed(coarser), strict=True):
        xs, ys = _apart(xs, level.parents, 7919), _apart(ys, level.parents, 6101)
        xs, ys = _settled(finer, xs, ys, _STEPS, numpy=numpy)
    return _separate(xs, ys)


def _settled(
    graph: Graph, xs: list[int], ys: list[int], steps: int, *, numpy: bool
) -> tuple[list[int], list[int]]:
    """Where the forces bring the nodes in steps that get shorter."""
    if not xs:
        return xs, ys
    cells = _cells(len(xs))
    cell = SIDE // cells
    move = forces(graph, cells, numpy=numpy)
    for step in range(steps):
        xs, ys = move(xs, ys, max(cell // 8, 2 * cell * (steps - step) // steps))
    return _fit(list(map(int, xs)), list(map(int, ys)))


def _cells(nodes: int) -> int:
    """A power of two: about one node in each cell."""
    return min(_MOST_CELLS, max(8, 1 << isqrt(nodes).bit_length()))


def _apart(coordinates: Sequence[int], parents: Sequence[int], factor: int) -> list[int]:
    """Nodes near where their group was, a little beside each other: what is at one place is pushed to one place."""
    cell = SIDE // _cells(len(parents))
    return [
        min(max(coordinates[parent] + (node * factor % 97 - 48) * cell // 192, 0), SIDE - 1)
        for node, parent in enumerate(parents)
    ]


def _fit(xs: list[int], ys: list[int]) -> tuple[list[int], list[int]]:
    """The same picture, as large as the square allows."""
    span = max(max(xs) - min(xs), max(ys) - min(ys), 1)

    def fitted(values: list[int]) -> list[int]:
        middle = (min(values) + max(values)) // 2
        return [(value - middle) * (SIDE - 2 * _MARGIN) // span + SIDE // 2 for value in values]

    return fitted(xs), fitted(ys)


def _separate(xs: Sequence[int], ys: Sequence[int]) -> Places:
    """On the map, each paper alone in a small square: its own, or the nearest that is free when its turn comes."""
    side = min(3 * isqrt(len(xs)) + 3, MAP_SIZE)  # squares; every ninth is taken
    pitch = MAP_SIZE // side
    reach = isqrt(len(xs)) * 5 // 4 + 2
    around = range(-reach, reach + 1)
    rings = sorted((x * x + y * y, y, x) for x in around for y in around)
    taken: set[tuple[int, int]] = set()
    tried: dict[tuple[int, int], int] = {}
    places = []
    for fine_x, fine_y in zip(xs, ys, strict=True):
        x, y = fine_x * MAP_SIZE // SIDE, fine_y * MAP_SIZE // SIDE
        home = min(x // pitch, side - 1), min(y // pitch, side - 1)
        at = tried.get(home, 0)
        while True:
            _, down, right = rings[at]
            at += 1
            column, row = home[0] + right, home[1] + down
            if 0 <= column < side and 0 <= row < side and (column, row) not in taken:
                break
        tried[home] = at
        taken.add((column, row))
        # In the left or the right half of its square by turns, so that crowds look like crowds and not like tables.
        half = (row % 2) * ((pitch + 1) // 2)
        places.append((column * pitch + half + x % pitch // 2, row * pitch + pitch // 4 + y % pitch // 2))
    return places
