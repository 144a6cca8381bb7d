"""Every kind of page, as readers meet it: no complaint in the console, nothing asked of anybody else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from kinds import KINDS
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.browser

LIST = KINDS["collection"]


@pytest.fixture(scope="module", params=["/", "/a/b/"])
def url(request: pytest.FixtureRequest, hosted: dict[str, Any]) -> str:
    """Where the site is: at the root of a host, and in a folder of one."""
    return hosted[request.param].url


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_says_what_it_is_and_the_console_is_silent(
    url: str, context: BrowserContext, complaints: list[str], kind: str
):
    page = context.new_page()
    answer = page.goto(url + KINDS[kind])
    assert answer is not None
    assert answer.status == (404 if kind == "not found" else 200)
    expect(page.locator("main h1")).to_have_count(1)
    page.wait_for_load_state("networkidle")
    expected = ["error: Failed to load resource: the server responded with a status of 404 (Not Found)"]
    assert complaints == (expected if kind == "not found" else [])
    styled = page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth")
    assert styled != "none", "the style sheet did not arrive"


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("width", [360, 768])
def test_nothing_sticks_out_of_a_small_screen(
    hosted: dict[str, Any], browser: Browser, kind: str, width: int
):
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(hosted["/"].url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_finger_can_touch_is_high_enough(hosted: dict[str, Any], browser: Browser, kind: str):
    context = browser.new_context(viewport={"width": 390, "height": 800}, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto(hosted["/"].url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    heights = """all => all.filter(each => !each.matches(".skip")).flatMap(each => {
        const height = each.getBoundingClientRect().height;
        return height && height < 31 ? [`${Math.round(height)} px: ${each.outerHTML}`] : [];
    })"""
    assert page.eval_on_selector_all("a, summary, button", heights) == []
    context.close()


def test_the_ways_of_a_small_screen_are_one_row_however_long_their_words(
    hosted: dict[str, Any], browser: Browser
):
    page = browser.new_page(viewport={"width": 360, "height": 800})
    page.goto(hosted["/"].url + KINDS["documentation"])
    ways = page.locator(".site-header nav")
    row = ways.evaluate("nav => nav.offsetHeight")
    page.evaluate(
        "for (const way of document.querySelectorAll('.site-header nav a')) way.append(' und mehr')"
    )
    assert ways.evaluate("nav => nav.offsetHeight") == row
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert ways.evaluate("nav => nav.scrollWidth > nav.clientWidth")
    page.close()


def test_what_is_wrong_with_a_page_would_be_told(
    hosted: dict[str, Any], context: BrowserContext, complaints: list[str]
):
    page = context.new_page()
    page.goto(hosted["/"].url + KINDS["free page"])
    with page.expect_event("pageerror"):
        page.evaluate(
            "fetch('https://somebody.example/').catch(() => setTimeout(() => { throw new Error('thrown'); }))"
        )
    blank = context.new_page()
    images = "<img src='http://127.0.0.1:1/here.png'><img src='https://somebody.example/there.png'>"
    with blank.expect_request("https://somebody.example/there.png"):
        blank.set_content(images, wait_until="commit")
    assert [each for each in complaints if "Content Security Policy" in each]
    assert [each for each in complaints if each.startswith("exception: ") and "thrown" in each]
    assert [each for each in complaints if each.startswith("asked ")] == [
        "asked https://somebody.example/there.png"
    ]


def test_on_paper_a_dark_page_is_light_and_links_say_where_they_lead(
    url: str, context: BrowserContext, complaints: list[str]
):
    page = context.new_page()
    page.add_init_script("localStorage.setItem('theme', 'dark')")
    page.goto(url + KINDS["paper"])
    page.emulate_media(media="print")
    style = "getComputedStyle(document.documentElement)"
    assert page.evaluate(f"{style}.backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate(f"{style}.color") == "rgb(28, 27, 25)"
    shown = "getComputedStyle(document.querySelector('.out a'), '::after').content"
    assert "http" in page.evaluate(shown)
    assert complaints == []


def test_from_a_home_page_to_a_paper_and_on(url: str, context: BrowserContext, complaints: list[str]):
    page = context.new_page()
    page.goto(url)
    page.get_by_role("link", name="Interleaved pre-training data").first.click()
    page.wait_for_url(f"**/{LIST}")
    page.locator("main h3 a").first.click()
    page.wait_for_url("**/papers/*.html")
    expect(page.locator("main h1")).to_be_visible()
    page.go_back()
    page.wait_for_url(f"**/{LIST}")
    assert complaints == []


def test_search_finds_shares_its_state_by_address_and_says_so(
    url: str, context: BrowserContext, complaints: list[str]
):
    page = context.new_page()
    page.goto(url + LIST)
    page.keyboard.press("/")
    page.keyboard.type("speech interleaved")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"q=speech(\+|%20)interleaved"))
    again = context.new_page()
    again.goto(page.url)
    for tab in (page, again):
        expect(tab.locator("main mark").first).to_be_visible()
        expect(tab.locator("#results[data-settled=true]")).to_be_visible()
    assert again.locator("main").inner_text() == page.locator("main").inner_text()
    expect(page.get_by_role("status").or_(page.locator("[aria-live]")).first).to_contain_text("paper")
    assert complaints == []


def test_a_query_in_markup_is_text(url: str, context: BrowserContext, complaints: list[str]):
    page = context.new_page()
    page.goto(url + "search.html?q=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E%20script")
    expect(page.get_by_role("status").or_(page.locator("[aria-live]")).first).not_to_be_empty()
    page.wait_for_load_state("networkidle")
    assert page.locator("main img").count() == 0
    assert complaints == []


def test_without_javascript_pages_are_whole_and_search_says_where_else_to_look(
    hosted: dict[str, Any], browser: Browser
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    url = hosted["/"].url
    page.goto(url + KINDS["paper"])
    assert len(page.locator("main").inner_text()) > 200
    page.goto(url + "search.html?q=x")
    seen = page.locator("main").inner_text()
    assert "JavaScript" in seen
    assert not page.locator("#search-status, .suggestions").filter(visible=True).count()
    for where in ("tags/index.html", "papers/index.html", "years/index.html"):
        assert page.locator(f"main a[href='{where}']").count() == 1
    context.close()


def test_from_the_file_system_everything_but_search_works(sites: dict[str, Path], context: BrowserContext):
    page = context.new_page()
    page.goto((sites["/"] / "index.html").as_uri())
    page.get_by_role("link", name="Interleaved pre-training data").first.click()
    page.wait_for_url(f"**/{LIST}")
    page.locator("main h3 a").first.click()
    page.wait_for_url("**/papers/*.html")
    expect(page.locator("main h1")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('main')).maxWidth") != "none"
    page.goto((sites["/"] / "search.html").as_uri() + "?q=speech")
    expect(page.locator("main")).to_contain_text("server")


def test_the_theme_is_chosen_once_and_kept(hosted: dict[str, Any], context: BrowserContext):
    page = context.new_page()
    page.goto(hosted["/"].url)
    button = page.locator("button.theme")
    before = button.get_attribute("aria-label")
    button.click()
    chosen = button.get_attribute("aria-label")
    assert chosen != before
    page.goto(hosted["/"].url + LIST)
    expect(page.locator("button.theme")).to_have_attribute("aria-label", chosen or "")
