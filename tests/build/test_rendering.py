"""Files of rows are written beside the drawing: one at a time, and never once the build is over."""

from __future__ import annotations

import errno
import json
import threading
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import pytest

from sitegen.build import Options, build, processes
from sitegen.write import Stage, exchange

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sitegen.model.page import Output
    from sitegen.write import Written


class Late(threading.Thread):
    """A thread that is as late as can be: it begins its work when somebody waits for it."""

    started: list[Late]

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        self.awaited = threading.Event()
        self.beside = sum(thread.is_alive() for thread in self.started)
        self.started.append(self)

    def run(self) -> None:
        self.awaited.wait()
        super().run()

    def join(self, timeout: float | None = None) -> None:
        self.awaited.set()
        super().join(timeout)


@pytest.fixture
def threads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Late]]:
    """Those that a build has started."""
    started: list[Late] = []
    monkeypatch.setattr(Late, "started", started, raising=False)
    monkeypatch.setattr(processes, "threading", SimpleNamespace(Thread=Late))
    yield started
    for thread in started:
        thread.join()


@pytest.fixture(autouse=True)
def _any_table_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.build.rendering._LARGE", 0)


def test_tables_are_written_one_at_a_time(tmp_path: Path, threads: list[Late]):
    _edit(tmp_path, 2001)
    assert _build(tmp_path)
    *writing, flushing = threads
    assert len(writing) > 1
    assert [thread.beside for thread in writing] == [0] * len(writing)
    assert flushing.beside == 1  # it waits for the last of them


@pytest.mark.parametrize("full_at", ["index.html", "papers.csv"])
def test_a_build_that_fails_is_over_when_its_threads_are(
    full_at: str, tmp_path: Path, threads: list[Late], monkeypatch: pytest.MonkeyPatch
):
    _edit(tmp_path, 2001)
    assert _build(tmp_path)
    before = _tree(tmp_path / "site")
    write = Stage.write

    def fail(stage: Stage, output: Output) -> Written:
        if output.path == full_at:
            raise OSError(errno.ENOSPC, "No space left on device", output.path)
        return write(stage, output)

    _edit(tmp_path, 2002)
    threads.clear()
    with monkeypatch.context() as full:
        full.setattr(Stage, "write", fail)
        assert not _build(tmp_path)
    assert threads
    assert not any(thread.is_alive() for thread in threads)
    assert _tree(tmp_path / "site") == before
    assert not list(tmp_path.glob(".site.sitegen/next-*"))

    assert _build(tmp_path)
    assert b"2002" in _tree(tmp_path / "site")["papers.csv"]


def test_a_disk_that_fails_while_pages_are_drawn_has_the_old_site_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    _edit(tmp_path, 2001)
    assert _build(tmp_path)
    before = _tree(tmp_path / "site")

    def fail(root: Path) -> bool:
        raise OSError(errno.EIO, "Input/output error", str(root))

    _edit(tmp_path, 2002)
    with monkeypatch.context() as broken:
        broken.setattr(exchange, "flush_at_once", fail)
        broken.setattr(exchange, "flush", lambda _: None)  # a disk tells once of what it could not take
        report = build(tmp_path, Options(output="site", jobs=1))
    assert (report.published, [problem.code for problem in report.diagnostics]) == (False, ["cannot-write"])
    assert _tree(tmp_path / "site") == before
    assert not list(tmp_path.glob(".site.sitegen/next-*"))

    assert _build(tmp_path)
    assert b"2002" in _tree(tmp_path / "site")["papers.csv"]


def _edit(project: Path, year: int) -> None:
    """A small project, all of whose tables tell of the year."""
    dumps = project / "content" / "dumps"
    dumps.mkdir(parents=True, exist_ok=True)
    (project / "content" / "sitegen.yaml").write_text(
        "title: Small\nbase_url: https://x.example.org/\nsources: [dumps/*]\n"
    )
    papers = [{"title": f"Paper {number}", "year": year} for number in range(12)]
    (dumps / "a.jsonl").write_text("\n".join(map(json.dumps, papers)))


def _build(project: Path) -> bool:
    return build(project, Options(output="site", jobs=1)).published


def _tree(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in site.rglob("*") if p.is_file()}
