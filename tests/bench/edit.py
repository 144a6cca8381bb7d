"""What one edit costs: `make bench-edit`, or `make bench-edit ARGS="--sizes 1000,10000,87000 --papers FILE.jsonl.xz"`.

A preview as `sitegen serve` starts it, and a page of it open in Chromium, which reloads by the preview's own script.
Measured from the moment before a file is saved: until the load event of the page with the change in it (until the style
sheet took the place of the one before, in a page that stays), and from there until that page is told that the whole site
is built. Beyond the papers of the file, papers are repeated with their titles disturbed.

Medians. In brackets: of a page, until it was told to load anew and began to, from there until it had come, until its tree
stood, and until its load event; of the whole site and of builds from the command line, milliseconds of the processor, which
depend less on what else the machine does.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

import papers
from looking import Browser, Plain, Preview, Seen, Tab

RESTARTS = 3


class Edit(NamedTuple):
    name: str
    looked_at: str  # the page that is open
    save: Callable[[Path, int], str]  # of (project, number): saves a file, and gives what shows then
    goal: Callable[[int], int | None]  # of a size: milliseconds until it shows


def main() -> None:
    options = _options()
    papers.compile_program()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, ", end="")
    with ExitStack() as stack:
        browser = Browser.found()
        tabs: Browser | Plain = stack.enter_context(closing(browser)) if browser else Plain()
        print(tabs.name)
        print(f"medians of {options.edits} edits\n")
        for size in options.sizes:
            with tempfile.TemporaryDirectory(prefix="sitegen-bench-edit-") as folder:
                papers.project(project := Path(folder), size, options.papers)
                _in_a_preview(project, size, tabs, options.edits)
                _from_the_command_line(project, size, options.edits)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=Path, default=papers.PAPERS)
    parser.add_argument("--sizes", type=_numbers, default=[1_000, 10_000])
    parser.add_argument("--edits", type=int, default=5, help="of each kind")
    return parser.parse_args()


def _numbers(text: str) -> list[int]:
    return [int(number) for number in text.replace("_", "").split(",")]


def _in_a_preview(project: Path, size: int, tabs: Browser | Plain, edits: int) -> None:
    with closing(Preview(project)) as preview:
        print(f"{f'{size:,} papers':<30}{'save → page':>34}{'goal':>8}{'→ whole site':>22}{'goal':>8}")
        for edit in EDITS:
            with closing(tabs.tab(preview, edit.looked_at)) as tab:
                _saved(edit, project, tab, 0)  # a template's first edit takes the place of the theme's
                seen = [_saved(edit, project, tab, number) for number in range(1, edits + 1)]
            _row(edit.name, seen, edit.goal(size), _GOALS["whole site"] if size <= _USUAL else None)
        print(f"  first build: {preview.seconds:.1f} s")
    again, starts = [], []
    for number in range(RESTARTS):
        with closing(Preview(project)) as preview, closing(tabs.tab(preview, EDITS[0].looked_at)) as tab:
            again.append(_saved(EDITS[0], project, tab, 100 + number))
            starts.append(preview.seconds)
    _row("the first note after a start", again, None, None)
    print(f"  start with nothing changed: {statistics.median(starts):.1f} s")


def _saved(edit: Edit, project: Path, tab: Tab, number: int) -> Seen:
    return tab.seen(lambda: edit.save(project, number))


def _from_the_command_line(project: Path, size: int, runs: int) -> None:
    command = [sys.executable, "-m", "sitegen", "-q", "-C", str(project), "build"]
    _run(command)
    for name, save in (("nothing changed", None), ("a note", _note)):
        spent = []
        for run in range(runs):
            if save:
                save(project, 200 + run)
            spent.append(_run(command))
        goal = _GOALS[f"command line, {name}"] if size <= _USUAL else None
        print(f"  {f'command line, {name}':<28}{'':>42}{_with_cpu(spent):>22}{_goal(goal)}")
    print(flush=True)


def _run(command: list[str]) -> tuple[float, float]:
    """Seconds, on the wall and of the processor."""
    wall, before = time.perf_counter(), os.times()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = os.times()
    cpu = after.children_user + after.children_system - before.children_user - before.children_system
    return time.perf_counter() - wall, cpu


def _row(name: str, seen: list[Seen], goal: int | None, whole_goal: int | None) -> None:
    shown, *parts, whole, cpu = (1000 * statistics.median(each) for each in zip(*seen, strict=True))
    page = f"{shown:,.0f} ms ({' + '.join(f'{part:,.0f}' for part in parts)})"
    print(
        f"  {name:<28}{page:>34}{_goal(goal)}{f'{whole:,.0f} ms ({cpu:,.0f})':>22}{_goal(whole_goal)}",
        flush=True,
    )


def _with_cpu(spent: list[tuple[float, float]]) -> str:
    wall, cpu = (1000 * statistics.median(each) for each in zip(*spent, strict=True))
    return f"{wall:,.0f} ms ({cpu:,.0f})"


def _goal(milliseconds: int | None) -> str:
    return f"{f'≤ {milliseconds:,}' if milliseconds else '':>8}"


def _note(project: Path, number: int) -> str:
    path = project / "content" / "collections" / "first.yaml"
    lines = [line for line in path.read_text("utf-8").split("\n") if "note:" not in line]
    lines[5] = lines[5] if lines[5].startswith("  - paper:") else f"  - paper: {lines[5][4:]}"
    path.write_text("\n".join([*lines[:6], f"    note: Worth reading {number}.", *lines[6:]]), "utf-8")
    return f"Worth reading {number}."


def _template(project: Path, number: int) -> str:
    path = project / "templates" / "collection.html"
    path.parent.mkdir(exist_ok=True)
    shown = f'<meta name="edit" content="{number}">'
    path.write_text(
        f'{{% extends "default/collection.html" %}}{{% block head %}}{shown}{{% endblock %}}\n', "utf-8"
    )
    return shown


def _page(project: Path, number: int) -> str:
    path = project / "content" / "pages" / "about.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"# About\n\nEdited {number}.\n", "utf-8")
    return f"Edited {number}."


def _style_sheet(project: Path, number: int) -> str:
    path = project / "templates" / "assets" / "css" / "site.css" / "90-edited.css"
    path.parent.mkdir(exist_ok=True, parents=True)
    path.write_text(f":root {{ --edited: {number}; }}\n", "utf-8")
    return f"--edited: {number}"


_USUAL = 10_000  # papers up to which goals are those of a usual site
_GOALS = {"whole site": 1_500, "command line, nothing changed": 500, "command line, a note": 1_000}
LIST = "collections/first.html"

EDITS = (
    Edit("a note", LIST, _note, lambda size: 150 if size <= _USUAL else 500),
    Edit("a page of one's own", "about.html", _page, lambda size: 150 if size <= _USUAL else 500),
    Edit("the template of lists", LIST, _template, lambda size: 300 if size <= _USUAL else 500),
    Edit("a style sheet", LIST, _style_sheet, lambda _: None),
)

if __name__ == "__main__":
    main()
