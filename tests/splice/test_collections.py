"""Picks and sections in place: what is taken out, moved and set, and every other byte as it was."""

from __future__ import annotations

import pytest

from sitegen.model.source import SourceFile
from sitegen.parse.collection import parse_collection
from sitegen.splice import (
    NewPick,
    PickAt,
    SectionAt,
    add_pick,
    add_section,
    move_pick,
    new_collection,
    remove_pick,
    set_pick_field,
    unified,
)

FILE = """\
title: T

picks:
  # about a
  - a   # why a
  - paper: "b"
    tags: [x, "y"]
    note: |
      One.
      Two.

  # about c
  - paper: 'c'
    rating: 3 # good

sections:
  - title: One
    picks: []
  - title: Two
    picks: [p, {paper: q}]
"""
A, B, C, P, Q = PickAt(0, 0, "a"), PickAt(0, 1, "b"), PickAt(0, 2, "c"), PickAt(2, 0, "p"), PickAt(2, 1, "q")
LOOSE, ONE, TWO = SectionAt(0), SectionAt(1, "One"), SectionAt(2, "Two")


def file(text):
    return SourceFile("content/collections/c.yaml", text.encode() if isinstance(text, str) else text, "")


@pytest.mark.parametrize(
    ("edit", "arguments", "gone", "new"),
    [
        (remove_pick, (A,), ["  # about a", "  - a   # why a"], []),
        (remove_pick, (C,), ["  # about c", "  - paper: 'c'", "    rating: 3 # good", ""], []),
        (remove_pick, (P,), ["    picks: [p, {paper: q}]"], ["    picks: [{paper: q}]"]),
        (move_pick, (C, ONE, 0), ["  # about c", "  - paper: 'c'", "    rating: 3 # good", "", "    picks: []"],
         ["    picks:", "      # about c", "      - paper: 'c'", "        rating: 3 # good"]),
        (move_pick, (A, TWO, 1), ["  # about a", "  - a   # why a", "    picks: [p, {paper: q}]"],
         ["    picks:", "      - p", "      # about a", "      - a   # why a", "      - {paper: q}"]),
        (move_pick, (Q, LOOSE, 1), ["    picks: [p, {paper: q}]"], ["  - {paper: q}", "    picks: [p]"]),
        (move_pick, (P, TWO, 9), ["    picks: [p, {paper: q}]"], ["    picks: [{paper: q}, p]"]),
        (move_pick, (A, LOOSE, 0), [], []),
        (set_pick_field, (A, "note", "Hello: world"), ["  - a   # why a"],
         ["  - paper: a   # why a", "    note: |", "      Hello: world"]),
        (set_pick_field, (B, "tags", ["y", "z"]), ['    tags: [x, "y"]'], ['    tags: ["y", z]']),
        (set_pick_field, (B, "note", "One."), ["      Two."], []),
        (set_pick_field, (B, "note", None), ["    note: |", "      One.", "      Two."], []),
        (set_pick_field, (B, "rating", 4), [], ["    rating: 4"]),
        (set_pick_field, (C, "rating", 5), ["    rating: 3 # good"], ["    rating: 5 # good"]),
        (set_pick_field, (P, "note", "4\n5"), ["    picks: [p, {paper: q}]"], ['    picks: [{paper: p, note: "4\\n5"}, {paper: q}]']),
        (set_pick_field, (P, "note", ""), [], []),
        (add_pick, (NewPick("new"), LOOSE, 1), [], ["  - new"]),
        (add_pick, (NewPick("new", "Why"), ONE), ["    picks: []"], ["    picks:", '      - paper: "new"', '        note: "Why"']),
        (add_section, ("Three",), [], ["  - title: Three"]),
        (add_section, ("a: b", 0), [], ['  - title: "a: b"']),
    ],
)  # fmt: skip
def test_an_edit_changes_its_own_lines_alone(edit, arguments, gone, new):
    outcome = edit(file(FILE), *arguments)
    assert outcome.value is not None, outcome.diagnostics
    lines = unified(FILE.encode(), outcome.value, "c").splitlines()[2:]
    assert sorted(line[1:] for line in lines if line[0] == "-") == sorted(gone)
    assert sorted(line[1:] for line in lines if line[0] == "+") == sorted(new)


WITHIN = """\
title: T
picks: [
  a,
  {paper: b, # why
    note: x},
]
sections:
  - title: One
    picks:
      - p
"""


@pytest.mark.parametrize(
    ("to", "position", "expected"),
    [
        (LOOSE, 0, ["  {paper: b, # why", "    note: x},", "  a,", "]"]),
        (ONE, 1, ["      - p", "      - {paper: b, # why", "          note: x}"]),
    ],
)
def test_a_comment_within_a_pick_between_brackets_moves_with_it(to, position, expected):
    outcome = move_pick(file(WITHIN), B, to, position)
    assert outcome.value is not None, outcome.diagnostics
    assert "\n".join(expected) in outcome.value.decode()
    assert outcome.value.count(b"# why") == 1


