"""What every test may ask for."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# A slow machine is not a bug, and the same examples on every run make a failure somebody else's, too.
settings.register_profile(
    "here", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("here")

# What a script starts in the background ignores Ctrl-C, and hands that on: tests interrupt what they start.
signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
SHARED = Path(os.environ.get("SITEGEN_SHARED", ROOT.parent / "shared"))

# What watches folders or drives a real browser shares a machine with others, and may be starved there. One such test
# that fails is tried once more from its beginning, and its failure is shown all the same; nothing else gets a second try.
LIVE = frozenset({"browser", "serve"})


@pytest.fixture
def in_time() -> Iterator[None]:
    """Ends a test after a minute: one that is about not waiting for ever would fail by never ending."""

    def late(*_: object) -> None:
        raise AssertionError("it still waits after a minute")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.fixture
def deep(tmp_path: Path) -> Iterator[Path]:
    """A folder with 1,200 others one in another, more than Python's own functions can follow or take away."""
    folder = tmp_path / "deep"
    subprocess.run(["mkdir", "-p", f"{folder}{'/d' * 1200}"], check=True)
    yield folder
    subprocess.run(["rm", "-r", folder], check=True)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests on real dumps and papers exist only where these are: they are not ours to put into the repository."""
    absent = {"real_dumps": not (SHARED / "dumps").is_dir(), "real_papers": not (SHARED / "corpora").is_dir()}
    gone = [
        i for i in items if any(absent[name] for name in absent if name in getattr(i, "fixturenames", ()))
    ]
    if gone:
        config.hook.pytest_deselected(items=gone)
        items[:] = [item for item in items if item not in gone]
    for item in items:
        if not LIVE.isdisjoint(item.path.relative_to(ROOT).parts):
            item.add_marker(pytest.mark.flaky(reruns=1))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was wrong the first time: it passed afterwards, and is a defect of the test or of ours all the same."""
    for report in terminalreporter.stats.get("rerun", ()):
        terminalreporter.section(f"first try of {report.nodeid}")
        terminalreporter.write_line(report.longreprtext)


@pytest.fixture(scope="session")
def real_dumps() -> list[Path]:
    """Three pages that were saved as text; deselected where they are not at hand."""
    return sorted((SHARED / "dumps").glob("*.txt"))


@pytest.fixture(scope="session")
def real_papers(real_corpus: Path) -> Path:
    """10,000 papers as JSONL; deselected where they are not at hand."""
    return real_corpus


@pytest.fixture(scope="session")
def real_corpus() -> Path:
    """The same, for tests that make papers up where there is no such file."""
    return SHARED / "corpora" / "papers-10k.jsonl.xz"
