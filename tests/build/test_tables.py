"""A row of a table of papers is made again where its paper changed, and nowhere else."""

from __future__ import annotations

import os
import tracemalloc
from pathlib import Path
from random import Random

import msgspec
import pytest

from sitegen.build import Options, build
from sitegen.build.tables import Table
from sitegen.plan import exports
from sitegen.render.cite import bibtex

from .edits import Project
from .test_law import tree

TABLES = ("papers.bib", "papers.ris", "papers.csl.json", "papers.csv", "papers.jsonl")


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


def _built(project: Project, *, clean: bool = False) -> dict[str, bytes]:
    output = "clean" if clean else "site"
    report = build(project.folder, Options(output=output, clean=clean, jobs=1, allow_shrink=True))
    assert report.published, report.diagnostics
    return tree(project.folder / output)


@pytest.fixture
def entries(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of papers that entries of tables are made of."""
    made: list[str] = []
    real = exports.paper_entry
    monkeypatch.setattr(
        exports, "paper_entry", lambda site, paper: (made.append(paper.id), real(site, paper))[1]
    )
    return made


def test_of_a_changed_note_one_row_of_each_table_is_made(project: Project, entries: list[str]):
    text = "title: One\npicks:\n  - paper: A graph paper of number 0\n    note: %s\n"
    project.write("content/collections/one.yaml", text % "First.")
    _built(project)
    entries.clear()
    project.write("content/collections/one.yaml", text % "Second.")
    now = _built(project)
    assert entries == ["a-graph-paper-of-number-0"] * 2  # of the CSV and of the JSON Lines
    assert now == _built(project, clean=True)
    assert all(b"Second." in now[name] for name in TABLES)


def test_of_a_changed_note_one_row_of_each_of_a_lists_and_a_tags_files_is_made(
    project: Project, monkeypatch: pytest.MonkeyPatch
):
    text = "title: One\npicks:\n  - {paper: A graph paper of number 0, tags: [kept]}\n"
    text += "  - {paper: {title: Another one}, tags: [kept], note: %s}\n"
    project.write("content/collections/one.yaml", text % "First.")
    _built(project)
    made: list[str] = []
    real = bibtex.entry
    monkeypatch.setattr(bibtex, "entry", lambda paper, note: (made.append(paper.id), real(paper, note))[1])
    project.write("content/collections/one.yaml", text % "Second.")
    now = _built(project)
    assert set(made) == {"another-one"}
    assert now == _built(project, clean=True)
    for stem in ("collections/one", "tags/kept"):
        assert all(b"Second." in now[f"{stem}.{ending}"] for ending in ("bib", "ris", "csl.json"))


def test_what_shows_no_notes_stays_when_one_changes(project: Project):
    text = "title: One\npicks:\n  - {paper: A graph paper of number 0, tags: [kept], note: %s}\n"
    project.write("content/collections/one.yaml", text % "First.")
    _built(project)
    project.write("content/collections/one.yaml", text % "Second.")
    report = build(project.folder, Options(output="site", jobs=1, allow_shrink=True))
    assert not {"tags/kept.md", "tags/kept.json", "papers/index.md"} & {*report.changed, *report.reasons}
    assert tree(project.folder / "site") == _built(project, clean=True)


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_somebody_wrote_to_gives_no_rows(project: Project, table: str):
    path = project.folder / "site" / table
    _built(project)
    data = path.read_bytes()
    path.write_bytes(data.replace(b"paper", b"PAPER"))  # of the same length
    project.edit("dump", Random(5))
    assert _built(project) == _built(project, clean=True)


@pytest.mark.parametrize("table", [*TABLES, "collections/one.bib"])
def test_a_small_table_that_somebody_wrote_to_gives_no_rows_though_its_time_was_put_back(
    project: Project, table: str
):
    text = "title: One\npicks:\n  - {paper: A graph paper of number 0, note: %s}\n"
    project.write("content/collections/one.yaml", text % "First.")
    _built(project)
    path = project.folder / "site" / table
    at = path.stat()
    path.write_bytes(path.read_bytes().replace(b"paper", b"PAPER"))
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))
    project.write("content/collections/one.yaml", text % "Second.")
    assert _built(project) == _built(project, clean=True)


def test_papers_that_come_and_go_have_their_rows(project: Project):
    for seed in range(6):
        project.edit("dump", Random(seed))
        project.edit("tags", Random(seed))
        assert _built(project) == _built(project, clean=True)


def test_a_table_that_another_process_told_of_holds_nothing_else_that_it_said():
    said = msgspec.msgpack.encode((Table("", b"rows"), "x" * 1_000_000))
    tracemalloc.start()
    try:
        before = tracemalloc.get_traced_memory()[0]
        table, _ = msgspec.msgpack.decode(bytes(bytearray(said)), type=tuple[Table, str])
        _ = ""
        assert tracemalloc.get_traced_memory()[0] - before < 100_000
    finally:
        tracemalloc.stop()
    assert table.rows == b"rows"
