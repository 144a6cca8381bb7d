"""Why two papers are alike, in words that a reader can check."""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from sitegen.model.likeness import Related

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

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
    uses = Counter(tag for own in tags for tag in own)
    sizes = Counter(each for own in lists for each in own)

    @cache  # most are each other's neighbours
    def reason(one: int, other: int) -> _Reason:
        return (
            _words(weights[one], weights[other], texts),
            _rarest(tags[one] & tags[other], uses),
            _rarest(lists[one] & lists[other], sizes),
        )

    return {
        paper.id: tuple(
            Related(papers[other].id, score, *reason(min(number, other), max(number, other)))
            for place, (score, other) in enumerate(ranked[number][:_SHOWN])
            if place < _SURE or score >= _LIKE
        )
        for number, paper in enumerate(papers)
        if ranked[number]
    }


_Reason = tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]  # words, tags, lists


def _lists(site: Site, paper: Paper) -> frozenset[str]:
    """Lists in which a person put it."""
    return frozenset(place.list.id for place in site.appearances.get(paper.id, ()) if place.list.rule is None)


def _rarest(shared: frozenset[str], shares: Mapping[str, int]) -> tuple[str, ...]:
    return tuple(sorted(shared, key=lambda each: (shares[each], each))) if shared else ()


def _words(one: Mapping[int, int], other: Mapping[int, int], texts: Texts) -> tuple[str, ...]:
    """The words and phrases that make most of the likeness. A phrase stands for its words."""
    products = {term: one[term] * other[term] for term in one.keys() & other.keys()}
    said: set[int] = set()
    for term in [term for term in products if term < 0]:
        for stem in texts.phrases[~term]:
            products[term] += products.get(stem, 0)
            said.add(stem)
    heaviest = sorted((-product, term) for term, product in products.items() if term not in said)[:_WORDS]
    return tuple(texts.wordings[~term] if term < 0 else texts.spellings[term] for _, term in heaviest)
