"""What is below /_sitegen/: files of ours, and actions that only pages of this preview may ask for."""

from __future__ import annotations

import json
import posixpath
import re

import msgspec
import pytest

from sitegen.build import Options, build
from sitegen.serve import answer as answers
from sitegen.serve.access import Request
from sitegen.serve.edit import Latest, editing
from sitegen.serve.own import LARGEST_BODY, Extension, act, denied, own

HOST = "localhost:8000"


@pytest.fixture
def done():
    """What the action was asked to do, in order."""
    return []


@pytest.fixture
def ours(done, tmp_path):
    (tmp_path / "edit.js").write_text("edit")

    def rename(said):
        done.append(said)
        return answers.value({"renamed": said["to"]})

    return own(
        [Extension(files={"edit.js": tmp_path / "edit.js"}, modules=("edit.js",), actions={"rename": rename})]
    )


@pytest.fixture
def request_(ours):
    """A request as our own script makes it."""
    headers = {
        "origin": f"http://{HOST}",
        "sec-fetch-site": "same-origin",
        "content-type": "application/json",
        "content-length": "12",
        "x-sitegen-token": ours.token,
    }
    return Request(method="POST", target="/_sitegen/rename", hosts=(HOST,), headers=headers)


def without(request, name):
    headers = {key: text for key, text in request.headers.items() if key != name}
    return msgspec.structs.replace(request, headers=headers)


def with_(request, **headers):
    named = {name.replace("_", "-"): text for name, text in headers.items()}
    return msgspec.structs.replace(request, headers={**request.headers, **named})


def test_a_page_of_ours_may_have_something_done(ours, request_, done):
    assert denied(request_, ours) is None
    answered = act(request_, b'{"to": "x"}', ours)
    assert (answered.status, json.loads(answered.body)) == (200, {"renamed": "x"})
    assert done == [{"to": "x"}]


def test_each_run_has_a_token_that_nobody_guesses():
    one, other = own().token, own().token
    assert one != other
    assert len(one) >= 40


@pytest.mark.parametrize("token", ["", "x", "ä", "null", "undefined"])
def test_a_page_without_the_token_of_this_run_may_not(ours, request_, token):
    """Forms and simple requests across sites: the API of several development servers took them."""
    assert denied(with_(request_, x_sitegen_token=token), ours).status == 403
    assert denied(without(request_, "x-sitegen-token"), ours).status == 403
    assert denied(with_(request_, x_sitegen_token=own().token), ours).status == 403


def test_who_names_no_origin_may_not(ours, request_):
    """Programs that somebody lets run, and extensions, send no Origin; browsers send one with every POST."""
    assert denied(without(request_, "origin"), ours).status == 403


def test_another_machine_may_look_but_not_touch(ours, request_):
    assert denied(msgspec.structs.replace(request_, local=False), ours).status == 403


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_an_action_is_asked_for_by_post_alone(ours, request_, method):
    """GET never writes: an image or a link of another site is a GET."""
    found = denied(msgspec.structs.replace(request_, method=method), ours)
    assert (found.status, found.headers["Allow"]) == (405, "POST")


def test_a_get_of_an_action_says_how_it_is_asked_for(get, state, ours, done):
    found = get("/_sitegen/rename", state, ours)
    assert (found.status, found.headers["Allow"]) == (405, "POST")
    assert done == []


@pytest.mark.parametrize("target", ["/", "/a/b/", "/_sitegen/edit.js", "/_sitegen/events", "/_sitegen/token"])
def test_nothing_else_is_asked_for_by_post(ours, request_, target):
    found = denied(msgspec.structs.replace(request_, target=target), ours)
    assert (found.status, found.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "target",
    ["/_sitegen/", "/_sitegen/none", "/_sitegen/rename/", "/_sitegen/rename?x", "/_sitegen/../rename"],
)
def test_an_unknown_action_is_not_found(ours, request_, target):
    assert denied(msgspec.structs.replace(request_, target=target), ours).status == 404


@pytest.mark.parametrize(
    "kind",
    [
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data",
        "application/jsonx",
        "application/json; charset=utf-16",
    ],
)
def test_a_body_of_another_type_is_refused(ours, request_, kind):
    """What a form can send needs no leave of ours to be sent from elsewhere (no preflight)."""
    assert denied(with_(request_, content_type=kind), ours).status == 415
    assert denied(without(request_, "content-type"), ours).status == 415


@pytest.mark.parametrize(
    ("length", "status"),
    [
        ("", 400),
        ("x", 400),
        ("-1", 400),
        ("+1", 400),
        ("1, 1", 400),
        ("1_0", 400),
        ("٣", 400),
        ("9" * 30, 400),
    ],
)
def test_a_length_that_is_none_is_refused(ours, request_, length, status):
    """Two lengths, or one that is read differently by two programs, hide a second request in the first."""
    assert denied(with_(request_, content_length=length), ours).status == status


