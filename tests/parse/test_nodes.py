from __future__ import annotations

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Span
from sitegen.model.source import SourceFile
from sitegen.parse import nodes
from sitegen.parse.nodes import compose, compose_text
from sitegen.parse.yaml_text import MOST_BYTES, decode

ALIGN = "fields of one mapping start in the same column, and so do the '-' of one list"
OTHER_SINGLE = "put it in quotes of the other kind: '…'"
OTHER_DOUBLE = 'put it in quotes of the other kind: "…"'
NOT_CLOSED = f"' opens a quote that is not closed | add ' at the end, or {OTHER_DOUBLE}"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("title: Foo: bar", "1:8+8 error yaml-syntax: ': ' ends the name of a field | put it in quotes"),
        (
            "a: 1\nb: 50% off: now",
            "2:4+12 error yaml-syntax: ': ' ends the name of a field | put it in quotes",
        ),
        ("- Foo: bar: baz", "1:8+8 error yaml-syntax: ': ' ends the name of a field | put it in quotes"),
        ("title: [Re] x", "1:8+6 error yaml-syntax: '[' starts a list | put it in quotes"),
        ("- a\n- [Re] y", "2:3+6 error yaml-syntax: '[' starts a list | put it in quotes"),
        ("title: {x} y", "1:8+5 error yaml-syntax: '{' starts a mapping | put it in quotes"),
        (
            "{title: [A, picks: [{paper: x}, y,\n  z ]}\n",
            "1:9+1 error yaml-syntax: this '[' is not closed | close it with ']', or put the text in quotes",
        ),
        (
            "picks: [{paper: x}, 'y'\n  {paper: z}]\n",
            "1:8+1 error yaml-syntax: this '[' is not closed | close it with ']', or put the text in quotes",
        ),
        ("title: *x*", "1:8+3 error yaml-syntax: '*' starts an alias | put it in quotes"),
        ("title: *x", "1:8+2 error yaml-syntax: '*' starts an alias | put it in quotes"),
        ("title: @x", "1:8+2 error yaml-syntax: a text that starts with '@' needs quotes | put it in quotes"),
        (
            "title: `x`",
            "1:8+3 error yaml-syntax: a text that starts with '`' needs quotes | put it in quotes",
        ),
        ("title: %x", "1:8+2 error yaml-syntax: a text that starts with '%' needs quotes | put it in quotes"),
        ("title: & co", "1:8+4 error yaml-syntax: '&' starts an anchor | put it in quotes"),
        ("title: - x", "1:8+3 error yaml-syntax: '- ' starts an item of a list | put it in quotes"),
        ("title: > x", "1:8+3 error yaml-syntax: '>' starts a block of text | put it in quotes"),
        ("title: 'tis x", f"1:8+6 error yaml-syntax: {NOT_CLOSED}"),
        (
            'title: "What is left\nyear: 2024',
            '1:8+13 error yaml-syntax: " opens a quote that is not closed | add " at the end',
        ),
        (
            'title: "What is left\nvenue: "ICML"\n',
            '1:8+13 error yaml-syntax: " opens a quote that is not closed | add " at the end',
        ),
        ("title: 'tis the dog's day", f"1:8+18 error yaml-syntax: ' opens a quote | {OTHER_DOUBLE}"),
        ('title: "A" and "B"', f'1:8+11 error yaml-syntax: " opens a quote | {OTHER_SINGLE}'),
        ('a: "A": b', f'1:4+6 error yaml-syntax: " opens a quote | {OTHER_SINGLE}'),
        ("- !a: b\n  c: d", "1:3+5 error yaml-syntax: '!' starts a YAML tag | put it in quotes"),
        ("tags: [#foo]", "1:7+6 error yaml-syntax: '#' starts a comment | put it in quotes"),
        ("tags: [a, #foo]", "1:7+9 error yaml-syntax: '#' starts a comment | put it in quotes"),
        ("a:\n\t- b", "2:1+1 error yaml-syntax: a tab at the start of a line | indent with blanks, not tabs"),
        ("a:foo\nb: c", "1:1+5 error yaml-syntax: 'a:' needs a blank after it | write 'a: …'"),
        ("a: b\nc\n", "2:1+1 error yaml-syntax: a field needs a ': ' after its name | write 'name: value'"),
        (
            "a: [b, c\nd: e\n",
            "1:4+1 error yaml-syntax: this '[' is not closed | close it with ']', or put the text in quotes",
        ),
        ("picks:\n - a: 1\n   - b", f"3:4+1 error yaml-syntax: a field is expected here | {ALIGN}"),
        (
            "a: b\n---\nc: d",
            "2:1+3 error yaml-syntax: a second document starts here | delete the line '---', or make two files",
        ),
        (
            'a: "x\\qy"',
            "1:6+1 error yaml-syntax: this escape is not known to YAML | in \"…\" a '\\' starts an escape: use '…'",
        ),
        (
            "title: !Important x",
            "1:8+12 error yaml-tag: '!Important' is read as a YAML tag, and tags are not supported | put it in quotes",
        ),
        (
            "a: !!python/object:os.system x",
            (
                "1:4+27 error yaml-tag: '!!python/object:os.system' is read as a YAML tag, and tags are not supported"
                " | put it in quotes"
            ),
        ),
        (
            "title: &Yet another",
            "1:8+12 error yaml-anchor: '&Yet' is read as a YAML anchor, and nothing refers to it | put it in quotes",
        ),
        (
            "x: &a [*a]",
            (
                "1:1+10 error too-many-aliases: aliases ('*name') make this file too large"
                " | write out what they stand for"
            ),
        ),
    ],
)
def test_a_file_that_is_no_yaml_gets_one_error_with_its_place_and_what_to_type(text, problem, source, shown):
    document = compose(source(text))
    assert [shown(p) for p in document.problems] == [problem]
    assert document.root is None


