"""The law: whatever was edited, built and broken before, a build makes what a clean one makes, byte for byte, and says the same."""

from __future__ import annotations

import itertools
import multiprocessing
import os
import shutil
import tempfile
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest
from hypothesis import HealthCheck, event, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from sitegen.build import Kept, Options, Report, build, rehearse

from .edits import EDITS, Project

SEEDS = st.integers(0, 1 << 20)
EDIT = st.tuples(st.sampled_from(sorted(EDITS)), SEEDS)
HARM = st.tuples(st.just("harm output"), SEEDS)
IN_MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None  # a disk that others use keeps us waiting
OPTIONS = Options(jobs=1, allow_shrink=True)  # which the output that was there has a say in
# Most builds are like the last one: then there is something to keep.
RUNS = st.sampled_from(
    [
        *[{}] * 5,
        {"strict": True},
        {"overrides": {"page_size": "3"}},
        {"sources": ("content/dumps/one.jsonl",)},
        {"output": "other"},
        *[{"jobs": 2}] * 2,
        {"jobs": 3},
    ]
)


@pytest.fixture(autouse=True, scope="module")
def _more_jobs_are_more_processes():
    """However small the site is."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sitegen.build.rendering._FEW", 12)
        patch.setattr("sitegen.build.pipeline._MANY", 0)
        for module in ("sitegen.search.indexing", "sitegen.search.reading"):
            patch.setattr(f"{module}.MANY", 2)
        yield


class Builds(RuleBasedStateMachine):
    @initialize()
    def begin(self) -> None:
        self.project = Project(Path(tempfile.mkdtemp(prefix="sitegen-law-", dir=IN_MEMORY)))
        self.kept = Kept()

    def teardown(self) -> None:
        shutil.rmtree(self.project.folder, ignore_errors=True)

    @rule(edits=st.lists(EDIT, min_size=1, max_size=3), run=RUNS, keeping=st.booleans())
    def build_after(self, edits: list[tuple[str, int]], run: dict[str, Any], *, keeping: bool) -> None:
        self._edit(edits)
        self._check(self._build(keeping=keeping, **run), **run)

    @rule(during=EDIT | HARM, after=st.integers(0, 12), keeping=st.booleans())
    def edit_while_building(self, during: tuple[str, int], after: int, *, keeping: bool) -> None:
        stages = itertools.count()

        def progress(_: str) -> None:
            if next(stages) == after:
                self._edit([during])

        self._build(keeping=keeping, progress=progress)
        self._check(self._build(keeping=keeping))

    @rule(
        edits=st.lists(EDIT, min_size=1, max_size=2), after=st.integers(0, 150), jobs=st.sampled_from([1, 2])
    )
    def kill_while_building(self, edits: list[tuple[str, int]], after: int, jobs: int) -> None:
        self._edit(edits)
        run = partial(self._build, jobs=jobs)
        child = multiprocessing.get_context("fork").Process(target=_killed, args=(run, after))
        child.start()
        child.join()
        self._check(self._build(keeping=False))

    @rule(edits=st.lists(EDIT, max_size=2))
    def rehearse(self, edits: list[tuple[str, int]]) -> None:
        self._edit(edits)
        site = self.project.folder / "site"
        pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
        rehearse(self.project.folder, OPTIONS, self.kept, pages[:: max(1, len(pages) // 5)])

    @rule()
    def build_clean(self) -> None:
        self._check(
            build(self.project.folder, Options(jobs=1, allow_shrink=True, clean=True), kept=self.kept)
        )

    def _edit(self, edits: list[tuple[str, int]]) -> None:
        for name, seed in edits:
            self.project.edit(name, Random(seed))

    def _build(
        self, *, keeping: bool = False, progress: Callable[[str], None] | None = None, **run: Any
    ) -> Report:
        options = msgspec.structs.replace(OPTIONS, **run)
        return build(self.project.folder, options, progress, kept=self.kept if keeping else None)

    def _check(self, report: Report, **run: Any) -> None:
        folder = self.project.folder
        shutil.rmtree(folder / "clean", ignore_errors=True)
        run, output = run | {"output": "clean", "jobs": 1}, run.get("output", "site")
        clean = build(folder, msgspec.structs.replace(OPTIONS, clean=True, **run))
        assert report.diagnostics == clean.diagnostics
        assert report.published == clean.published
        event(f"published: {clean.published}")
        if clean.published:
            assert (report.papers, report.pages, report.bytes) == (clean.papers, clean.pages, clean.bytes)
            assert sorted(report.reasons) == sorted(report.changed)
            assert report.written + report.unchanged == clean.written
            assert tree(folder / output) == tree(folder / "clean")


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


def _killed(run: Callable[[], object], after: int) -> None:
    """Run, and die at the file system's call with this number."""
    calls = itertools.count()

    def dying(call: Callable[..., object]) -> Callable[..., object]:
        def instead(*args: object, **kwargs: object) -> object:
            if next(calls) == after:
                os._exit(9)
            return call(*args, **kwargs)

        return instead

    for name in ("write", "link", "rename", "unlink", "mkdir", "replace"):
        setattr(os, name, dying(getattr(os, name)))
    Path.write_bytes = dying(Path.write_bytes)  # type: ignore[method-assign]
    run()
    os._exit(0)


TestBuilds = Builds.TestCase
TestBuilds.settings = settings(
    max_examples=12,
    stateful_step_count=10,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
