"""With JavaScript off every page is worth its visit: what it says, and ways on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from kinds import KINDS
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """A page whose scripts do not run."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_has_a_heading_contents_and_ways_on(hosted: dict[str, Any], plain: Page, kind: str):
    plain.goto(hosted["/a/b/"].url + KINDS[kind])
    main = plain.locator("main")
    assert main.locator("h1").is_visible()
    assert len(main.inner_text()) > (60 if kind == "not found" else 150)
    assert main.get_by_role("link").count() > 2
    assert plain.get_by_role("navigation").get_by_role("link").count() > 4
    # A control that only a script could answer is not shown.
    assert plain.locator("button:not(form *)").filter(visible=True).all_inner_texts() == []
    assert plain.locator("[aria-busy=true], dialog").filter(visible=True).count() == 0


def test_a_query_leads_to_a_page_that_says_where_else_to_look(hosted: dict[str, Any], plain: Page):
    plain.goto(hosted["/a/b/"].url + KINDS["paper"])
    plain.get_by_role("searchbox").fill("interleaved")
    plain.get_by_role("searchbox").press("Enter")
    plain.wait_for_url("**/search.html?q=interleaved")
    assert "JavaScript" in plain.locator("main").inner_text()
    plain.locator("main").get_by_role("link", name="Tags").click()
    expect(plain.locator("h1")).to_have_text("Tags")


def test_abstracts_open_and_citations_are_files(hosted: dict[str, Any], many: Path, plain: Page):
    host = type(hosted["/"])(many, "/")
    plain.goto(host.url + "papers/index.html")
    card = plain.locator(".card").filter(has=plain.locator("[href$='#paper.abstract']")).first
    whole = card.get_by_role("link", name="Whole abstract")
    assert not whole.is_visible()
    card.locator("summary").click()
    whole.click()
    plain.wait_for_url("**/papers/*.html#paper.abstract")
    expect(plain.locator(".abstract")).to_be_visible()
    host.close()
    plain.goto(hosted["/a/b/"].url + KINDS["paper"])
    file = plain.locator("a[href$='.bib']").first.get_attribute("href")
    answer = plain.request.get(hosted["/a/b/"].url + "papers/" + str(file).rpartition("/")[2])
    assert answer.ok
    assert "@" in answer.text()
