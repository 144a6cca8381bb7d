"""From the home page to a paper and to an answer without a pointer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from kinds import KINDS
from playwright.sync_api import expect

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser


def test_tab_and_enter_lead_from_home_to_a_collection_to_a_paper_to_its_citation_to_search(
    hosted: dict[str, Any], context: BrowserContext, complaints: list[str]
):
    page = context.new_page()
    page.goto(hosted["/a/b/"].url)
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_class("skip")
    page.keyboard.press("Enter")
    _tab_to(page, "main a[href*='collections/interleaved-data']")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Interleaved pre-training data")
    page.wait_for_load_state()  # who is faster than the scripts follows plain links
    _tab_to(page, "main .card-title a")
    title = page.locator(":focus").inner_text()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(title)
    page.wait_for_load_state()
    _tab_to(page, "main a.cite")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog").get_by_role("tab", selected=True)).to_be_focused()
    expect(page.get_by_role("tabpanel")).to_contain_text("@misc{")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("tabpanel")).not_to_contain_text("@misc{")
    page.keyboard.press("Escape")
    expect(page.locator("main a.cite")).to_be_focused()
    page.keyboard.press("/")
    page.keyboard.type("continual learning")
    page.keyboard.press("Enter")
    expect(page.locator("#results[data-settled=true] .card").first).to_be_visible()
    _tab_to(page, "#results .card-title a")
    page.keyboard.press("Enter")
    page.wait_for_url("**/papers/*.html")
    assert complaints == []


def test_a_link_that_tab_passes_over_would_be_found(hosted: dict[str, Any], context: BrowserContext):
    page = context.new_page()
    page.goto(hosted["/"].url + KINDS["free page"])
    _tab_to(page, "main a")
    page.reload()
    page.evaluate("for (const each of document.querySelectorAll('main a')) each.tabIndex = -1")
    with pytest.raises(AssertionError, match="Tab does not lead to main a"):
        _tab_to(page, "main a")


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_the_focus_is_seen_to_have_it(hosted: dict[str, Any], context: BrowserContext, kind: str):
    page = context.new_page()
    page.goto(hosted["/"].url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    unseen = []
    for _ in range(25):
        page.keyboard.press("Tab")
        said = page.evaluate(FOCUS)
        if said is None:
            break
        if said:
            unseen.append(said)
    assert unseen == []


def test_a_focus_that_does_not_show_would_be_found(hosted: dict[str, Any], context: BrowserContext):
    page = context.new_page()
    page.goto(hosted["/"].url)
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUS) == ""
    page.evaluate("""
        const none = new CSSStyleSheet();
        none.replaceSync("* { outline: none !important; box-shadow: none !important }");
        document.adoptedStyleSheets = [none];
    """)
    assert "skip" in page.evaluate(FOCUS)


# "" where the focus shows, the element where it does not; null where it left the page.
FOCUS = """() => {
    const at = document.activeElement;
    if (!at || at === document.body) return null;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(at);
    const { width, height, bottom, right } = at.getBoundingClientRect();
    const drawn = (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
    return drawn && width > 0 && height > 0 && bottom > 0 && right > 0 ? "" : at.outerHTML.slice(0, 200);
}"""


def _tab_to(page: Page, selector: str) -> None:
    """Press Tab until the focus is on such an element."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if page.evaluate("(selector) => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab does not lead to {selector} on {page.url}")
