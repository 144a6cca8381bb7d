"""What a reader pays for a first query to 10,000 papers: requests and bytes, code included, in the panel and on the page."""

from __future__ import annotations

import gzip
import random
import re
import shutil
import threading
from functools import partial
from http.server import ThreadingHTTPServer
from statistics import median
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect
from searching import QuietHandler, indexed, site_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

PAPERS = 10_000
QUERIES = 8
TEXTS = (".js", ".css", ".json", ".html")  # what hosts compress on the way; blocks are compressed already


class CountingHandler(QuietHandler):
    """Writes down what was asked for, and how large it is on the way."""

    def __init__(self, *args: Any, sent: list[tuple[str, int]], **more: Any) -> None:
        self._sent = sent
        super().__init__(*args, **more)

    def send_head(self) -> Any:
        path = self.translate_path(self.path)
        with open(path, "rb") as file:
            data = file.read()
        size = len(gzip.compress(data, 6)) if path.endswith(TEXTS) else len(data)
        self._sent.append((self.path, size))
        return super().send_head()


@pytest.fixture(scope="module")
def papers(real_papers_or_made_up: Any) -> Any:
    return real_papers_or_made_up(PAPERS)


@pytest.fixture(scope="module")
def host(papers: Any, sites: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The pages of our own site over the index of 10,000 papers: its address, and what it sent."""
    folder = tmp_path_factory.mktemp("cost")
    for name in ("assets", "search.html", "index.html", "texts.json"):
        (folder / name).symlink_to(sites["/"] / name)
    indexed(site_of(papers), folder.parent / folder.name, "")
    sent: list[tuple[str, int]] = []
    handler = partial(CountingHandler, directory=folder, sent=sent)
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/", sent
        server.shutdown()
        thread.join()
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def queries(papers: Any) -> list[tuple[str, str]]:
    """Two words of a paper's title each, and the title that they are of."""
    chance = random.Random(70)
    made: list[tuple[str, str]] = []
    for paper in chance.sample(papers, k=200):
        words = [word for word in re.findall(r"[a-z]{5,12}", paper.title.lower()) if "'" not in word]
        if len(set(words)) > 2 and paper.title.isascii():
            made.append((" ".join(chance.sample(sorted(set(words)), k=2)), paper.title))
    return made[:QUERIES]


ASK = "(field, query) => { field.value = query; field.form.requestSubmit(); }"


@pytest.fixture
def opened(browser: Browser, host: Any) -> Iterator[Any]:
    """opened(path): a page that a reader opens who was never here, once it has loaded all that it loads by itself."""
    url, sent = host
    contexts: list[BrowserContext] = []
    foreign: list[str] = []

    def open_(path: str) -> Page:
        while contexts:
            contexts.pop().close()
        contexts.append(browser.new_context())
        page = contexts[0].new_page()
        page.on("request", lambda request: foreign.append(request.url))
        page.goto(url + path)
        page.wait_for_load_state("networkidle")
        sent.clear()
        return page

    yield open_
    for context in contexts:
        context.close()
    assert [each for each in foreign if not each.startswith(url)] == []


def test_the_search_page_answers_a_first_query_for_what_a_picture_costs(
    opened: Any, host: Any, queries: list[tuple[str, str]]
):
    _, sent = host
    costs = []
    for query, _ in queries:
        page = opened("search.html")
        # At once: who is slow to press Enter is answered as one who types, which takes more of the index.
        page.locator("[data-search]").evaluate(ASK, query)
        expect(page.locator("#results[data-settled=true] .card").first).to_be_visible()
        blocks = [(path, size) for path, size in sent if "/search/" in path]
        assert 4 < len(blocks) < 60, blocks
        costs.append(sum(size for _, size in blocks))
        text = " ".join(page.locator("#results .card-title").all_inner_texts()).lower()
        assert any(word[:4] in text for word in query.split())
    print(f"on the search page: {median(costs):,} bytes of the index")  # shown by -rP
    assert median(costs) <= 70_000, costs


def test_the_panel_answers_a_first_query_for_no_more(opened: Any, host: Any, queries: list[tuple[str, str]]):
    _, sent = host
    costs, requests = [], []
    for query, title in queries:
        page = opened("index.html")
        page.locator("[data-search]").fill(query)
        page.locator("[data-search]").focus()
        expect(page.locator(".panel")).to_have_attribute("data-query", query)
        expect(page.locator(".panel")).to_have_attribute("data-state", "found")
        assert any(path.endswith("panel.js") for path, _ in sent)
        assert len(sent) < 70, sent
        costs.append(sum(size for _, size in sent))
        requests.append(len(sent))
        assert page.get_by_role("option").count() > 1, title
    print(
        f"in the panel: {median(costs):,} bytes with all code, in {median(requests)} requests"
    )  # shown by -rP
    assert median(costs) <= 90_000, costs