def test_a_body_has_a_length_and_no_coding(ours, request_):
    assert denied(without(request_, "content-length"), ours).status == 411
    assert denied(with_(request_, transfer_encoding="chunked"), ours).status == 411


def test_a_body_has_a_largest_length(ours, request_):
    assert denied(with_(request_, content_length=str(LARGEST_BODY)), ours) is None
    assert denied(with_(request_, content_length=str(LARGEST_BODY + 1)), ours).status == 413


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b'"x"', b"{", b"\xff", b'{"a": 1} x', b"[" * 100_000])
def test_a_body_that_is_no_object_is_refused(ours, request_, body, done):
    assert act(request_, body, ours).status == 400
    assert done == []


def test_every_refusal_says_why_in_a_sentence(ours, request_):
    for refused in (
        denied(with_(request_, x_sitegen_token=""), ours),
        denied(with_(request_, content_length=str(10**9)), ours),
        denied(without(request_, "content-type"), ours),
        act(request_, b"", ours),
    ):
        assert refused.headers["Content-Type"].startswith("text/plain")
        assert refused.body.decode().endswith(".\n")


# The token


def test_scripts_of_our_pages_are_told_the_token(get, state, ours):
    headers = {"sec-fetch-site": "same-origin", "sec-fetch-dest": "empty"}
    assert json.loads(get("/_sitegen/token", state, ours, **headers).body) == {"token": ours.token}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "none", "sec-fetch-dest": "document"},
        {"sec-fetch-site": "same-origin", "sec-fetch-dest": "script"},
        {"sec-fetch-site": "same-origin", "sec-fetch-dest": "iframe"},
        {"sec-fetch-site": "same-site", "sec-fetch-dest": "empty"},
        {"sec-fetch-site": "cross-site", "sec-fetch-dest": "empty"},
    ],
)
def test_nobody_else_is(get, state, ours, headers):
    """A token that is served as a script, or to whoever asks, is read by the page that it is to keep out."""
    found = get("/_sitegen/token", state, ours, **headers)
    assert found.status == 403
    assert ours.token.encode() not in found.body


def test_the_token_is_no_part_of_any_page(get, state, ours):
    for target in ("/a/b/", "/a/b/papers/x.html", "/a/b/gone", "/_sitegen/edit.js", "/_sitegen/post.js"):
        assert ours.token.encode() not in get(target, state, ours).body


# Files


def test_an_extensions_module_is_loaded_by_every_page_after_the_previews_own(get, state, ours):
    body = get("/a/b/papers/x.html", state, ours).body.decode()
    home = f"/_sitegen/{ours.digest}"
    assert (
        0
        < body.index(f'src="{home}/preview.js"')
        < body.index(f'<script type="module" src="{home}/edit.js"></script>')
    )
    assert get("/_sitegen/edit.js", state, ours).body == b"edit"


def test_our_scripts_last_where_their_address_names_them_all(get, state, ours):
    lasting = get(f"/_sitegen/{ours.digest}/edit.js", state, ours)
    assert lasting.body == b"edit"
    assert "immutable" in lasting.headers["Cache-Control"]
    assert get("/_sitegen/edit.js", state, ours).headers["Cache-Control"] == "no-store"
    assert get("/_sitegen/0123456789abcdef/edit.js", state, ours).status == 404


def test_scripts_import_one_another_from_where_they_are_themselves(tmp_path):
    """Under one address all of them, so that each is there once, and lasts."""
    latest = Latest(tmp_path, Options(), build)
    scripts = own([editing(tmp_path, latest, lambda: "2026-11-21")]).contents
    wanted = [
        posixpath.join(posixpath.dirname(name), named)
        for name, text in scripts.items()
        for named in re.findall(r"""(?:\bfrom|\bimport) *\(? *["'](.+?)["']""", text.decode())
    ]
    assert "edit/../post.js" in wanted
    assert {posixpath.normpath(path) for path in wanted} <= scripts.keys()


def test_another_version_of_our_scripts_is_a_reason_to_load_pages_anew(tmp_path):
    (tmp_path / "edit.js").write_text("one")
    extension = Extension(files={"edit.js": tmp_path / "edit.js"}, modules=("edit.js",))
    before, same = own([extension]).digest, own([extension]).digest
    (tmp_path / "edit.js").write_text("two")
    assert before == same != own([extension]).digest
    assert before != own().digest


@pytest.mark.parametrize(
    "name", ["own.py", "", "client/preview.js", "Preview.js", "edit.js/", "preview.js%20"]
)
def test_nothing_but_the_named_files_is_there(get, state, ours, name):
    assert get(f"/_sitegen/{name}", state, ours).status == 404