def test_an_apostrophe_that_swallows_lines_is_shown_where_it_opens(source, shown):
    text = "a: x\nb: 'Tis\nc: 1\nd: 2\ne: 3\nf: it's late\ng: x\n"
    (problem,) = compose(source(text)).problems
    assert shown(problem) == f"2:4+4 error yaml-syntax: {NOT_CLOSED}"


def test_a_quote_that_is_never_closed_is_shown_where_it_opens_whatever_stands_between(source, shown):
    text = 'a: x\nb: "Tis\nc: |\n  [x](y) and *z*: w\nd: "e"\n'
    (problem,) = compose(source(text)).problems
    assert shown(problem) == '2:4+4 error yaml-syntax: " opens a quote that is not closed | add " at the end'


def test_a_quote_over_several_lines_is_not_blamed_for_what_follows_it(source, shown):
    (problem,) = compose(source('a: "one\n  two"\n\tb: x\n')).problems
    assert shown(problem).startswith("3:1+1 error yaml-syntax: a tab")


def test_lines_and_columns_count_characters_also_beyond_the_basic_plane(source):
    document = compose(source("- 😀😀 b\n- {x: é, y: 😀z}\n"))
    first, second = document.root.value
    assert document.span(first) == Span("x.yaml", 1, 3, 4)
    assert document.span(second.value[1][1]) == Span("x.yaml", 2, 13, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_usual_encoding_and_line_end_gives_the_same_places(encoding, end, source):
    document = compose(source(f"a: é{end}b: |{end}  x{end}  y{end}c: z{end}".encode(encoding)))
    assert document.problems == []
    values = [(value.value, document.span(value).line) for _, _, value in document.pairs(document.root)]
    assert values == [("é", 1), ("x\ny\n", 2), ("z", 5)]


def test_a_separator_that_only_yaml_1_1_takes_for_a_line_end_counts_no_line(source):
    document = compose(source("a: x\u2028y\x85z\nb: c\n"))
    assert document.root.value[0][1].value == "x y z"
    assert document.span(document.root.value[1][1]) == Span("x.yaml", 2, 4, 1)


def test_latin_1_is_an_error_at_its_first_byte(source, shown):
    document = compose(source(b"a: \xc3\xa9\r\nb: caf\xe9\r\n"))
    assert [shown(p) for p in document.problems] == [
        "2:7+1 error not-utf-8: byte 0xE9 is not UTF-8 | save the file as UTF-8"
    ]


def test_control_characters_are_replaced_and_reported_once_with_their_number(source, shown):
    document = compose(source("a: x\x07y\x00\nb: \x9fz\n"))
    assert [shown(p) for p in document.problems] == [
        (
            "1:5+1 warning control-characters: a control character (U+0007) and 2 more in this file;"
            " it is shown as \ufffd | delete it"
        )
    ]
    assert document.root.value[0][1].value == "x\ufffdy\ufffd"


def test_an_escaped_control_character_is_replaced_too(source, shown):
    document = compose(source('a: "x\\ay"'))
    assert document.text_of(document.root.value[0][1]) == "x\ufffdy"
    assert [shown(p) for p in document.problems] == [
        "1:4+6 warning control-characters: a control character, shown as \ufffd | delete it"
    ]


def test_overrides_of_the_writing_direction_are_kept_and_reported(source, shown):
    document = compose(source("a: x\u202ey\n"))
    assert document.root.value[0][1].value == "x\u202ey"
    assert [shown(p) for p in document.problems] == [
        (
            "1:5+1 warning invisible-characters: an invisible character (U+202E)"
            " | delete it, unless the direction of writing needs it"
        )
    ]


@pytest.mark.parametrize(
    "text",
    ["", "\n\n", "# only a comment\n", "---\n", "---\n...\n", "\ufeff", "~\n", "null # yet", "--- NULL"],
)
def test_an_empty_file_is_a_warning(text, source, shown):
    document = compose(source(text))
    assert document.root is None
    assert [shown(p) for p in document.problems] == ["0:0+1 warning empty-file: the file is empty"]


def test_a_file_past_the_limit_is_refused_before_it_is_parsed():
    outcome = decode("x.yaml", b"a" * (MOST_BYTES + 1))
    assert outcome.value is None
    assert outcome.diagnostics[0].message == "the file has 10,485,761 bytes; the most is 10,485,760"


@pytest.mark.parametrize("text", ["[" * 200_000, "- " * 50_000, "{a: " * 20_000, "? " * 20_000])
def test_deep_nesting_never_reaches_the_recursive_composer(text):
    document = compose_text("x.yaml", text)
    assert [problem.code for problem in document.problems] == ["too-deep"]


def test_brackets_in_text_are_no_nesting():
    document = compose_text("x.yaml", "note: |\n  " + "[" * 10_000 + "\n")
    assert document.problems == []
    assert document.root.value[0][1].value == "[" * 10_000 + "\n"


def test_aliases_that_multiply_are_refused(source):
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    lines += ["z: *a8"]
    document = compose(source("\n".join(lines)))
    assert [p.code for p in document.problems] == ["too-many-aliases"]


def test_an_alias_that_saves_typing_is_fine(source):
    document = compose(source("a: &tags [x, y]\nb: *tags\n"))
    assert document.problems == []
    assert [child.value for child in document.root.value[1][1].value] == ["x", "y"]


def test_equal_keys_are_reported_with_both_places_and_the_first_counts(source, shown):
    document = compose(source("a: 1\nb: 2\na: 3\n"))
    assert [(name, value.value) for name, _, value in document.pairs(document.root)] == [
        ("a", "1"),
        ("b", "2"),
    ]
    assert [shown(p) for p in document.problems] == [
        "3:1+1 error duplicate-key: 'a' is given twice; the first is on line 1, column 1 | keep one of the two"
    ]


def test_a_merge_and_a_key_that_is_no_text_are_refused(source, shown):
    document = compose(source("<<: {a: b}\n? [x]\n: y\nc: d\n"))
    assert [name for name, _, _ in document.pairs(document.root)] == ["c"]
    assert [shown(p) for p in document.problems] == [
        "1:1+2 error merge-key: '<<' (a merge) is not supported | write the fields out",
        "2:3+3 error bad-key: a key must be text | a key is one word, then ': '",
    ]


def test_what_follows_a_hash_is_reported_unless_it_looks_like_a_comment(source, shown):
    document = compose(source("- C# and F #1\n- x # a comment\n- 'F #2'\n- a#b\n"))
    assert [document.text_of(node) for node in document.root.value] == ["C# and F", "x", "F #2", "a#b"]
    assert [shown(p) for p in document.problems] == [
        (
            "1:3+8 warning comment-in-text: what follows ' #' is a comment: only 'C# and F' is read"
            " | put the whole text in quotes, or a blank after '#' if it is a comment"
        )
    ]


def test_libyaml_is_at_hand():
    assert nodes.yaml.CSafeLoader is yaml.CSafeLoader


_YAMLISH = st.text(alphabet="ab \n\t:-[]{}#'\"|>&*!%@`,?\\~<0é\u2028\r\x00", max_size=60)


@given(
    st.one_of(
        st.binary(max_size=80),
        st.text(max_size=60).map(lambda t: t.encode("utf-8", "surrogatepass")),
        _YAMLISH.map(str.encode),
    )
)
def test_any_bytes_give_a_document_whose_problems_lie_inside_it(data):
    document = compose(SourceFile("x.yaml", data, ""))
    text = decode("x.yaml", data).value or ""
    lines = text.split("\n")
    for problem in document.problems:
        assert 0 <= problem.where.line <= len(lines)
        if text and problem.where.line:
            assert 1 <= problem.where.column <= len(lines[problem.where.line - 1]) + 1
    assert document.root is not None or document.problems