TAGS = {
    "    tags:\n    - a # aa\n    # on b\n    - 'b' # bb\n    - c\n":
        "    tags:\n    - c\n    # on b\n    - 'b' # bb\n    - a # aa\n",
    "    tags: [\n      a, # aa\n      # on b\n      'b', # bb\n      c\n    ]\n":
        "    tags: [\n      c,\n      # on b\n      'b', # bb\n      a, # aa\n    ]\n",
    "    tags: [a, 'b', c] # all\n": "    tags: [c, 'b', a] # all\n",
}  # fmt: skip


@pytest.mark.parametrize("before", TAGS)
def test_items_that_change_places_take_their_quotes_and_comments_along(before):
    text = "title: T\npicks:\n  - paper: a\n" + before
    outcome = set_pick_field(file(text), A, "tags", ["c", "b", "a"])
    assert outcome.value is not None, outcome.diagnostics
    assert outcome.value.decode() == text.replace(before, TAGS[before])


def test_the_last_pick_leaves_an_empty_list_and_the_next_comes_in_lines():
    text = "title: T\npicks:\n- a\nweight: 1\n"
    emptied = remove_pick(file(text), A).value
    assert emptied == b"title: T\npicks: []\nweight: 1\n"
    again = add_pick(file(emptied), NewPick("new"), LOOSE).value
    assert again == b'title: T\npicks:\n  - paper: "new"\nweight: 1\n'


@pytest.mark.parametrize(
    ("edit", "text", "arguments", "code", "words"),
    [
        (remove_pick, FILE, (PickAt(0, 0, "b"),), "stale-edit", "no pick 'b'"),
        (remove_pick, FILE, (PickAt(7, 0, "b"),), "stale-edit", "no pick 'b'"),
        (move_pick, FILE, (A, SectionAt(1, "Gone"), 0), "stale-edit", "no section 'Gone'"),
        (set_pick_field, FILE, (A, "rating", 9), "not-edited", "from 1 to 5"),
        (set_pick_field, FILE, (A, "note", "\x1b[1m"), "not-edited", "U+001B"),
        (set_pick_field, FILE, (A, "colour", "red"), "not-edited", "'colour'"),
        (set_pick_field, FILE, (B, "paper", ""), "not-edited", "would have an error"),
        (add_section, FILE, ("ONE",), "not-edited", "already"),
        (add_section, FILE, (" ",), "not-edited", "title of one line"),
        (remove_pick, "title: T\npicks:\n  - a\n  - colour: red\n", (A,), "not-edited", "has errors"),
        (set_pick_field, "title: T\nsections:\n  - ~\n  - {title: A, picks: [x, y]}\n  - {title: B, picks: [z]}\n",
         (PickAt(1, 0, "z"), "rating", 1), "not-edited", "an item of this list is empty"),
        (remove_pick, "title: T\npicks:\n  - &a a\n  - *a\n", (A,), "not-edited", "anchors"),
        (remove_pick, "title: T\npicks:\n  - paper: a\n    <<: {note: n}\n", (A,), "not-edited", "has errors"),
        (remove_pick, "title: T\npicks: [a]\n---\ntitle: U\n", (A,), "yaml-syntax", "second document"),
        (remove_pick, "title: T\npicks: [a]\n".encode("utf-16"), (A,), "not-edited", "UTF-8"),
        (remove_pick, b"title: \xff\npicks: [a]\n", (A,), "not-utf-8", "0xFF"),
    ],
)  # fmt: skip
def test_what_is_not_clear_is_refused_in_words(edit, text, arguments, code, words):
    outcome = edit(file(text), *arguments)
    assert outcome.value is None
    assert outcome.diagnostics[0].code == code
    assert any(words in problem.message for problem in outcome.diagnostics)


def test_a_new_collection_is_read_without_a_problem():
    outcome = new_collection("content/collections/n.yaml", "A: b", blurb="no", sections=["One", "# two"])
    assert outcome.value is not None
    read = parse_collection(SourceFile("n.yaml", outcome.value, ""))
    assert not read.diagnostics
    assert read.value is not None
    assert (read.value.title, read.value.blurb) == ("A: b", "no")
    assert [section.title for section in read.value.sections] == ["One", "# two"]
    assert new_collection("n.yaml", "a\nb").value is None


def test_a_diff_has_only_what_differs():
    before = "".join(f"{number}\r\n" for number in range(20)).encode()
    after = before.replace(b"10\r\n", b"ten\r\n")
    assert unified(before, after, "c", context=0) == "--- c\n+++ c\n@@ -11 +11 @@\n-10\n+ten\n"
    assert unified(before, before, "c") == ""
