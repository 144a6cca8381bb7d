"""What another process makes while this one reads."""

from __future__ import annotations

import errno
import multiprocessing
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import msgspec
import pytest

import sitegen.search.reading
from sitegen import memo, write
from sitegen.build import Options, build, patcher
from sitegen.build.ahead import Ahead
from sitegen.build.memory import Memory
from sitegen.render.compiling import CompiledTemplates

ABOUT = "---\ntitle: About\n---\nWhat is {} here."


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """One that was built, by a process that has ended since."""
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/sitegen.yaml").write_text("title: A list")
    (tmp_path / "content/pages/about.md").write_text(ABOUT.format("before"))
    assert build(tmp_path, Options(jobs=1)).published
    monkeypatch.setattr(CompiledTemplates, "_codes", {})
    monkeypatch.setattr("sitegen.build.pipeline._MANY", 0)
    return tmp_path


def test_templates_are_compiled_by_another_process_where_there_are_two_processors(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    compiled = []
    real = jinja2.Environment.compile
    monkeypatch.setattr(jinja2.Environment, "compile", lambda *args: (compiled.append(args), real(*args))[1])
    about = project / "content/pages/about.md"
    for text, jobs, here in (("one", 2, False), ("two", 1, True)):
        CompiledTemplates._codes.clear()
        about.write_text(ABOUT.format(text))
        report = build(project, Options(jobs=jobs))
        assert report.published
        assert report.written < report.unchanged  # the looks of published files were known
        assert bool(compiled) == here
        assert text in (project / "site/about.html").read_text()


def test_the_other_process_compiles_what_the_last_edit_drew(project: Path, monkeypatch: pytest.MonkeyPatch):
    about, named = project / "content/pages/about.md", []
    monkeypatch.setattr(
        "sitegen.build.ahead.Ahead",
        lambda *given: (named.append(given[2]), Ahead(*given))[1],
    )
    for text in ("one", "two"):
        about.write_text(ABOUT.format(text))
        assert build(project, Options(jobs=2)).published
    monkeypatch.setattr("sitegen.build.memory._FEW", 0)
    for text in ("three", "four"):
        about.write_text(ABOUT.format(text))
        assert build(project, Options(jobs=2)).published
    after_all, after_one, again, after_many = named
    assert len(after_all) > 1
    assert after_one == again == ("free_page.html",)
    assert after_many == ()  # so many pages say nothing of the next edit


@pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux alone")
def test_a_persons_file_whose_name_is_not_utf_8_stops_no_build(project: Path):
    theirs = Path(os.fsdecode(os.fsencode(project) + b"/site/caf\xe9.txt"))
    theirs.write_text("mine")
    for text in ("one", "two"):
        (project / "content/pages/about.md").write_text(ABOUT.format(text))
        report = build(project, Options(jobs=2))
        assert report.published, report.diagnostics
        assert report.written < report.unchanged  # the looks of published files were known
        assert theirs.read_text() == "mine"


def test_a_build_that_ends_early_leaves_no_process_behind(project: Path):
    (project / "content/pages/about.md").write_text("---\ntitle: [\n---\n")
    assert not build(project, Options(jobs=2)).published
    assert multiprocessing.active_children() == []


def fails(*_: object) -> write.Looks:
    raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize(
    "look",
    [lambda *_: os._exit(9), fails],
    ids=["end", "error"],
)
def test_a_build_whose_other_process_has_no_answer_goes_on_by_itself(
    project: Path,
    look: Callable[..., write.Looks],
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
):
    monkeypatch.setattr("sitegen.build.ahead.write.look_at", look)
    (project / "content/pages/about.md").write_text(ABOUT.format("after"))
    report = build(project, Options(jobs=2))
    assert (report.published, report.diagnostics) == (True, ())
    assert report.written < report.unchanged
    assert "after" in (project / "site/about.html").read_text()
    assert capfd.readouterr().err == ""


LIST = "title: L\npicks:\n  - paper: {{title: First one}}\n    note: {}\n  - paper: {{title: Second one}}\n"


class Lists:
    """Builds of a list with one note or another."""

    def __init__(self, project: Path) -> None:
        self.project = project
        self.read = 0  # how often the index was made of the whole site

    def built(self, note: str, **options: Any) -> dict[str, bytes]:
        (self.project / "content/collections").mkdir(exist_ok=True)
        (self.project / "content/collections/l.yaml").write_text(LIST.format(note))
        report = build(self.project, Options(**{"jobs": 2} | options))
        assert report.published, report.diagnostics
        site = self.project / options.get("output", "site")
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.*")}

    def is_patched(self, note: str) -> bool:
        """Whether the last build's index is patched for it. The files are those of a clean build in any case."""
        before = self.read
        files = self.built(note)
        patched = self.read == before
        assert files == self.built(note, output="clean", clean=True)
        assert multiprocessing.active_children() == []
        return patched


@pytest.fixture
def lists(project: Path, monkeypatch: pytest.MonkeyPatch) -> Lists:
    lists = Lists(project)
    real = sitegen.search.reading.read

    def read(*given: Any, **more: Any) -> Any:
        assert multiprocessing.active_children() == []  # that may remember a patch meanwhile
        lists.read += 1
        return real(*given, **more)

    monkeypatch.setattr("sitegen.search.reading.read", read)
    lists.built("Good.")
    assert lists.read == 1
    return lists


def elsewhere(
    monkeypatch: pytest.MonkeyPatch, name: str, instead: Callable[[Callable[..., Any]], Callable[..., Any]]
) -> None:
    """In other processes than this one, have something else done in place of a function of the patcher."""
    here, (owner, _, last) = os.getpid(), name.rpartition(".")
    home = getattr(patcher, owner) if owner else patcher
    real = getattr(home, last)
    other = instead(real)

    def either(*given: Any) -> Any:
        return (real if os.getpid() == here else other)(*given)

    monkeypatch.setattr(home, last, either)


def test_the_other_process_patches_the_index(lists: Lists, monkeypatch: pytest.MonkeyPatch):
    here, real = os.getpid(), patcher.LastIndex.patched

    def beside(*given: Any) -> Any:
        assert os.getpid() != here
        return real(*given)

    monkeypatch.setattr(patcher.LastIndex, "patched", beside)
    assert lists.is_patched("Better.")
    assert lists.is_patched("Best.")


def test_when_it_ends_while_the_last_index_is_read_the_files_are_those_of_a_clean_build(
    lists: Lists, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        elsewhere(patch, "last_index", lambda _: lambda *_: os._exit(9))
        lists.is_patched("Better.")  # or not: its first answer may have been given
    lists.is_patched("Best.")
    assert lists.is_patched("Well.")


@pytest.mark.parametrize("ends_at", ["LastIndex.changed", "LastIndex.patched", "PatchedIndex.remember"])
def test_wherever_the_other_process_ends_the_files_are_those_of_a_clean_build(
    lists: Lists, ends_at: str, monkeypatch: pytest.MonkeyPatch
):
    with monkeypatch.context() as patch:
        elsewhere(patch, ends_at, lambda _: lambda *_: os._exit(9))
        assert lists.is_patched("Better.") == (ends_at == "PatchedIndex.remember")
        assert not lists.is_patched("Best.")  # nobody has remembered the index of before
    assert lists.is_patched("Well.")


def test_what_the_other_process_remembers_is_waited_for(lists: Lists, monkeypatch: pytest.MonkeyPatch):
    elsewhere(
        monkeypatch, "PatchedIndex.remember", lambda real: lambda *given: (time.sleep(0.5), real(*given))
    )
    assert lists.is_patched("Better.")
    assert lists.is_patched("Best.")


def test_a_patch_whose_files_are_gone_is_given_up(lists: Lists, monkeypatch: pytest.MonkeyPatch):
    keep = write.Stage.keep

    def keeps_no_index(stage: write.Stage, path: str, *given: Any) -> Any:
        return None if path.startswith("search/facets/") else keep(stage, path, *given)

    elsewhere(
        monkeypatch, "PatchedIndex.remember", lambda real: lambda *given: (time.sleep(0.5), real(*given))
    )
    with monkeypatch.context() as patch:
        patch.setattr(write.Stage, "keep", keeps_no_index)
        assert not lists.is_patched("Better.")
    assert lists.is_patched("Best.")


def test_an_index_that_another_program_remembered_is_not_patched(lists: Lists):
    shelf = memo.Shelf(lists.project, lists.project / "site")
    found = shelf.latest("search", patcher.Indexed)
    assert found
    shelf.remember("search", b"another program's", found[1])
    assert not lists.is_patched("Better.")


@pytest.mark.parametrize("jobs", [1, 2])
def test_an_index_is_patched_beside_pages_of_another_program(lists: Lists, jobs: int):
    # A build after an update that made the index, and did not get to its end.
    shelf = memo.Shelf(lists.project, lists.project / "site")
    memory = shelf.recall("build", b"", Memory)
    assert memory
    shelf.remember("build", b"", msgspec.structs.replace(memory, program="another"))
    assert lists.built("Better.", jobs=jobs) == lists.built("Better.", output="clean", clean=True)


def test_without_room_for_another_process_the_build_goes_on(lists: Lists, monkeypatch: pytest.MonkeyPatch):
    def full(_: object) -> None:
        raise OSError(errno.EAGAIN, "Resource temporarily unavailable")

    monkeypatch.setattr("sitegen.build.ahead.Other", full)
    assert lists.is_patched("Better.")
