"""What one edit costs: `make bench-edit`, or `make bench-edit ARGS="--papers FILE.jsonl.xz --sizes 1000 10000 87000"`.

In one process, as `serve` builds: from the moment that a file is saved until the page that is looked at is drawn, and until the whole
site is published. Then the same edits from the command line. Beyond the papers of the file, papers are repeated with their titles
disturbed. Seconds on the wall depend on what else the machine does: those of the processor stand beside them.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from build import SHARED, _project

from sitegen.build import Kept, Options, build
from sitegen.model.page import Output

LOOKED_AT = "collections/first.html"


class Spent(NamedTuple):
    """Seconds."""

    wall: float
    cpu: float


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=Path, default=SHARED / "corpora" / "papers-10k.jsonl.xz")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    print(f"medians of {options.runs} runs; in brackets, seconds of the processor\n")
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="sitegen-bench-edit-") as folder:
            project = Path(folder)
            _project(project, options.papers, size, "")
            _in_one_process(project, size, options.runs)
            _from_the_command_line(project, options.runs)


def _in_one_process(project: Path, size: int, runs: int) -> None:
    print(f"{size:,} papers, in one process       page looked at       whole site      files written")
    kept = Kept()
    build(project, Options(output=".sitegen/preview"), kept=kept)
    for name, edit in EDITS.items():
        shown, whole, written = [], [], 0
        edit(project, -1)  # a template's first edit replaces the theme's
        build(project, Options(output=".sitegen/preview", jobs=1), kept=kept)
        for run in range(runs):
            edit(project, run)
            first, all_, written = _built(project, kept)
            shown.append(first)
            whole.append(all_)
        print(f"  {name:<28}{_said(shown):>18}{_said(whole):>20}{written:>12,}")


def _built(project: Path, kept: Kept) -> tuple[Spent, Spent, int]:
    start = Spent(time.perf_counter(), time.process_time())
    shown: list[Spent] = []

    def look(output: Output) -> None:
        if output.path == LOOKED_AT:
            shown.append(Spent(time.perf_counter() - start.wall, time.process_time() - start.cpu))

    options = Options(output=".sitegen/preview", jobs=1)
    report = build(project, options, kept=kept, first=[LOOKED_AT], shown=look)
    assert report.published, report.diagnostics
    return shown[0], Spent(time.perf_counter() - start.wall, time.process_time() - start.cpu), report.written


def _from_the_command_line(project: Path, runs: int) -> None:
    command = [sys.executable, "-m", "sitegen", "-q", "-C", str(project), "build"]
    _run(command)
    print("  from the command line")
    edits: dict[str, Callable[[Path, int], None]] = {"nothing changed": lambda *_: None, **EDITS}
    for name, edit in edits.items():
        spent = []
        for run in range(runs):
            edit(project, 100 + run)
            spent.append(_run(command))
        print(f"  {name:<28}{'':>18}{_said(spent):>20}")
    print()


def _run(command: list[str]) -> Spent:
    wall, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return Spent(time.perf_counter() - wall, cpu)


def _said(spent: list[Spent]) -> str:
    wall, cpu = (statistics.median(each) for each in zip(*spent, strict=True))
    return f"{wall * 1000:,.0f} ms ({cpu * 1000:,.0f})"


def _note(project: Path, run: int) -> None:
    path = project / "content" / "collections" / "first.yaml"
    lines = [line for line in path.read_text("utf-8").split("\n") if "note:" not in line]
    lines[5] = lines[5] if lines[5].startswith("  - paper:") else f"  - paper: {lines[5][4:]}"
    path.write_text("\n".join([*lines[:6], f"    note: Worth reading {run}.", *lines[6:]]), "utf-8")


def _template(project: Path, run: int) -> None:
    path = project / "templates" / "collection.html"
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        '{% extends "default/collection.html" %}{% block head %}<meta name="run" content="'
        f'{run}">{{% endblock %}}\n',
        "utf-8",
    )


def _page(project: Path, run: int) -> None:
    path = project / "content" / "pages" / "about.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# About\n\nEdited {run}.\n", "utf-8")


EDITS: dict[str, Callable[[Path, int], None]] = {
    "a note": _note,
    "a page of one's own": _page,
    "the template of lists": _template,
}

if __name__ == "__main__":
    main()
