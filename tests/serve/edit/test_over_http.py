"""The editor over real sockets: who may, who may not, and that nothing of it is there unless it is asked for."""

from __future__ import annotations

import json
import re
from contextlib import closing
from datetime import date
from http.client import HTTPConnection
from threading import Thread

import pytest

from sitegen.build import Kept, Options, build, load
from sitegen.serve.access import Request
from sitegen.serve.edit import Latest, editing
from sitegen.serve.own import LARGEST_BODY, own
from sitegen.serve.preview import OUTPUT
from sitegen.serve.server import PreviewServer
from sitegen.serve.site import answer
from sitegen.serve.state import Channel, State
from sitegen.write import read_manifest

ATTENTION = "content/collections/attention.yaml"
WISH = {"do": "annotate", "collection": "attention", "paper": "attention-is-all-you-need", "note": "New."}
ACTIONS = {
    "overview": {},
    "paper": {"paper": WISH["paper"]},
    "collection": {"collection": "attention"},
    "order": {"collection": "attention"},
    "inbox": {},
    "suspicions": {},
    "propose": {"ask": WISH},
    "confirm": {"ask": WISH, "proposal": "x"},
}


class Client:
    """A browser, as far as headers go."""

    def __init__(self, server, token):
        self.host = f"127.0.0.1:{server.server_port}"
        self._port, self._token = server.server_port, token

    def ask(self, method, path, body=b"", **headers):
        given = {
            "Host": self.host,
            **{name.replace("_", "-"): text for name, text in headers.items() if text},
        }
        with closing(HTTPConnection("127.0.0.1", self._port, timeout=60)) as line:
            line.request(method, path, body=body or None, headers=given)
            answer = line.getresponse()
            return answer.status, answer.read()

    def post(self, action, said, **headers):
        ours = {
            "Origin": f"http://{self.host}",
            "Content_Type": "application/json",
            "X_Sitegen_Token": self._token,
            "Sec_Fetch_Site": "same-origin",
        }
        body = said if isinstance(said, bytes) else json.dumps(said).encode()
        return self.ask("POST", f"/_sitegen/edit/{action}", body, **{**ours, **headers})


def files(project):
    return {path: path.read_bytes() for path in sorted((project / "content").rglob("*")) if path.is_file()}


@pytest.fixture
def site(project):
    report = build(project, Options(output="out", jobs=1))
    assert report.published, report.diagnostics
    return State(root=project / "out", base="/a/b/", files=read_manifest(project / "out"))


@pytest.fixture
def client(project, site):
    loaded = load(project, Options())
    ours = own([editing(project, lambda: loaded, lambda: date(2026, 11, 21))])
    channel = Channel(site)
    with PreviewServer("127.0.0.1", 0, channel, ours) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield Client(server, ours.token)
        channel.close()
        server.shutdown()
        thread.join()


def test_a_page_of_the_preview_proposes_and_confirms(client, project):
    status, body = client.post("propose", {"ask": WISH})
    assert status == 200
    proposal = json.loads(body)
    before = files(project)
    said = {"ask": WISH, "proposal": proposal["proposal"], "seen": proposal["digest"]}
    assert client.post("confirm", said)[0] == 200
    changed = [path for path, data in files(project).items() if before[path] != data]
    assert changed == [project / ATTENTION]


@pytest.mark.parametrize("action", ACTIONS)
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"X_Sitegen_Token": ""}, 403),
        ({"X_Sitegen_Token": "guessed"}, 403),
        ({"Origin": ""}, 403),
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec_Fetch_Site": "cross-site"}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ({"Host": "evil.example"}, 421),
    ],
)
def test_nobody_else_may_ask_for_anything(client, project, action, headers, status):
    before = files(project)
    assert client.post(action, ACTIONS[action], **headers)[0] == status
    assert files(project) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_get_never_writes(client, project, action):
    before = files(project)
    assert client.ask("GET", f"/_sitegen/edit/{action}")[0] == 405
    assert files(project) == before


@pytest.mark.parametrize("action", ACTIONS)
def test_a_body_that_is_too_long_is_not_read(client, action):
    # No byte of it is sent: who waited for one would not answer.
    assert client.post(action, b"", Content_Length=str(LARGEST_BODY + 1))[0] == 413


def test_asking_and_proposing_write_nothing(client, project):
    before = files(project)
    for action, said in ACTIONS.items():
        assert client.post(action, said)[0] in {200, 409, 422}
    assert files(project) == before


def test_nothing_of_the_editor_is_in_what_is_published_nor_in_the_previews_files(project):
    options = Options(output=OUTPUT, jobs=1)
    latest = Latest(project, options, build)
    shown = []
    report = latest.build(project, options, kept=Kept(), first=("index.html",), shown=shown.append)
    assert report.published, report.diagnostics
    output = project / OUTPUT
    state = State(root=output, base="/a/b/", files=read_manifest(output))
    ours = own([editing(project, latest, lambda: date(2026, 11, 21))])
    assert b"edit/edit.js" in answer(Request(target="/a/b/"), state, ours).body
    assert "index.html" in [output.path for output in shown]
    files = [path for path in output.rglob("*") if path.is_file()]
    assert output / "index.html" in files
    for name, data in [
        *((each.path, each.data) for each in shown),
        *((each, each.read_bytes()) for each in files),
    ]:
        assert b"_sitegen" not in data, name
        assert b"sitegen-edit" not in data, name


def test_a_preview_without_the_editor_serves_pages_that_say_nothing_of_it(client, site):
    with PreviewServer("127.0.0.1", 0, Channel(site), own()) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        plain = Client(server, "")
        for path in ("index.html", "papers/attention-is-all-you-need.html", "collections/attention.html"):
            status, body = plain.ask("GET", f"/a/b/{path}")
            assert status == 200
            edited = client.ask("GET", f"/a/b/{path}")[1]
            module = re.compile(rb'<script type="module" src="/_sitegen/[0-9a-f]+/edit/edit.js"></script>')
            assert not module.search(body)
            assert len(module.findall(edited)) == 1
            assert without_marks(module.sub(b"", edited)) == without_marks(body)
        for name in ("edit/edit.js", "edit/page.css", "edit/overview"):
            assert plain.ask("GET", f"/_sitegen/{name}")[0] == 404
        server.shutdown()
        thread.join()


def without_marks(page):
    """A page but for the digests of our scripts and those that say when it is to be loaded anew."""
    page = re.sub(rb'src="/_sitegen/[0-9a-f]+/', b'src="', page)
    start = page.index(b"data-page=")
    return page[:start] + page[page.index(b">", start) :]


@pytest.mark.parametrize("path", ["edit/editor.py", "edit/../own.py", "edit/client/edit.js", "edit/", "edit"])
def test_no_other_file_of_the_editor_is_served(client, path):
    assert client.ask("GET", f"/_sitegen/{path}")[0] in {400, 404}
