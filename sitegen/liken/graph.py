"""Papers as a graph of likeness, and the same graph with fewer and fewer nodes."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sitegen.liken.neighbours import Ranked

_NEAREST = 6  # of a paper's neighbours hold it
_FEWEST = 24  # nodes; these find their places from anywhere


class Graph(msgspec.Struct, frozen=True):
    """Node `v` stands for `masses[v]` papers and is held by `edges[v]`: (other node, weight), by number, both ways."""

    masses: list[int]
    edges: list[list[tuple[int, int]]]


class Coarser(msgspec.Struct, frozen=True):
    """A graph in which nodes of a finer one stand together: node `v` of that one is in `parents[v]` of this one."""

    graph: Graph
    parents: list[int]


def likeness_graph(ranked: Sequence[Ranked]) -> Graph:
    """Papers that are alike, and more so if the same others are like both: that is what makes a group."""
    circles = [{paper, *(other for _, other in neighbours)} for paper, neighbours in enumerate(ranked)]
    whole = len(ranked)
    weights: _Weights = defaultdict(int)
    for paper, neighbours in enumerate(ranked):
        for place, (_, other) in enumerate(neighbours[:_NEAREST]):
            pair = paper * whole + other if paper < other else other * whole + paper
            weights[pair] += 2 * len(neighbours) - place
    for pair in weights:
        one, other = divmod(pair, whole)
        weights[pair] *= len(circles[one] & circles[other]) ** 2
    return _graph([1] * whole, weights)


_Weights = dict[int, int]
"""`one * nodes + other`, the smaller number first → weight: numbers are added up and sorted faster than pairs."""


def coarsen(graph: Graph) -> Iterator[Coarser]:
    """Ever coarser graphs, each made of the one before, until few nodes are left or none of them belong together."""
    while len(graph.masses) > _FEWEST:
        coarser = _coarser(graph)
        if len(coarser.graph.masses) > len(graph.masses) * 19 // 20:
            return
        yield coarser
        graph = coarser.graph


def _coarser(graph: Graph) -> Coarser:
    """Every node joins its strongest free neighbour, or else a group nearby that is not too large for it."""
    masses, edges = graph.masses, graph.edges
    limit = 4 * sum(masses) // len(masses) + 1
    parents = [-1] * len(masses)
    groups: list[int] = []
    for node in sorted(range(len(masses)), key=lambda node: (len(edges[node]), node)):
        if parents[node] >= 0:
            continue
        mass = masses[node]
        free = [(weight * 1000 // (mass * masses[o]), -o) for o, weight in edges[node] if parents[o] < 0]
        fitting = [] if free else [(w, -o) for o, w in edges[node] if groups[parents[o]] + mass <= limit]
        if fitting:
            parents[node] = parents[-max(fitting)[1]]
            groups[parents[node]] += mass
            continue
        parents[node] = len(groups)
        if free:
            partner = -max(free)[1]
            parents[partner] = len(groups)
            mass += masses[partner]
        groups.append(mass)
    weights: _Weights = defaultdict(int)
    for node, held in enumerate(edges):
        parent = parents[node]
        for other, weight in held:
            if parent < parents[other]:
                weights[parent * len(groups) + parents[other]] += weight
    return Coarser(_graph(groups, weights), parents)


def _graph(masses: list[int], weights: _Weights) -> Graph:
    edges: list[list[tuple[int, int]]] = [[] for _ in masses]
    nodes = len(masses)
    for pair in sorted(weights):
        one, other = divmod(pair, nodes)
        weight = weights[pair]
        edges[one].append((other, weight))
        edges[other].append((one, weight))
    return Graph(masses, edges)
