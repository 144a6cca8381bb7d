"""Links that lead nowhere are found, each once; everything else is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.check.links import broken_links
from sitegen.diagnostics import Span
from sitegen.model.source import SourceFile

BASE = "https://example.org/list/"


def told(files: dict[str, str], base_url: str = "") -> list[str]:
    data = {path: text.encode() for path, text in files.items()}
    return [problem.message for problem in broken_links(data, base_url)]


@pytest.mark.parametrize(
    "link",
    [
        "b.html",
        "./b.html",
        "../papers/b.html",
        "b.html?q=1",
        "b.html#part",
        "b.html#p%61rt",
        "b%2ehtml",
        "#here",
        "#top",
        "#",
        "",
        "?sort=title",
        "..",
        "../",
        "../index.html#",
        "b.bib#anything",
        "b.html#:~:text=words",
        "/papers/b.html",
        "https://elsewhere.example/nothing",
        "//elsewhere.example/nothing",
        "mailto:a@example.org",
        "data:text/plain,x",
    ],
)
def test_a_link_that_leads_somewhere_is_fine(link):
    files = {
        "index.html": "",
        "papers/a.html": f'<p id="here"><a href="{link}">x</a>',
        "papers/b.html": "<h2 class=x id='part'>",
        "papers/b.bib": "",
    }
    assert told(files) == []


def test_a_missing_file_is_an_error_at_its_place_with_the_nearest_name():
    files = {"a.html": b'<p>\n  <a href="papers/atention.html">', "papers/attention.html": b""}
    (problem,) = broken_links(files)
    assert problem.severity == "error"
    assert problem.code == "broken-link"
    assert problem.where == Span("a.html", 2, 3)
    assert problem.message == "'papers/atention.html' leads to papers/atention.html, which is not there"
    assert problem.hint == "did you mean 'papers/attention.html'?"


def test_a_missing_fragment_is_an_error_with_the_nearest_one():
    (problem,) = broken_links(
        {"a.html": b'<a href="b.html#introductoin">', "b.html": b'<h2 id="introduction">'}
    )
    assert problem.message == "'b.html#introductoin' leads to b.html, which has no '#introductoin'"
    assert problem.hint == "did you mean 'introduction'?"


def test_a_fragment_of_the_page_itself_is_looked_for_in_that_page_alone():
    files = {"a.html": '<a href="#x">', "b.html": '<a href="#x"><i id="x">'}
    assert told(files) == ["'#x' leads to a.html, which has no '#x'"]


def test_a_target_that_many_pages_link_to_is_reported_once_with_their_number():
    files = {f"{name}.html": '<a href="gone.html">' for name in "cab"}
    (problem,) = broken_links({path: text.encode() for path, text in files.items()})
    assert problem.where.path == "a.html"
    assert problem.message.endswith("; 3 pages have this link")


def test_pages_are_counted_and_not_their_links():
    assert told({"a.html": '<a href="x"><a href="x">'}) == ["'x' leads to x, which is not there"]


def source(path, text):
    return {path: SourceFile(path, text.encode(), "")}


def test_a_link_is_reported_where_it_was_written():
    files = {f"collections/{name}.html": b'<a href="../papers/gone.html">' for name in "ab"}
    sources = source(
        "content/collections/a.yaml", "title: A\npicks:\n  - note: See [it](papers/gone.html).\n"
    )
    (problem,) = broken_links(files, sources=sources)
    assert problem.where == Span("content/collections/a.yaml", 3, 20, 16)
    assert problem.message == (
        "'papers/gone.html' leads to papers/gone.html, which is not there; 2 pages have this link"
    )


def test_every_place_that_has_to_be_mended_is_reported():
    files = {"a.html": b'<a href="gone.html">'}
    sources = source("b.md", "[x](/gone.html) <../gone.html>") | source("a.yaml", "url: gone.html")
    problems = broken_links(files, sources=sources)
    assert [problem.where for problem in problems] == [
        Span("a.yaml", 1, 6, 9),
        Span("b.md", 1, 5, 10),
        Span("b.md", 1, 18, 12),
    ]


@pytest.mark.parametrize("text", ["begone.html", "gone.html#part", "gone.htmlx", "x/gone.html", "gone"])
def test_a_link_that_only_holds_another_is_not_taken_for_it(text):
    (problem,) = broken_links({"a.html": b'<a href="gone.html">'}, sources=source("a.md", f"[x]({text})"))
    assert problem.where.path == "a.html"


@pytest.mark.parametrize(
    ("page", "written"),
    [
        ('<a href="../x%20y.html">', "x%20y.html"),
        ('<a href="../notes/">', "notes/"),
        ('<a href="#part">', "#part"),
        (f'<a href="{BASE}gone.html">', f"{BASE}gone.html"),
    ],
)
def test_a_link_is_found_as_the_page_has_it_where_its_target_reads_otherwise(page, written):
    (problem,) = broken_links({"pages/a.html": page.encode()}, BASE, source("a.md", f"[x]({written})"))
    assert problem.where == Span("a.md", 1, 5, len(written))


@pytest.mark.parametrize(
    "there", ["papers/bert.html", "papers/gone.bib", "papers/gone.xml", "tags/gore.html"]
)
def test_what_was_hardly_meant_is_not_suggested(there):
    (problem,) = broken_links({"a.html": b'<a href="papers/gone.html">', there: b""})
    assert problem.hint == ""


def test_a_fragment_that_resembles_none_is_told_without_a_suggestion():
    (problem,) = broken_links({"a.html": b'<a href="#results"><i id="related"><i id="/x">'})
    assert problem.hint == ""


@pytest.mark.parametrize("link", ["../x.html", "a/../../x.html", "%2e%2e/x.html"])
def test_a_link_above_the_site_is_broken(link):
    assert told({"a.html": f'<a href="{link}">'}) == [
        f"'{link}' leads to a place above the site, which is not there"
    ]


@pytest.mark.parametrize("link", [f"{BASE}x.html", "/list/x.html", "/list/x.html#y"])
def test_with_a_base_url_absolute_addresses_below_it_are_internal(link):
    page = f'<a href="{link}">'
    assert len(told({"404.html": page}, BASE)) == 1
    assert told({"404.html": page, "x.html": "<p id=y>"}, BASE) == []


@pytest.mark.parametrize("link", [BASE, "/list/", "/list"])
def test_the_base_url_itself_is_the_home_page(link):
    assert told({"404.html": f'<a href="{link}">', "index.html": ""}, BASE) == []


def test_an_absolute_path_outside_the_base_path_is_broken():
    assert len(told({"a.html": '<a href="/other/x.html">', "x.html": ""}, BASE)) == 1


@pytest.mark.parametrize(
    "markup",
    [
        '<img src="x">',
        "<img src='x'>",
        "<script src=x></script>",
        '<link rel=stylesheet href="x">',
        '<form action="x">',
        '<img alt="a > b" src="x">',
        '<img srcset="x 2x">',
        '<meta http-equiv="refresh" content="0; url=x">',
        '<A\nHREF = "x">',
        '<script>let a = "</a>";</script><a href="x">',
    ],
)
def test_every_kind_of_link_is_followed(markup):
    assert told({"a.html": markup}) == ["'x' leads to x, which is not there"]


@pytest.mark.parametrize(
    "markup",
    [
        '<!-- <a href="x"> -->',
        '<script>let a = `<a href="x">`;</script>',
        "<style>a::after { content: '<a href=\"x\">'; }</style>",
        '<code>&lt;a href="x"&gt;</code>',
        'href="x"',
        "<p title='a href=\"x\"'>",
        '<p data-href="x">',
        '<meta name="description" content="0; url=x">',
    ],
)
def test_what_only_looks_like_a_link_is_left_alone(markup):
    assert told({"a.html": markup}) == []


def test_html_escapes_in_links_are_undone():
    assert told({"a.html": '<a href="x&amp;y.html#a&#39;b">', "x&y.html": """<p id="a'b">"""}) == []


def test_only_html_is_read():
    assert told({"a.xml": '<a href="gone">', "a.txt": '<a href="gone">'}) == []


@settings(max_examples=200, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "<a ",
                "<script>",
                "</script",
                "<!--",
                "-->",
                "href=",
                '"',
                "'",
                ">",
                "#",
                "x",
                " ",
                "é",
                "%",
                "//[",
            ]
        )
    ),
    st.sampled_from(["", BASE]),
)
def test_any_text_at_all_has_an_answer(pieces, base_url):
    broken_links({"a.html": "".join(pieces).encode()}, base_url)
