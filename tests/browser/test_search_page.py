"""What the search page makes of the engine's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def ask(hosted: dict[str, Any], context: BrowserContext) -> Callable[..., Page]:
    """The search page with an answer: ask(query, more of the address)."""

    def asked(query: str, more: str = "") -> Page:
        page = context.new_page()
        page.goto(f"{hosted['/'].url}search.html?q={quote(query)}{more}")
        expect(page.locator("#search-status")).to_contain_text("“")
        return page

    return asked


def total(page: Page) -> int:
    return int(page.locator("#search-status").inner_text().split()[0])


def test_results_come_with_their_passages_and_ways_out(ask, complaints):
    page = ask("title:transformers +meta +in-context")
    link = page.locator("#results li").first.get_by_role("link", name="arXiv")
    expect(link).to_have_attribute("href", "https://arxiv.org/abs/2212.04458")
    assert page.title().startswith("title:transformers +meta +in-context · Search · ")
    page = ask("onerror")
    expect(page.locator("#results .abstract").first).not_to_be_empty()
    expect(page.locator("#results .abstract:empty")).to_have_count(0)
    assert complaints == []


def test_a_slip_is_said_and_nothing_found_leads_on(ask):
    page = ask("curiculum")
    note = page.locator("#search-note")
    expect(note).to_contain_text("Searched for curriculum")
    expect(note.get_by_role("link")).to_have_attribute("href", "?q=curriculum")
    page = ask("interleaved +zzyzxq")
    page.locator("#search-note").get_by_role("link", name="interleaved").click()
    expect(page.locator("#results li").first).to_be_visible()
    expect(page.locator("#search-note")).to_be_hidden()


def test_a_word_that_every_paper_has_is_too_common(ask):
    expect(ask("the").locator("#search-status")).to_contain_text("too common")


def test_a_page_that_is_not_there_is_the_last_one(ask):
    page = ask("data", "&page=99")
    expect(page.locator("#results li").first).to_be_visible()
    assert 1 < int(page.evaluate("() => new URLSearchParams(location.search).get('page')")) < 99


def test_exactly_lunr_is_asked_for_in_the_address(ask):
    assert total(ask("curiculum")) > 0
    page = ask("curiculum", "&exact=1")
    expect(page.locator("#search-status")).to_contain_text("Nothing was found")


def test_where_filters_leave_nothing_they_are_named(ask):
    expect(ask("interleaved", "&year=1901").locator("#search-status")).to_contain_text("filters that are on")
    expect(ask("zzyzxq").locator("#search-status")).to_contain_text("Fewer or other words")


def test_of_a_long_query_the_beginning_is_said_back(ask):
    page = ask("interleaved " + "word " * 100)
    assert len(page.locator("#search-status").inner_text()) < 160
    assert len(page.title()) < 160


@pytest.mark.parametrize("query", ["c++", "N:M", "can't", "<b>x</b>", "a:b"])
def test_one_letter_typed_is_no_beginning_of_every_word(ask, query):
    page = ask("interleaved")
    page.locator("[data-search]").first.fill(query)
    expect(page.locator("#search-status")).to_contain_text(query)
    said = page.locator("#search-status").inner_text()
    assert "Nothing" in said or "too common" in said or total(page) < 105, said


@pytest.mark.parametrize(
    "query",
    [
        "2212.04458",
        "arXiv:2212.04458v2",
        "https://arxiv.org/pdf/2212.04458.pdf",
        "arxiv.org/abs/2212.04458",
        "10.48550/arXiv.2212.04458",
    ],
)
def test_a_paper_is_found_by_its_identifier(ask, query):
    page = ask(query)
    assert total(page) == 1
    expect(page.locator("#results .card-title")).to_contain_text("General-Purpose In-Context Learning")


HARMS = {
    "missing": lambda route: route.fulfill(status=404),
    "truncated": lambda route: route.fulfill(body=route.fetch().body()[:-20]),
    "of another build": lambda route: route.fulfill(body=b"<html>of another site</html>"),
}
RELOAD, AGAIN = "Reload the page", "Try again"


@pytest.mark.parametrize(
    ("harm", "button"),
    [*((harm, RELOAD) for harm in HARMS.values()), (lambda route: route.abort(), AGAIN)],
    ids=[*HARMS, "offline"],
)
@pytest.mark.parametrize(
    ("where", "blocks", "paper"),
    [
        ("search.html?q=interleaved", "postings/*", "#results[data-settled=true] .card"),
        ("papers/index.html?year=2024", "facets/*", ".found .card"),
        ("papers/index.html?year=2024", "manifest.json", ".found .card"),
    ],
)
def test_an_index_that_cannot_be_read_is_said_and_can_be_asked_for_again(
    hosted, context, where, blocks, paper, harm, button
):
    page = context.new_page()
    page.route(f"**/search/{blocks}", harm)
    page.goto(hosted["/"].url + where)
    again = page.get_by_role("button", name=button)
    expect(again).to_be_visible()
    expect(page.locator("main h1")).to_be_visible()
    page.unroute(f"**/search/{blocks}")
    again.click()
    expect(page.locator(paper).first).to_be_visible()


@pytest.mark.parametrize(
    ("harm", "button"),
    [(HARMS["missing"], RELOAD), (lambda route: route.abort(), AGAIN)],
    ids=["missing", "offline"],
)
def test_filters_that_cannot_be_read_are_said_and_can_be_asked_for_again(ask, harm, button):
    page = ask("interleaved")
    page.route("**/search/facets/*", harm)
    page.get_by_role("button", name="Filters").click()
    again = page.get_by_role("button", name=button)
    expect(again).to_be_visible(timeout=60_000)
    page.unroute("**/search/facets/*")
    again.click()
    expect(page.locator("#results[data-settled=true] .card").first).to_be_visible(timeout=60_000)
