"""Every link leads to something that is there: at the root of a host, in a folder of one, from the file system."""

from __future__ import annotations

import functools
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

import pytest
from kinds import KINDS

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.browser

ADDRESSES = {"href", "src", "action", "poster", "data"}


class Anchors(HTMLParser):
    """The addresses that a page names, and the ids that it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif name in ADDRESSES:
                self.links.append(value or "")
            elif tag == "meta" and name == "content" and (value or "").startswith("0; url="):
                self.links.append((value or "").removeprefix("0; url="))


@functools.cache
def _pages(site: Path) -> dict[str, Anchors]:
    return {
        file.relative_to(site).as_posix(): Anchors(file.read_text("utf-8")) for file in site.rglob("*.html")
    }


@pytest.mark.parametrize("prefix", ["/", "/a/b/", "file"])
def test_every_link_of_every_page_leads_to_a_file_and_to_a_place_in_it(sites: dict[str, Path], prefix: str):
    site = sites["/" if prefix == "file" else prefix]
    assert len(_pages(site)) > 200
    assert _dead(site, prefix) == []


@pytest.mark.parametrize(
    ("prefix", "dead"),
    [
        ("/", ["../../x.html", "javascript:x()", "no.html", "right.html#no"]),
        ("/a/b/", ["../../x.html", "/right.html", "javascript:x()", "no.html", "right.html#no"]),
        ("file", ["../../x.html", "/right.html", "javascript:x()", "no.html", "right.html#no"]),
    ],
)
def test_a_link_that_leads_nowhere_would_be_found(prefix: str, dead: list[str], tmp_path: Path):
    tried = {*dead, "/right.html", "right.html", "right.html#yes", "mailto:a@b.example", "https://c.example/"}
    links = "".join(f'<a href="{link}">' for link in sorted(tried))
    (tmp_path / "index.html").write_text(links)
    (tmp_path / "right.html").write_text('<p id="yes">')
    assert _dead(tmp_path, prefix) == [("index.html", link) for link in dead]


def _dead(site: Path, prefix: str) -> list[tuple[str, str]]:
    """Pages and their links that lead nowhere, or out of the site by no address of the web."""
    root = f"{site.as_uri()}/" if prefix == "file" else f"https://papers.example.org{prefix}"
    ours = root if prefix == "file" else "https://papers.example.org/"
    pages = _pages(site)
    dead = set()
    for path, page in pages.items():
        if prefix == "file" and path == "404.html":
            continue  # is shown for any address, so its links begin at a host's root
        for link in page.links:
            url, fragment = urldefrag(urljoin(root + path, link))
            if not url.startswith(ours):
                if urlsplit(url).scheme not in {"http", "https", "mailto"}:
                    dead.add((path, link))
                continue
            target = unquote(urlsplit(url).path[len(urlsplit(root).path) :])
            if not target or target.endswith("/"):
                target += "index.html"
            there = url.startswith(root) and (site / target).is_file()
            placed = not fragment or not target.endswith(".html") or unquote(fragment) in pages[target].ids
            if not there or not placed:
                dead.add((path, link))
    return sorted(dead)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind not in {"search", "not found"}])
def test_from_the_file_system_pages_are_whole(
    sites: dict[str, Path], context: BrowserContext, complaints: list[str], kind: str
):
    page = context.new_page()
    failed: list[str] = []
    page.on("requestfailed", lambda request: failed.append(request.url))
    page.goto((sites["/"] / KINDS[kind]).as_uri())
    assert page.evaluate("[...document.styleSheets].every((sheet) => sheet.href.startsWith('file:'))")
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    assert page.evaluate("document.documentElement.classList.contains('js')")
    inside = page.evaluate("[...document.links].map((a) => a.href).filter((url) => url.startsWith('file:'))")
    folder = sites["/"].as_uri()
    assert inside
    assert [url for url in inside if not url.startswith(f"{folder}/")] == []
    assert failed == []
    assert complaints == []


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "not found"])
def test_links_that_scripts_made_lead_somewhere(
    hosted: dict[str, Any], sites: dict[str, Path], context: BrowserContext, kind: str
):
    page = context.new_page()
    host = hosted["/a/b/"]
    page.goto(host.url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    links = page.evaluate("[...document.links].map((a) => [a.href, a.outerHTML])")
    ours = [(url.partition("#")[0].partition("?")[0], html) for url, html in links if "//127.0.0.1:" in url]
    assert ours
    site = sites["/a/b/"]
    assert [html for url, html in ours if not (site / unquote(url.removeprefix(host.url))).is_file()] == []
