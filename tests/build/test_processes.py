"""Several processes: the same bytes as one, and no trouble left behind when they end badly."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
import weakref
from pathlib import Path

import pytest

from sitegen.build import Options, build
from sitegen.build.processes import Beside, EndedError, Forked, Line, Other
from sitegen.search import indexing


@pytest.fixture(autouse=True)
def _none_of_another_test() -> None:
    """One that has answered may still be about to end."""
    for process in multiprocessing.active_children():
        process.join()


def test_a_result_comes_back_as_what_it_was():
    assert Forked(lambda: [("a", 1)], list[tuple[str, int]], forks=True).result() == [("a", 1)]
    assert Forked(os.getpid, int, forks=True).result() != os.getpid()
    assert Forked(os.getpid, int, forks=False).result() == os.getpid()


def test_another_process_is_talked_with():
    def echo(line: Line) -> None:
        while (said := line.hear(list[int])) != []:
            line.say(said[::-1])

    other = Other(echo)
    for numbers in ([1, 2], [*range(100_000)]):  # more than a pipe holds
        other.say(numbers)
        assert other.hear(list[int]) == numbers[::-1]
    other.say([])
    with pytest.raises(EndedError):
        other.hear(list[int])
    with pytest.raises(EndedError):
        other.say([1])
    other.stop()
    assert multiprocessing.active_children() == []


def test_a_process_may_have_processes_of_its_own():
    assert (
        Forked(lambda: Forked(os.getppid, int, forks=True).result(), int, forks=True).result() != os.getpid()
    )


def test_a_process_that_waits_for_its_own_is_stopped_with_them():
    at_work = Forked(lambda: Forked(lambda: time.sleep(60), None, forks=True).result(), None, forks=True)
    at_work.stop()
    assert multiprocessing.active_children() == []


def test_a_thread_gives_what_it_made_or_what_went_wrong():
    def fail() -> None:
        raise OSError(28, "No space left on device", "/somewhere")

    assert Beside(lambda: 3).result() == 3
    with pytest.raises(OSError, match="No space left on device"):
        Beside(fail).result()


def test_a_thread_that_is_over_holds_nothing_that_it_worked_on():
    class Large:
        def write(self) -> int:
            return 3

    large = Large()
    there = weakref.ref(large)
    beside = Beside(large.write)
    del large
    assert beside.result() == 3
    assert there() is None


def test_a_failing_disk_in_another_process_is_a_failing_disk_here():
    def fail() -> None:
        raise OSError(28, "No space left on device", "/somewhere")

    with pytest.raises(OSError, match="No space left") as caught:
        Forked(fail, None, forks=True).result()
    assert (caught.value.errno, caught.value.filename) == (28, "/somewhere")


def test_a_process_that_was_killed_is_told_in_words():
    def end() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with pytest.raises(EndedError, match="--jobs 1"):
        Forked(end, None, forks=True).result()


def test_work_that_is_stopped_is_gone():
    at_work = Forked(lambda: time.sleep(60), None, forks=True)
    at_work.stop()
    assert multiprocessing.active_children() == []


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project of more pages than one process draws alone."""
    project = tmp_path_factory.mktemp("large")
    (project / "content" / "dumps").mkdir(parents=True)
    (project / "content" / "sitegen.yaml").write_text(
        "title: Large\nbase_url: https://x.example.org/\nsources: [dumps/*]\n"
    )
    lines = [
        {
            "title": f"Paper {n} on topic {n % 17}",
            "abstract": f"Words about topic {n % 17} and number {n}. " * 8,
            "year": 2000 + n % 25,
        }
        for n in range(600)
    ]
    (project / "content" / "dumps" / "a.jsonl").write_text("\n".join(map(json.dumps, lines)))
    return project


def test_one_process_and_three_write_the_same_bytes(large: Path, monkeypatch: pytest.MonkeyPatch):
    for module in ("sitegen.search.indexing", "sitegen.search.reading"):
        monkeypatch.setattr(f"{module}.MANY", 500)  # papers, for the index to be made by two
    trees = []
    for jobs in (1, 3):
        report = build(large, Options(output=f"jobs-{jobs}", jobs=jobs, clean=True))
        assert report.published
        site = large / f"jobs-{jobs}"
        trees.append({p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()})
    assert trees[0] == trees[1]
    assert len(trees[0]) > 1200


def test_after_an_edit_one_process_and_two_write_the_same_bytes(large: Path):
    note = large / "content" / "collections" / "noted.yaml"
    note.parent.mkdir()
    runs = (("First.", {"jobs": 2}), ("Second.", {"jobs": 2}), ("Second.", {"jobs": 1, "clean": True}))
    for said, options in runs:
        note.write_text(f"title: Noted\npicks:\n  - paper: Paper 7 on topic 7\n    note: {said}\n")
        report = build(large, Options(output=f"edited-{options['jobs']}", **options))
        assert report.published, report.diagnostics
    note.unlink()
    one, two = (
        {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
        for site in (large / "edited-1", large / "edited-2")
    )
    assert one == two


def test_where_there_is_little_else_to_make_two_processes_make_the_index(
    large: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    for module in ("sitegen.search.indexing", "sitegen.search.reading"):
        monkeypatch.setattr(f"{module}.MANY", 500)
    told = tmp_path / "told"
    real = indexing.columns_of

    def watched(*given, apart):
        told.write_text("one" if apart is None else "two")
        return real(*given, apart=apart)

    monkeypatch.setattr("sitegen.search.indexing.columns_of", watched)
    dump = large / "content" / "dumps" / "a.jsonl"
    before = dump.read_text()
    made_by = []
    for said, output, options in (
        (before, "alone", {"jobs": 2}),  # pages are drawn beside it
        (before.replace("number 7. ", "number 7 or seven. "), "alone", {"jobs": 2}),
        (before.replace("number 7. ", "number 7 or seven. "), "whole", {"jobs": 1, "clean": True}),
    ):
        dump.write_text(said)
        assert build(large, Options(output=output, **options)).published
        made_by.append(told.read_text())
    dump.write_text(before)
    assert made_by == ["one", "two", "one"]
    alone, whole = (
        {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
        for site in (large / "alone", large / "whole")
    )
    assert alone == whole


def test_a_build_of_many_pages_that_is_killed_leaves_no_process_and_no_lock(large: Path):
    command = _build_in_processes(large, "killed")
    assert subprocess.run(command, check=False, capture_output=True).returncode == 0
    for wait in (0.5, 0.9, 1.3):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        running.kill()
        running.wait()
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    pages = [p.read_bytes() for p in (large / "killed" / "papers").glob("paper-*.html")]
    assert len(pages) == 600


def test_an_interrupt_is_quiet_and_ends_every_process(large: Path):
    command = _build_in_processes(large, "stopped")
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    deadline = time.monotonic() + 60
    while not list(large.glob(".stopped.sitegen/next-*")):  # it is at work
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(running.pid, signal.SIGINT)
    _, said = running.communicate(timeout=60)
    assert running.returncode in {0, 130}
    assert "Traceback" not in said


def _build_in_processes(project: Path, output: str) -> list[str]:
    command = [sys.executable, "-m", "sitegen", "-C", str(project)]
    return [*command, "build", "-o", output, "--clean", "--jobs", "3"]
