"""After an edit of a few papers the index that was there is patched: to what a clean build makes, byte for byte."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from sitegen.model.paper import Paper
from sitegen.search import arrays
from sitegen.search.blocks import Block
from sitegen.search.documents import Document, Labels, read_documents, read_labels
from sitegen.search.index import Index
from sitegen.search.indexing import build
from sitegen.search.patching import changed_papers, patch
from sitegen.search.reading import read
from tests.search.test_build import site_of
from tests.search.test_reading import told

if TYPE_CHECKING:
    from collections.abc import Sequence
    from random import Random

# Of all that has a rule of its own: compounds, acronyms, accents, signs, other scripts, stop words, digits,
# names with numbers.
COMMON = (
    *("neural", "network", "pre-training", "pretraining", "training", "pre", "Erdős", "the"),
    *("graph neural network (GNN)", "GNN", "encoder/decoder", "深度学习", "learning", "x2"),
    *("gpt4", "GPT-4", "YOLOv7", "β-VAE"),
)
RARE = (
    "erdos",
    "gnns",
    "decoder",
    "𝛼𝛼ed",
    "ｚ",
    "large model (LM)",
    "net",
    "work",
    "q17",
    "深度",
    "(IT)",
    "IT",
)
# Where each of these stands in three papers, one more here or there changes no rule.
ALWAYS = [
    Paper(id=f"always-{number}", title=" ".join(COMMON), abstract=" ".join(reversed(COMMON)))
    for number in range(3)
]
TEXTS = st.lists(st.sampled_from(COMMON) | st.sampled_from(COMMON + RARE), max_size=5).map(" ".join)
PAPERS = st.lists(
    st.builds(
        dict, title=TEXTS, abstract=TEXTS, summary=TEXTS, venue=TEXTS, authors=st.lists(TEXTS, max_size=2)
    ),
    min_size=1,
    max_size=12,
)


class Builds:
    """One build after another, as `sitegen.build` has them: what is published, and what is remembered of it."""

    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}
        self.made: dict[str, bytes] = {}
        self.index: Index | None = None

    def build(self, papers: Sequence[Paper]) -> bool:
        """Whether it was a patch."""
        site = site_of(papers)
        published, known, before, self.made = self.files, self.made, self.index, {}
        files: dict[str, bytes] = {}

        def stands(path: str, digest: bytes) -> bool:
            self.made[path] = digest
            if known.get(path) != digest:
                return False
            files[path] = published[path]
            return True

        def keep(index: Index) -> None:
            self.index = msgspec.msgpack.decode(msgspec.msgpack.encode(index), type=Index)

        def block(family: str, number: int) -> Block:
            packed = published[before.families[family].path(family, number)]
            return Block("", zlib.decompress(packed), packed)

        said = told(site)
        keys = [said[paper.id] for paper in site.newest]
        outputs = None
        if before and (changed := changed_papers(before, keys)) is not None:
            documents = read_documents(site, [site.newest[at] for at in changed])
            # As another process is told them.
            sent = msgspec.msgpack.encode(
                (dict(zip(changed, documents, strict=True)), read_labels(site.library))
            )
            papers, labels = msgspec.msgpack.decode(sent, type=tuple[dict[int, Document], Labels])
            outputs = patch(before, papers, keys, labels, read=block, stands=stands, keep=keep)
        patched = outputs is not None
        if outputs is None:
            again = read(site, told=said, before=before.papers if before else None)
            outputs = build(site, again, stands=stands, keep=keep)
        files |= {output.path: output.data for output in outputs}
        self.files = files
        return patched


def clean(papers: Sequence[Paper]) -> dict[str, bytes]:
    return {output.path: output.data for output in build(site_of(papers))}


@pytest.fixture(autouse=True, scope="module")
def _blocks_are_small():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sitegen.search.blocks._POSTINGS", 20)
        patch.setattr("sitegen.search.blocks._LINES", 4)
        patch.setattr("sitegen.search.families._CARDS", 2)
        patch.setattr("sitegen.search.families._MOST_DIGESTS", 4)
        yield


def _edited(papers: list[Paper], texts: Sequence[str], random: Random, edit: int) -> list[Paper]:
    papers = list(papers)
    kind = random.randrange(8)
    at = random.randrange(len(papers))
    if kind == 0:
        papers.insert(at, Paper(id=f"new-{edit}", title=texts[0], abstract=texts[1]))
    elif kind == 1 and len(papers) > 1:
        del papers[at]
    else:
        for number, text in enumerate(texts):
            at = random.randrange(len(papers))
            abstract = papers[at].abstract
            change = {
                2: {"title": text},
                3: {"abstract": " ".join(random.sample(abstract.split(" "), len(abstract.split(" "))))},
                4: {"tags": () if papers[at].tags else ("llm",)},
                5: {"venue": text, "authors": (text,)},
            }.get(kind, {"summary": text if number else f"{text} q{random.randrange(99)}"})
            papers[at] = msgspec.structs.replace(papers[at], **change)
    return papers


@settings(max_examples=40, deadline=None)
@given(
    PAPERS,
    st.lists(st.lists(TEXTS, min_size=2, max_size=3), min_size=1, max_size=6),
    st.randoms(use_true_random=False),
    st.booleans(),
)
def test_whatever_is_edited_the_index_is_that_of_a_clean_build(first, edits, random, numpy):
    now = ALWAYS + [Paper(id=f"p{number}", **paper) for number, paper in enumerate(first)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "_NUMPY_PAYS", 1 if numpy else 1 << 30)
        builds = Builds()
        assert not builds.build(now)
        assert builds.files == clean(now)
        for number, texts in enumerate(edits):
            now = _edited(now, texts, random, number)
            event(f"patched: {builds.build(now)}")
            assert builds.files == clean(now)
