"""What an edit does to a file, to be read by people."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SMALL = 40_000  # pairs of lines that are compared all with all


def unified(before: bytes, after: bytes, path: str, *, context: int = 3) -> str:
    """A unified diff of two states of a file, only the hunks that differ; "" where none does.

    Lines are shown without what ends them.
    """
    old, new = (_lines(data.decode("utf-8-sig", "replace")) for data in (before, after))
    lines = [f"--- {path}", f"+++ {path}"]
    for hunk in _hunks(_changes(old, new), 2 * context):
        above = min(context, hunk[0].old)
        start, start_new = hunk[0].old - above, hunk[0].new - above
        end = min(len(old), hunk[-1].old_end + context)
        end_new = hunk[-1].new_end + end - hunk[-1].old_end
        lines.append(f"@@ -{_range(start, end)} +{_range(start_new, end_new)} @@")
        for change in hunk:
            lines += (f" {line}" for line in old[start : change.old])
            lines += (f"-{line}" for line in old[change.old : change.old_end])
            lines += (f"+{line}" for line in new[change.new : change.new_end])
            start = change.old_end
        lines += (f" {line}" for line in old[start:end])
    return "".join(f"{line}\n" for line in lines) if len(lines) > 2 else ""


class _Change(NamedTuple):
    """Lines of the one file, and those of the other in their place."""

    old: int
    old_end: int
    new: int
    new_end: int


def _lines(text: str) -> list[str]:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.removesuffix("\n").split("\n") if text else []


def _range(start: int, end: int) -> str:
    """https://www.gnu.org/software/diffutils/manual/html_node/Detailed-Unified.html"""
    length = end - start
    return str(start + 1) if length == 1 else f"{start + bool(length)},{length}"


def _changes(old: Sequence[str], new: Sequence[str]) -> list[_Change]:
    """What is between the lines that are in both."""
    found, i, j = [], 0, 0
    for a, b in [*_matched(old, new, (0, len(old)), (0, len(new))), (len(old), len(new))]:
        if a > i or b > j:
            found.append(_Change(i, a, j, b))
        i, j = a + 1, b + 1
    return found


def _hunks(changes: Sequence[_Change], near: int) -> list[list[_Change]]:
    """Changes that have at most so many lines between them are shown together."""
    hunks: list[list[_Change]] = []
    for change in changes:
        if hunks and change.old - hunks[-1][-1].old_end <= near:
            hunks[-1].append(change)
        else:
            hunks.append([change])
    return hunks


def _matched(
    old: Sequence[str], new: Sequence[str], of_old: tuple[int, int], of_new: tuple[int, int]
) -> Iterator[tuple[int, int]]:
    """Numbers of lines that are the same, rising: at the ends, at lines that both have once, and between these.

    What SequenceMatcher finds alone is lost among lines that a file has often: `tags: [x]` under each of a thousand picks.
    """
    (i, i_end), (j, j_end) = of_old, of_new
    while i < i_end and j < j_end and old[i] == new[j]:
        yield i, j
        i, j = i + 1, j + 1
    tail = 0
    while i < i_end - tail and j < j_end - tail and old[i_end - tail - 1] == new[j_end - tail - 1]:
        tail += 1
    inner, inner_new = i_end - tail, j_end - tail
    anchors = _anchors(old[i:inner], new[j:inner_new])
    if anchors:
        for a, b in [*((i + a, j + b) for a, b in anchors), (inner, inner_new)]:
            yield from _matched(old, new, (i, a), (j, b))
            if a < inner:
                yield a, b
            i, j = a + 1, b + 1
    elif (inner - i) * (inner_new - j) <= _SMALL:
        for block in SequenceMatcher(
            None, old[i:inner], new[j:inner_new], autojunk=False
        ).get_matching_blocks():
            yield from ((i + block.a + n, j + block.b + n) for n in range(block.size))
    yield from ((inner + n, inner_new + n) for n in range(tail))


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest rising row of lines that stand once in each: Bram Cohen's patience diff.

    https://bramcohen.livejournal.com/73318.html
    """
    counts, counts_new = Counter(old), Counter(new)
    places = {line: number for number, line in enumerate(new) if counts_new[line] == 1}
    pairs = [(i, places[line]) for i, line in enumerate(old) if counts[line] == 1 and line in places]
    ends: list[int] = []  # of the best row of each length, the place in `new` where it ends
    tops: list[int] = []  # and its last pair
    before: list[int] = []
    for number, (_, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        ends[length : length + 1] = [j]
        tops[length : length + 1] = [number]
        before.append(tops[length - 1] if length else -1)
    row, at = [], tops[-1] if tops else -1
    while at >= 0:
        row.append(pairs[at])
        at = before[at]
    return row[::-1]
