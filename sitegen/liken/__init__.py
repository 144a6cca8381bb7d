"""Site → the same site, with what its papers have in common."""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from msgspec.structs import replace

from sitegen.liken.features import marks_of, weigh
from sitegen.liken.texts import body_of, read_texts
from sitegen.model.likeness import Spot

if TYPE_CHECKING:
    from sitegen.model.site import Site

_HAS_NUMPY = importlib.util.find_spec("numpy") is not None
_NUMPY_PAYS = 1_000  # papers; for fewer it takes longer to load than it saves


def read_by_liken(site: Site) -> list[tuple[object, ...]]:
    """All that `liken` reads of a site: where this is equal, so is what it finds."""
    return [
        (paper.id, paper.title, body_of(site, paper), paper.tags, tuple(marks_of(site, paper)))
        for paper in sorted(site.library.papers, key=lambda paper: paper.id)
    ]


def read_beside_papers(site: Site) -> list[tuple[object, ...]]:
    """The part of that which does not come from papers alone."""
    papers = {paper.id: paper for paper in site.library.papers} if site.appearances else {}
    return [
        (each, body_of(site, papers[each]), tuple(marks_of(site, papers[each]))) for each in site.appearances
    ]


def liken(site: Site, *, numpy: bool | None = None) -> Site:
    """The site with related papers, their reasons, and a map with named regions.

    Same papers, same result, with numpy or without, in any order; None decides by installation and size.
    """
    # Imported here: a build that only asks whether anything is to be found anew needs none of it.
    from sitegen.liken.layout import lay_out
    from sitegen.liken.neighbours import find_neighbours
    from sitegen.liken.reasons import give_reasons
    from sitegen.liken.regions import name_regions

    papers = sorted(site.library.papers, key=lambda paper: paper.id)
    if numpy is None:
        numpy = _HAS_NUMPY and len(papers) >= _NUMPY_PAYS
    texts = read_texts(site, papers, numpy=numpy)
    features = weigh(site, papers, texts, numpy=numpy)
    ranked = find_neighbours(features, numpy=numpy)
    places = lay_out(ranked, numpy=numpy)
    return replace(
        site,
        related=give_reasons(site, papers, texts, features, ranked),
        map=tuple(Spot(paper.id, x, y) for paper, (x, y) in zip(papers, places, strict=True)),
        regions=name_regions(places, features, texts),
    )
