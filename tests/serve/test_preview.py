"""The preview's loop, with a build that writes what the settings say."""

from __future__ import annotations

import json
import socket
import time
from contextlib import closing, suppress
from http.client import HTTPConnection
from threading import Event, Thread
from urllib.parse import urlsplit

import pytest

from sitegen.build import Options, Report
from sitegen.diagnostics import Span, error, warning
from sitegen.model.page import Output
from sitegen.model.source import SourceFile
from sitegen.serve.preview import OUTPUT, serve, settled
from sitegen.write import Stage, locked, read_manifest


def save(path, text):
    """In one step, so that no build sees half of it."""
    new = path.with_name(f".{path.name}")
    new.write_text(text)
    new.replace(path)


class Run:
    """A preview of a project, in a thread. Its home page is the text of content/home.txt."""

    def __init__(self, project):
        self.project = project
        self.home = project / "content/home.txt"
        self.reports = []
        self._url = ""
        self._open = Event()
        self._end = False
        self.hold = None  # called in the middle of a build
        self._thread = Thread(target=self._run)

    def __enter__(self):
        self._thread.start()
        assert self._open.wait(10)
        return self

    def __exit__(self, *_):
        self._end = True
        save(self.home, f"the end, at {time.time_ns()}")
        self._thread.join(10)
        assert not self._thread.is_alive()

    def _run(self):
        with suppress(KeyboardInterrupt):
            serve(
                self.project,
                Options(output=OUTPUT),
                host="127.0.0.1",
                port=0,
                opened=self._opened,
                told=lambda report, _: self.reports.append(report),
                built=self._build,
            )

    def _opened(self, url):
        self._url = url
        self._open.set()

    def _build(self, project, options):
        if self._end:
            raise KeyboardInterrupt
        text = self.home.read_text()
        if self.hold:
            self.hold()
        if "bug" in text:
            raise ZeroDivisionError("deliberate")
        if "disk" in text:
            raise OSError(28, "No space left on device", "x")
        inputs = (str(project / "content"),)
        sources = {"content/home.txt": SourceFile("content/home.txt", text.encode(), "")}
        if "wrong" in text:
            where = Span("content/home.txt", 1, text.index("wrong") + 1, 5)
            problems = (error("odd", "this is wrong", where, "make it right"), warning("meh", "meh", where))
            return Report(published=False, diagnostics=problems, inputs=inputs, sources=sources)
        output = project / options.output
        with locked(output):
            stage = Stage(output, ours=read_manifest(output))
            stage.publish([stage.write(Output("index.html", f"<body>{text}</body>".encode()))])
        return Report(published=True, diagnostics=(), inputs=inputs, sources=sources)

    def get(self, path=""):
        at = urlsplit(self._url)
        with closing(HTTPConnection(at.hostname, at.port, timeout=5)) as line:
            line.request("GET", path or at.path)
            answer = line.getresponse()
            return answer.status, answer.read().decode()

    def states(self):
        """Every state that an open page is told, as they come."""
        at = urlsplit(self._url)
        with closing(socket.create_connection((at.hostname, at.port), 10)) as line:
            line.sendall(f"GET /_sitegen/events HTTP/1.1\r\nHost: {at.netloc}\r\n\r\n".encode())
            with closing(line.makefile("rb")) as stream:
                for text in stream:
                    if text.startswith(b"data: "):
                        yield json.loads(text[6:])


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/sitegen.yaml").write_text("title: T\nbase_url: https://example.org/a/b/\n")
    (tmp_path / "content/home.txt").write_text("first")
    return tmp_path


def test_an_edit_reaches_every_open_page(project):
    with Run(project) as run:
        one, other = run.states(), run.states()
        version = next(one)["version"]
        assert next(other)["version"] == version
        save(run.home, "second")
        assert next(one)["version"] == next(other)["version"] != version
        assert "second" in run.get()[1]


def test_the_site_is_served_under_the_path_that_it_is_published_at(project):
    with Run(project) as run:
        assert run.get("/a/b/")[0] == 200
        assert run.get("/")[0] == 302
        assert run.get("/index.html")[0] == 404


def test_the_published_site_is_left_alone(project):
    with Run(project) as run:
        assert run.get()[0] == 200
    assert sorted(path.name for path in project.iterdir()) == [".sitegen", "content"]


def test_an_error_is_shown_over_the_last_good_page_and_goes_when_it_is_mended(project):
    with Run(project) as run:
        states = run.states()
        good = next(states)
        save(run.home, "quite wrong")
        bad = next(states)
        assert bad["version"] == good["version"]
        assert bad["problems"] == [
            {
                "severity": "error",
                "headline": "content/home.txt:1:7: error: this is wrong [odd]",
                "excerpt": "  1 | quite wrong\n    |       ^^^^^",
                "hint": "hint: make it right",
            }
        ]
        assert "first" in run.get()[1]
        save(run.home, "first")
        assert next(states) == good


