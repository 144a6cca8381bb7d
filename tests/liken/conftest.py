"""Sites to liken: papers by title and abstract."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.diagnostics import Span
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import Paper
from sitegen.model.settings import Settings
from sitegen.model.site import Site
from sitegen.model.tag import Tag
from sitegen.relate import relate

SiteOf = Callable[..., Site]


@pytest.fixture(scope="session")
def site_of() -> SiteOf:
    """`site_of(papers, lists)`: papers in any order, and lists as {id: ids of papers}."""

    def build(papers: list[Paper], lists: dict[str, list[str]] | None = None) -> Site:
        by_id = {paper.id: paper for paper in papers}
        reading_lists = tuple(
            ReadingList(
                id=name,
                path=f"{name}.yaml",
                title=name,
                parts=(Part(id="part", entries=tuple(Entry(paper=by_id[each]) for each in ids)),),
            )
            for name, ids in (lists or {}).items()
        )
        tags = {tag: Tag(id=tag, label=tag, where=Span("t", 1)) for p in papers for tag in p.tags}
        return relate(
            Library(
                settings=Settings(title="T"), papers=tuple(papers), lists=reading_lists, tags=tags, pages=()
            )
        )

    return build


@pytest.fixture(scope="session")
def subjects() -> list[Paper]:
    """Five subjects with six papers each."""
    words = {
        "speech": "speech recognition audio phoneme transcription accent microphone",
        "pruning": "pruning sparsity weights compression magnitude lottery ticket",
        "protein": "protein folding amino residue molecule docking enzyme",
        "bandits": "bandits regret arms exploration posterior confidence bound",
        "walking": "legged walking gait balance torque ankle terrain",
    }
    papers = []
    for subject, said in words.items():
        own = said.split()
        for number in range(6):
            several = [own[(number + step) % len(own)] for step in range(5)]
            papers.append(
                Paper(
                    id=f"{subject}-{number}",
                    title=f"{own[0]} {own[1]} by {several[2]}",
                    abstract=f"We study {' and '.join(several)}. Our {several[0]} {several[3]} is better.",
                )
            )
    return papers
