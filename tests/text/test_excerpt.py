"""A line of source is shown as its author's editor numbers it, or not at all."""

from __future__ import annotations

import pytest

from sitegen.model.source import SourceFile
from sitegen.text.excerpt import line_of


def lines(data, path="a.yaml"):
    line = line_of({path: SourceFile(path, data, "")})
    return [line(path, number) for number in range(5)]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_kind_of_line_end_counts(end):
    assert lines(f"one{end}{end}three".encode()) == [None, "one", "", "three", None]


def test_a_byte_order_mark_is_no_column():
    assert lines("\ufeffone".encode())[1] == "one"


def test_other_separators_do_not_end_a_line():
    assert lines("one\x0c\x85\u2028one".encode())[1] == "one\x0c\x85\u2028one"


def test_wrong_bytes_are_shown_as_such():
    assert lines(b"caf\xe9")[1] == "caf\N{REPLACEMENT CHARACTER}"


@pytest.mark.parametrize(("data", "path"), [(b"a\0b", "a.yaml"), (b"text", "a.gz"), (b"text", "a.jsonl.xz")])
def test_what_is_no_text_is_not_shown(data, path):
    assert lines(data, path)[1] is None


def test_a_file_that_nobody_read_is_not_shown():
    assert line_of({})("gone.yaml", 1) is None
