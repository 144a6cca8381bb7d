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


def test_folders_nested_deeper_than_anybody_means_are_refused_in_words(project: Path):
    fine = project / "content/pages" / "/".join("d" * 99)
    fine.mkdir(parents=True)
    (fine / "x.md").write_text("# Deep\n")
    assert len(read.read_folder(project, "content", (".md",)).value) == 1
    (fine / "d").mkdir()
    with pytest.raises(OSError, match=r"nested more than 100 deep: '.*/content/pages'"):
        read.read_folder(project, "content", (".md",))


@pytest.mark.parametrize("pattern", ["deep", "deep/**", "deep/**/*.txt"])
def test_dumps_in_folders_without_end_are_refused_in_words(deep: Path, pattern: str):
    with pytest.raises(OSError, match=r"nested more than 100 deep: '.*/deep"):
        read.read_dumps(deep.parent, [DumpSource(pattern)], near=deep.parent)


@pytest.mark.parametrize("kind", ["a pipe", "a link that leads nowhere", "a link to itself"])
def test_what_beside_a_dump_is_no_file_is_said(project: Path, kind: str):
    (project / "dump.txt").write_text("")
    _put_no_file(project / "dump.txt.meta.yaml", kind)
    found = read.read_dumps(project, [DumpSource("dump.txt")], near=project)
    assert [dump.file.path for dump in found.value] == ["dump.txt"]
    assert [(d.code, d.where.path) for d in found.diagnostics] == [("unreadable", "dump.txt.meta.yaml")]


def _put_no_file(path: Path, kind: str) -> None:
    if kind == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to(path.name if kind == "a link to itself" else "nowhere")


def test_a_file_below_a_folder_that_is_a_loop_is_told_in_words(project: Path):
    (project / "content" / "loop").symlink_to("loop")
    for path in ("content/loop", "content/loop/tags.yaml"):
        (problem,) = read.read_file(project, path).diagnostics
        assert problem.message == f"{path} is a link that leads to itself"


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
    begun = threading.Event()

    def write_slowly() -> None:
        with target.open("w") as file:
            for _ in range(20):
                file.write("b" * 1000)
                file.flush()
                begun.set()
                time.sleep(0.002)

    writing = threading.Thread(target=write_slowly)
    writing.start()
    assert begun.wait(60)
    seen = read.read_file(project, "content/x.yaml").value
    writing.join()
    assert seen is not None
    assert set(seen.data) <= {ord("b")}


