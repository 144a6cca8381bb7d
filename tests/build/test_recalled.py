"""Papers are merged again where something that they come from changed; what is remembered of them is theirs or nothing."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from sitegen.build import Options, Report, build

from .edits import Project
from .test_law import tree

DUMP = "content/dumps/one.jsonl"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    project = Project(tmp_path)
    project.write(DUMP, '{"title": "Another", "url": "javascript:alert(1)"}\n')
    return project


def _built(project: Project, *, clean: bool = False) -> Report:
    output = "clean" if clean else "site"
    return build(project.folder, Options(output=output, clean=clean, jobs=1, allow_shrink=True))


def _agrees(project: Project, report: Report) -> None:
    clean = _built(project, clean=True)
    assert report.diagnostics == clean.diagnostics
    assert tree(project.folder / "site") == tree(project.folder / "clean")


def test_after_a_note_dumps_are_not_parsed_and_their_problems_are_told_again(project: Project):
    first = _built(project)
    assert "parse" in first.stages
    project.edit("note", Random(1))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sitegen.parse.dump.parse_dump", None)
        patch.setattr("sitegen.merge.merge", None)
        report = _built(project)
    assert any(each.where.path == DUMP for each in report.diagnostics)
    _agrees(project, report)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        (DUMP, '{"title": "Another one"}\n'),
        (f"{DUMP}.meta.yaml", "label: Told\n"),
        ("content/papers/mine.yaml", "title: Mine\n"),
        ("content/addresses.txt", "old-1 title:another\n"),
        ("content/collections/more.yaml", "title: More\npicks:\n  - paper: {title: Described, date: 2020}\n"),
        ("content/sitegen.yaml", "title: X\nbase_url: https://x.example/\nsources: [dumps/one.jsonl]\n"),
    ],
)
def test_whatever_a_paper_comes_from_is_looked_at_when_it_changes(project: Project, path: str, text: str):
    for each in ("one", "two"):
        (project.folder / f"content/collections/{each}.yaml").unlink()
    _built(project)
    project.write(path, text)
    report = _built(project)
    assert report.published, report.diagnostics
    _agrees(project, report)


@pytest.mark.parametrize("name", ["merged", "merged-row", "dumps"])
@pytest.mark.parametrize("harm", [b"", b"\x00", b"\xc1" * 40])
def test_a_damaged_memory_of_papers_is_none(project: Project, name: str, harm: bytes):
    _built(project)
    (memory,) = (project.folder / ".sitegen").glob(f"{name}-????????????.msgpack")
    memory.write_bytes(memory.read_bytes()[: -len(harm)] + harm if harm else b"")
    project.edit("note", Random(1))
    _agrees(project, _built(project))


PICK = "content/collections/one.yaml"


def test_what_a_pick_means_is_looked_up_once_as_long_as_papers_are_the_same(project: Project):
    project.write(PICK, "title: One\npicks:\n  - paper: another\n    note: Old.\n")
    _built(project)
    project.write(PICK, "title: One\npicks:\n  - paper: another\n    note: New.\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sitegen.curate.papers.readings", None)
        report = _built(project)
    assert report.published
    _agrees(project, report)


@pytest.mark.parametrize(
    "papers",
    [
        '{"title": "Another", "id": "x"}\n',  # is called otherwise
        '{"title": "Another", "year": "2020"}\n{"title": "Another", "year": "2001", "doi": "10.1234/x"}\n',
        '{"title": "No other"}\n',
    ],
)
def test_what_a_pick_means_is_looked_up_again_when_papers_change(project: Project, papers: str):
    project.write(PICK, "title: One\npicks:\n  - paper: another\n    note: Old.\n")
    assert _built(project).published
    project.write(DUMP, papers)
    report = _built(project)
    clean = _built(project, clean=True)
    assert report.diagnostics == clean.diagnostics
    assert report.published == clean.published
