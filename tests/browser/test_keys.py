"""From paper to paper, and what can be done with the one at hand, by keyboard; and abstracts that stay open."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

LIST = "collections/interleaved-data.html"
PAPER = "papers/ul2-unifying-language-learning-paradigms.html"
WITH_ABSTRACTS = ("years/2021.html", "years/2022.html", "papers/script-alert-1-script-2597cc2c0f.html")
SHIFTS = """() => new Promise((resolve) => {
    let sum = 0;
    const observer = new PerformanceObserver((list) => list.getEntries().forEach((each) => (sum += each.value)));
    observer.observe({ type: "layout-shift", buffered: true });
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => resolve(sum))));
})"""


@pytest.fixture
def at(hosted: dict[str, Any], context: BrowserContext) -> Callable[[str], Page]:
    def opened(path: str) -> Page:
        page = context.new_page()
        page.goto(hosted["/"].url + path)
        return page

    return opened


def press(page: Page, keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_j_and_k_go_from_paper_to_paper_and_o_opens_one(at):
    page = at(LIST)
    titles = page.locator(".card-title a")
    press(page, "jj")
    expect(titles.nth(1)).to_be_focused()
    press(page, "k")
    expect(titles.nth(0)).to_be_focused()
    press(page, "k")  # before the first there is none
    expect(titles.nth(0)).to_be_focused()
    title = titles.nth(0).inner_text()
    press(page, "o")
    expect(page.locator("main h1")).to_have_text(title)


def test_a_paper_that_is_hidden_is_passed_over(at):
    page = at(LIST)
    titles = page.locator(".card-title a")
    press(page, "j")
    page.locator(".card").nth(1).evaluate("(card) => (card.hidden = true)")
    press(page, "j")
    expect(titles.nth(2)).to_be_focused()
    titles.nth(2).evaluate("(title) => (title.closest('li').hidden = true)")
    press(page, "j")  # from the place of the one that is gone
    expect(titles.nth(3)).to_be_focused()


def test_x_folds_the_abstract_of_the_paper_at_hand(at):
    page = at(WITH_ABSTRACTS[0])
    page.locator(".card:has(details) .card-title a").first.focus()
    press(page, "x")
    expect(page.locator(".card > details[open]")).to_have_count(1)
    press(page, "x")
    expect(page.locator(".card > details[open]")).to_have_count(0)
    page = at(WITH_ABSTRACTS[2])
    press(page, "x")
    expect(page.locator("section > .abstract")).to_be_hidden()
    press(page, "x")
    expect(page.locator("section > .abstract")).to_be_visible()


@pytest.mark.parametrize(("key", "name"), [("c", "cite"), ("m", "read"), ("s", "star")])
@pytest.mark.parametrize(("path", "place"), [(LIST, ".card:nth-of-type(2)"), (PAPER, "article.paper")])
def test_keys_press_what_stands_in_the_row_of_actions(at, key, name, path, place):
    page = at(path)
    page.evaluate(
        "() => addEventListener('click', (event) => { event.preventDefault(); window.pressed = event.target; }, true)"
    )
    if path == LIST:
        press(page, "jj")
    press(page, key)
    handle = page.evaluate_handle("window.pressed")
    assert handle.evaluate("(control, name) => control.matches(`.actions .${name}`)", name)
    page.keyboard.press("Escape")


def test_while_somebody_types_keys_are_letters(at):
    page = at(LIST)
    page.keyboard.press("/")
    page.keyboard.type("jokes")
    expect(page.locator("[data-search]")).to_have_value("jokes")
    expect(page.locator("[data-search]")).to_be_focused()


def test_a_question_mark_lists_the_keys_and_the_focus_comes_back(at):
    page = at(LIST)
    press(page, "j")
    press(page, "?")
    dialog = page.get_by_role("dialog", name="Keyboard")
    expect(dialog).to_be_visible()
    assert dialog.locator("kbd").all_inner_texts() == [*"/jkoxcms", "Esc", "?"]
    expect(dialog.get_by_role("button")).to_be_focused()
    press(page, "j")  # nothing moves behind it
    expect(dialog.get_by_role("button")).to_be_focused()
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(page.locator(".card-title a").first).to_be_focused()


def test_keys_can_be_switched_off_and_on_again_and_that_is_remembered(at):
    page = at(LIST)
    press(page, "?")
    page.get_by_role("dialog").get_by_role("checkbox").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("button.shortcuts")).to_have_text("Keyboard shortcuts are off")
    page.reload()
    press(page, "j?")
    assert page.locator(".card-title a:focus, dialog[open]").count() == 0
    page.locator("button.shortcuts").click()
    page.locator("button.shortcuts").blur()
    press(page, "j")
    assert page.locator(".card-title a:focus").count() == 1


def test_abstracts_stay_open_from_page_to_page_and_nothing_moves(at):
    page = at(WITH_ABSTRACTS[0])
    switch = page.get_by_role("button", name="Show abstracts")
    expect(switch).to_have_attribute("aria-pressed", "false")
    switch.click()
    page.goto(page.url.replace(WITH_ABSTRACTS[0], WITH_ABSTRACTS[1]))
    expect(switch).to_have_attribute("aria-pressed", "true")
    assert page.locator(".card > details[open]").count() > 1
    assert page.locator(".card > details:not([open])").count() == 0
    assert page.evaluate(SHIFTS) == 0
    switch.click()
    page.reload()
    expect(switch).to_have_attribute("aria-pressed", "false")
    assert page.locator(".card > details[open]").count() == 0


def test_without_storage_the_switch_holds_for_the_page(at):
    page = at(WITH_ABSTRACTS[0])
    page.add_init_script(
        "Object.defineProperty(window, 'localStorage', { get() { throw new Error('denied'); } })"
    )
    page.reload()
    page.get_by_role("button", name="Show abstracts").click()
    assert page.locator(".card > details:not([open])").count() == 0
    page.locator("button.shortcuts").click()
    expect(page.locator("button.shortcuts")).to_have_text("Keyboard shortcuts are off")


def test_without_javascript_there_is_no_switch(hosted: dict[str, Any], browser: Browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(hosted["/"].url + WITH_ABSTRACTS[0])
    expect(page.locator("button.abstracts")).to_be_hidden()
    context.close()