def test_a_file_is_not_read_again_while_it_looks_the_same_unless_it_was_written_just_now(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    kept = {}

    def known(key, make):
        return kept.setdefault(key, make())

    target = project / "content" / "x.yaml"
    target.write_text("a")
    monkeypatch.setattr(read.files.time, "time_ns", lambda: target.stat().st_ctime_ns + 1)
    assert read.read_file(project, "content/x.yaml", known).value.data == b"a"
    assert not kept  # a second change may hide in the same tick of the clock
    monkeypatch.setattr(read.files.time, "time_ns", lambda: target.stat().st_ctime_ns + 1_000_000_000)
    first = read.read_file(project, "content/x.yaml", known).value
    assert kept
    again = read.read_folder(project, "content", (".yaml",), known=known).value
    assert again[-1] is first
    target.write_text("bb")
    assert read.read_file(project, "content/x.yaml", known).value.data == b"bb"


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


def test_a_dump_may_lie_outside_the_project_and_tells_nothing_of_the_machine(project: Path):
    for folder in ("shared/dumps", "other/dumps"):
        (project.parent / folder).mkdir(parents=True)
        (project.parent / folder / "a.txt").write_text(folder)
    sources = [
        DumpSource("../../shared/dumps"),
        DumpSource(str(project.parent / "other" / "dumps" / "*.txt")),
    ]
    found = read.read_dumps(project, sources, near=project / "content")
    assert [d.file.path for d in found.value] == ["dumps/a.txt", "other/dumps/a.txt"]


def test_a_link_among_the_dumps_may_not_lead_out(project: Path):
    (project / "content" / "dumps").mkdir()
    (project.parent / "secret.jsonl").write_text('{"title": "Secret"}')
    (project / "content" / "dumps" / "innocent.jsonl").symlink_to(project.parent / "secret.jsonl")
    for pattern in ("dumps", "dumps/*", "dumps/*.jsonl"):
        found = read.read_dumps(project, [DumpSource(pattern)], near=project / "content")
        assert (found.value, codes(found)) == ((), ["unreadable"])


def test_a_link_to_a_large_folder_is_one_problem(project: Path):
    (project / "content" / "collections" / "all").symlink_to("/usr")
    found = read.read_folder(project, "content", (".yaml",))
    assert (paths(found), codes(found)) == (["content/sitegen.yaml"], ["unreadable"])
    (project / "static").mkdir()
    (project / "static" / "all").symlink_to("/usr")
    assert codes(read.read_folder(project, "static", hidden=True)) == ["unreadable"]


@pytest.mark.parametrize("name", ["my [2024] list", "a*b", "what?"])
def test_a_project_may_lie_in_a_folder_whose_name_looks_like_a_pattern(tmp_path: Path, name: str):
    dumps = tmp_path / name / "content" / "dumps"
    dumps.mkdir(parents=True)
    (dumps / "a.txt").write_text("x")
    for pattern in ("dumps/*.txt", str(dumps / "a.txt"), str(dumps)):
        found = read.read_dumps(tmp_path / name, [DumpSource(pattern)], near=tmp_path / name / "content")
        assert [d.file.path for d in found.value] == ["content/dumps/a.txt"]


def test_editors_backups_are_no_dumps_however_they_are_named(project: Path):
    dumps = project / "content" / "dumps"
    dumps.mkdir()
    for name in ("a.jsonl", "a.jsonl~", ".a.jsonl.swp", "a.jsonl.meta.yaml"):
        (dumps / name).write_text("x")
    for pattern in ("dumps", "dumps/*", "dumps/**"):
        found = read.read_dumps(project, [DumpSource(pattern)], near=project / "content")
        assert [d.file.path for d in found.value] == ["content/dumps/a.jsonl"]


def test_a_pattern_that_finds_only_folders_says_how_to_reach_into_them(project: Path):
    (project / "content" / "lists" / "deep").mkdir(parents=True)
    (project / "content" / "lists" / "deep" / "a.txt").write_text("x")
    (problem,) = read.read_dumps(project, [DumpSource("lists/*")], near=project / "content").diagnostics
    assert problem.hint == "there are folders, though: write 'lists/**'"
    assert len(read.read_dumps(project, [DumpSource("lists/**")], near=project / "content").value) == 1


def test_a_name_that_is_not_utf_8_is_refused_in_words(project: Path):
    (project / "static").mkdir()
    with open(os.fsencode(project / "static") + b"/caf\xe9.txt", "w") as file:
        file.write("x")
    (problem,) = read.read_folder(project, "static", hidden=True).diagnostics
    assert problem.message == "static/caf?.txt has a name that is not UTF-8"


def test_what_is_static_may_be_hidden(project: Path):
    (project / "static" / ".well-known").mkdir(parents=True)
    for name in (".well-known/security.txt", ".htaccess", ".DS_Store", "x~"):
        (project / "static" / name).write_text("x")
    found = read.read_folder(project, "static", hidden=True)
    assert paths(found) == ["static/.htaccess", "static/.well-known/security.txt"]


@pytest.mark.parametrize(
    "pattern",
    ["dumps", "dumps/*", "dumps/*.bib", "dumps/*.json", "dumps/**", "**/*.bib", "../content/dumps/?.bib", "dumps/a.bib",
     "dumps/b.bib", "*", "other/**", "dumps/**/a.bib", "du[mn]ps/[!b].bib", "../**/a.bib", "./dumps/"],
)  # fmt: skip
def test_what_a_pattern_would_lead_to_is_what_it_leads_to_once_it_is_there(tmp_path, pattern):
    near = tmp_path / "a [list]*" / "content"
    near.mkdir(parents=True)
    dump = near / "dumps/a.bib"
    said = read.leads_to(near, pattern, dump)
    dump.parent.mkdir()
    dump.write_text("@misc{a, title = {A}}")
    found = read.read_dumps(near.parent, [DumpSource(pattern)], near=near).value
    assert said == bool(found)
    assert read.leads_to(near, pattern, dump) == said
