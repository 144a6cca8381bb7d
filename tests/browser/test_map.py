"""The map of the papers, as readers use it: with keys, a pointer, a finger; and without any of its script."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def page(hosted: dict[str, Any], context: BrowserContext) -> Page:
    """The map, its data read."""
    page = context.new_page()
    open_map(page, hosted["/a/b/"].url)
    return page


def open_map(page: Page, site: str) -> None:
    page.goto(site + "map.html")
    page.wait_for_load_state("networkidle")
    expect(page.locator("#map canvas[style*=touch-action]")).to_be_visible()  # it is drawn, and listens


def test_keys_walk_from_paper_to_paper_and_open_one(page: Page, complaints: list[str]):
    said = page.locator("#map [role=status]")
    page.locator("#map canvas").focus()
    page.keyboard.press("ArrowRight")
    heard = []
    for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
        expect(said).not_to_be_empty()
        heard.append(said.inner_text())
    assert len(set(heard)) > 1
    title = page.locator(".map-tip strong").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("main h1")).to_have_text(title)
    assert "/a/b/papers/" in page.url
    assert complaints == []


@pytest.mark.parametrize("width", [390, 1280])
def test_each_part_has_its_place_before_the_others_are_there(page: Page, width: int):
    """As when the page arrives in pieces, or its address chooses colours that have few names."""
    page.set_viewport_size({"width": width, "height": 800})
    page.wait_for_function("width => innerWidth === width", arg=width)
    parts = page.locator("#map-colours, .map-legend:not([inert]), .map-help, .map-list")
    tops = "all => all.map((each) => Math.round(each.getBoundingClientRect().top))"
    whole = parts.evaluate_all(tops)
    assert len(set(whole)) == 4
    page.evaluate("document.querySelector('.map-frame').style.display = 'none'")
    assert parts.evaluate_all(tops) == whole
    page.locator("#map-colours").select_option("tags/continual-learning.html")
    expect(page.locator(".map-legend:visible li")).to_have_count(1)
    assert parts.evaluate_all(tops) == whole


def test_every_dot_leads_to_a_page_that_exists(page: Page, sites: dict[str, Path]):
    """Walking right from the left edge, row by row, as far as it goes."""
    page.locator("#map canvas").focus()
    found = set()
    for key in ["ArrowLeft"] * 8 + ["ArrowRight"] * 12 + ["ArrowDown"] * 4 + ["ArrowLeft"] * 12:
        page.keyboard.press(key)
        found.add(page.locator(".map-tip").get_attribute("href"))
    assert len(found) > 15
    assert all(url and (sites["/a/b/"] / url).is_file() for url in found)


def test_a_pointer_shows_titles_and_opens_what_it_points_at(page: Page, complaints: list[str]):
    x, y = _a_dot(page)
    page.mouse.move(x, y)
    tip = page.locator(".map-tip")
    expect(tip).to_be_visible()
    title = tip.locator("strong").inner_text()
    page.mouse.click(x, y)
    expect(page.locator("main h1")).to_have_text(title)
    assert complaints == []


def _a_dot(page: Page) -> tuple[float, float]:
    """Where the first paper of the data is drawn, by the window."""
    data = page.request.get(page.url.replace("map.html", "map.json")).json()
    box = page.locator("#map canvas").bounding_box()
    assert box
    return tuple(
        box[side] + 28 + data[side][0] / 4096 * (box[length] - 56)
        for side, length in (("x", "width"), ("y", "height"))
    )


def test_the_wheel_and_the_buttons_zoom_and_at_the_overview_the_page_scrolls(page: Page):
    canvas = page.locator("#map canvas")
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 50, box["y"] + 200)
    page.mouse.wheel(0, -400)
    expect(canvas).to_have_css("touch-action", "none")
    assert page.evaluate("scrollY") == 0
    page.get_by_role("button", name="Show everything").click()
    expect(canvas).to_have_css("touch-action", "pan-y")
    page.mouse.move(box["x"] + 50, box["y"] + 200)
    page.mouse.wheel(0, 400)
    page.wait_for_function("() => scrollY > 0")


def test_one_collection_is_shown_by_its_name_in_the_address_and_back_works(page: Page, complaints: list[str]):
    page.locator(".map-legend:visible a").first.click()
    expect(page).to_have_url(re.compile(r"map\.html#collections/[\w-]+\.html$"))
    expect(page.locator(".map-legend:visible li")).to_have_count(1)
    link = page.locator(".map-legend:visible a").get_attribute("href")
    assert page.locator("#map-colours").input_value() == link
    page.go_back()
    expect(page.locator(".map-legend:visible li").nth(2)).to_be_visible()
    page.select_option("#map-colours", "tags")
    expect(page).to_have_url(re.compile("#tags$"))
    assert complaints == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_moves_while_the_map_arrives(
    hosted: dict[str, Any], browser: Browser, width: int, theme: Any
):
    context = browser.new_context(viewport={"width": width, "height": 844}, color_scheme=theme)
    page = context.new_page()
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((l) => l.getEntries().forEach((e) => (moved += e.value)))"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    open_map(page, hosted["/"].url)
    assert page.evaluate("moved") == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.querySelectorAll('*').length") <= 1500
    context.close()


def test_a_finger_shows_a_title_first_and_opens_it_then(hosted: dict[str, Any], browser: Browser):
    context = browser.new_context(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    page = context.new_page()
    open_map(page, hosted["/"].url)
    x, y = _a_dot(page)
    page.touchscreen.tap(x, y)
    expect(page.locator(".map-tip")).to_be_visible()
    assert page.url.endswith("map.html")
    page.touchscreen.tap(x, y)
    page.wait_for_url("**/papers/*.html")
    context.close()


@pytest.mark.parametrize("how", ["without JavaScript", "from a file"])
def test_the_list_says_the_same_where_no_map_can_be_drawn(
    hosted: dict[str, Any], sites: dict[str, Path], browser: Browser, how: str
):
    context = browser.new_context(java_script_enabled=how == "from a file")
    page = context.new_page()
    page.goto((sites["/"] / "map.html").as_uri() if how == "from a file" else hosted["/"].url + "map.html")
    expect(page.locator("#map")).to_be_hidden()
    expect(page.locator(".map-failed")).to_be_visible()
    assert page.locator(".map-regions a").count() > 50
    page.locator(".map-regions a").first.click()
    page.wait_for_url("**/papers/*.html")
    expect(page.locator("main h1")).to_be_visible()
    context.close()
