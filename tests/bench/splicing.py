"""What an edit of a long hand-written collection costs. `python tests/bench/splicing.py [picks]`.

CPU milliseconds, medians of nine; compare the edits of one run with what it takes to parse the file once.
"""

from __future__ import annotations

import statistics
import sys
import time
from typing import TYPE_CHECKING

from sitegen.model.source import SourceFile
from sitegen.parse.collection import parse_collection
from sitegen.splice import (
    NewPick,
    PickAt,
    SectionAt,
    add_pick,
    move_pick,
    move_section,
    remove_pick,
    remove_section,
    set_pick_fields,
)

if TYPE_CHECKING:
    from collections.abc import Callable

SECTIONS = 10


def main() -> None:
    picks = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    file = SourceFile("content/collections/long.yaml", _collection(picks // SECTIONS).encode(), "")
    print(f"{picks:,} picks, {len(file.data):,} bytes, CPU ms")
    at = PickAt(SECTIONS // 2, picks // SECTIONS // 2, _title(SECTIONS // 2, picks // SECTIONS // 2))
    first = SectionAt(0, "Part 0")
    _timed("parse once", lambda: parse_collection(file))
    _timed("add", lambda: add_pick(file, NewPick("A new one", "Why"), first))
    _timed("remove", lambda: remove_pick(file, at))
    _timed("move to another section", lambda: move_pick(file, at, first, 3))
    _timed("change a note", lambda: set_pick_fields(file, at, {"note": "Other words.\nOn two lines."}))
    several = {"note": "Other words.", "tags": ["agents"], "rating": 5, "start_here": True}
    _timed("change four fields", lambda: set_pick_fields(file, at, several))
    _timed("move a section", lambda: move_section(file, SectionAt(3, "Part 3"), 0))
    _timed("remove a section", lambda: remove_section(file, SectionAt(3, "Part 3")))


def _collection(each: int) -> str:
    lines = ["title: A long list", "sections:"]
    for section in range(SECTIONS):
        lines += [f"  - title: Part {section}", "    picks:"]
        for number in range(each):
            lines += [
                f"      - paper: {_title(section, number)!r}  # checked",
                "        tags: [reinforcement learning, agents]",
                "        added: 2026-11-21",
                "        note: |",
                "          Some words on why it is in the list, and what to read",
                "          before it.",
            ]
    return "\n".join(lines) + "\n"


def _title(section: int, number: int) -> str:
    return f"Paper {number} of part {section}: a title of the usual length for a paper"


def _timed(name: str, run: Callable[[], object]) -> None:
    times = []
    for _ in range(9):
        start = time.process_time()
        assert getattr(run(), "value", None) is not None, name
        times.append(time.process_time() - start)
    print(f"  {name:<24} {statistics.median(times) * 1000:6.0f}")


if __name__ == "__main__":
    main()
