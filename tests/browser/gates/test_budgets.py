"""What a page may cost, measured in the browser: on our own site, and on one of 2,000 papers."""

from __future__ import annotations

import gzip
import random
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest
from conftest import Host

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page, Route

pytestmark = pytest.mark.browser

KB = 1024


class Budget(NamedTuple):
    """The most that a page may cost: bytes as they travel, compressed; requests, that for the page included."""

    pages: str  # the heaviest of these is measured
    page: int = 40 * KB
    styles: int = 8 * KB
    scripts: int = 6 * KB
    requests: int = 4


BUDGETS = {
    "home": Budget("index.html"),
    "collections": Budget("collections/index.html"),
    "collection": Budget("collections/[!i]*.html"),
    "papers": Budget("papers/index*.html"),
    "paper": Budget("papers/[!i]*.html", page=12 * KB),
    "tags": Budget("tags/index.html"),
    "tag": Budget("tags/[!i]*.html"),
    "years": Budget("years/index.html"),
    "year": Budget("years/[!i]*.html"),
    "not found": Budget("404.html", page=12 * KB),
    "statistics": Budget("statistics.html", requests=5),  # how charts look is in a file of its own
    "map": Budget("map.html", scripts=12 * KB, requests=7),  # looks, script and data of its own
}


@pytest.fixture(params=["own", "many"])
def place(request: pytest.FixtureRequest) -> Iterator[tuple[Path, Any]]:
    """A site's folder, and a host of it that has sent nothing yet, and sends nothing to pages of other tests."""
    own = request.param == "own"
    folder = request.getfixturevalue("sites")["/"] if own else request.getfixturevalue("many")
    host = Host(folder, "/")
    yield folder, host
    host.close()


@pytest.fixture
def own_host(sites: dict[str, Path]) -> Iterator[Any]:
    """A host of our own site that has sent nothing yet."""
    host = Host(sites["/"], "/")
    yield host
    host.close()


@pytest.mark.parametrize("kind", BUDGETS)
def test_a_page_keeps_to_its_budget(place: tuple[Path, Any], context: BrowserContext, kind: str):
    folder, host = place
    budget = BUDGETS[kind]
    heaviest = max(sorted(folder.glob(budget.pages)), key=lambda file: len(gzip.compress(file.read_bytes())))
    assert _over(budget, host, heaviest.relative_to(folder).as_posix(), context) == {}, heaviest
    assert _sent(host, ".html") > 0
    assert _sent(host, ".css") > 0


def test_a_page_that_costs_too_much_would_be_found(context: BrowserContext, tmp_path: Path):
    noise = random.Random(0).randbytes
    (tmp_path / "site.css").write_text(f"/* {noise(9 * KB).hex()} */")
    (tmp_path / "site.js").write_text(f"""// {noise(7 * KB).hex()}
        document.body.prepend(Object.assign(new Image(), {{ height: 300 }}));""")
    head = '<!doctype html><link rel="stylesheet" href="site.css"><script defer src="site.js"></script>'
    images = '<img src="https://somebody.example/a.png"><img src="b.png"><img src="c.png">'
    page = f"{head}<p>{noise(42 * KB).hex()}</p>{images}{'<p>text</p>' * 1500}"
    (tmp_path / "index.html").write_text(page)
    (tmp_path / "404.html").write_text("")
    host = Host(tmp_path, "/")
    assert _over(Budget("index.html"), host, "index.html", context).keys() == {
        *("page", "style sheets", "scripts", "requests", "requests to others", "elements", "layout shift")
    }
    host.close()


def _over(budget: Budget, host: Any, path: str, context: BrowserContext) -> dict[str, tuple[float, float]]:
    """What costs more than it may: (cost, budget)."""
    page = context.new_page()
    asked: list[str] = []
    # The picture for the tab is asked for when the page is done, and once for all pages.
    page.on(
        "request", lambda request: None if request.url.endswith("/icon.svg") else asked.append(request.url)
    )
    _open_with_late_scripts(page, host.url + path)
    costs = {
        "page": (_sent(host, ".html"), budget.page),
        "style sheets": (_sent(host, ".css"), budget.styles),
        "scripts": (_sent(host, ".js"), budget.scripts),
        "requests": (len(asked), budget.requests),
        "requests to others": (sum(not url.startswith(host.url) for url in asked), 0),
        "elements": (page.evaluate("document.querySelectorAll('*').length"), 1500),
        "layout shift": (_shift(page), 0),
    }
    return {what: cost for what, cost in costs.items() if cost[0] > cost[1]}


def test_search_is_loaded_when_it_is_used_and_is_small(own_host: Any, context: BrowserContext):
    page = context.new_page()
    page.goto(own_host.url)
    page.wait_for_load_state("networkidle")
    assert [path for path in own_host.sent if "search" in path] == []
    page.goto(own_host.url + "search.html?q=interleaved+data")
    page.locator("#results[data-settled=true]").wait_for()
    code = {path.rpartition("/")[2]: size for path, size in own_host.sent.items() if "/js/search" in path}
    page_code = code.pop("search-page.js")
    # With an answer on the page, these two cut its passages out of the papers' pages.
    assert code.pop("paper.js") + code.pop("snippet.js") < KB
    assert {"worker.js", "engine.js", "cards.js"} < code.keys()
    assert sum(code.values()) <= 14 * KB
    assert page_code <= 3 * KB


def test_what_moves_after_it_was_drawn_would_be_found(hosted: dict[str, Any], context: BrowserContext):
    page = context.new_page()
    _open_with_late_scripts(page, hosted["/"].url)
    page.evaluate("scrollTo(0, 0)")
    assert _shift(page) == 0
    page.evaluate("document.body.prepend(Object.assign(new Image(), { height: 300 }))")
    page.evaluate("async () => { while (!window.shifts.length) await new Promise(requestAnimationFrame); }")
    assert _shift(page) > 0


def _sent(host: Any, kind: str) -> int:
    return sum(size for path, size in host.sent.items() if path.endswith(kind))


# Where an element was moved by what came later, and by how much of the screen.
WATCH = """
    window.shifts = [];
    new PerformanceObserver((list) => window.shifts.push(...list.getEntries()))
        .observe({ type: "layout-shift", buffered: true });
"""

DRAWN = """() => new Promise((drawn) => new PerformanceObserver((list) => {
    if (list.getEntriesByName("first-contentful-paint").length) drawn();
}).observe({ type: "paint", buffered: true }))"""


def _open_with_late_scripts(page: Page, url: str) -> None:
    """The page with everything on it; scripts arrive after it was drawn, as on a slow line."""
    late: list[Route] = []
    page.add_init_script(WATCH)
    page.route("**/site.js", lambda route: late.append(route))  # noqa: PLW0108 - playwright asks for its name
    with page.expect_request("**/site.js"):
        page.goto(url, wait_until="commit")
    page.evaluate(DRAWN)
    for route in late:
        route.continue_()
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, document.body.scrollHeight)")


def _shift(page: Page) -> float:
    return page.evaluate(
        """async () => {
            await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
            return window.shifts.reduce((sum, { value }) => sum + value, 0);
        }"""
    )
