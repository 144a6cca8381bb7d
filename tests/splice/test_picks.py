"""A pick more in a hand-written file, and every other byte as it was."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.diagnostics import has_errors
from sitegen.model.source import SourceFile
from sitegen.parse.collection import parse_collection
from sitegen.splice import NewPick, add_pick


def file(text):
    return SourceFile("list.yaml", text.encode() if isinstance(text, str) else text, "")


def after(text, paper="New", section="", **more):
    outcome = add_pick(file(text), NewPick(paper, **more), section)
    assert outcome.value is not None, outcome.diagnostics
    return outcome.value.decode()


def refused(text, section=""):
    outcome = add_pick(file(text), NewPick("New"), section)
    assert outcome.value is None
    [problem] = outcome.diagnostics
    return problem


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("title: T\npicks:\n  - a\n", "title: T\npicks:\n  - a\n  - New\n"),
        ("title: T\npicks:\n- a\n", "title: T\npicks:\n- a\n- New\n"),
        ("picks:\n-   'a'\ntitle: T\n", "picks:\n-   'a'\n-   'New'\ntitle: T\n"),
        ('title: T\npicks:\n  - paper: "a"\n', 'title: T\npicks:\n  - paper: "a"\n  - paper: "New"\n'),
        ("title: T\npicks:\n    - paper: a\n      note: |\n        b\n\n\n# end\n",
         "title: T\npicks:\n    - paper: a\n      note: |\n        b\n    - paper: New\n\n\n# end\n"),
        ("title: T\npicks:\n  - a  # why\n    # more\n  # last words\n",
         "title: T\npicks:\n  - a  # why\n    # more\n  - New\n  # last words\n"),
        ("title: T\npicks:\n  - a", "title: T\npicks:\n  - a\n  - New"),
        ("title: T\npicks:\n  - paper: a\n    note: |\n      b",
         "title: T\npicks:\n  - paper: a\n    note: |\n      b\n  - paper: New"),
        ("title: T\npicks:\n  - paper: a\n    note: |+\n      b\n\nweight: 1\n",
         "title: T\npicks:\n  - paper: a\n    note: |+\n      b\n\n  - paper: New\nweight: 1\n"),
        ("title: T\npicks:\n", 'title: T\npicks:\n  - paper: "New"\n'),
        ("title: T\npicks: ~ # none\nweight: 1\n", 'title: T\npicks: # none\n  - paper: "New"\nweight: 1\n'),
        ("title: T\n# end\n", 'title: T\npicks:\n  - paper: "New"\n# end\n'),
        ("title: T\npicks: []\n", 'title: T\npicks:\n  - paper: "New"\n'),
        ("{title: T, picks: []}", '{title: T, picks: ["New"]}'),
        ("title: T\npicks: [a, {paper: b}]\n", 'title: T\npicks: [a, {paper: b}, "New"]\n'),
        ("title: T\npicks: [\n  a, # why\n  b,\n]\n", 'title: T\npicks: [\n  a, # why\n  b,\n  "New",\n]\n'),
        ("{title: T}", '{title: T, picks: ["New"]}'),
        ("---\ntitle: T\npicks:\n  - a\n...\n", "---\ntitle: T\npicks:\n  - a\n  - New\n...\n"),
        ("title: T\r\npicks:\r\n  - a\r\nweight: 1\r\n", "title: T\r\npicks:\r\n  - a\r\n  - New\r\nweight: 1\r\n"),
        ("title: T\rpicks:\r  - a\r", "title: T\rpicks:\r  - a\r  - New\r"),
        ("title: T\r\n# mixed\npicks:\n  - a\nweight: 1\n", "title: T\r\n# mixed\npicks:\n  - a\n  - New\r\nweight: 1\n"),
    ],
)  # fmt: skip
def test_a_pick_is_written_like_its_neighbours(before, expected):
    assert after(before) == expected


def test_a_byte_order_mark_stays():
    data = codecs.BOM_UTF8 + "title: Ünï\npicks:\n  - ä\n".encode()
    outcome = add_pick(file(data), NewPick("New"))
    assert outcome.value == data + b"  - New\n"


SECTIONS = """\
title: T
sections:
  - title: One
    picks:
      - paper: "a"
        added: 2026-01-01
        note: Good.   # really

  # the second
  - picks: [x]
    title: Two
  - title: Three
