"""What moves the nodes of a graph: edges pull, crowds push. With numpy or without, to the same whole numbers."""

from __future__ import annotations

import importlib
from itertools import accumulate
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.liken.graph import Graph

SIDE = 1 << 16
"""Nodes live on a square of this side."""

_FINE = 64  # parts of a weight
_MASS = 1024  # of a node on average
_SMOOTH = 14  # bits by which a slope is more than a step
_CENTRE = 64  # a node goes this part of its way to the centre: what nothing holds does not drift away
_REACH = SIDE // 32  # up to here an edge pulls like a spring, beyond like a thread; groups come apart


class Forces(Protocol):
    """Moves nodes by one step, none further than `furthest`."""

    def __call__(self, xs: Any, ys: Any, furthest: int) -> tuple[Any, Any]: ...


def forces(graph: Graph, cells: int, *, numpy: bool) -> Forces:
    """The forces of this graph, with crowds counted on `cells` × `cells` squares.

    An edge pulls by weight × way ÷ (1 + way ÷ reach), and a node follows the mean of its edges. Crowds push down the slope of a potential that
    falls about as 1 / distance: box filters of doubling widths, each twice. The idea is t-SNE's with interpolation on a
    grid (Linderman et al. 2019, https://doi.org/10.1038/s41592-018-0308-4), made of whole numbers.
    """
    return _with_numpy(graph, cells) if numpy else _with_lists(graph, cells)


