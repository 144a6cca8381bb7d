"""What was typed, said and changed elsewhere, while pages are loaded anew."""

from __future__ import annotations

import time

import pytest
from editing import ATTENTION
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_file_that_changed_meanwhile_is_shown_and_what_was_typed_stays(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    desk.panel.get_by_label("Note").first.fill("Mine.")
    theirs = ATTENTION.replace("All you need.", "Theirs.")
    desk.theirs(theirs)
    expect(desk.page.locator("article .note")).to_have_text("Theirs.")
    expect(desk.panel.get_by_label("Note").first).to_have_value("Mine.")
    desk.press("Review the change")
    expect(desk.panel.get_by_role("alert")).to_contain_text(
        "The file was changed meanwhile. Nothing was written."
    )
    expect(
        desk.panel.get_by_role("group", name="What was changed meanwhile").locator(".plus")
    ).to_contain_text("Theirs.")
    expect(desk.panel.get_by_role("group", name="What will change").locator(".minus")).to_contain_text(
        "Theirs."
    )
    assert desk.text() == theirs
    desk.write()
    assert desk.text() == theirs.replace("Theirs.", "Mine.")


def test_who_types_in_the_middle_goes_on_there_when_the_page_is_loaded_anew(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    note = desk.panel.get_by_label("Note").first
    note.fill("One three.")
    note.evaluate("(element) => element.setSelectionRange(4, 4)")
    desk.theirs(ATTENTION.replace("rating: 4", "rating: 5"))
    expect(desk.panel.get_by_label("Rating").first).to_have_value("5")
    expect(note).to_be_focused()
    desk.page.keyboard.type("two ")
    expect(note).to_have_value("One two three.")


@pytest.mark.parametrize("keeps", [True, False])
def test_what_was_typed_for_a_collection_or_a_section_stays(desk, keeps):
    if not keeps:  # as where the browser keeps nothing: then until the page goes
        broken = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
        desk.page.add_init_script(broken)
    desk.open("collections/attention.html")
    for path, label in (
        (("New collection",), "Blurb"),
        (("Edit this collection", "New section"), "Title"),
        (("Edit this collection", "Edit section Later"), "Description"),
    ):
        for button in path:
            desk.press(button)
        desk.panel.get_by_label(label).fill("Typed by hand.")
        if keeps:
            desk.page.reload()
        else:
            desk.close()
            for button in path:
                desk.press(button)
        expect(desk.panel.get_by_label(label)).to_have_value("Typed by hand.")
        desk.close()


def test_an_answer_that_comes_after_the_page_that_it_made_is_still_said(desk):
    def late(route):
        answer = route.fetch()
        deadline = time.monotonic() + 120
        while "Mine." not in desk.page.request.get(desk.page.url).text() and time.monotonic() < deadline:
            time.sleep(0.05)
        # For the browser to be told; when it is too short this test proves less, and does not fail.
        time.sleep(1)
        route.fulfill(response=answer)

    desk.page.route("**/_sitegen/edit/confirm", late)
    _write_a_note(desk)


def test_what_was_written_is_not_said_on_the_page_that_comes_after(desk):
    _write_a_note(desk)
    desk.open("index.html")
    expect(desk.said).to_be_empty()


def _write_a_note(desk):
    """Write a note; the page shows it, and says that it was written."""
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    desk.panel.get_by_label("Note").first.fill("Mine.")
    desk.press("Review the change")
    desk.write()
    expect(desk.page.locator("article .note")).to_have_text("Mine.")
    expect(desk.said).to_contain_text("Written")
