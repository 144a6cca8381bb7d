"""What is looked at, and what counts as different."""

from __future__ import annotations

import os

import pytest

from sitegen.model.source import DumpSource
from sitegen.read import read_dumps, read_folder
from sitegen.serve.look import changes, links, look


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "collections").mkdir(parents=True)
    (folder / "sitegen.yaml").write_text("title: A\n")
    (folder / "collections/a.yaml").write_text("title: One\n")
    return folder


@pytest.mark.parametrize("name", [".a.yaml.swp", "a.yaml~", "#a.yaml#", "4913", "a.tmp", ".git/x"])
def test_what_editors_leave_beside_a_file_is_no_edit(content, name):
    before = look([str(content)], {})
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_text("noise")
    assert not changes(before, look([str(content)], before))


@pytest.mark.parametrize("name", [".well-known/security.txt", ".htaccess", "a.tmp", "a.bak", "list.orig"])
def test_of_files_that_are_published_as_they_are_every_one_that_a_build_reads_is_looked_at(tmp_path, name):
    path = tmp_path / "static" / name
    path.parent.mkdir(parents=True)
    path.write_text("one")
    before = look([str(tmp_path / "static")], {})
    assert [file.path for file in read_folder(tmp_path, "static", hidden=True).value] == [f"static/{name}"]
    path.write_text("two")
    assert changes(before, look([str(tmp_path / "static")], before)) == 1


@pytest.mark.parametrize("name", ["a.jsonl~", ".a.jsonl.swp", "a.jsonl.part", "a.jsonl.bak", "4913"])
def test_what_no_build_reads_of_a_glob_is_not_looked_at(tmp_path, name):
    (tmp_path / name).write_text("noise")
    assert not look([str(tmp_path / "*")], {})
    assert not read_dumps(tmp_path, [DumpSource("*")], near=tmp_path).value


def test_files_that_come_and_go_are_edits(content):
    before = look([str(content)], {})
    (content / "new.yaml").write_text("")
    between = look([str(content)], before)
    assert changes(before, between)
    (content / "new.yaml").unlink()
    assert changes(between, look([str(content)], between))


def test_two_edits_within_one_tick_of_the_file_system_are_two(content):
    path = content / "sitegen.yaml"
    for text in ("title: B\n", "title: C\n", "title: D\n"):
        before = look([str(content)], {})
        path.write_text(text)
        at = look([str(content)], before)
        assert changes(before, at)


def test_inputs_may_be_folders_files_and_globs(content, tmp_path):
    dumps = tmp_path / "elsewhere"
    dumps.mkdir()
    for name in ("a.txt", "a.txt.meta.yaml", "b.txt", "c.json"):
        (dumps / name).write_text(name)
    found = look([str(content), str(tmp_path / "content/../elsewhere/*.txt"), str(dumps / "c.json")], {})
    named = sorted(os.path.relpath(path, tmp_path) for path in found)
    assert named == [
        "content/collections/a.yaml",
        "content/sitegen.yaml",
        "elsewhere/a.txt",
        "elsewhere/a.txt.meta.yaml",
        "elsewhere/b.txt",
        "elsewhere/c.json",
    ]


@pytest.mark.usefixtures("in_time")
def test_pipes_broken_links_and_loops_are_passed_over(content):
    os.mkfifo(content / "pipe.yaml")
    (content / "gone.yaml").symlink_to("nowhere")
    (content / "loop").symlink_to(content)
    assert len(look([str(content), str(content / "missing")], {})) == 2


@pytest.mark.usefixtures("in_time")
def test_a_pipe_beside_a_dump_is_passed_over(content):
    (content / "dump.txt").write_text("")
    os.mkfifo(content / "dump.txt.meta.yaml")
    assert [*look([str(content / "*.txt")], {})] == [str(content / "dump.txt")]


def test_folders_without_end_are_looked_at_as_far_as_that_goes(deep):
    assert look([str(deep), str(deep / "**/*.txt")], {}) == {}


def test_links_are_known_by_where_they_lead(content, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "dump.txt").write_text("")
    (content / "folder").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "elsewhere/deep").symlink_to(tmp_path / "dump.txt")
    (content / "itself").symlink_to("itself")
    found = [os.path.relpath(path, tmp_path) for path in links([str(content)])]
    assert found == ["content/itself", "dump.txt", "elsewhere"]