def _with_lists(graph: Graph, cells: int) -> Forces:
    cell = SIDE // cells
    reach, push = max(cell // 4, _REACH), _push(cell)
    masses = _scaled(graph)
    held = [(edges, sum(weight for _, weight in edges) * 2 * _FINE) for edges in graph.edges]

    def move(xs: list[int], ys: list[int], furthest: int) -> tuple[list[int], list[int]]:
        crowds = [[0] * cells for _ in range(cells)]
        for x, y, mass in zip(xs, ys, masses, strict=True):
            crowds[y // cell][x // cell] += mass
        potential = _potential(crowds)
        new_xs, new_ys = [], []
        for (edges, whole), x, y in zip(held, xs, ys, strict=True):
            pull_x = pull_y = 0
            for other, weight in edges:
                way_x, way_y = xs[other] - x, ys[other] - y
                pull = weight * _FINE * reach // (reach + abs(way_x) + abs(way_y))
                pull_x += pull * way_x
                pull_y += pull * way_y
            column, row = x // cell, y // cell
            here = potential[row]
            slope_x = here[max(column - 1, 0)] - here[min(column + 1, cells - 1)]
            slope_y = potential[max(row - 1, 0)][column] - potential[min(row + 1, cells - 1)][column]
            step_x = (
                (pull_x // whole if whole else 0) + (slope_x * push >> _SMOOTH) - (x - SIDE // 2) // _CENTRE
            )
            step_y = (
                (pull_y // whole if whole else 0) + (slope_y * push >> _SMOOTH) - (y - SIDE // 2) // _CENTRE
            )
            length = max(abs(step_x), abs(step_y))
            if length > furthest:
                step_x, step_y = step_x * furthest // length, step_y * furthest // length
            new_xs.append(min(max(x + step_x, 0), SIDE - 1))
            new_ys.append(min(max(y + step_y, 0), SIDE - 1))
        return new_xs, new_ys

    return move


def _with_numpy(graph: Graph, cells: int) -> Forces:
    np: Any = importlib.import_module("numpy")
    cell = SIDE // cells
    reach, push = max(cell // 4, _REACH), _push(cell)
    masses = np.array(_scaled(graph), dtype=np.int64)
    ends = np.array([0, *accumulate(map(len, graph.edges))], dtype=np.int64)
    sources = np.repeat(np.arange(len(masses)), np.diff(ends))
    flat = np.array([edge for edges in graph.edges for edge in edges], dtype=np.int64).reshape(-1, 2)
    others, weights = flat[:, 0], flat[:, 1] * _FINE

    def summed(values: Any) -> Any:
        sums = np.append(0, values.cumsum())
        return sums[ends[1:]] - sums[ends[:-1]]

    wholes = np.maximum(summed(weights) * 2, 1)

    def move(xs: Any, ys: Any, furthest: int) -> tuple[Any, Any]:
        xs, ys = np.asarray(xs, dtype=np.int64), np.asarray(ys, dtype=np.int64)
        columns, rows = xs // cell, ys // cell
        crowds = np.zeros(cells * cells, dtype=np.int64)
        np.add.at(crowds, rows * cells + columns, masses)
        potential = _potential_by_numpy(np, crowds.reshape(cells, cells))
        ways_x, ways_y = xs[others] - xs[sources], ys[others] - ys[sources]
        pulls = weights * reach // (reach + abs(ways_x) + abs(ways_y))
        left, right = (
            potential[rows, np.maximum(columns - 1, 0)],
            potential[rows, np.minimum(columns + 1, cells - 1)],
        )
        above, below = (
            potential[np.maximum(rows - 1, 0), columns],
            potential[np.minimum(rows + 1, cells - 1), columns],
        )
        steps_x = (
            summed(pulls * ways_x) // wholes
            + ((left - right) * push >> _SMOOTH)
            - (xs - SIDE // 2) // _CENTRE
        )
        steps_y = (
            summed(pulls * ways_y) // wholes
            + ((above - below) * push >> _SMOOTH)
            - (ys - SIDE // 2) // _CENTRE
        )
        lengths = np.maximum(abs(steps_x), abs(steps_y))
        limits = np.minimum(lengths, furthest)
        lengths = np.maximum(lengths, 1)
        xs, ys = xs + steps_x * limits // lengths, ys + steps_y * limits // lengths
        return xs.clip(0, SIDE - 1), ys.clip(0, SIDE - 1)

    return move


def _scaled(graph: Graph) -> list[int]:
    papers, nodes = sum(graph.masses), len(graph.masses)
    return [mass * _MASS * nodes // papers for mass in graph.masses]


def _push(cell: int) -> int:
    return max(1, cell >> 9)


def _radii(cells: int) -> list[tuple[int, int, int]]:
    """Of the filters: (radius, weight, area)."""
    radii = [1 << power for power in range(cells.bit_length() - 1)]
    return [(radius, max(1, 64 // radius), (2 * radius + 1) ** 2) for radius in radii]


def _potential(crowds: Sequence[Sequence[int]]) -> list[list[int]]:
    cells = len(crowds)
    potential = [[0] * cells for _ in crowds]
    for radius, weight, area in _radii(cells):
        bounds = [(max(at - radius, 0), min(at + radius + 1, cells)) for at in range(cells)]
        blurred: Sequence[Sequence[int]] = crowds
        for _ in range(4):  # twice each way
            sums = [[0, *accumulate(row)] for row in blurred]
            blurred = list(
                zip(*([row[end] - row[begin] for begin, end in bounds] for row in sums), strict=True)
            )
        potential = [
            [sum_ + crowd * weight // area for sum_, crowd in zip(*rows, strict=True)]
            for rows in zip(potential, blurred, strict=True)
        ]
    return potential


def _potential_by_numpy(np: Any, crowds: Any) -> Any:
    cells = len(crowds)
    potential = np.zeros_like(crowds)
    at = np.arange(cells)
    for radius, weight, area in _radii(cells):
        begins, ends = np.maximum(at - radius, 0), np.minimum(at + radius + 1, cells)
        blurred = crowds
        for _ in range(4):  # twice each way
            sums = np.zeros((cells, cells + 1), dtype=np.int64)
            blurred.cumsum(axis=1, out=sums[:, 1:])
            blurred = (sums[:, ends] - sums[:, begins]).T
        potential += blurred * weight // area
    return potential
