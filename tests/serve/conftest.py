"""A small site and how it is asked, without a socket; and a preview that runs, with a build that is quick."""

from __future__ import annotations

import json
import socket
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from threading import Condition, Event, Thread
from urllib.parse import urlsplit

import pytest

from sitegen.build import Options, Report
from sitegen.diagnostics import Span, error, warning
from sitegen.model.page import Output
from sitegen.model.source import SourceFile
from sitegen.serve.access import Request
from sitegen.serve.own import own
from sitegen.serve.preview import OUTPUT, serve
from sitegen.serve.site import answer
from sitegen.serve.state import State
from sitegen.write import Stage, locked, read_manifest


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


@pytest.fixture(scope="session")
def get():
    """get(target, state): the answer."""
    ours = own()

    def get(target, state, ours=ours, **headers):
        return answer(Request(target=target, headers=headers), state, ours)

    return get


PATIENCE = 60  # seconds: what takes longer does not come, on the busiest machine


class Run:
    """A preview of a project, in a thread. Its home page is the text of content/home.txt."""

    def __init__(self, project, **options):
        self.project = project
        self._options = options
        self.home = project / "content/home.txt"
        self.reports = []
        self._url = ""
        self._open = Event()
        self._reported = Condition()
        self._end = False
        self.others = ()  # inputs that builds find out about
        self.hold = None  # called at the beginning of a build
        self.hold_rest = None  # called when the pages that are looked at are drawn
        self.firsts = []  # what each build was told to draw first
        self._thread = Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        assert self._open.wait(PATIENCE)
        return self

    def __exit__(self, *_):
        self._end = True
        save(self.home, f"the end, at {time.time_ns()}")
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()

    def _run(self):
        with suppress(KeyboardInterrupt):
            serve(
                self.project,
                Options(output=OUTPUT),
                host="127.0.0.1",
                port=0,
                opened=self._opened,
                told=self._told,
                built=self._build,
                **self._options,
            )

    def _opened(self, url):
        self._url = url
        self._open.set()

    def _told(self, report, _):
        with self._reported:
            self.reports.append(report)
            self._reported.notify_all()

    def _build(self, project, options, *, kept, first, shown):
        if self._end:
            raise KeyboardInterrupt
        text = self.home.read_text()
        if self.hold:
            self.hold()
        if "bug" in text:
            raise ZeroDivisionError("deliberate")
        if "disk" in text:
            raise OSError(28, "No space left on device", "x")
        inputs = (str(project / "content"), *map(str, self.others))
        sources = {"content/home.txt": SourceFile("content/home.txt", text.encode(), "")}
        if "wrong" in text:
            where = Span("content/home.txt", 1, text.index("wrong") + 1, 5)
            problems = (error("odd", "this is wrong", where, "make it right"), warning("meh", "meh", where))
            return Report(published=False, diagnostics=problems, inputs=inputs, sources=sources)
        pages = {
            path: f"<body>{path} {text}</body>".encode() for path in ("404.html", "index.html", "other.html")
        }
        self.firsts.append(first)
        for path in first:
            if path in pages:
                shown(Output(path, (pages[path],)))
        if self.hold_rest:
            self.hold_rest()
        if "late" in text:
            return Report(published=False, diagnostics=(error("odd", "too late", Span("x")),), inputs=inputs)
        output = project / options.output
        with locked(output):
            stage = Stage(output, ours=read_manifest(output))
            stage.publish([stage.write(Output(path, (data,))) for path, data in pages.items()])
        return Report(published=True, diagnostics=(), inputs=inputs, sources=sources)

    def save(self, text):
        """In one step, so that no build sees half of it."""
        save(self.home, text)

    def until_home_is(self, text, states):
        """Read states until the home page shows this text. States between may have been left out."""
        assert any(text in self.get()[1] for _ in states)

    def until_count(self, count):
        """Wait until there were so many builds. Pages are told nothing by one that changes nothing for them."""
        with self._reported:
            assert self._reported.wait_for(lambda: len(self.reports) >= count, PATIENCE)

    def get(self, path=""):
        at = urlsplit(self._url)
        with closing(HTTPConnection(at.hostname, at.port, timeout=PATIENCE)) as line:
            line.request("GET", path or at.path)
            answer = line.getresponse()
            return answer.status, answer.read().decode()

    def states(self, path="/a/b/", *, all_of_them=False):
        """The states that a page open at `path` is told, as they come; when nothing is under way, or all."""
        at = urlsplit(self._url)
        with closing(socket.create_connection((at.hostname, at.port), PATIENCE)) as line:
            line.sendall(f"GET /_sitegen/events?page={path} HTTP/1.1\r\nHost: {at.netloc}\r\n\r\n".encode())
            with closing(line.makefile("rb")) as stream:
                until = time.monotonic() + 10 * PATIENCE
                for text in stream:  # which never ends: it says now and then that it is still there
                    assert time.monotonic() < until, "no such state came"
                    if text.startswith(b"data: "):
                        state = json.loads(text[6:])
                        if all_of_them or not state["underWay"]:
                            yield state
                            until = time.monotonic() + 10 * PATIENCE


def save(path, text):
    new = path.with_name(f".{path.name}")
    new.write_text(text)
    new.replace(path)


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/sitegen.yaml").write_text("title: T\nbase_url: https://example.org/a/b/\n")
    (tmp_path / "content/home.txt").write_text("first")
    return tmp_path


@pytest.fixture
def preview_of():
    """preview_of(project): its preview, running within a `with`."""
    return Run


@pytest.fixture
def run(project):
    """The preview of `project`, running."""
    with Run(project) as run:
        yield run
