"""The inbox while answers are slow: what a curator is at when one comes stays as it is."""

from __future__ import annotations

import json
from contextlib import contextmanager

import pytest
from editing import FILES
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

PAPERS = "".join(
    json.dumps(
        {
            "title": f"Residual {number:02}",
            "date": f"{1990 + number % 2}-01-01",
            "abstract": f"What is left, {number:02}.",
        }
    )
    + "\n"
    for number in range(1, 31)
)
files = pytest.fixture(lambda: FILES | {"content/dumps/residual.jsonl": PAPERS})


@pytest.fixture
def inbox(desk):
    desk.open("index.html")
    desk.press("Inbox")
    expect(desk.panel.locator(".count")).to_have_text("33 papers in no collection")
    return desk.panel


@contextmanager
def late(desk, **asked):
    """Answers to what is asked of the inbox are held back until this ends. Then the last of them is there."""
    held = []

    def hold(route):
        said = route.request.post_data_json
        if all(said[name] == value for name, value in asked.items()):
            held.append(route)
        else:
            route.continue_()

    desk.page.route("**/_sitegen/edit/inbox", hold)
    busy = desk.panel.locator(".found")
    yield
    desk.until(lambda: held)
    expect(busy).to_have_attribute("aria-busy", "true")
    for route in held:
        route.continue_()
    expect(busy).to_have_attribute("aria-busy", "false")
    desk.page.unroute("**/_sitegen/edit/inbox", hold)


def test_a_paper_that_a_late_answer_has_too_keeps_the_focus_and_stays_unfolded(desk, inbox):
    search = inbox.get_by_label("Search", exact=True)
    row = inbox.locator("li[data-paper]", has_text="Residual 07")
    title, abstract = row.get_by_role("button"), row.get_by_text("What is left, 07.")
    search.fill("residual 07")
    expect(inbox.locator(".count")).to_have_text("1 paper in no collection")
    with late(desk, words="residual"):
        search.fill("residual")
        row.get_by_text("Abstract").click()
        title.focus()
    expect(inbox.locator(".count")).to_have_text("31 papers in no collection")
    expect(inbox.get_by_text("Page 1 of 2")).to_be_visible()
    expect(title).to_be_focused()
    expect(abstract).to_be_visible()
    desk.page.keyboard.press("Enter")
    expect(inbox.get_by_role("region", name="Add to a collection")).to_be_visible()


def test_who_is_at_what_a_late_answer_takes_away_is_at_the_search_again(desk, inbox):
    search = inbox.get_by_label("Search", exact=True)
    onwards = inbox.get_by_role("button", name="Next")
    with late(desk, words="residual 07"):
        search.fill("residual 07")
        onwards.focus()
    expect(onwards).to_be_hidden()
    expect(search).to_be_focused()


def test_a_filter_is_not_filled_anew_while_somebody_is_at_it(desk, inbox):
    year = inbox.get_by_label("Year")
    options = year.get_by_role("option")
    before = options.all_text_contents()
    search = inbox.get_by_label("Search", exact=True)
    with late(desk, words="residual 07"):
        search.fill("residual 07")
        year.focus()
    expect(inbox.locator(".count")).to_have_text("1 paper in no collection")
    assert options.all_text_contents() == before
    year.press("Tab")
    expect(options).to_have_text(["any year", "1991 (1)"])


def test_a_late_refusal_does_not_open_the_inbox_again(desk, inbox):
    with desk.unanswered("inbox"):
        inbox.get_by_label("Search", exact=True).fill("residual")
        desk.press("Close")  # Escape would empty the search first
        expect(desk.panel).to_be_hidden()
    expect(desk.panel).to_be_hidden()
    desk.press("Inbox")
    expect(desk.panel.locator("h1")).to_have_text("Inbox")
