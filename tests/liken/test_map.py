"""The map of the papers: places, and names of regions."""

from __future__ import annotations

import json
import lzma
import zlib
from pathlib import Path

import pytest

from sitegen.liken import liken
from sitegen.liken.forces import forces
from sitegen.liken.graph import Graph, coarsen, likeness_graph
from sitegen.liken.layout import lay_out
from sitegen.model.likeness import MAP_SIZE
from sitegen.model.paper import Paper
from sitegen.model.site import Site


@pytest.fixture(scope="module")
def mapped(site_of, subjects) -> Site:
    return liken(site_of(subjects))


def test_every_paper_has_a_place_of_its_own_in_the_order_of_ids(mapped, subjects):
    assert [spot.paper_id for spot in mapped.map] == sorted(paper.id for paper in subjects)
    assert len({(spot.x, spot.y) for spot in mapped.map}) == len(subjects)
    assert all(0 <= at < MAP_SIZE for spot in mapped.map for at in (spot.x, spot.y))


def test_the_nearest_papers_on_the_map_are_of_the_same_subject(mapped):
    for spot in mapped.map:
        others = [other for other in mapped.map if other != spot]
        nearest = min(others, key=lambda other: (other.x - spot.x) ** 2 + (other.y - spot.y) ** 2)
        assert nearest.paper_id.split("-")[0] == spot.paper_id.split("-")[0]


def test_subjects_lie_apart(mapped):
    def middle(subject: str) -> tuple[float, float]:
        spots = [spot for spot in mapped.map if spot.paper_id.startswith(subject)]
        return sum(spot.x for spot in spots) / 6, sum(spot.y for spot in spots) / 6

    middles = [middle(subject) for subject in ("speech", "pruning", "protein", "bandits", "walking")]
    distances = [abs(x - u) + abs(y - v) for x, y in middles for u, v in middles if (x, y) != (u, v)]
    assert min(distances) > MAP_SIZE / 10


def test_regions_are_named_by_words_of_their_subject(mapped, subjects):
    said = {
        subject: {
            w.strip(".").lower() for p in subjects if p.id.startswith(subject) for w in p.abstract.split()
        }
        for subject in ("speech", "pruning", "protein", "bandits", "walking")
    }
    assert len(mapped.regions) == 5
    for region in mapped.regions:
        assert region.papers == 6
        assert any(
            all(word in words for each in region.words for word in each.split()) for words in said.values()
        )


def test_regions_are_few_and_the_largest_come_first(real_papers, site_of):
    site = liken(site_of(_papers(real_papers, 600)))
    assert 10 <= len(site.regions) <= 24
    sizes = [region.papers for region in site.regions]
    assert sizes == sorted(sizes, reverse=True)
    assert sum(sizes) <= 600
    assert all(0 <= at < MAP_SIZE for region in site.regions for at in (region.x, region.y))


def test_the_map_of_a_thousand_real_papers_is_small_and_the_same_without_numpy(real_papers, site_of):
    papers = _papers(real_papers, 1000)
    slow, fast = (liken(site_of(papers), numpy=numpy) for numpy in (False, True))
    assert (slow.related, slow.map, slow.regions) == (fast.related, fast.map, fast.regions)
    titles = {paper.id: paper.title for paper in papers}
    data = json.dumps([[titles[spot.paper_id], spot.x, spot.y] for spot in fast.map]).encode()
    assert len(zlib.compress(data)) < 60 * 1024


@pytest.mark.parametrize("count", [0, 1, 2, 3])
def test_few_papers_have_a_map_too(site_of, count):
    site = liken(site_of([Paper(id=f"p{number}", title="Same") for number in range(count)]))
    assert len({(spot.x, spot.y) for spot in site.map}) == count
    assert site.regions == ()


def test_papers_that_nothing_connects_are_spread_not_piled():
    places = lay_out([[] for _ in range(500)], numpy=False)
    assert len(set(places)) == 500


def test_papers_that_are_all_alike_find_places_side_by_side():
    ranked = [[(900, other) for other in range(11) if other != paper] for paper in range(11)]
    ranked += [[(900, paper % 11)] for paper in range(11, 300)]
    places = lay_out(ranked, numpy=False)
    assert len(set(places)) == 300


def test_coarser_graphs_keep_every_paper():
    ranked = [[(500, (paper + step) % 200) for step in (1, 2, 199)] for paper in range(200)]
    graph = likeness_graph(ranked)
    levels = list(coarsen(graph))
    assert len(levels) > 2
    for level in levels:
        assert sum(level.graph.masses) == 200
        assert sorted(set(level.parents)) == list(range(len(level.graph.masses)))
    assert len(levels[-1].graph.masses) <= 24


def test_an_edge_pulls_and_a_crowd_pushes():
    pair = Graph(masses=[1, 1], edges=[[(1, 5)], [(0, 5)]])
    move = forces(pair, 8, numpy=False)
    xs, _ = move([5_000, 60_000], [32_768, 32_768], 4_000)
    assert xs[0] > 5_000
    assert xs[1] < 60_000
    crowd = Graph(masses=[1] * 9, edges=[[] for _ in range(9)])
    xs, _ = forces(crowd, 8, numpy=False)([30_000] * 8 + [33_000], [32_768] * 9, 4_000)
    assert xs[8] > 33_000


def _papers(path: Path, count: int) -> list[Paper]:
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        found = [json.loads(line) for _, line in zip(range(count), lines, strict=False)]
    return [
        Paper(id=f"p{number:05}", title=each["title"], abstract=each["abstract"])
        for number, each in enumerate(found)
    ]
