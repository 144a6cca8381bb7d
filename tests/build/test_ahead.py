"""What another process makes while this one reads."""

from __future__ import annotations

import errno
import multiprocessing
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jinja2
import pytest

import sitegen.search.reading
from sitegen import write
from sitegen.build import Options, build
from sitegen.build.ahead import Ahead
from sitegen.build.patcher import Patcher
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


def fails(_: Path) -> write.Looks:
    raise OSError(errno.EIO, "Input/output error")


@pytest.mark.parametrize(
    "look",
    [lambda _: os._exit(9), fails, lambda _: write.Looks({}, at=1 << 64)],
    ids=["end", "error", "year"],
)
def test_a_build_whose_other_process_has_no_answer_goes_on_by_itself(
    project: Path,
    look: Callable[[Path], write.Looks],
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


@pytest.mark.parametrize("ends_at", [None, "__init__", "changed", "begin", "patched", "remember"])
def test_the_other_process_patches_the_index_and_wherever_it_ends_the_files_are_those_of_a_clean_build(
    project: Path, ends_at: str | None, monkeypatch: pytest.MonkeyPatch
):
    def built(note: str, **options: Any) -> dict[str, bytes]:
        (project / "content/collections").mkdir(exist_ok=True)
        (project / "content/collections/l.yaml").write_text(LIST.format(note))
        report = build(project, Options(jobs=2, **options))
        assert report.published, report.diagnostics
        site = project / options.get("output", "site")
        return {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*.*")}

    read = []
    real = sitegen.search.reading.read
    monkeypatch.setattr(
        "sitegen.search.reading.read", lambda *given, **more: (read.append(1), real(*given, **more))[1]
    )
    here = os.getpid()

    def ends(method: Callable[..., Any]) -> Callable[..., Any]:
        return lambda *given: method(*given) if os.getpid() == here else os._exit(9)

    built("Good.")
    assert read
    with monkeypatch.context() as patch:
        if ends_at:
            patch.setattr(Patcher, ends_at, ends(getattr(Patcher, ends_at)))
        for note in ("Better.", "Best."):
            read.clear()
            assert built(note) == built(note, output="clean", clean=True)
            # What nobody remembers of the first patch the second lacks.
            patched = ends_at is None or (ends_at, note) == ("remember", "Better.")
            assert len(read) == (1 if patched else 2)  # with the clean build's
    assert multiprocessing.active_children() == []
    built("Well.")  # by what is remembered now
    assert built("Well.") == built("Well.", output="clean", clean=True)
