"""Cite, as readers use it: a dialog on every card, and plain links where there is no script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.browser

LIST = "collections/interleaved-data.html"
PAPER = "papers/ul2-unifying-language-learning-paradigms.html"
HOSTILE = "papers/index.html"
FORMATS = ["APA", "BibTeX", "RIS", "CSL-JSON"]


@pytest.fixture
def page(hosted: dict[str, Any], context: BrowserContext, complaints: list[str]) -> Page:
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.site = hosted["/a/b/"].url
    return page


def opened(page: Page, link: Any) -> Any:
    link.click()
    dialog = page.locator("dialog.cite-dialog[open]")
    expect(dialog.get_by_role("tab", selected=True)).to_be_focused()
    return dialog


def copied(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize("where", [LIST, PAPER, "search.html?q=interleaved", "tags/continual-learning.html"])
def test_cite_opens_a_dialog_with_a_tab_for_each_format(page: Page, complaints: list[str], where: str):
    page.goto(page.site + where)
    if where.startswith("search"):  # whose first cards give way to others
        expect(page.locator("#results")).to_have_attribute("data-settled", "true")
    dialog = opened(page, page.locator("a.cite").first)
    assert dialog.get_by_role("tab").all_text_contents() == FORMATS
    expect(dialog.get_by_role("tabpanel")).to_contain_text("@misc{")
    expect(dialog).to_have_accessible_name("Cite")
    assert complaints == []


def test_what_is_under_a_dialog_is_dark_to_its_edge_until_the_dialog_is_gone(
    page: Page, complaints: list[str]
):
    # Not every browser tells of dialogs that are about to open.
    page.add_init_script(
        "addEventListener('beforetoggle', (event) => event.stopImmediatePropagation(), true)"
    )
    page.goto(page.site + LIST)
    ground = page.locator("html")
    plain = ground.evaluate("root => getComputedStyle(root).backgroundColor")
    for closing in (
        lambda dialog: page.keyboard.press("Escape"),
        lambda dialog: dialog.get_by_label("Close").click(),
    ):
        dialog = opened(page, page.locator("a.cite").first)
        expect(ground).not_to_have_css("background-color", plain)
        closing(dialog)
        expect(ground).to_have_css("background-color", plain)
    assert complaints == []


def test_the_dialog_says_what_the_files_say(page: Page, complaints: list[str], sites: dict[str, Path]):
    page.goto(page.site + HOSTILE)
    site = sites["/a/b/"]
    cards = page.locator(".card")
    seen = 0
    for at in range(cards.count()):
        card = cards.nth(at)
        name = card.get_attribute("data-paper")
        dialog = opened(page, card.locator("a.cite"))
        for label, ending in (("BibTeX", "bib"), ("RIS", "ris"), ("CSL-JSON", "csl.json")):
            file = site / "papers" / f"{name}.{ending}"
            if file.exists():
                dialog.get_by_role("tab", name=label, exact=True).click()
                dialog.get_by_role("button", name="Copy").click()
                expect(dialog.get_by_role("status")).to_have_text("Copied")
                assert copied(page).encode() == file.read_bytes()
                seen += 1
        page.keyboard.press("Escape")
        expect(page.locator("dialog.cite-dialog")).to_have_count(0)
    assert seen >= cards.count()
    assert complaints == []


def test_copying_is_announced_and_copying_again_too(page: Page):
    page.goto(page.site + PAPER)
    dialog = opened(page, page.locator(".lede a.cite"))
    status = dialog.get_by_role("status")
    expect(status).to_have_text("")
    dialog.get_by_role("button", name="Copy").click()
    expect(status).to_have_text("Copied")
    assert copied(page).startswith("@misc{ul2-unifying-language-learning-paradigms,")
    dialog.get_by_role("tab", name="RIS").click()
    expect(status).to_have_text("")
    dialog.get_by_role("button", name="Copy").click()
    expect(status).to_have_text("Copied")
    assert copied(page).startswith("TY  - UNPB\r\n")


def test_where_copying_is_denied_the_text_is_selected(page: Page):
    page.add_init_script("navigator.clipboard.writeText = () => Promise.reject(new Error('denied'))")
    page.goto(page.site + PAPER)
    dialog = opened(page, page.locator(".lede a.cite"))
    dialog.get_by_role("button", name="Copy").click()
    expect(dialog.get_by_role("status")).to_contain_text("Ctrl+C")
    panel = dialog.get_by_role("tabpanel")
    expect(panel).to_be_focused()
    assert page.evaluate("getSelection().toString()").strip() == panel.inner_text().strip()


def test_a_citation_is_saved_as_a_file_of_its_format(page: Page, sites: dict[str, Path]):
    page.goto(page.site + PAPER)
    dialog = opened(page, page.locator(".lede a.cite"))
    with page.expect_download() as download:
        dialog.get_by_role("link", name="Save as file").click()
    assert download.value.suggested_filename == "ul2-unifying-language-learning-paradigms.bib"
    saved = download.value.path().read_bytes()
    assert saved == (sites["/a/b/"] / PAPER.replace(".html", ".bib")).read_bytes()


def test_the_keyboard_goes_through_the_tabs_and_back_to_the_link(page: Page):
    page.goto(page.site + LIST)
    link = page.locator("a.cite").nth(2)
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.locator("dialog.cite-dialog[open]")
    tab = dialog.get_by_role("tab", selected=True)
    expect(tab).to_be_focused()
    seen = []
    for key in ("ArrowRight", "ArrowRight", "ArrowRight", "ArrowLeft", "End", "Home"):
        page.keyboard.press(key)
        expect(tab).to_be_focused()
        seen.append(tab.text_content())
    assert seen == ["RIS", "CSL-JSON", "APA", "CSL-JSON", "CSL-JSON", "APA"]
    for _ in range(12):  # the focus stays inside, or is the browser's own
        page.keyboard.press("Tab")
        assert page.evaluate(
            "document.activeElement === document.body || !!document.activeElement.closest('dialog')"
        )
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_the_format_that_was_chosen_is_chosen_the_next_time(page: Page):
    page.goto(page.site + PAPER)
    dialog = opened(page, page.locator(".lede a.cite"))
    dialog.get_by_role("tab", name="RIS").click()
    dialog.get_by_role("button", name="Close").click()
    page.goto(page.site + LIST)
    dialog = opened(page, page.locator("a.cite").first)
    expect(dialog.get_by_role("tab", selected=True)).to_have_text("RIS")
    expect(dialog.get_by_role("tabpanel")).to_contain_text("TY  - UNPB")


def test_a_click_beside_the_dialog_closes_it(page: Page):
    page.goto(page.site + PAPER)
    dialog = opened(page, page.locator(".lede a.cite"))
    page.mouse.click(5, 5)
    expect(dialog).to_have_count(0)


def test_where_the_paper_s_page_cannot_be_had_the_link_is_followed(page: Page):
    page.route("**/papers/*.html", lambda route: route.abort())
    page.goto(page.site + LIST)
    with page.expect_request("**/papers/*.bib"):
        page.locator("a.cite").first.click()


def test_without_scripts_cite_is_a_link_to_the_file_and_the_page_shows_every_format(
    browser: Browser, hosted: dict[str, Any]
):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(hosted["/"].url + LIST)
    with page.expect_request("**/papers/*.bib"):
        page.locator("a.cite").first.click()
    page = context.new_page()
    page.goto(hosted["/"].url + PAPER)
    page.locator(".lede a.cite").click()
    page.wait_for_url("**/*.html#paper.cite")
    for label, beginning in (("BibTeX", "@misc{"), ("RIS", "TY  - UNPB"), ("CSL-JSON", "[")):
        page.locator(".citations summary", has_text=label).click()
        expect(page.locator(f"pre[data-cite='{label}']")).to_be_visible()
        assert page.locator(f"pre[data-cite='{label}']").inner_text().startswith(beginning)
    expect(page.locator(".reference")).to_contain_text("UL2: Unifying Language Learning Paradigms")
    context.close()


def test_lists_carry_coins_and_a_paper_s_page_does_not(page: Page):
    page.goto(page.site + LIST)
    titles = page.locator(".card .Z3988").evaluate_all("all => all.map(each => each.title)")
    assert len(titles) == page.locator(".card").count()
    assert all("rft.atitle=" in title for title in titles)
    page.goto(page.site + PAPER)
    expect(page.locator(".Z3988")).to_have_count(0)
