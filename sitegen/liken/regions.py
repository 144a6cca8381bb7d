"""The map's regions: where papers crowd, and which words set the crowd apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from heapq import heapify, heappop
from math import isqrt
from typing import TYPE_CHECKING

from sitegen.model.likeness import MAP_SIZE, Region

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sitegen.liken.features import Features
    from sitegen.liken.layout import Places
    from sitegen.liken.texts import Texts

_MOST = 24
_FEWEST_PAPERS = 4
_ROUNDS = 2
_CELLS = 32  # on a side, for counting
_WORDS = 3


def name_regions(places: Places, features: Features, texts: Texts) -> tuple[Region, ...]:
    """At most 24 regions, the largest first. A paper far from all of them is in none."""
    everywhere = _weights(features, texts, range(len(places)))
    regions = []
    for members in _crowds(places):
        if len(members) >= _FEWEST_PAPERS:
            words = _telling(_weights(features, texts, members), everywhere, texts)
            x, y = _middle(places, members)
            regions.append(Region(x=x, y=y, words=words, papers=len(members)))
    named = (region for region in regions if region.words)
    return tuple(sorted(named, key=lambda region: (-region.papers, region.x, region.y)))


def _crowds(places: Places) -> list[list[int]]:
    """Papers around centres, which begin where most papers are and move to the middle of what they gather."""
    count = min(_MOST, isqrt(len(places)))
    reach = (
        MAP_SIZE * MAP_SIZE // (2 * count) if count else 0
    )  # the square of a distance, as all of them here
    centres = _peaks(places, count, reach)
    groups: list[list[int]] = []
    for _ in range(_ROUNDS):
        groups = [[] for _ in centres]
        for paper, (x, y) in enumerate(places):
            distances = [(x - at_x) * (x - at_x) + (y - at_y) * (y - at_y) for at_x, at_y in centres]
            nearest = min(distances)
            if nearest <= reach:
                groups[distances.index(nearest)].append(paper)
        groups = [group for group in groups if group]
        centres = [_middle(places, group) for group in groups]
    return groups


def _peaks(places: Places, count: int, apart: int) -> list[tuple[int, int]]:
    """The middles of the fullest parts of the map, not too near to each other."""
    cell = MAP_SIZE // _CELLS
    papers = Counter((x // cell, y // cell) for x, y in places)
    around = range(-1, 2)
    crowds = {
        (x, y): sum(papers[x + right, y + down] for right in around for down in around)
        for x, y in sorted(papers)
    }
    peaks: list[tuple[int, int]] = []
    for x, y in sorted(crowds, key=lambda at: (-crowds[at], at)):
        middle = x * cell + cell // 2, y * cell + cell // 2
        if all((middle[0] - px) ** 2 + (middle[1] - py) ** 2 >= apart for px, py in peaks):
            peaks.append(middle)
    return peaks[:count]


def _middle(places: Places, members: Sequence[int]) -> tuple[int, int]:
    return (
        sum(places[paper][0] for paper in members) // len(members),
        sum(places[paper][1] for paper in members) // len(members),
    )


def _weights(features: Features, texts: Texts, papers: Iterable[int]) -> dict[int, int]:
    """What these papers are about: the weights of their terms, added up."""
    stems = len(texts.spellings)
    weights: dict[int, int] = defaultdict(int)
    for paper in papers:
        for term, weight in features.rows[paper]:
            if term < stems:
                weights[term] += weight
    return weights


def _telling(here: Mapping[int, int], everywhere: Mapping[int, int], texts: Texts) -> tuple[str, ...]:
    """Words with much weight here and little elsewhere; none of them twice, also not within a phrase."""
    whole: dict[int, int] = {}  # words that mostly stand in one phrase → that phrase
    for phrase in sorted((term for term in here if term < 0), key=lambda term: (here[term], term)):
        whole.update(
            {stem: phrase for stem in texts.phrases[~phrase] if here.get(stem, 0) <= 2 * here[phrase]}
        )
    said: set[int] = set()
    words: list[str] = []
    heaviest = [(-weight * weight // everywhere[term], term) for term, weight in here.items()]
    heapify(heaviest)  # only the first few are looked at
    while heaviest and len(words) < _WORDS:
        _, word = heappop(heaviest)
        term = whole.get(word, word)
        stems = {term} if term >= 0 else set(texts.phrases[~term])
        if said.isdisjoint(stems):
            said |= stems
            words.append(texts.spellings[term] if term >= 0 else texts.wordings[~term])
    return tuple(words)
