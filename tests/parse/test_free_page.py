from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Span
from sitegen.model.free_page import FreePage
from sitegen.model.source import SourceFile
from sitegen.parse.free_page import parse_free_page

PATH = "content/pages/About us.md"


def test_the_fields_in_front_are_read_and_the_rest_is_markdown(source):
    outcome = parse_free_page(
        source(
            "---\ntitle: About\ndescription: Who we are.\nnavigation: false\n---\n\n# Us\n\n---\ntext\n", PATH
        )
    )
    assert outcome.diagnostics == ()
    assert outcome.value == FreePage(
        id="about-us",
        where=Span(PATH, 2, 8, 5),
        title="About",
        text="# Us\n\n---\ntext",
        description="Who we are.",
        navigation=False,
    )


@pytest.mark.parametrize(
    ("text", "title", "rest", "where"),
    [
        ("# About us\n\ntext\n", "About us", "text", Span(PATH, 1, 1, 10)),
        ("\n\n# About us ##\ntext\n", "About us", "text", Span(PATH, 3, 1, 13)),
        ("# C#", "C#", "", Span(PATH, 1, 1, 4)),
        ("---\nnavigation: true\n---\n\n# Head\n", "Head", "", Span(PATH, 5, 1, 6)),
        ("---\n---\n# Head\n", "Head", "", Span(PATH, 3, 1, 6)),
        ("\ufeff# Head\r\ntext\r\n", "Head", "text", Span(PATH, 1, 1, 6)),
    ],
)
def test_without_a_title_in_front_the_first_heading_is_the_title(text, title, rest, where, source):
    outcome = parse_free_page(source(text.encode(), PATH))
    assert outcome.diagnostics == ()
    assert (outcome.value.title, outcome.value.text, outcome.value.where) == (title, rest, where)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (
            "text\n",
            (
                "1:1+1 error missing-field: the page has no title"
                " | begin the file with a line '# Title', or with the lines '---', 'title: …' and '---'"
            ),
        ),
        (
            "---\n\ntitle: Foo: bar\n---\n",
            "3:8+8 error yaml-syntax: ': ' ends the name of a field | put it in quotes",
        ),
        (
            "---\ntitle: x\n",
            "1:1+1 error yaml-syntax: the fields in front are never closed | close them with '---'",
        ),
        (
            "---\ntitle: x\nlayout: y\n---\n",
            "3:1+6 error unknown-field: a page has no field 'layout' | allowed here: title, description, navigation, order",
        ),
        (
            "---\ntitle: x\nnavigation: no\n---\n",
            "3:13+2 error wrong-type: true or false is expected, not 'no' | write false",
        ),
    ],
)
def test_problems_have_the_lines_of_the_file(text, problem, source, shown):
    assert [shown(p) for p in parse_free_page(source(text, PATH)).diagnostics] == [problem]


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("content/pages/docs/Quick start.md", "docs/quick-start"),
        ("content/pages/docs/index.md", "docs/index"),
        ("content/pages/The Docs/hosts/a.b.md", "the-docs/hosts/a-b"),
    ],
)
def test_a_page_in_a_folder_keeps_the_folder_in_its_id(path, name, source):
    page = parse_free_page(source("---\ntitle: x\norder: 3\n---\n", path)).value
    assert (page.id, page.order) == (name, 3)
    assert f"{page.folder}/" == name[: -len(name.rpartition("/")[2])]


def test_index_at_the_top_is_not_the_home_page(source):
    page = parse_free_page(source("# x\n", "content/pages/index.md")).value
    assert page.id.startswith("index-")
    assert page.folder == ""


def test_what_is_no_text_is_no_page(source, shown):
    outcome = parse_free_page(source(b"# caf\xe9", PATH))
    assert outcome.value is None
    assert (
        shown(outcome.diagnostics[0])
        == "1:6+1 error not-utf-8: byte 0xE9 is not UTF-8 | save the file as UTF-8"
    )


@given(st.one_of(st.binary(max_size=60), st.text(alphabet="-# \n\tta:.\r", max_size=60).map(str.encode)))
def test_any_bytes_return_a_page_with_a_title_or_a_problem(data):
    outcome = parse_free_page(SourceFile(PATH, data, ""))
    assert (outcome.value and outcome.value.title) or outcome.diagnostics
