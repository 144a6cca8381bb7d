"""Why two papers are alike, in words that a reader can check."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING

from sitegen.model.likeness import Related

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.liken.counting import Pair
    from sitegen.liken.features import Features
    from sitegen.liken.neighbours import Ranked
    from sitegen.liken.texts import Texts
    from sitegen.model.paper import Paper
    from sitegen.model.site import Site

_SHOWN = 6
_SURE = 3  # are shown in any case; those after them only if they are alike enough
_LIKE = 25  # per mille
_WORDS = 3


def give_reasons(
    site: Site, papers: Sequence[Paper], texts: Texts, features: Features, ranked: Sequence[Ranked]
) -> dict[str, tuple[Related, ...]]:
    """For every paper that has any: its six nearest at most, and what they share with it."""
    stems = len(texts.spellings)
    weights = [{term: weight for term, weight in row if term < stems} for row in features.rows]
    tags = [frozenset(paper.tags) for paper in papers]
    lists = [_lists(site, paper) for paper in papers]
    uses = Counter(chain.from_iterable(tags))
    sizes = Counter(chain.from_iterable(lists))
    ids = [paper.id for paper in papers]
    shown = [*texts.spellings, *reversed(texts.wordings)]  # phrases have negative numbers

    @cache  # most are each other's neighbours
    def reason(one: int, other: int) -> _Reason:
        return (
            tuple([shown[term] for term in _telling(weights[one], weights[other], texts.phrases)]),
            _rarest(tags[one] & tags[other], uses),
            _rarest(lists[one] & lists[other], sizes),
        )

    return {
        ids[paper]: tuple(
            [
                Related(ids[other], score, *(reason(paper, other) if paper < other else reason(other, paper)))
                for place, (score, other) in enumerate(near[:_SHOWN])
                if place < _SURE or score >= _LIKE
            ]
        )
        for paper, near in enumerate(ranked)
        if near
    }


_Reason = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]  # words, tags, lists


def _lists(site: Site, paper: Paper) -> frozenset[str]:
    """Lists in which a person put it."""
    return frozenset(place.list.id for place in site.appearances.get(paper.id, ()) if place.list.rule is None)


def _rarest(shared: frozenset[str], shares: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(shared, key=lambda each: (shares[each], each))) if shared else ()


def _telling(one: Mapping[int, int], other: Mapping[int, int], phrases: Sequence[Pair]) -> list[int]:
    """The words and phrases that make most of the likeness. A phrase stands for its words."""
    products = {term: one[term] * other[term] for term in one.keys() & other.keys()}
    said = []
    for phrase in [term for term in products if term < 0]:
        for stem in phrases[~phrase]:
            if stem in products:
                products[phrase] += products[stem]
                said.append(stem)
    for stem in said:
        products.pop(stem, None)
    return [term for _, term in sorted([(-product, term) for term, product in products.items()])[:_WORDS]]
