"""Engines in Chromium: what a first query loads, how long a later one takes, and how well the results are ranked."""

from __future__ import annotations

import gzip
import math
import statistics
import threading
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from sitegen.build.theme import read_theme
from sitegen.model.source import SourceFile
from tests.bench.search.corpora import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_FLAGS = (
    "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
)
_PAPER_PAGE = "<!doctype html><title>Search</title>"


@contextmanager
def chromium(www: Path, modules: Path) -> Iterator[Chromium]:
    """A browser and a host of the folder `www`, in which indices lie by name; peers' modules are beside them."""
    from playwright.sync_api import sync_playwright

    for name, code in _published_code():
        (www / "js").mkdir(exist_ok=True)
        (www / "js" / name).write_bytes(code)
    (www / "engines").symlink_to(Path(__file__).with_name("engines"))
    (www / "modules").symlink_to(modules)
    (www / "page.html").write_text(_PAPER_PAGE)
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=www)) as server,
        sync_playwright() as play,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=_FLAGS.split())
        yield Chromium(browser, f"http://127.0.0.1:{server.server_port}/")
        browser.close()
        server.shutdown()


def _published_code() -> Iterator[tuple[str, bytes]]:
    """The engine's modules as sites have them: without comments."""
    folder = ROOT / "templates"
    found = [(f"default/{path.relative_to(folder)}", path) for path in folder.rglob("js/search/*.js")]
    _, assets = read_theme(tuple(SourceFile(name, path.read_bytes(), "") for name, path in found))
    return ((Path(name).name, data) for name, (_, data) in assets.items())


class Chromium:
    """Asks engines (sitegen or a peer) over the index in a folder of the host."""

    def __init__(self, browser: Any, address: str) -> None:
        self._browser, self._address = browser, address
        self.version = browser.version

    def ask(self, engine: str, folder: str, queries: Sequence[str], **how: Any) -> list[list[str]]:
        """For each query the ids of ten papers."""
        return [answer["ids"] for answer in self._asked(engine, folder, queries, how, times=1)]

    def milliseconds(self, engine: str, folder: str, queries: Sequence[str]) -> list[float]:
        """Ascending, of each query when it is asked for the second time: nothing is fetched any more."""
        return sorted(answer["time"] for answer in self._asked(engine, folder, queries, {}, times=2))

    def first_query(self, engine: str, folder: str, query: str) -> int:
        """Bytes that a reader loads who asks this and nothing before."""
        _Host.sent.clear()
        context = self._browser.new_context()  # an empty cache
        tab = context.new_page()
        tab.goto(self._address + "page.html")
        base = f"{self._address}{folder}/"
        if engine == "sitegen":  # as pages do, with a worker
            tab.evaluate(_FIRST_OF_OURS, [base, query])
        else:
            tab.evaluate(_ASK, [engine, base, [query], {}, 1])
        context.close()
        return sum(size for path, size in _Host.sent if "/engines/" not in path)

    def _asked(
        self, engine: str, folder: str, queries: Sequence[str], how: dict[str, Any], *, times: int
    ) -> list[dict[str, Any]]:
        tab = self._browser.new_page()
        tab.goto(self._address + "page.html")
        answers = tab.evaluate(_ASK, [engine, f"{self._address}{folder}/", list(queries), how, times])
        tab.close()
        return list(answers)


_ASK = """async ([engine, base, queries, how, times]) => {
    const { open } = await import("/engines/ask.mjs");
    const search = await open(engine, base);
    const answers = [];
    for (const query of queries) {
        let ids, start;
        for (let at = 0; at < times; at++) {
            start = performance.now();
            ids = await search(query, how);
        }
        answers.push({ time: performance.now() - start, ids: ids.map(String) });
    }
    return answers;
}"""
_FIRST_OF_OURS = """async ([base, query]) => {
    const { openSearch } = await import("/js/client.js");
    const search = await openSearch(base + "search/");
    await search.search(query, { abstracts: false });
    search.close();
}"""


class _Host(SimpleHTTPRequestHandler):
    """Counts what a host would send: gzip, but for what is compressed already."""

    extensions_map: ClassVar = {
        ".js": "text/javascript",
        ".mjs": "text/javascript",
        ".html": "text/html",
        ".wasm": "application/wasm",
        "": "application/octet-stream",
    }
    sent: ClassVar[list[tuple[str, int]]] = []

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        if path.is_file() and path.suffix != ".html":
            data = path.read_bytes()
            self.sent.append((self.path, min(len(data), len(gzip.compress(data)))))
        return super().send_head()

    def log_message(self, *_: object) -> None:
        """The tables are what is said."""


def known_item_quality(items: Sequence[dict[str, Any]], answers: Sequence[Sequence[str]]) -> float:
    """Mean nDCG@10 where one paper is right."""
    return statistics.mean(
        _dcg([float(each == str(item["at"])) for each in ids])
        for item, ids in zip(items, answers, strict=True)
    )


def graded_quality(gains: Sequence[dict[int, int]], answers: Sequence[Sequence[str]]) -> list[float]:
    """nDCG@10 of each question."""
    ideals = [_dcg(sorted(gain.values(), reverse=True)[:10]) for gain in gains]
    return [
        _dcg([gain.get(int(each), 0) for each in ids]) / ideal if ideal else 0
        for gain, ids, ideal in zip(gains, answers, ideals, strict=True)
    ]


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))
