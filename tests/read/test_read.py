"""What comes from the disk: whole, once, from inside the project, or with a reason why not."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from sitegen import read
from sitegen.model.source import DumpSource

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def project(tmp_path: Path) -> Path:
    project = tmp_path / "project"
    (project / "content" / "collections").mkdir(parents=True)
    (project / "content" / "sitegen.yaml").write_text("title: X\n")
    return project


def paths(outcome) -> list[str]:
    return [file.path for file in outcome.value]


def codes(outcome) -> list[str]:
    return [problem.code for problem in outcome.diagnostics]


def test_the_project_is_found_from_any_folder_inside_it(project: Path):
    assert read.find_project(project / "content" / "collections") == project.resolve()
    assert read.find_project(project.parent) is None


def test_a_project_may_have_its_settings_at_the_top(tmp_path: Path):
    (tmp_path / "sitegen.yaml").write_text("title: X\n")
    assert read.find_project(tmp_path) == tmp_path.resolve()
    assert read.settings_path(tmp_path) == "sitegen.yaml"


def test_files_come_by_path_without_what_editors_leave_beside_them(project: Path):
    for name in ("b.yaml", "a.yaml", ".a.yaml.swp", "a.yaml~", "#a.yaml#", "notes.txt"):
        (project / "content" / "collections" / name).write_text("title: X\n")
    found = read.read_folder(project, "content", (".yaml",))
    assert paths(found) == [
        "content/collections/a.yaml",
        "content/collections/b.yaml",
        "content/sitegen.yaml",
    ]
    assert codes(found) == []


def test_a_link_that_leads_out_of_the_project_is_not_followed(project: Path):
    (project.parent / "secret.yaml").write_text("password")
    (project / "content" / "collections" / "x.yaml").symlink_to(project.parent / "secret.yaml")
    found = read.read_folder(project, "content/collections", (".yaml",))
    assert (paths(found), codes(found)) == ([], ["unreadable"])
    assert "leads out of the project" in found.diagnostics[0].message


def test_content_itself_may_be_a_link(project: Path):
    (project / "content").rename(project.parent / "elsewhere")
    (project / "content").symlink_to(project.parent / "elsewhere")
    assert paths(read.read_folder(project, "content", (".yaml",))) == ["content/sitegen.yaml"]


def test_a_pipe_a_folder_a_loop_and_a_dangling_link_are_said_and_never_hang(project: Path):
    here = project / "content" / "collections"
    os.mkfifo(here / "pipe.yaml")
    (here / "folder.yaml").mkdir()
    (here / "loop.yaml").symlink_to("loop.yaml")
    (here / "gone.yaml").symlink_to("nowhere.yaml")
    found = read.read_folder(project, "content/collections", (".yaml",))
    assert paths(found) == []
    assert sorted(problem.where.path for problem in found.diagnostics) == [
        f"content/collections/{name}.yaml" for name in ("folder", "gone", "loop", "pipe")
    ]


def test_folders_that_link_to_each_other_are_walked_once(project: Path):
    (project / "content" / "collections" / "up").symlink_to("..")
    assert paths(read.read_folder(project, "content", (".yaml",))) == ["content/sitegen.yaml"]


def test_a_file_that_is_gone_is_an_error_that_names_it(project: Path):
    found = read.read_file(project, "content/tags.yaml")
    assert found.value is None
    assert found.diagnostics[0].message.startswith("content/tags.yaml cannot be read")


def test_a_file_is_read_again_while_somebody_writes_it(project: Path):
    target = project / "content" / "x.yaml"
    target.write_text("a" * 1000)

    def write_slowly() -> None:
        with target.open("w") as file:
            for _ in range(20):
                file.write("b" * 1000)
                file.flush()
                time.sleep(0.002)

    writing = threading.Thread(target=write_slowly)
    writing.start()
    time.sleep(0.01)
    seen = read.read_file(project, "content/x.yaml").value
    writing.join()
    assert seen is not None
    assert set(seen.data) <= {ord("b")}


def test_dumps_come_from_globs_folders_and_files_each_once_with_the_first_settings(project: Path):
    dumps = project / "content" / "dumps"
    dumps.mkdir()
    for name in ("b.txt", "a.txt", "c.jsonl", ".hidden"):
        (dumps / name).write_text(name)
    (dumps / "a.txt.meta.yaml").write_text("captured: 2025\n")
    sources = [DumpSource("dumps/*.txt", captured="2024"), DumpSource("dumps"), DumpSource("dumps/c.jsonl")]
    found = read.read_dumps(project, sources, near=project / "content")
    assert [(d.file.path, d.source.captured) for d in found.value] == [
        ("content/dumps/a.txt", "2024"),
        ("content/dumps/b.txt", "2024"),
        ("content/dumps/c.jsonl", ""),
    ]
    assert [d.sidecar.path if d.sidecar else None for d in found.value] == [
        "content/dumps/a.txt.meta.yaml",
        None,
        None,
    ]
    assert codes(found) == []


def test_a_glob_may_find_nothing_but_a_path_must_exist(project: Path):
    found = read.read_dumps(
        project, [DumpSource("dumps/*"), DumpSource("dumps/x.txt")], near=project / "content"
    )
    assert [(p.code, p.message) for p in found.diagnostics] == [
        ("no-such-source", "there is no dump at 'dumps/x.txt'")
    ]
    assert found.diagnostics[0].hint == "paths are relative to content/"


def test_a_dump_may_lie_outside_the_project(project: Path):
    (project.parent / "shared").mkdir()
    (project.parent / "shared" / "a.txt").write_text("x")
    found = read.read_dumps(project, [DumpSource("../../shared")], near=project / "content")
    assert [d.file.path for d in found.value] == ["../shared/a.txt"]