def test_when_the_first_build_fails_a_page_waits_for_the_second(project):
    (project / "content/home.txt").write_text("wrong")
    with Run(project) as run:
        status, page = run.get("/anything")
        assert status == 503
        assert "this is wrong" in page
        states = run.states()
        assert len(next(states)["problems"]) == 1
        save(run.home, "right")
        assert next(states)["problems"] == []
        assert "right" in run.get("/a/b/")[1]


@pytest.mark.parametrize("trouble", ["bug", "disk"])
def test_the_preview_outlives_what_a_build_raises(project, trouble, capfd):
    with Run(project) as run:
        states = run.states()
        next(states)
        save(run.home, trouble)
        assert len(next(states)["problems"]) == 1
        save(run.home, "fine again")
        assert next(states)["problems"] == []
    assert ("ZeroDivisionError" in capfd.readouterr().err) == (trouble == "bug")


def test_a_touch_builds_nothing(project):
    with Run(project) as run:
        states = run.states()
        next(states)
        run.home.touch()
        time.sleep(0.3)
        save(run.home, "second")
        next(states)
        assert len(run.reports) == 2


def test_an_edit_during_a_build_is_built_next(project):
    with Run(project) as run:
        states = run.states()
        next(states)

        def edit_once():
            run.hold = None
            save(run.home, "third")

        run.hold = edit_once
        save(run.home, "second")
        next(states)
        next(states)
        assert "third" in run.get()[1]


def test_many_edits_during_a_build_are_one_build(project):
    with Run(project) as run:
        states = run.states()
        next(states)

        def edit_many():
            run.hold = None
            for number in range(2000):
                (project / f"content/{number}.yaml").write_text(str(number))
            save(run.home, "third")

        run.hold = edit_many
        save(run.home, "second")
        next(states)
        next(states)
        assert "third" in run.get()[1]
        assert len(run.reports) == 3


class Writing:
    """A watcher that finds, after every pause, that more files were written; `more` says how many times."""

    def __init__(self, folder, *, more, happened=True):
        self.folder, self.more, self.happened, self.waits = folder, more, happened, 0

    def wait(self, **_):
        self.waits += 1
        if 1 < self.waits <= self.more + 1:
            (self.folder / f"more-{self.waits}").write_text("")
        return self.happened


def test_one_edit_is_built_at_once(tmp_path):
    (tmp_path / "one").write_text("")
    watcher = Writing(tmp_path, more=5)
    assert len(settled([str(tmp_path)], {}, watcher, 1.0)) == 1
    assert watcher.waits == 1


def test_an_edit_that_no_event_told_of_is_looked_at_twice(tmp_path):
    (tmp_path / "half a file").write_text("")
    watcher = Writing(tmp_path, more=1, happened=False)
    assert len(settled([str(tmp_path)], {}, watcher, 1.0)) == 2
    assert watcher.waits == 3


def test_many_edits_are_built_when_no_more_come(tmp_path):
    for number in range(100):
        (tmp_path / str(number)).write_text("")
    watcher = Writing(tmp_path, more=3)
    assert len(settled([str(tmp_path)], {}, watcher, 1.0)) == 103
    assert watcher.waits == 5


def test_a_program_that_never_stops_writing_is_not_waited_for(tmp_path):
    for number in range(100):
        (tmp_path / str(number)).write_text("")
    settled([str(tmp_path)], {}, Writing(tmp_path, more=1_000_000), 1.0)  # returns


def test_a_change_of_the_base_path_moves_the_preview(project):
    with Run(project) as run:
        states = run.states()
        next(states)
        save(project / "content/sitegen.yaml", "title: T\nbase_url: https://example.org/c/\n")
        next(states)
        assert run.get("/c/")[0] == 200
        assert run.get("/a/b/")[0] == 404


def test_the_address_that_is_told_leads_to_the_site_whatever_its_base_path(project):
    save(project / "content/sitegen.yaml", "title: T\nbase_url: https://example.org/a%20b/\n")
    with Run(project) as run:
        assert run.get()[0] == 200


def test_a_taken_port_gives_way_to_the_next(project):
    with Run(project) as run:
        taken = urlsplit(run._url).port
        urls = []

        def opened(url):
            urls.append(url)
            raise KeyboardInterrupt

        with suppress(KeyboardInterrupt):
            serve(
                project,
                Options(output=OUTPUT),
                host="127.0.0.1",
                port=taken,
                opened=opened,
                told=lambda *_: None,
                built=run._build,
            )
        assert urlsplit(urls[0]).port > taken
