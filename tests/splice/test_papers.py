"""Entries of content/papers: what is set, added and taken out, and every other byte as it was."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.diagnostics import has_errors
from sitegen.model.source import SourceFile
from sitegen.parse.paper_file import parse_paper_file
from sitegen.splice import (
    PaperAt,
    add_to_paper_list,
    new_paper_file,
    remove_from_paper_list,
    set_paper_fields,
    unified,
)

FILE = """\
# Facts. Ask before you change a date.

- title: "COSMO: a study"   # as printed
  date: 2024
  authors: 9
  links:
    code: https://example.org/code  # official
  same_as: [2401.00010, 'other']

# the second
- paper: 2308.04014
  summary: >
    Some words
    that fold.
  not_same_as:
  - one  # not this
  - "two"
"""
FIRST, SECOND = PaperAt(0, "COSMO: a study"), PaperAt(1, "2308.04014")


def file(text):
    return SourceFile("content/papers/p.yaml", text.encode(), "")


def lines_changed(edit, at, *arguments, text=FILE):
    """Lines that are gone and lines that are new, in the order of the diff."""
    outcome = edit(file(text), at, *arguments)
    assert outcome.value is not None, outcome.diagnostics
    return [line for line in unified(text.encode(), outcome.value, "p").splitlines()[2:] if line[0] in "-+"]


@pytest.mark.parametrize(
    ("at", "name", "value", "expected"),
    [
        (FIRST, "title", "COSMO", ['-- title: "COSMO: a study"   # as printed', '+- title: "COSMO"   # as printed']),
        (FIRST, "date", "2024-03-01", ["-  date: 2024", "+  date: 2024-03-01"]),
        (FIRST, "date", None, ["-  date: 2024"]),
        (FIRST, "authors", 12, ["-  authors: 9", "+  authors: 12"]),
        (FIRST, "authors", ["Doe, Jane", "Bo Li"], ["-  authors: 9", '+  authors: ["Doe, Jane", Bo Li]']),
        (FIRST, "links", {"code": "https://example.org/"}, [
            "-    code: https://example.org/code  # official", "+    code: https://example.org/  # official"]),
        (FIRST, "links", {"pdf": "https://example.org/p.pdf"}, ["+    pdf: https://example.org/p.pdf"]),
        (FIRST, "links", {"code": ""}, ["-  links:", "-    code: https://example.org/code  # official"]),
        (FIRST, "links", {"video": None}, []),
        (SECOND, "links", {"code": "https://example.org/c"}, ["+  links:", "+    code: https://example.org/c"]),
        (SECOND, "title", "no", ['+  title: "no"']),
        (SECOND, "summary", "One paragraph.", ["-    Some words", "-    that fold.", "+    One paragraph."]),
        (SECOND, "summary", "One.\n\nTwo.", ["-    Some words", "-    that fold.", "+    One.", "+", "+", "+    Two."]),
        (SECOND, "paper", "2308.04015", ["-- paper: 2308.04014", '+- paper: "2308.04015"']),
        (SECOND, "not_same_as", ["two", "three"], ["-  - one  # not this", "+  - three"]),
        (SECOND, "tags", ["a", "b: c"], ['+  tags: [a, "b: c"]']),
    ],
)  # fmt: skip
def test_a_field_is_set_on_its_own_lines(at, name, value, expected):
    assert lines_changed(set_paper_fields, at, {name: value}) == expected


def test_a_list_gains_and_loses_items_and_goes_with_its_last():
    assert lines_changed(add_to_paper_list, FIRST, "same_as", "a b") == [
        "-  same_as: [2401.00010, 'other']",
        "+  same_as: [2401.00010, 'other', a b]",
    ]
    assert lines_changed(add_to_paper_list, FIRST, "same_as", "other") == []
    assert lines_changed(add_to_paper_list, SECOND, "not_same_as", "x") == ["+  - x"]
    assert lines_changed(add_to_paper_list, FIRST, "not_same_as", "x: y") == [
        "+  not_same_as:",
        '+  - "x: y"',
    ]
    assert lines_changed(remove_from_paper_list, SECOND, "not_same_as", "two") == ['-  - "two"']
    alone = "title: T\nsame_as:\n  - a\nid: t\n"
    assert lines_changed(remove_from_paper_list, PaperAt(0, "T"), "same_as", "a", text=alone) == [
        "-same_as:",
        "-  - a",
    ]


@pytest.mark.parametrize("edit", [add_to_paper_list, remove_from_paper_list])
@pytest.mark.parametrize("name", ["links", "title", "authors", "colour"])
def test_what_is_no_list_of_text_gains_and_loses_no_items(edit, name):
    outcome = edit(file(FILE), FIRST, name, "foo")
    assert outcome.value is None
    assert f"has no list '{name}'" in outcome.diagnostics[0].message


def test_a_new_file_is_a_list_with_one_entry_that_is_read_back():
    outcome = new_paper_file("content/papers/n.yaml", {"paper": "2308.04014", "not_same_as": ["a", "2401.1"]})
    assert outcome.value is not None
    [record] = parse_paper_file(SourceFile("n.yaml", outcome.value, "")).value
    assert (record.names, record.not_same_as) == ("2308.04014", ("a", "2401.1"))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"venue": "V"}, "would have an error"),
        ({"paper": "2308.04014", "date": "2009-13-45"}, "would have an error: '2009-13-45' is no date"),
    ],
)
def test_a_new_file_with_an_error_is_refused_without_a_place_in_it(values, words):
    [problem] = new_paper_file("content/papers/n.yaml", values).diagnostics
    assert words in problem.message
    assert problem.message.endswith(": nothing was written")
    assert (problem.where.path, problem.where.line) == ("content/papers/n.yaml", 0)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "https://u:p@h.org/"])
def test_a_link_that_would_be_shown_nowhere_is_not_written(url):
    for links in ({"code": url}, {"pdf": ["https://example.org/a", url]}):
        for outcome in (
            set_paper_fields(file(FILE), FIRST, {"links": links}),
            set_paper_fields(file(LISTED), PaperAt(0, "T"), {"links": links}),
            new_paper_file("content/papers/n.yaml", {"paper": "2308.04014", "links": links}),
        ):
            assert outcome.value is None
            assert url in outcome.diagnostics[0].message


LISTED = """\
- title: T
  links:
    - https://github.com/a/b  # theirs
    - {url: https://example.org/x, kind: pdf, label: Draft}
    - 'https://example.org/y'
"""


@pytest.mark.parametrize(
    ("links", "expected"),
    [
        ({"code": ["https://github.com/a/b"], "pdf": "https://example.org/x"}, []),
        ({"code": ["https://github.com/a/b", "https://github.com/c/d"]}, ["+    - https://github.com/c/d"]),
        ({"video": "https://example.org/v"}, ["+    - url: https://example.org/v", "+      kind: video"]),
        ({"pdf": []}, ["-    - {url: https://example.org/x, kind: pdf, label: Draft}"]),
        ({"code": [], "slides": "https://example.org/s"},
         ["-    - https://github.com/a/b  # theirs", "+    - url: https://example.org/s", "+      kind: slides"]),
        ({"code": None, "pdf": None, "page": None, "other": None}, ["-  links:", *(f"-{line}" for line in LISTED.split("\n")[2:5])]),
    ],
)  # fmt: skip
def test_links_in_a_list_stay_one_and_keep_what_they_say(links, expected):
    at = PaperAt(0, "T")
    assert lines_changed(set_paper_fields, at, {"links": links}, text=LISTED) == expected


def test_several_fields_are_set_in_one_edit():
    values = {"date": None, "title": "Cosmo", "venue": "V", "links": {"code": None, "pdf": "https://e.org/p"}}
    assert lines_changed(set_paper_fields, FIRST, values) == [
        '-- title: "COSMO: a study"   # as printed',
        "-  date: 2024",
        '+- title: "Cosmo"   # as printed',
        "-    code: https://example.org/code  # official",
        "+    pdf: https://e.org/p",
        '+  venue: "V"',
    ]


@pytest.mark.parametrize(
    ("text", "at", "name", "value", "code", "words"),
    [
        (FILE, PaperAt(0, "2308.04014"), "date", "2024", "stale-edit", "no entry"),
        (FILE, PaperAt(9, "COSMO: a study"), "date", "2024", "stale-edit", "no entry"),
        (FILE, FIRST, "date", "soon", "not-edited", "is no date"),
        (FILE, FIRST, "colour", "red", "not-edited", "colour"),
        (FILE, FIRST, "venue", "a\x07", "not-edited", "U+0007"),
        (FILE, FIRST, "venue", "a\u2028b", "not-edited", "U+2028"),
        (FILE, FIRST, "title", None, "not-edited", "would have an error"),
        ("title: &a T\nvenue: *a\n", PaperAt(0, "T"), "venue", "V", "not-edited", "anchors"),
        ("- ~\n- title: T\n- title: U\n", PaperAt(1, "U"), "venue", "V", "not-edited", "has errors"),
        ("title: T\nyear: 3\n", PaperAt(0, "T"), "venue", "V", "not-edited", "has errors"),
        ("title: T\n---\ntitle: U\n", PaperAt(0, "T"), "venue", "V", "yaml-syntax", "second document"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused_in_words(text, at, name, value, code, words):
    outcome = set_paper_fields(file(text), at, {name: value})
    assert outcome.value is None
    assert outcome.diagnostics[0].code == code
    assert words in outcome.diagnostics[0].message


# A law: any text that a file can hold is read back exactly, in whatever style the text before it is written.

ANY = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"]), max_size=20),
    st.text("ab \n\t:#-?&*!|>%@`'\"\\[]{},~.0é😀\u00a0\u200b\ufeff", max_size=16),
    st.sampled_from(
        ["no", "1e3", "2401.00010", " #", ": ", "null", "---", "...", "a\n  b", "a  \nb", "\n\na\n\n\nb\n"]
    ),
)
STYLES = ('"old"', "'old'", "old", "|\n    old", "|-\n    old\n    older", ">\n  old\n\n  older", "|2\n    old", "",
          "old\n    older", "|+\n    old\n\n", "[old]")  # fmt: skip
CANNOT = frozenset(
    map(chr, (*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFFFE, 0xFFFF))
)


@settings(max_examples=300, deadline=None)
@given(ANY, st.sampled_from(STYLES[:-1]), st.sampled_from(["", "\nvenue: V", "  # why"]), st.booleans())
def test_any_text_is_read_back_exactly(text, style, after, in_list):
    before = f"title: T\nsummary: {style}{after if after != '  # why' or chr(10) not in style else ''}\n"
    if in_list:
        before = "- " + before.replace("\n", "\n  ").rstrip(" ") + "- title: U\n"
    wanted = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    outcome = set_paper_fields(file(before), PaperAt(0, "T"), {"summary": text})
    if any(character in CANNOT for character in wanted):
        assert outcome.value is None
        return
    assert outcome.value is not None, (before, outcome.diagnostics)
    read = parse_paper_file(SourceFile("p.yaml", outcome.value, ""))
    assert not has_errors(read.diagnostics)
    assert read.value[0].summary == wanted
    assert read.value[0].venue == ("V" if "venue" in before else "")
    # Another reader of YAML takes it for the same text.
    pure = yaml.load(outcome.value.decode(), Loader=yaml.SafeLoader)
    pure = pure[0] if in_list else pure
    assert str(pure.get("summary") or "").strip() == wanted
