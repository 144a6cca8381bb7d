"""Results under the search field, on every page, while one types."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Locator, Page

pytestmark = pytest.mark.browser

LIST = "collections/interleaved-data.html"


class Panel:
    """A page, and what stands under its search field."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.field = page.locator("[data-search]")
        self.box = page.locator(".panel")
        self.options = self.box.get_by_role("option")

    def type(self, query: str) -> None:
        """Types, and waits for what is answered to all of it."""
        self.field.fill(query)
        self.field.focus()
        expect(self.box).to_have_attribute("data-query", query.strip())

    @property
    def chosen(self) -> Locator:
        return self.box.locator("[aria-selected=true]")


@pytest.fixture
def panel(hosted: dict[str, Any], context: BrowserContext) -> Callable[..., Panel]:
    def opened(path: str = LIST, prefix: str = "/a/b/") -> Panel:
        page = context.new_page()
        page.goto(hosted[prefix].url + path)
        return Panel(page)

    return opened


@pytest.mark.parametrize("path", ["index.html", LIST, "papers/no-such-paper.html"])
def test_typing_shows_papers_with_marks_from_any_page(panel, path):
    it = panel(path)
    it.page.keyboard.press("/")
    expect(it.field).to_be_focused()
    it.type("interleaved spee")
    expect(it.box).to_have_attribute("data-state", "found")
    assert 2 <= it.options.count() <= 9
    assert {mark.lower() for mark in it.options.first.locator("mark").all_inner_texts()} == {
        "interleaved",
        "speech",
    }
    expect(it.options.last).to_have_text(re.compile(r"^Show all \d+ papers$"))
    expect(it.field).to_have_attribute("aria-expanded", "true")
    expect(it.box.get_by_role("status")).to_have_text(re.compile(r"\d+ papers"))
    assert it.field.input_value() == "interleaved spee"


def test_nothing_is_loaded_before_somebody_goes_to_the_field(panel, complaints):
    asked: list[str] = []
    it = panel()
    it.page.on("request", lambda request: asked.append(request.url))
    it.page.reload()
    it.page.wait_for_load_state("networkidle")
    assert [url for url in asked if re.search(r"/search/|texts\.json|panel", url)] == []
    with it.page.expect_request("**/search/manifest.json"):
        it.field.focus()
    it.page.wait_for_load_state("networkidle")
    assert [url for url in asked if "/postings/" in url] == []
    assert complaints == []


def test_arrows_go_through_the_list_and_enter_opens_the_paper(panel):
    it = panel()
    it.type("interleaved")
    expect(it.chosen).to_have_count(0)
    it.page.keyboard.press("ArrowDown")
    expect(it.chosen).to_have_count(1)
    expect(it.options.first).to_have_attribute("aria-selected", "true")
    expect(it.field).to_have_attribute("aria-activedescendant", it.options.first.get_attribute("id") or "")
    it.page.keyboard.press("End")
    expect(it.options.last).to_have_attribute("aria-selected", "true")
    it.page.keyboard.press("ArrowDown")  # past the end is the field
    expect(it.chosen).to_have_count(0)
    expect(it.field).not_to_have_attribute("aria-activedescendant", re.compile("."))
    it.page.keyboard.press("ArrowUp")
    expect(it.options.last).to_have_attribute("aria-selected", "true")
    it.page.keyboard.press("Home")
    title = it.options.first.locator(".panel-title").inner_text()
    it.page.keyboard.press("Enter")
    expect(it.page.locator("main h1")).to_have_text(title)
    assert "/papers/" in it.page.url


def test_enter_without_a_choice_opens_the_search_page_with_its_address(panel):
    it = panel()
    it.type("interleaved speech")
    it.page.keyboard.press("Enter")
    it.page.wait_for_url("**/a/b/search.html?q=interleaved+speech")
    expect(it.page.locator("#results mark").first).to_be_visible()


def test_escape_closes_the_panel_and_then_clears_the_field(panel):
    it = panel()
    it.type("interleaved")
    it.page.keyboard.press("Escape")
    expect(it.box).to_be_hidden()
    expect(it.field).to_have_value("interleaved")
    expect(it.field).to_have_attribute("aria-expanded", "false")
    it.page.keyboard.press("ArrowDown")
    expect(it.box).to_be_visible()
    it.page.keyboard.press("Escape")
    it.page.keyboard.press("Escape")
    expect(it.field).to_have_value("")


def test_a_click_opens_and_a_click_elsewhere_closes(panel):
    it = panel()
    it.type("interleaved")
    it.page.locator("main").click(position={"x": 4, "y": 4})
    expect(it.box).to_be_hidden()
    it.field.click()
    it.options.filter(has_text="Show all").click()
    it.page.wait_for_url("**/search.html?q=interleaved")


def test_the_tab_key_leaves_and_closes(panel):
    it = panel()
    it.type("interleaved")
    it.page.keyboard.press("Tab")
    expect(it.box).to_be_hidden()
    expect(it.field).to_have_value("interleaved")


