"""What planning remembers of papers is believed by another process only where nothing that it comes from has changed."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random

import pytest

from sitegen.build import Kept, Options, Report, build

from .edits import WORDS, Project
from .test_law import tree

LIST = "content/collections/one.yaml"
DUMP = "content/dumps/all.jsonl"
SETTINGS = "title: X\nbase_url: https://x.example/\nsources: [dumps/*]\npage_size: 5\nauthor_pages: 1\n"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    monkeypatch.setattr("sitegen.plan.frame._FEWEST_ON_A_MAP", 2)
    project = Project(tmp_path)
    project.write("content/sitegen.yaml", SETTINGS)
    project.write("content/papers/mine.yaml", "title: Mine\nsummary: Kernels of graphs.\n")
    project.write(DUMP, _dump())
    (project.folder / "content/dumps/one.jsonl").unlink()
    project.write(LIST, _list())
    return project


def _dump(**fields: str) -> str:
    """Papers that are much alike."""
    papers = [
        {
            "title": f"A {WORDS[number]} paper of number {number}",
            "abstract": "Sparse kernels of causal graphs that robots plan with.",
            "authors": ["Ada Lovelace", "Alan Turing"],
            "year": str(2010 + number % 2),
        }
        for number in range(9)
    ]
    return "".join(json.dumps(paper) + "\n" for paper in (papers[0] | fields, *papers[1:]))


def _list(*, title: str = "List", note: str = "Old.", tag: str = "graph") -> str:
    return (
        f"title: {title}\npicks:\n  - paper: A graph paper of number 0\n    note: {note}\n"
        f"    tags: [{tag}]\n  - paper: A kernel paper of number 1\n    tags: [graph, tree]\n"
    )


def _built(project: Project, *, clean: bool = False, kept: Kept | None = None) -> Report:
    output = "clean" if clean else "site"
    report = build(project.folder, Options(output=output, clean=clean, jobs=1, allow_shrink=True), kept=kept)
    assert report.published, report.diagnostics
    return report


def _agrees(project: Project, report: Report) -> None:
    clean = _built(project, clean=True)
    assert report.diagnostics == clean.diagnostics
    assert tree(project.folder / "site") == tree(project.folder / "clean")


def test_after_a_note_papers_are_not_looked_through_again(project: Project):
    _built(project)
    project.write(LIST, _list(note="New."))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sitegen.plan.fingerprints.Fingerprints._alone", None)
        patch.setattr("sitegen.plan.fingerprints._named", None)
        patch.setattr("sitegen.plan.map._told", None)
        patch.setattr("sitegen.build.likeness.read_by_liken", None)
        report = _built(project)
    _agrees(project, report)


CHANGES = {
    "a tag has another label": ("content/tags.yaml", "graph: {label: Nets, match: {words: [graph]}}\n"),
    "a tag has another rule": ("content/tags.yaml", "graph: {match: {words: [kernel]}}\n"),
    "a tag has another alias": ("content/tags.yaml", "graph: {aliases: [new]}\n"),
    "a paper's file says more": ("content/papers/mine.yaml", "title: Mine\nsummary: Of tokens.\nvenue: V\n"),
    "a pick has another tag": (LIST, _list(tag="new")),
    "a pick has a tag that others have": (LIST, _list(tag="tree")),
    "a list is called otherwise": (LIST, _list(title="Other")),
    "a list has a paper less": (LIST, _list().replace("A kernel paper of number 1", "Mine")),
    "a list gathers papers": (LIST, "title: List\nsmart: {words: [kernel]}\n"),
    "a list gathers others": ("content/collections/two.yaml", "title: By rule\nsmart: {words: [robots]}\n"),
    "a tag is below another": ("content/tags.yaml", "graph: {parent: tree}\ntree: {label: Trees}\n"),
    "a paper is of another year": (DUMP, _dump(year="2001")),
    "nobody has a page": ("content/sitegen.yaml", SETTINGS.replace("author_pages: 1", "author_pages: 0")),
    "fewer have a page": ("content/sitegen.yaml", SETTINGS.replace("author_pages: 1", "author_pages: 9")),
    "an author signs otherwise": (DUMP, _dump(authors=["ADA LOVELACE", "Alan Turing"])),
    "a paper has another title": (DUMP, _dump(title="A graph paper of number 0.")),
    "a paper says something else": (DUMP, _dump(abstract="Tokens and attention.")),
    "a paper has another address": (DUMP, _dump(url="https://p.example/")),
}


@pytest.mark.parametrize("keeps", [False, True])
@pytest.mark.parametrize("change", CHANGES)
def test_whatever_a_page_comes_from_is_looked_at_when_it_changes(
    project: Project, change: str, *, keeps: bool
):
    kept = Kept() if keeps else None
    _built(project, kept=kept)
    project.write(LIST, _list(note="New."))
    _built(project, kept=kept)
    project.write(*CHANGES[change])
    _agrees(project, _built(project, kept=kept))
    project.write(LIST, _list(note="Newer."))
    _agrees(project, _built(project, kept=kept))


@pytest.mark.parametrize("keeps", [False, True])
def test_a_paper_that_nobody_touched_gains_the_page_of_its_author(project: Project, *, keeps: bool):
    kept = Kept() if keeps else None
    project.write("content/sitegen.yaml", SETTINGS.replace("author_pages: 1", "author_pages: 9"))
    project.write(DUMP, _dump(authors=["Alan Turing"]))
    _built(project, kept=kept)
    assert not (project.folder / "site/authors/ada-lovelace.html").exists()
    project.write("content/papers/mine.yaml", "title: Mine\nauthors: [Ada Lovelace]\n")
    _agrees(project, _built(project, kept=kept))
    assert (project.folder / "site/authors/ada-lovelace.html").exists()


@pytest.mark.parametrize("keeps", [False, True])
def test_a_note_says_what_a_paper_without_an_abstract_is_like(project: Project, *, keeps: bool):
    kept = Kept() if keeps else None
    begins, ends = (
        ("spar", "kern", "grap", "caus", "robo", "plan", "tree", "toke"),
        ("ling", "mond", "fast", "torp", "gent"),
    )
    words = [begin + end for begin in begins for end in ends]
    chance = Random(1)
    papers = [{"title": f"Paper {n}", "abstract": " ".join(chance.choices(words, k=12))} for n in range(40)]
    project.write(DUMP, "".join(json.dumps(paper) + "\n" for paper in papers))
    project.write("content/papers/mine.yaml", "title: Mine\n")
    for note in (words[:6], words[20:26]):
        project.write(LIST, f"title: List\npicks:\n  - paper: Mine\n    note: {' '.join(note)}\n")
        report = _built(project, kept=kept)
    assert {"papers/mine.html", "map.json"} < {*report.changed}
    _agrees(project, report)


def test_another_program_believes_nothing_of_it(project: Project):
    _built(project)
    project.write(LIST, _list(note="New."))
    looked: list[object] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sitegen.build.recalled.program", lambda: "another")
        patch.setattr(
            "sitegen.plan.fingerprints.Fingerprints._alone", lambda _, part: looked.append(part) or b"x" * 16
        )
        _built(project)
    assert len(looked) == 10


@pytest.mark.parametrize("name", ["told", "kin", "meant", "likeness", "likened", "map", "coverage"])
@pytest.mark.parametrize("harm", [b"", b"\x00", b"\xc1" * 40])
def test_a_damaged_memory_is_none(project: Project, name: str, harm: bytes):
    _built(project)
    (memory,) = (project.folder / ".sitegen").glob(f"{name}-*")
    memory.write_bytes(memory.read_bytes()[: -len(harm)] + harm if harm else b"")
    project.write(LIST, _list(note="New."))
    _agrees(project, _built(project))
