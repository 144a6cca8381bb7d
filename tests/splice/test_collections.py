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
    move_section,
    new_collection,
    remove_pick,
    remove_section,
    set_collection_fields,
    set_pick_fields,
    set_section_fields,
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
        (set_pick_fields, (A, {"note": "Hello: world"}), ["  - a   # why a"],
         ["  - paper: a   # why a", "    note: |", "      Hello: world"]),
        (set_pick_fields, (B, {"tags": ["y", "z"]}), ['    tags: [x, "y"]'], ['    tags: ["y", z]']),
        (set_pick_fields, (B, {"note": "One."}), ["      Two."], []),
        (set_pick_fields, (B, {"note": None}), ["    note: |", "      One.", "      Two."], []),
        (set_pick_fields, (B, {"rating": 4}), [], ["    rating: 4"]),
        (set_pick_fields, (C, {"rating": 5}), ["    rating: 3 # good"], ["    rating: 5 # good"]),
        (set_pick_fields, (P, {"note": "4\n5"}), ["    picks: [p, {paper: q}]"], ['    picks: [{paper: p, note: "4\\n5"}, {paper: q}]']),
        (set_pick_fields, (P, {"note": ""}), [], []),
        (add_pick, (NewPick("new"), LOOSE, 1), [], ["  - new"]),
        (add_pick, (NewPick("new", "Why"), ONE), ["    picks: []"], ["    picks:", '      - paper: "new"', '        note: "Why"']),
        (set_pick_fields, (B, {"rating": 4, "note": None, "tags": None, "start_here": True}),
         ['    tags: [x, "y"]', "    note: |", "      One.", "      Two."], ["    rating: 4", "    start_here: true"]),
        (set_pick_fields, (A, {"note": "Why.", "status": "read"}), ["  - a   # why a"],
         ["  - paper: a   # why a", "    note: |", "      Why.", "    status: read"]),
        (set_pick_fields, (Q, {"status": "read", "rating": 1}),
         ["    picks: [p, {paper: q}]"], ["    picks: [p, {paper: q, status: read, rating: 1}]"]),
        (add_section, ("Three",), [], ["  - title: Three"]),
        (set_section_fields, (TWO, {"title": "2"}), ["  - title: Two"], ['  - title: "2"']),
        (set_section_fields, (ONE, {"description": "Why."}), [], ['    description: "Why."']),
        (move_section, (TWO, 0), ["  - title: One", "    picks: []"], ["  - title: One", "    picks: []"]),
        (remove_section, (ONE,), ["  - title: One", "    picks: []"], []),
        (remove_section, (TWO,), ["    picks: []", "  - title: Two", "    picks: [p, {paper: q}]"], ["    picks:", "      - p", "      - {paper: q}"]),
        (set_collection_fields, ({"title": "U", "description": "One.\nTwo."},),
         ["title: T"], ["title: U", "description: |", "  One.", "  Two."]),
        (add_section, ("a: b", 0), [], ['  - title: "a: b"']),
    ],
)  # fmt: skip
def test_an_edit_changes_its_own_lines_alone(edit, arguments, gone, new):
    outcome = edit(file(FILE), *arguments)
    assert outcome.value is not None, outcome.diagnostics
    lines = unified(FILE.encode(), outcome.value, "c").splitlines()[2:]
    assert sorted(line[1:] for line in lines if line[0] == "-") == sorted(gone)
    assert sorted(line[1:] for line in lines if line[0] == "+") == sorted(new)


PARTS = """\
title: T
sections:
  # on one
  - title: One
    picks:
    - a
  - title: Two   # on two
    description: Second.
    picks:
      # first of all

      # on b
      - b   # behind b

      # between
      - {paper: c, rating: 2}

      # at the end
  # on three
  - title: Three
"""


def test_the_picks_of_a_section_that_goes_take_along_what_stands_among_them():
    """Those of a later section go to the one before, and of the first before any."""
    once = remove_section(file(PARTS), SectionAt(1, "Two")).value
    assert once is not None
    picks = """\
    - a
    # first of all

    # on b
    - b   # behind b

    # between
    - {paper: c, rating: 2}

    # at the end
"""
    start, end = PARTS.index("    - a"), PARTS.index("  # on three")
    assert once.decode() == PARTS[:start] + picks + PARTS[end:]
    twice = remove_section(SourceFile("c.yaml", once, ""), SectionAt(0, "One")).value
    assert twice is not None
    loose = picks.replace("    ", "")  # as far in as the others of the file
    assert twice.decode() == f"title: T\npicks:\n{loose}sections:\n  # on three\n  - title: Three\n"


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
    outcome = set_pick_fields(file(text), A, {"tags": ["c", "b", "a"]})
    assert outcome.value is not None, outcome.diagnostics
    assert outcome.value.decode() == text.replace(before, TAGS[before])


