"""Every attack on the preview that others fell for, and every request that must work, without a socket."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.serve.answer import answer, refusal
from sitegen.serve.state import Problem, State

PORT = 8000
HOST = "localhost:8000"


@pytest.fixture
def state(tmp_path):
    """A site under /a/b/ in tmp_path/site, with a secret beside it and a stranger in it."""
    files = {
        "index.html": "<body>home</body>",
        "404.html": "<body>lost</body>",
        "papers/x.html": '<link href="../assets/0a1b/css/site.css"><body>x</body>',
        "papers/index.html": "<body>papers</body>",
        "papers/x.bib": "@misc{x}",
        "feed.xml": "<feed/>",
        "assets/0a1b/css/site.css": "a{}",
        "assets/0a1b/js/site.js": "1",
        "tags/ä b.html": "<body>ä</body>",
    }
    root = tmp_path / "site"
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    (root / "stranger.html").write_text("not in the manifest")
    (root / ".sitegen.json").write_text("{}")
    (tmp_path / "secret.txt").write_text("secret")
    return State(root=root, base="/a/b/", files={path: f"digest of {text}" for path, text in files.items()})


# Who may ask


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1:8000", "[::1]:8000", "LOCALHOST:8000"])
def test_this_machine_under_its_own_names_may_ask(host):
    assert refusal([host], {}, PORT) is None


@pytest.mark.parametrize(
    "hosts",
    [
        [],
        [""],
        ["evil.example"],
        ["evil.example:8000"],
        ["localhost"],
        ["localhost:8001"],
        ["localhost:8000.evil.example"],
        ["localhost.evil.example:8000"],
        ["localhost.:8000"],
        ["evil.example@localhost:8000"],
        ["127.0.0.2:8000"],
        ["127.1:8000"],
        ["2130706433:8000"],
        ["0.0.0.0:8000"],
        ["::1:8000"],
        ["192.168.0.1:8000"],
        [" localhost:8000"],
        ["localhost:8000", "localhost:8000"],
        ["localhost:8000", "evil.example"],
    ],
)
def test_a_name_that_is_not_ours_is_misdirected(hosts):
    refused = refusal(hosts, {}, PORT)
    assert refused.status == 421


def test_the_port_may_be_left_out_where_it_is_the_protocols_own():
    assert refusal(["localhost"], {}, 80) is None


@pytest.mark.parametrize("site", ["cross-site", "same-site", "", "something-new"])
def test_a_request_that_another_site_caused_is_refused(site):
    assert refusal([HOST], {"sec-fetch-site": site}, PORT).status == 403


@pytest.mark.parametrize("site", ["same-origin", "none"])
def test_a_request_of_our_own_pages_or_of_a_person_is_answered(site):
    assert refusal([HOST], {"sec-fetch-site": site}, PORT) is None


@pytest.mark.parametrize(
    "origin",
    [
        "null",
        "",
        "https://localhost:8000",
        "http://localhost",
        "http://localhost:8001",
        "http://127.0.0.1:8000",
        "http://localhost:8000.evil.example",
        "http://evil.example",
        "http://localhost:8000/",
    ],
)
def test_an_origin_that_is_not_exactly_ours_is_refused(origin):
    assert refusal([HOST], {"origin": origin}, PORT).status == 403


def test_our_own_origin_is_answered():
    assert refusal([HOST], {"origin": f"http://{HOST}"}, PORT) is None


@pytest.mark.parametrize("name", ["content-length", "transfer-encoding"])
def test_a_request_with_a_body_is_refused(name):
    assert refusal([HOST], {name: "4"}, PORT).status == 400


# Which file is meant


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
def test_a_page_is_found_under_the_path_that_it_will_be_published_at(state, target, body):
    found = answer(target, state)
    assert found.status == 200
    assert body in found.body


@pytest.mark.parametrize(
    ("target", "location"), [("/", "/a/b/"), ("/a/b", "/a/b/"), ("/a/b/papers", "/a/b/papers/")]
)
def test_a_folder_without_its_slash_redirects(state, target, location):
    found = answer(target, state)
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
def test_what_is_not_there_gets_the_sites_own_page_for_it(state, target):
    found = answer(target, state)
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
def test_an_address_with_more_than_one_reading_has_none(state, target):
    found = answer(target, state)
    assert found.status == 400
    assert b"secret" not in found.body
    assert "Location" not in found.headers


@pytest.mark.parametrize("path", ["stranger.html", ".sitegen.json", "secret.txt"])
def test_only_files_of_the_manifest_are_served(state, path):
    assert answer(f"/a/b/{path}", state).status == 404


@pytest.mark.parametrize("leads_to", ["secret.txt", "site/papers/x.bib"])
def test_a_link_is_followed_only_inside_the_output(state, tmp_path, leads_to):
    (state.root / "papers/x.bib").rename(state.root / "moved.bib")
    (state.root / "papers/x.bib").symlink_to(tmp_path / leads_to)  # to outside; to itself
    found = answer("/a/b/papers/x.bib", state)
    assert found.status == 404
    assert b"secret" not in found.body


def test_a_folder_that_is_a_link_out_of_the_output_is_not_followed(state, tmp_path):
    (state.root / "papers").rename(tmp_path / "elsewhere")
    (state.root / "papers").symlink_to(tmp_path / "elsewhere")
    assert answer("/a/b/papers/x.bib", state).status == 404


def test_a_file_that_vanished_is_not_found(state):
    (state.root / "papers/x.bib").unlink()
    assert answer("/a/b/papers/x.bib", state).status == 404


def test_a_name_with_a_line_break_cannot_add_a_header(state):
    files = {**state.files, "a\r\nSet-Cookie: x/index.html": ""}
    found = answer("/a/b/a%0d%0aSet-Cookie:%20x", State(root=state.root, base="/a/b/", files=files))
    assert found.status == 400


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_address_at_all_gets_an_answer_that_holds_no_secret(tmp_path_factory, text):
    root = tmp_path_factory.getbasetemp()
    state = State(root=root, files={"index.html": ""})
    for target in (text, f"/{text}", f"/{quote(text, safe='/.%')}"):
        assert answer(target, state).status in {302, 400, 404}


# What goes out


@pytest.mark.parametrize(
    "target", ["/a/b/", "/a/b/gone", "/a/b/..", "/a/b/papers", "/-/reload.js", "/a/b/feed.xml"]
)
def test_every_answer_carries_every_header_of_security(state, target):
    headers = answer(target, state).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert not any(name.startswith("Access-Control") for name in headers)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("index.html", "text/html; charset=utf-8"),
        ("feed.xml", "application/xml; charset=utf-8"),
        ("papers/x.bib", "application/x-bibtex; charset=utf-8"),
        ("assets/0a1b/css/site.css", "text/css; charset=utf-8"),
        ("assets/0a1b/js/site.js", "text/javascript; charset=utf-8"),
    ],
)
def test_content_types_are_ours_not_the_machines(state, path, kind):
    assert answer(f"/a/b/{path}", state).headers["Content-Type"] == kind


def test_the_script_is_added_to_pages_as_they_go_out_and_not_on_disk(state):
    found = answer("/a/b/papers/x.html", state)
    assert re.search(rb'x<script src="/-/reload.js" [^>]*defer></script></body>$', found.body)
    assert b"script" not in (state.root / "papers/x.html").read_bytes()
    assert answer("/a/b/papers/x.bib", state).body == b"@misc{x}"


def test_the_scripts_own_files_are_served():
    state = State(root=None)
    assert b"EventSource" in answer("/-/reload.js", state).body
    assert answer("/-/overlay.css", state).headers["Content-Type"].startswith("text/css")
    assert answer("/-/../answer.py", state).status == 400
    assert answer("/-/client", state).status == 404


def _mark(state):
    return re.search(rb'data-page="(\w+)"', answer("/a/b/papers/x.html", state).body)[1]


def _next_generation(state, **changed):
    """The site after a change of assets, whose folder is named after all of them."""
    files = {path.replace("/0a1b/", "/ffff/"): digest for path, digest in state.files.items()} | changed
    page = state.root / "papers/x.html"
    page.write_text(page.read_text().replace("/0a1b/", "/ffff/"))
    (state.root / "assets/0a1b").rename(state.root / "assets/ffff")
    return State(root=state.root, base=state.base, files=files)


def test_a_changed_style_sheet_is_another_version_but_the_same_page(state):
    before, version = _mark(state), state.version
    after = _next_generation(state, **{"assets/ffff/css/site.css": "new"})
    assert _mark(after) == before
    assert after.version != version


def test_a_changed_script_is_another_page(state):
    before = _mark(state)
    assert _mark(_next_generation(state, **{"assets/ffff/js/site.js": "new"})) != before


def test_a_changed_text_is_another_page(state):
    before = _mark(state)
    (state.root / "papers/x.html").write_text("<body>y</body>")
    assert _mark(state) != before


def test_an_asset_of_the_last_generation_is_answered_with_this_one(state):
    after = _next_generation(state)
    assert answer("/a/b/assets/0a1b/js/site.js", after).body == b"1"
    assert answer("/a/b/assets/0a1b/js/gone.js", after).status == 404


def test_without_a_first_site_every_page_waits_with_the_problems(tmp_path):
    problem = Problem("error", "x.yaml:1:2: error: <script>", '  1 | "<b>"', "hint: & so on")
    found = answer("/any/page.html", State(root=tmp_path, problems=(problem,)))
    assert found.status == 503
    assert b"&lt;script&gt;" in found.body
    assert b"&quot;&lt;b&gt;&quot;" in found.body
    assert b"hint: &amp; so on" in found.body
    assert b"/-/reload.js" in found.body