"""


def test_a_section_takes_the_pick_with_the_fields_of_its_neighbours():
    new = after(SECTIONS, section="one", note="Because.", added="2026-11-21")
    line = '      - paper: "New"\n        added: 2026-11-21\n        note: "Because."\n'
    assert new == SECTIONS.replace("really\n", "really\n" + line)


def test_a_section_without_picks_gets_a_list():
    assert after(SECTIONS, section="Three") == SECTIONS + '    picks:\n      - paper: "New"\n'
    assert after(SECTIONS, section="Two") == SECTIONS.replace("[x]", '[x, "New"]')


def test_a_note_of_several_lines_is_a_block():
    new = after("title: T\npicks:\n  - a\n", note="One: two\n\n- three # four\n")
    assert new.endswith("  - paper: New\n    note: |\n      One: two\n\n      - three # four\n")


@pytest.mark.parametrize(
    "paper",
    [
        "2401.00010",
        "null",
        "a: b",
        "x #1",
        "*a",
        "[Re] x",
        "'tis",
        'say "no"',
        "é",
        "a:",
        "100%",
        "C# and F#",
        "\\x",
    ],
)
@pytest.mark.parametrize("neighbour", ["a", "'a'", '"a"'])
def test_any_title_is_read_as_it_was_meant(paper, neighbour):
    for text in (f"title: T\npicks:\n  - {neighbour}\n", f"title: T\npicks: [{neighbour}]\n"):
        read = parse_collection(file(after(text, paper)))
        assert read.value is not None
        assert not read.diagnostics
        assert read.value.sections[0].picks[-1].paper == paper


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("title: T\npicks: &p\n  - a\nsections:\n  - title: S\n    picks: *p\n", "anchors and aliases"),
        ("title: T\n---\ntitle: U\n", ""),
        ("title: T\npicks: a\n", "not understood"),
        ("- a\n", "is no collection"),
        ("just text\n", "is no collection"),
        ("", "empty"),
        ("title: [\n", ""),
        (SECTIONS, "has sections"),
        ("title: T\n".encode("utf-16"), "not UTF-8"),
    ],
)
def test_what_is_not_clear_is_refused_in_words(text, words):
    problem = refused(text)
    assert words in problem.message
    assert problem.hint or not words


def test_a_section_that_is_not_there_is_refused_with_those_that_are():
    assert "did you mean 'Three'?" in refused(SECTIONS, "Thre").hint
    assert refused("title: T\n", "One").hint == "it has none: leave out --section"


# A law: whatever a file looks like, adding a pick inserts text at one place, and what the file says grows by that pick.

WORDS = st.text("ab:#-'\"é {}[],&*!|>%@`\\", min_size=1, max_size=12).map(str.strip).filter(bool)


def _scalar(draw, text):
    style = draw(st.sampled_from(["'", '"']))
    if style == "'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@st.composite
def hand_written(draw):
    """A collection in one of the many ways in which people write them, and the section to add to."""
    gap = " " * draw(st.integers(1, 3))
    indent = draw(st.sampled_from([0, 1, 2, 4]))
    noise = st.sampled_from(["", "", "\n", "# a comment\n", "\n\n  # indented\n", "      # far in\n"])

    def picks(column):
        lines = []
        for _ in range(draw(st.integers(1, 3))):
            name = _scalar(draw, draw(WORDS))
            dash = " " * column + "-" + gap
            inner = " " * (column + 1 + len(gap))
            shape = draw(st.integers(0, 4))
            if shape == 0:
                lines.append(f"{dash}{name}{draw(st.sampled_from(['', '  # why']))}\n")
            elif shape == 1:
                lines.append(f"{dash}{{paper: {name}, rating: 3}}\n")
            elif shape == 2:
                lines.append(f"{dash}note: x\n{inner}paper:   {name}\n{inner}tags: [a,\n{inner}  b]\n")
            elif shape == 3:
                header = draw(st.sampled_from(["|", ">", "|-", ">+", "|+", "|2"]))
                lines.append(
                    f"{dash}paper: {name}\n{inner}note: {header}\n{inner}  some text\n\n{inner}  more\n{draw(st.sampled_from(['', chr(10)]))}"
                )
            else:
                lines.append(f"{dash}paper: {name}\n{inner}tags:\n{inner}- one\n{inner}- two # three\n")
            lines.append(draw(noise))
        return "".join(lines)

    text = draw(noise) + "title: T\n"
    section = ""
    if draw(st.booleans()):
        text += "sections:\n"
        for name in ("One", "Two"):
            column = indent + 1 + len(gap)
            text += f"{' ' * indent}-{gap}title: {name}\n{draw(noise)}{' ' * column}picks:\n{picks(column + draw(st.integers(0, 2)))}"
        section = draw(st.sampled_from(["One", "Two"]))
    else:
        text += f"picks:\n{picks(indent)}"
    text += draw(st.sampled_from(["", "weight: 1\n", "# the end\n", "blurb: x\n\n"]))
    if draw(st.booleans()):
        text = text.rstrip("\n")
    if draw(st.booleans()):
        text = text.replace("\n", "\r\n")
    return text, section


@settings(max_examples=300, deadline=None)
@given(hand_written(), WORDS, st.sampled_from(["", "short", "two\nlines: 3"]))
def test_every_other_byte_stays_and_the_list_grows_by_one(written, paper, note):
    text, section = written
    before = parse_collection(file(text))
    assert before.value is not None
    assert not has_errors(before.diagnostics), (text, before.diagnostics)
    outcome = add_pick(file(text), NewPick(paper, note, "2026-11-21"), section)
    assert outcome.value is not None, (text, outcome.diagnostics)
    new = outcome.value.decode()
    added = len(new) - len(text)
    assert any(new[:at] + new[at + added :] == text for at in range(len(text) + 1))
    then = parse_collection(file(new)).value
    assert then is not None
    for old, grown in zip(before.value.sections, then.sections, strict=True):
        names = [(p.paper, p.note) for p in old.picks]
        if old.title == section:
            names.append((paper, note))
        assert [(p.paper, p.note) for p in grown.picks] == names
