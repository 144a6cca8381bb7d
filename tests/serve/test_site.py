"""What goes out: headers, types, the scripts of the preview in every page, and what a change of needs a reload."""

from __future__ import annotations

import re

import pytest

from sitegen.serve.state import Problem, State


@pytest.mark.parametrize(
    "target", ["/a/b/", "/a/b/gone", "/a/b/..", "/a/b/papers", "/_sitegen/preview.js", "/a/b/feed.xml"]
)
def test_every_answer_carries_every_header_of_security(get, state, target):
    headers = get(target, state).headers
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
def test_content_types_are_ours_not_the_machines(get, state, path, kind):
    assert get(f"/a/b/{path}", state).headers["Content-Type"] == kind


def test_the_script_is_added_to_pages_as_they_go_out_and_not_on_disk(get, state):
    found = get("/a/b/papers/x.html", state)
    assert re.search(
        rb'x<script type="module" blocking="render" src="/_sitegen/[0-9a-f]+/preview.js" [^>]*></script></body>$',
        found.body,
    )
    assert b"script" not in (state.root / "papers/x.html").read_bytes()
    assert get("/a/b/papers/x.bib", state).body == b"@misc{x}"


@pytest.mark.parametrize(
    "head",
    [
        '<script>const empty = "<head></head>"; run()</script>',
        "<!-- </head> -->",
        "<style>/* </head> */</style>",
    ],
)
def test_letters_in_a_script_or_a_comment_are_not_the_end_of_the_head(get, state, head):
    page = f"<head>{head}</head><body>x</body>"
    (state.root / "papers/x.html").write_text(page)
    start, _, end = re.split(rb"(<script type.+</script>)", get("/a/b/papers/x.html", state).body)
    assert (start + end).decode() == page
    assert end == b"</body>"


def test_where_a_page_has_a_head_the_script_is_in_it_and_the_page_is_painted_when_it_is_done(get, state):
    (state.root / "papers/x.html").write_text(
        "<head><title>x</title></head><body>a page without </head></body>"
    )
    found = get("/a/b/papers/x.html", state)
    start, added, end = re.split(rb"(<script.+</script>)", found.body)
    assert start == b"<head><title>x</title>"
    assert added.startswith(b'<script type="module" blocking="render" src="/_sitegen/')
    assert end == b"</head><body>a page without </head></body>"


def test_the_scripts_own_files_are_served(get):
    state = State(root=None)
    assert b"EventSource" in get("/_sitegen/preview.js", state).body
    assert get("/_sitegen/overlay.css", state).headers["Content-Type"].startswith("text/css")
    assert get("/_sitegen/../answer.py", state).status == 400
    assert get("/_sitegen/client", state).status == 404


def _mark(get, state):
    return re.search(rb'data-page="(\w+)"', get("/a/b/papers/x.html", state).body)[1]


def _next_generation(state, **changed):
    """The site after a change of assets, whose folder is named after all of them."""
    files = {path.replace("/0a1b/", "/ffff/"): digest for path, digest in state.files.items()} | changed
    page = state.root / "papers/x.html"
    page.write_text(page.read_text().replace("/0a1b/", "/ffff/"))
    (state.root / "assets/0a1b").rename(state.root / "assets/ffff")
    return State(root=state.root, base=state.base, files=files)


def test_a_changed_style_sheet_is_no_other_page(get, state):
    before, styles = _mark(get, state), state.styles
    after = _next_generation(state, **{"assets/ffff/css/site.css": "new"})
    assert _mark(get, after) == before
    assert after.styles != styles


def test_assets_last_where_their_address_names_their_content(get, state):
    old, new = "assets/000000000001/css/site.css", "assets/000000000002/css/site.css"
    page = "<link href='../{}'>"
    drawn = {old: b"a", "papers/x.html": page.format(old).encode()}
    before = State(root=state.root, files={"index.html": ""}).with_fresh(drawn, "")
    found = get(f"/{old}", before)
    assert (found.body, "immutable" in found.headers["Cache-Control"]) == (b"a", True)
    # A page of the last build, while assets of the next one are there: what is kept under the old address is not theirs.
    after = State(root=state.root, files={"index.html": ""}).with_fresh(
        {new: b"b", "papers/x.html": drawn["papers/x.html"]}, ""
    )
    assert page.format(new).encode() in get("/papers/x.html", after).body
    found = get(f"/{old}", after)
    assert (found.body, found.headers["Cache-Control"]) == (b"b", "no-store")


def test_a_changed_script_is_another_page(get, state):
    before = _mark(get, state)
    assert _mark(get, _next_generation(state, **{"assets/ffff/js/site.js": "new"})) != before


def test_a_changed_text_is_another_page(get, state):
    before = _mark(get, state)
    (state.root / "papers/x.html").write_text("<body>y</body>")
    assert _mark(get, state) != before


def test_an_asset_of_the_last_generation_is_answered_with_this_one(get, state):
    after = _next_generation(state)
    assert get("/a/b/assets/0a1b/js/site.js", after).body == b"1"
    assert get("/a/b/assets/0a1b/js/gone.js", after).status == 404


def test_without_a_first_site_every_page_waits_with_the_problems(get, tmp_path):
    problem = Problem("x.yaml:1:2", "error: <script>", '  1 | "<b>"', "hint: & so on")
    found = get("/any/page.html", State(root=tmp_path, problems=(problem,)))
    assert found.status == 503
    assert b"&lt;script&gt;" in found.body
    assert b"&quot;&lt;b&gt;&quot;" in found.body
    assert b"hint: &amp; so on" in found.body
    assert re.search(rb'src="/_sitegen/[0-9a-f]+/preview.js"', found.body)
