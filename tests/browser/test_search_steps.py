"""First results while slower parts of an answer are on their way."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import BrowserContext, Page, Route

pytestmark = pytest.mark.browser

QUERY = "interleaved curiculum"  # the second word is looked for among all spellings


class Delay:
    """Answers of the host that wait until they are let go."""

    def __init__(self) -> None:
        self._held: list[Route] = []
        self._open = False

    def __call__(self, route: Route) -> None:
        if self._open:
            route.continue_()
        else:
            self._held.append(route)

    def end(self) -> None:
        self._open = True
        while self._held:
            self._held.pop().continue_()


@pytest.fixture
def slow(hosted: dict[str, Any], context: BrowserContext) -> Iterator[Callable[..., tuple[Page, Delay]]]:
    """A page of a host that holds some blocks back: slow(path, pattern)."""
    delays: list[Delay] = []

    def opened(path: str, blocks: str = "**/search/words/*") -> tuple[Page, Delay]:
        page = context.new_page()
        delays.append(Delay())
        page.route(blocks, delays[-1])
        page.goto(hosted["/"].url + path)
        return page, delays[-1]

    yield opened
    for delay in delays:
        delay.end()


def titles(page: Page) -> list[str]:
    return page.locator("#results .card-title").all_inner_texts()


def test_what_the_words_that_are_there_find_is_shown_while_the_rest_is_on_its_way(slow, complaints):
    page, delay = slow(f"search.html?q={QUERY}")
    results, status = page.locator("#results"), page.locator("#search-status")
    expect(results.locator(".card").first).to_contain_text(re.compile("interleaved", re.IGNORECASE))
    expect(results).to_have_attribute("data-settled", "false")
    expect(results).to_have_attribute("aria-busy", "true")
    assert "papers" not in status.inner_text(), "a number that will change is not said"
    first = titles(page)
    delay.end()
    expect(results).to_have_attribute("data-settled", "true")
    expect(status).to_contain_text("papers")
    expect(page.locator("#search-note")).to_contain_text("curriculum")
    assert titles(page) != first
    assert complaints == []


def test_a_settled_answer_is_the_same_whether_it_came_in_steps_or_not(hosted, slow):
    page, delay = slow(f"search.html?q={QUERY}")
    page.locator("#results .card").first.wait_for()
    delay.end()
    page.locator("#results[data-settled=true]").wait_for()
    in_steps = titles(page)
    page.unroute("**/search/words/*")
    page.goto(f"{hosted['/'].url}search.html?q={QUERY}")
    page.locator("#results[data-settled=true] .card").first.wait_for()
    assert titles(page) == in_steps


def test_nothing_moves_above_the_card_that_has_the_focus(slow):
    page, delay = slow(f"search.html?q={QUERY}")
    link = page.locator("#results .card-title a").nth(1)
    link.focus()
    before = titles(page)[:2]
    delay.end()
    page.locator("#results[data-settled=true]").wait_for()
    assert titles(page)[:2] == before
    expect(link).to_be_focused()
    assert len(titles(page)) == len({*titles(page)})
    expect(page.locator("#results .abstract:empty")).to_have_count(0)


def test_what_must_be_there_is_waited_for(slow):
    page, delay = slow("search.html?q=interleaved %2Bcuriculum")
    expect(page.locator("#search-status")).to_have_text(re.compile("Search|Load", re.IGNORECASE))
    expect(page.locator("#results .card")).to_have_count(0)
    delay.end()
    page.locator("#results[data-settled=true] .card").first.wait_for()


def test_counts_of_filters_come_after_the_results(slow):
    page, delay = slow("search.html?q=interleaved", "**/search/facets/*")
    page.locator("#results[data-settled=true]").wait_for()
    with page.expect_request("**/search/facets/*"):
        page.get_by_role("button", name="Filters").click()
    page.locator("[data-search]").first.fill("zzyzxq speech")
    expect(page.locator("#results .card-title mark").first).to_have_text(re.compile("speech", re.IGNORECASE))
    expect(page.locator("#results")).to_have_attribute("data-settled", "false")
    delay.end()
    page.locator("#results[data-settled=true]").wait_for()
    expect(page.get_by_role("group", name="Year").locator("li").first).to_be_visible()


def test_the_panel_shows_first_results_and_keeps_the_chosen_one(slow):
    page, delay = slow("index.html")
    field, panel = page.locator("[data-search]"), page.locator(".panel")
    field.fill(f"{QUERY} ")  # whole words
    field.focus()
    expect(panel).to_have_attribute("data-state", "first")
    expect(panel.get_by_role("status")).to_have_text("")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    before = panel.get_by_role("option").all_inner_texts()[:2]
    delay.end()
    expect(panel).to_have_attribute("data-state", "found")
    expect(panel.get_by_role("option").last).to_contain_text("Show all")
    assert panel.get_by_role("option").all_inner_texts()[:2] == before
    expect(panel.get_by_role("option").nth(1)).to_have_attribute("aria-selected", "true")
    expect(field).to_have_attribute(
        "aria-activedescendant", panel.get_by_role("option").nth(1).get_attribute("id")
    )