def test_nothing_found_leads_on_and_a_slip_is_said(panel):
    it = panel()
    it.type("interleaved +zzyzxq")
    expect(it.box).to_have_attribute("data-state", "none")
    expect(it.box.get_by_role("status")).to_contain_text("Nothing was found")
    expect(it.options.first).to_have_text("Try interleaved")
    expect(it.options.last).to_have_text("Open the search page")
    it.type("curiculum")
    expect(it.box.get_by_role("status")).to_contain_text("curriculum")
    it.type("of")
    expect(it.box.get_by_role("status")).to_contain_text("too common")


@pytest.mark.parametrize(
    "harm",
    [
        lambda route: route.fulfill(status=404),
        lambda route: route.fulfill(body=b"<html>of another site</html>"),
        lambda route: route.fulfill(body=route.fetch().body()[:-20]),
    ],
    ids=["missing", "of another build", "truncated"],
)
def test_a_broken_index_is_said_and_a_reload_keeps_what_was_typed(panel, harm):
    it = panel()
    it.page.route("**/search/postings/*", harm)
    it.type("interleaved speech")
    expect(it.box).to_have_attribute("data-state", "broken")
    expect(it.box.get_by_role("status")).to_contain_text("missing or damaged")
    expect(it.page.locator("main h1")).to_be_visible()
    it.page.unroute("**/search/postings/*")
    it.box.get_by_role("button").click()
    expect(it.box).to_have_attribute("data-state", "found")
    expect(it.field).to_have_value("interleaved speech")


def test_a_broken_manifest_is_said_and_nothing_else_goes_wrong(panel):
    it = panel()
    thrown: list[Any] = []
    it.page.on("pageerror", lambda problem: thrown.append(problem))  # noqa: PLW0108  a built-in one has no signature
    it.page.route("**/search/manifest.json", lambda route: route.fulfill(body="{"))
    it.type("interleaved")
    expect(it.box).to_have_attribute("data-state", "broken")
    expect(it.box.get_by_role("button")).to_be_visible()
    assert thrown == []


def test_without_a_network_it_can_be_tried_again(panel):
    it = panel()
    it.page.route("**/search/postings/*", lambda route: route.abort())
    it.type("interleaved")
    again = it.box.get_by_role("button", name="Try again")
    expect(again).to_be_visible()
    it.page.unroute("**/search/postings/*")
    again.click()
    expect(it.box).to_have_attribute("data-state", "found")


def test_a_late_answer_is_dropped(panel):
    it = panel()
    held: list[Any] = []
    it.page.route("**/search/postings/*", lambda route: route.continue_() if held else held.append(route))
    with it.page.expect_request("**/search/postings/*"):
        it.field.fill("adaptation")
        it.field.focus()
    expect(it.box).to_have_attribute("data-state", "loading")
    it.type("vision")
    expect(it.box).to_have_attribute("data-state", "found")
    with it.page.expect_event("requestfinished", lambda request: request == held[0].request):
        held[0].continue_()
    expect(it.box).to_have_attribute("data-query", "vision")
    expect(it.options.first.locator("mark").first).to_have_text(re.compile("vision", re.IGNORECASE))


@pytest.mark.parametrize(
    "query", ["<img src=x onerror=alert(1)>", "+-~^:*\\" * 30, "😀😀", "a" * 10_000, "x\ud800y"]
)
def test_any_query_is_answered_as_text(panel, complaints, query):
    it = panel()
    it.field.focus()
    expect(it.field).to_have_attribute("role", "combobox")
    it.field.evaluate(
        "(field, query) => { field.value = JSON.parse(query); field.dispatchEvent(new Event('input')); }",
        '"' + "".join(f"\\u{ord(c):04x}" if ord(c) < 65536 else c for c in query) + '"',
    )
    expect(it.box).to_have_attribute("data-state", re.compile("found|none"))
    assert it.box.locator("img").count() == 0
    assert complaints == []


def test_nothing_moves_when_the_panel_opens_and_on_a_small_screen_it_is_as_wide_as_the_field(panel):
    it = panel()
    it.page.set_viewport_size({"width": 390, "height": 800})
    it.page.wait_for_function("() => innerWidth === 390")
    before = it.page.locator("main h1").bounding_box()
    it.type("interleaved")
    assert it.page.locator("main h1").bounding_box() == before
    box, form = it.box.bounding_box(), it.page.locator("form.search").bounding_box()
    assert box is not None
    assert form is not None
    assert (box["x"], box["width"]) == (form["x"], form["width"])
    assert it.page.evaluate("document.documentElement.scrollWidth") <= 390


def test_from_the_file_system_it_says_that_it_needs_a_server(sites: dict[str, Path], context: BrowserContext):
    page = context.new_page()
    page.goto((sites["/"] / LIST).as_uri())
    page.locator("[data-search]").focus()
    expect(page.locator(".panel")).to_contain_text("server")
    page.locator("[data-search]").blur()
    expect(page.locator(".panel")).to_be_hidden()
