"""Which file is meant: every address that others fell for, and every one that must work, without a socket."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.serve.state import State


@pytest.mark.parametrize(
    ("target", "body"),
    [
        ("/a/b/", b"home"),
        ("/a/b/index.html", b"home"),
        ("/a/b/?q=../../secret.txt", b"home"),
        ("/a/b/papers/", b"papers"),
        ("/a/b/papers/x.html", b">x<"),
        ("/a/b/papers/%78.html", b">x<"),
        ("/a/b/papers/x.bib?raw??", b"@misc{x}"),
        ("/a/b/tags/%C3%A4%20b.html", "ä".encode()),
    ],
)
def test_a_page_is_found_under_the_path_that_it_will_be_published_at(get, state, target, body):
    found = get(target, state)
    assert found.status == 200
    assert body in found.body


@pytest.mark.parametrize(
    ("target", "location"), [("/", "/a/b/"), ("/a/b", "/a/b/"), ("/a/b/papers", "/a/b/papers/")]
)
def test_a_folder_without_its_slash_redirects(get, state, target, location):
    found = get(target, state)
    assert (found.status, found.headers["Location"]) == (302, location)


@pytest.mark.parametrize(
    "target",
    [
        "/a/b/nothing.html",
        "/a/b/nothing/",
        "/a/b/papers/x.html/",
        "/a/bb/",
        "/b/",
        "/papers/x.html",
        "/a/b/PAPERS/x.html",
        "/a/b/papers/x.html%20",
        "/a/b/papers/x.html.",
        "/a/b/%252e%252e/secret.txt",
        "/a/b/~/x",
    ],
)
def test_what_is_not_there_gets_the_sites_own_page_for_it(get, state, target):
    found = get(target, state)
    assert found.status == 404
    assert b"lost" in found.body


@pytest.mark.parametrize(
    "target",
    [
        "/a/b/../../secret.txt",
        "/a/b/../../../secret.txt",
        "/a/b/papers/../../secret.txt",
        "/a/b/papers/../index.html",
        "/../a/b/index.html",
        "/a/b/.",
        "/a/b/./index.html",
        "/a/b/papers/.",
        "/a/b/papers/..",
        "/.",
        "/..",
        "/a/b//index.html",
        "/a//b/index.html",
        "/a/b/papers//",
        "/a/b/%2e%2e/%2e%2e/secret.txt",
        "/a/b/%2E./secret.txt",
        "/a/b/..%2fsecret.txt",
        "/a/b/..%2Fsecret.txt",
        "/a/b/papers%2fx.html",
        "/a/b/..\\secret.txt",
        "/a/b/..%5csecret.txt",
        "/a/b/papers%5Cx.html",
        "/a/b/index.html%00",
        "/a/b/index.html%00.css",
        "/a/b/index.html::$DATA",
        "/a/b/index.html%3A%3A$DATA",
        "/a/b/C:/secret.txt",
        "/a/b/index.html%0a",
        "/a/b/%0d%0aSet-Cookie:x",
        "/a/b/%7f",
        "/a/b/%c2%85",
        "/a/b/%c0%ae%c0%ae/secret.txt",
        "/a/b/%ff",
        "/a/b/%",
        "/a/b/%4",
        "/a/b/%zz",
        "/a/b/%u002e",
        "/a/b/ä.html",
        "/a/b/index.html#x",
        "//secret.txt",
        "//evil.example/a/b/",
        "///",
        "http://localhost:8000/a/b/",
        "http://evil.example/",
        "file:///etc/passwd",
        "*",
        "a/b/index.html",
        "",
    ],
)
def test_an_address_with_more_than_one_reading_has_none(get, state, target):
    found = get(target, state)
    assert found.status == 400
    assert b"secret" not in found.body
    assert "Location" not in found.headers


@pytest.mark.parametrize("path", ["stranger.html", ".sitegen.json", "secret.txt"])
def test_only_files_of_the_manifest_are_served(get, state, path):
    assert get(f"/a/b/{path}", state).status == 404


@pytest.mark.parametrize("leads_to", ["secret.txt", "site/papers/x.bib"])
def test_a_link_is_followed_only_inside_the_output(get, state, tmp_path, leads_to):
    (state.root / "papers/x.bib").rename(state.root / "moved.bib")
    (state.root / "papers/x.bib").symlink_to(tmp_path / leads_to)  # to outside; to itself
    found = get("/a/b/papers/x.bib", state)
    assert found.status == 404
    assert b"secret" not in found.body


def test_a_folder_that_is_a_link_out_of_the_output_is_not_followed(get, state, tmp_path):
    (state.root / "papers").rename(tmp_path / "elsewhere")
    (state.root / "papers").symlink_to(tmp_path / "elsewhere")
    assert get("/a/b/papers/x.bib", state).status == 404


def test_a_file_that_vanished_is_not_found(get, state):
    (state.root / "papers/x.bib").unlink()
    assert get("/a/b/papers/x.bib", state).status == 404


def test_a_name_with_a_line_break_cannot_add_a_header(get, state):
    files = {**state.files, "a\r\nSet-Cookie: x/index.html": ""}
    found = get("/a/b/a%0d%0aSet-Cookie:%20x", State(root=state.root, base="/a/b/", files=files))
    assert found.status == 400


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_address_at_all_gets_an_answer_that_holds_no_secret(get, tmp_path_factory, text):
    root = tmp_path_factory.getbasetemp()
    state = State(root=root, files={"index.html": ""})
    for target in (text, f"/{text}", f"/{quote(text, safe='/.%')}"):
        assert get(target, state).status in {302, 400, 404}
