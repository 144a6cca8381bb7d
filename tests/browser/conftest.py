"""A real browser, a site as hosts serve it, and a list of what its console complained of."""

from __future__ import annotations

import fcntl
import gzip
import os
import shutil
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from own import own_content
from playwright.sync_api import expect, sync_playwright

from sitegen.build import Options, build

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

# A browser, and often a server and a build beside it, on a machine with other work to do. Milliseconds.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

# What would have the browser look for hosts that are not there, and take time to fail.
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str:
    """Where the machine's Chromium is."""
    found = [path for name in NAMES if (path := shutil.which(name))]
    assert found, "no Chromium: try `sh tests/setup.sh chromium`"
    return found[0]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium. Where there is none these tests fail: `make test` installs it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET, timeout=180_000)
        browser.on("context", lambda context: context.set_default_timeout(PATIENCE))
        yield browser
        browser.close()


# What hosts compress on the way.
TEXTS = (".html", ".css", ".js", ".json", ".svg", ".xml")


class Host:
    """A static host: files below a folder at a prefix, 404.html for the rest, texts compressed for who takes that."""

    def __init__(self, site: Path, prefix: str) -> None:
        self.sent: dict[str, int] = {}  # how many bytes of a body left, by path
        handler = partial(_Handler, site=site, prefix=prefix, sent=self.sent)
        self._server = _Server(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self._server.server_port}{prefix}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class _Server(ThreadingHTTPServer):
    request_queue_size = 100  # who is not let in at once tries again, seconds later

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that leaves in the middle of a file is no news."""


class _Handler(SimpleHTTPRequestHandler):
    def __init__(self, *args, site: Path, prefix: str, sent: dict[str, int], **kwargs) -> None:
        self._prefix, self._site, self._sent = prefix, site, sent
        super().__init__(*args, directory=str(site), **kwargs)

    def do_GET(self) -> None:
        if not self.path.startswith(self._prefix):
            self.path = self._prefix + "no-such-page"
        self.path = "/" + self.path[len(self._prefix) :]
        file = Path(self.translate_path(self.path))
        file = file / "index.html" if file.is_dir() else file
        if file.is_file():
            self._answer(200, file)
        else:
            self._answer(404, self._site / "404.html")

    def _answer(self, code: int, file: Path) -> None:
        data = file.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", self.guess_type(file.name))
        if file.suffix in TEXTS and "gzip" in self.headers.get("Accept-Encoding", ""):
            data = gzip.compress(data)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self._sent[self.path.partition("?")[0]] = len(data)
        self.wfile.write(data)

    def log_message(self, *args) -> None:
        pass


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], None]], Path]:
    """A folder that is made once for all processes of the run: once(name, make)."""
    here = tmp_path_factory.getbasetemp()
    shared = here.parent if "PYTEST_XDIST_WORKER" in os.environ else here

    def made(name: str, make: Callable[[Path], None]) -> Path:
        with (shared / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (shared / name).exists():
                making = shared / f"{name}.making"
                shutil.rmtree(making, ignore_errors=True)
                make(making)
                making.rename(shared / name)
        return shared / name

    return made


@pytest.fixture(scope="session")
def sites(once: Callable[[str, Callable[[Path], None]], Path], root: Path) -> dict[str, Path]:
    """Our own content, and what own.py puts beside it, built for a host's root and for a folder of a host."""

    def make(project: Path) -> None:
        own_content(root, project)
        for prefix, name in (("/", "at-root"), ("/a/b/", "in-folder")):
            base = {"base_url": f"https://papers.example.org{prefix}"}
            report = build(project, Options(output=name, jobs=1, overrides=base))
            assert report.published, [each.message for each in report.diagnostics if each.severity == "error"]

    project = once("own", make)
    return {"/": project / "at-root", "/a/b/": project / "in-folder"}


@pytest.fixture(scope="session")
def hosted(sites: dict[str, Path]) -> Iterator[dict[str, Host]]:
    """Both sites, each on a host of its own, by prefix."""
    hosts = {prefix: Host(site, prefix) for prefix, site in sites.items()}
    yield hosts
    for host in hosts.values():
        host.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A fresh reader: no storage, no cache."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    yield context
    context.close()


@pytest.fixture
def url(hosted: dict[str, Host]) -> str:
    """Where the site at a host's root is."""
    return hosted["/"].url


@pytest.fixture
def visit(context: BrowserContext, url: str) -> Callable[[str], Page]:
    """visit(path) opens a page of it in a tab of its own."""

    def visited(path: str) -> Page:
        page = context.new_page()
        page.goto(url + path)
        return page

    return visited


@pytest.fixture
def complaints(context: BrowserContext) -> list[str]:
    """Errors and warnings of the console, exceptions, and requests to anybody but this machine."""
    said: list[str] = []
    context.on(
        "console", lambda m: said.append(f"{m.type}: {m.text}") if m.type in {"error", "warning"} else None
    )
    context.on("weberror", lambda e: said.append(f"exception: {e.error}"))
    context.on("dialog", lambda d: (said.append(f"dialog: {d.message}"), d.dismiss()))
    local = ("http://127.0.0.1:", "data:", "file:", "blob:")
    context.on("request", lambda r: said.append(f"asked {r.url}") if not r.url.startswith(local) else None)
    return said
