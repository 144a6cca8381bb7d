"""What was read before is not read again, and nothing tells it from what is read now."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.paper import Paper
from sitegen.search import arrays
from sitegen.search.indexing import build
from sitegen.search.reading import Read, read
from tests.search.test_build import site_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.site import Site

WORDS = st.sampled_from(
    [
        *("neural", "networks", "network", "pre-training", "pretraining", "training", "pre", "Erdős"),
        *("graph neural network (GNN)", "GNN", "gnns", "encoder/decoder", "深度学习", "the", "𝛼𝛼ed"),
    ]
)
TEXTS = st.lists(WORDS | st.text(max_size=4), max_size=7).map(" ".join)
PAPERS = st.lists(st.tuples(TEXTS, TEXTS), max_size=9, unique=True).map(
    lambda texts: [
        Paper(id=title + "|" + abstract, title=title, abstract=abstract) for title, abstract in texts
    ]
)


def told(site: Site) -> dict[str, bytes]:
    return {
        paper.id: blake2b(repr((paper, site.appearances.get(paper.id))).encode("utf-8", "replace")).digest()
        for paper in site.newest
    }


def reread(papers: Sequence[Paper], before: Read | None) -> Read:
    """As the next build has it, which finds on disk what this one read."""
    site = site_of(papers)
    return msgspec.msgpack.decode(
        msgspec.msgpack.encode(read(site, told=told(site), before=before)), type=Read
    )


@settings(max_examples=40, deadline=None)
@given(PAPERS, PAPERS, PAPERS, st.randoms(use_true_random=False))
def test_whatever_was_read_before_the_index_is_that_of_papers_that_were_never_read(one, other, third, random):
    for numpy_pays in (1, 1 << 30):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(arrays, "_NUMPY_PAYS", numpy_pays)
            before = reread(other, reread(one, None))
            now = [*{paper.id: paper for paper in [*one, *other[:4], *third[:2]]}.values()]
            random.shuffle(now)
            site = site_of(now)
            assert list(build(site, reread(now, before))) == list(build(site))


def test_only_papers_of_which_something_else_is_told_are_read(monkeypatch):
    papers = [Paper(id=f"p{number}", title=f"Number x{number}") for number in range(9)]
    site, after = site_of(papers, "a note"), site_of(papers, "another note")
    before = read(site, told=told(site))
    asked = []
    monkeypatch.setattr(
        "sitegen.search.reading.read_documents", lambda _site, papers: asked.extend(papers) or iter(())
    )
    read(site, told=told(site), before=before)
    assert asked == []
    with pytest.raises(IndexError):  # the one that is asked for is not there
        read(after, told=told(after), before=before)
    assert asked == papers[:1]