def test_the_last_pick_leaves_an_empty_list_and_the_next_comes_in_lines():
    text = "title: T\npicks:\n- a\nweight: 1\n"
    emptied = remove_pick(file(text), A).value
    assert emptied == b"title: T\npicks: []\nweight: 1\n"
    again = add_pick(file(emptied), NewPick("new"), LOOSE).value
    assert again == b'title: T\npicks:\n  - paper: "new"\nweight: 1\n'


def test_a_pick_with_a_comment_is_moved_into_brackets_that_hold_nothing_but_a_comment():
    text = "title: T\npicks:\n  - a # why\nsections:\n  - title: One\n    picks: [ # none\n    ]\n"
    outcome = move_pick(file(text), A, SectionAt(1, "One"), 0)
    assert outcome.value is not None, outcome.diagnostics
    expected = "title: T\npicks: []\nsections:\n  - title: One\n    picks: # none\n      - a # why\n"
    assert outcome.value.decode() == expected


def test_a_note_that_keeps_its_blank_lines_is_moved_before_others_of_them():
    note = "      - paper: p\n        note: |+\n          x\n\n"
    text = f"title: T\npicks: []\n\n# end\nsections:\n  - title: One\n    picks:\n      - q\n{note}"
    outcome = move_pick(file(text), PickAt(0, 1, "p"), LOOSE, 0)
    assert outcome.value is not None, outcome.diagnostics
    moved = note.replace("\n    ", "\n").removeprefix("    ")
    assert outcome.value.decode() == text.replace(note, "").replace("picks: []\n\n", f"picks:\n\n{moved}")


@pytest.mark.parametrize(
    ("edit", "text", "arguments", "code", "words"),
    [
        (remove_pick, FILE, (PickAt(0, 0, "b"),), "stale-edit", "no pick 'b'"),
        (remove_pick, FILE, (PickAt(7, 0, "b"),), "stale-edit", "no pick 'b'"),
        (move_pick, FILE, (A, SectionAt(1, "Gone"), 0), "stale-edit", "no section 'Gone'"),
        (set_pick_fields, FILE, (A, {"rating": 9}), "not-edited", "from 1 to 5"),
        (set_pick_fields, FILE, (A, {"note": "\x1b[1m"}), "not-edited", "U+001B"),
        (set_pick_fields, FILE, (A, {"colour": "red"}), "not-edited", "'colour'"),
        (set_pick_fields, FILE, (B, {"paper": ""}), "not-edited", "would have an error"),
        (add_section, FILE, ("ONE",), "not-edited", "already"),
        (add_section, "title: T\nsections:\n  - title: Brand new\n", ("brand  NEW",), "not-edited", "already"),
        (add_section, FILE, (" ",), "not-edited", "title of one line"),
        (set_section_fields, FILE, (ONE, {"title": "two"}), "not-edited", "already"),
        (set_section_fields, FILE, (ONE, {"title": None}), "not-edited", "title of one line"),
        (set_section_fields, FILE, (SectionAt(1, "Gone"), {"title": "x"}), "stale-edit", "no section 'Gone'"),
        (move_section, FILE, (SectionAt(9, "One"), 0), "stale-edit", "no section 'One'"),
        (remove_section, FILE, (LOOSE,), "stale-edit", "no section ''"),
        (set_collection_fields, FILE, ({"title": ""},), "not-edited", "needs the field 'title'"),
        (set_collection_fields, FILE, ({"colour": "red"},), "not-edited", "'colour' in a collection"),
        (remove_pick, "title: T\npicks:\n  - a\n  - colour: red\n", (A,), "not-edited", "has errors"),
        (set_pick_fields, "title: T\nsections:\n  - ~\n  - {title: A, picks: [x, y]}\n  - {title: B, picks: [z]}\n",
         (PickAt(1, 0, "z"), {"rating": 1}), "not-edited", "an item of this list is empty"),
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
