"""What is shown of an edit before it is written."""

from __future__ import annotations

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.splice import unified

LINES = st.lists(st.sampled_from("abcdef"), max_size=14)


def text(lines):
    return "".join(f"{line}\n" for line in lines).encode()


def applied(before, diff):
    """The file that a diff makes of another, read as `patch` does."""
    lines, made, at = before.decode().splitlines(), [], 0
    for line in diff.splitlines()[2:]:
        if line.startswith("@@"):
            start, _, length = line.split()[1][1:].partition(",")
            first = int(start) - (length != "0")
            made += lines[at:first]
            at = first
        elif line[0] == "+":
            made.append(line[1:])
        else:
            assert lines[at] == line[1:]
            at += 1
            made += [line[1:]] if line[0] == " " else []
    return text(made + lines[at:])


@given(LINES, LINES)
def test_a_diff_makes_the_one_file_of_the_other(old, new):
    before, after = text(old), text(new)
    assert applied(before, unified(before, after, "x")) == after


@given(LINES)
def test_what_is_the_same_has_no_diff(lines):
    assert unified(text(lines), text(lines), "x") == ""


@given(st.lists(st.sampled_from("abcdef"), min_size=1, max_size=14, unique=True), st.data())
def test_hunks_are_written_as_others_write_them(old, data):
    at = data.draw(st.integers(0, len(old)))
    new = [*old[:at], "new", *old[at:]]
    others = difflib.unified_diff(old, new, "x", "x", lineterm="")
    assert unified(text(old), text(new), "x").splitlines() == list(others)


@pytest.mark.parametrize(("old", "new"), [(900, 3), (3, 900)])
def test_of_a_pick_that_is_moved_far_its_lines_alone_are_shown(old, new):
    picks = [[f"  - paper: Paper {n}", "    tags: [a, b]", "    added: 2026-01-01"] for n in range(1000)]
    moved = picks[:]
    moved.insert(new, moved.pop(old))
    before, after = (text(line for pick in each for line in pick) for each in (picks, moved))
    diff = unified(before, after, "x")
    assert [line for line in diff.splitlines()[2:] if line[0] in "+-" and "Paper" in line[1:]] in (
        [f"-  - paper: Paper {old}", f"+  - paper: Paper {old}"],
        [f"+  - paper: Paper {old}", f"-  - paper: Paper {old}"],
    )
    assert len(diff) < 1000


def test_a_new_file_has_nothing_before():
    assert unified(b"", b"a\nb\n", "x") == "--- x\n+++ x\n@@ -0,0 +1,2 @@\n+a\n+b\n"


def test_line_ends_and_marks_are_not_shown():
    assert unified(b"\xef\xbb\xbfa\r\nb\r\n", b"\xef\xbb\xbfa\r\nc\r\n", "x").splitlines()[3:] == [
        " a",
        "-b",
        "+c",
    ]
