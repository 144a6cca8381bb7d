"""A site that was opened from the file system, where browsers load no modules and read no data: nothing is dead there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kinds import KINDS
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def at(sites: dict[str, Path], context: BrowserContext) -> Callable[[str], Page]:
    """at(kind) opens a page of that kind."""
    page = context.new_page()

    def opened(kind: str) -> Page:
        page.goto((sites["/"] / KINDS[kind].partition("?")[0]).as_uri())
        return page

    return opened


def test_a_question_mark_leads_to_the_list_of_keys(at, complaints: list[str]):
    page = at("collection")
    page.keyboard.press("?")
    page.wait_for_url("file:**/reading.html#keys")
    expect(page.locator("#keys kbd:visible")).to_have_count(10)
    assert complaints == []


def test_marks_and_notes_are_kept_and_are_on_the_reading_page(at, complaints: list[str]):
    page = at("paper")
    title = page.locator("h1").inner_text()
    page.keyboard.press("s")
    page.get_by_role("button", name="note").click()
    page.locator("textarea").fill("To be read again.")
    page.locator("textarea").blur()
    at("reading")
    expect(page.locator("#reading-starred .card-title")).to_have_text([title])
    expect(page.locator("#reading-starred textarea")).to_have_value("To be read again.")
    page.get_by_role("button", name="Starred as a link").click()
    expect(page.locator("#reading-address")).to_have_value(f"{page.url}#papers={_id('paper')}")
    assert complaints == []


def test_what_a_card_says_of_a_paper_is_said_of_it_on_the_reading_page(at):
    page = at("collection")
    page.keyboard.press("j")
    page.keyboard.press("s")
    shown = page.locator(".card .facts").first.evaluate(
        "each => each.firstChild.textContent + each.children[0].textContent"
    )
    at("reading")
    facts = page.locator("#reading-starred .facts").inner_text()
    assert [part.strip() for part in facts.split("·")] == [part.strip() for part in shown.split("·")]


def test_to_cite_is_a_link_to_a_file_or_to_where_the_citations_stand(at):
    page = at("collection")
    file = page.locator(".card .cite").first.get_attribute("href")
    assert file
    page.keyboard.press("j")
    page.keyboard.press("c")
    page.wait_for_url(f"file:**/{file.rpartition('/')[2]}")
    at("paper").keyboard.press("c")
    page.wait_for_url("file:**/*.html#*cite")


def test_a_list_that_is_whole_can_be_filtered(at, complaints: list[str]):
    page = at("collection")
    cards = page.locator(".body .card:visible")
    before = cards.count()
    page.get_by_role("button", name="Filters").click()
    page.locator(".filters [type=checkbox]:enabled").first.check()
    expect(page.locator(".filters-said")).not_to_be_empty()
    assert 0 < cards.count() <= before
    assert complaints == []


@pytest.mark.parametrize("query", ["", "?tag=continual-learning"])
def test_a_list_of_several_pages_is_whole_and_says_what_filters_need(at, complaints: list[str], query: str):
    page = at("papers")
    page.goto(page.url + query)
    expect(page.locator(".filters")).to_contain_text("web server")
    assert page.locator(".filters :is(button, select)").count() == 0
    expect(page.locator(".card").first).to_be_visible()
    assert complaints == []


def test_search_says_what_it_needs_and_offers_nothing_that_needs_the_same(at):
    page = at("search")
    expect(page.locator("#search-status")).to_contain_text("web server")
    assert page.locator("main :is(button:not([type=submit]), select):visible").count() == 0
    assert page.locator("main a[href*='?q=']").count() == 0


def _id(kind: str) -> str:
    return KINDS[kind].removeprefix("papers/").removesuffix(".html")
