"""Site → the same site, with what its papers have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from sitegen.liken.features import weigh
from sitegen.liken.neighbours import find_neighbours
from sitegen.liken.reasons import give_reasons
from sitegen.liken.texts import read_texts

if TYPE_CHECKING:
    from sitegen.model.site import Site


def liken(site: Site, *, numpy: bool | None = None) -> Site:
    """The site with related papers and their reasons. Same site, same result, with numpy or without."""
    papers = sorted(site.library.papers, key=lambda paper: paper.id)
    texts = read_texts(site, papers)
    features = weigh(site, papers, texts)
    ranked = find_neighbours(features, numpy=numpy)
    return replace(site, related=give_reasons(site, papers, texts, features, ranked))
