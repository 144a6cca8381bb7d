"""What comes late, over what was opened meanwhile: nothing of it is shown."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

pytestmark = pytest.mark.browser

LIST = "collections/attention.html"
PAPER = "papers/deep-residual-learning-for-image-recognition.html"


@pytest.mark.parametrize(
    ("action", "page", "name"),
    [
        ("inbox", "index.html", "Inbox"),
        ("paper", PAPER, "Edit this paper"),
        ("collection", LIST, "Edit this collection"),
    ],
)
def test_a_view_that_comes_late_leaves_what_was_opened_meanwhile(desk, action, page, name):
    desk.open(page)
    with desk.unanswered(action):
        desk.press(name)
        desk.press("New collection", exact=True)
    expect(desk.panel.locator("h1")).to_have_text("New collection")


def test_duplicates_that_come_late_leave_the_paper_that_was_opened_meanwhile(desk):
    desk.open("index.html")
    desk.press("Inbox")
    with desk.unanswered("suspicions"):
        desk.press("Suspected duplicates")
        desk.press("Deep Residual Learning for Image Recognition", exact=True)
        expect(desk.panel.get_by_role("region", name="Add to a collection")).to_be_visible()
    expect(desk.panel.get_by_role("region", name="Add to a collection")).to_be_visible()


@pytest.mark.parametrize("wish", ["addition", "facts"])
def test_a_review_that_comes_late_leaves_the_form_that_was_opened_meanwhile(desk, wish):
    desk.open(PAPER)
    desk.press("Edit this paper")
    if wish == "facts":
        desk.panel.get_by_text("Title, date and links").click()
        desk.panel.get_by_label("Date").fill("2015")
    with desk.unanswered("propose"):
        if wish == "facts":
            desk.panel.get_by_label("Date").press("Enter")
        else:
            desk.press("Review the addition")
        desk.press("New collection with it")
    expect(desk.panel.locator("h1")).to_have_text("New collection")
    expect(desk.panel.get_by_role("alert")).to_have_count(0)


def test_a_paper_that_comes_after_the_panel_was_closed_does_not_open_it_again(desk):
    desk.open("index.html")
    desk.press("Inbox")
    with desk.unanswered("paper"):
        desk.press("Deep Residual Learning for Image Recognition", exact=True)
        desk.press("Close")
        expect(desk.panel).to_be_hidden()
    expect(desk.panel).to_be_hidden()
    desk.press("Inbox")
    expect(desk.panel.locator("h1")).to_have_text("Inbox")


def test_a_card_whose_review_was_overtaken_by_another_view_is_taken_back(desk):
    desk.open(LIST)
    titles = desk.titles.all_text_contents()
    with desk.unanswered("propose"):
        move(desk, "Attention Is All You Need", "ArrowDown", "ArrowDown")
        expect(desk.titles.last).to_have_text("Attention Is All You Need")
        desk.press("New collection", exact=True)
    expect(desk.titles).to_have_text(titles)
    expect(desk.panel.get_by_label("Title")).to_be_focused()
    desk.close()
    expect(desk.titles).to_have_text(titles)


def test_a_card_whose_review_is_not_there_yet_is_taken_back_when_another_is_lifted(desk):
    desk.open(LIST)
    first, second, third = titles = desk.titles.all_text_contents()
    with desk.unanswered("propose"):
        move(desk, first, "ArrowDown")
        expect(desk.titles).to_have_text([second, first, third])
        move(desk, second, "ArrowDown", "ArrowDown")
        expect(desk.page.get_by_role("button", name="Write to the file")).to_be_focused()
        expect(desk.titles).to_have_text([first, third, second])
    expect(desk.titles).to_have_text([first, third, second])
    desk.close()
    expect(desk.titles).to_have_text(titles)
    expect(desk.page.get_by_role("button", name=f"Move {second}")).to_be_focused()


def test_a_card_that_is_lifted_again_before_its_review_keeps_the_focus(desk):
    desk.open(LIST)
    first, second, third = desk.titles.all_text_contents()
    with desk.unanswered("propose"):
        move(desk, first, "ArrowDown")
        expect(desk.titles).to_have_text([second, first, third])
        move(desk, first, "ArrowDown", "ArrowDown")
        expect(desk.page.get_by_role("button", name="Write to the file")).to_be_focused()
    expect(desk.titles).to_have_text([second, first, third])
    desk.close()
    expect(desk.titles).to_have_text([first, second, third])


def test_a_card_whose_review_gives_way_to_a_late_refusal_of_another_is_taken_back(desk):
    desk.open(LIST)
    first, second, third = titles = desk.titles.all_text_contents()
    with desk.unanswered("confirm"):
        move(desk, first, "ArrowDown")
        desk.press("Write to the file")
        expect(desk.panel.locator(".said")).to_have_text("Writing …")
        desk.close()
        expect(desk.titles).to_have_text(titles)
        move(desk, second, "ArrowUp")
        expect(desk.page.get_by_role("button", name="Write to the file")).to_be_focused()
        expect(desk.titles).to_have_text([second, first, third])
    expect(desk.panel.get_by_role("alert")).to_contain_text("It is too late.")
    expect(desk.titles).to_have_text(titles)
    desk.close()
    expect(desk.titles).to_have_text(titles)


def test_a_button_that_is_pressed_twice_writes_once(desk):
    desk.open(PAPER)
    desk.press("Edit this paper")
    desk.press("Review the addition")
    asked = []
    desk.page.on("request", lambda request: request.url.endswith("edit/confirm") and asked.append(request))
    with desk.unanswered("confirm"):
        button = desk.panel.get_by_role("button", name="Write to the file")
        button.press("Enter")
        button.press("Enter")
        expect(desk.panel.locator(".said")).to_have_text("Writing …")
    expect(desk.panel.get_by_role("alert")).to_contain_text("It is too late.")
    assert len(asked) == 1


def test_nothing_moves_while_something_is_written(desk):
    desk.open(PAPER)
    desk.press("Edit this paper")
    desk.press("Review the addition")
    button = desk.panel.get_by_role("button", name="Write to the file")
    expect(button).to_be_focused()
    places = [each.bounding_box() for each in (desk.panel, button)]
    with desk.unanswered("confirm"):
        button.press("Enter")
        expect(desk.panel.locator(".said")).to_have_text("Writing …")
        assert [each.bounding_box() for each in (desk.panel, button)] == places


def test_a_button_that_is_pressed_again_until_what_comes_after_it_is_there_writes_once(desk):
    desk.open(PAPER)
    desk.press("Edit this paper")
    desk.press("Review the addition")
    asked, held = [], []

    def hold(route):
        held.append(route)

    desk.page.on("request", lambda request: request.url.endswith("edit/confirm") and asked.append(request))
    desk.page.route("**/_sitegen/edit/paper", hold, times=1)
    button = desk.panel.get_by_role("button", name="Write to the file")
    button.press("Enter")
    desk.until(lambda: held)
    button.press("Enter")
    held.pop().continue_()
    expect(desk.said).to_contain_text("Written")
    assert len(asked) == 1


def test_nothing_is_said_of_duplicates_that_the_inbox_has_overtaken(desk):
    desk.open("index.html")
    desk.press("Inbox")
    said = desk.panel.locator(".said")
    with desk.unanswered("suspicions"):
        desk.press("Suspected duplicates")
        expect(said).to_have_text("Looking …")
        desk.panel.get_by_label("Search").fill("residual")
        expect(desk.panel.locator(".found > li")).to_have_count(1)
        expect(said).to_have_text("")
    expect(said).to_have_text("")


def move(desk, title, *keys):
    """Lift a card, move it, and put it down."""
    desk.page.get_by_role("button", name=f"Move {title}").focus()
    for key in ("Enter", *keys, "Enter"):
        desk.page.keyboard.press(key)
