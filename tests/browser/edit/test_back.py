"""Whoever goes somewhere and comes back finds what was typed and chosen, the place and the focus."""

from __future__ import annotations

import pytest
import yaml
from editing import ATTENTION, FILES, LIST
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_section_that_was_chosen_stays_chosen_after_the_review(desk):
    desk.open("papers/deep-residual-learning-for-image-recognition.html")
    desk.press("Edit this paper")
    section = desk.panel.get_by_label("Section")
    section.select_option("Beginnings")
    desk.press("Review the addition")
    desk.press("Back")
    expect(section).to_have_value("Beginnings")
    expect(desk.page.get_by_role("button", name="Review the addition")).to_be_focused()
    desk.page.reload()
    expect(section).to_have_value("Beginnings")
    desk.press("Review the addition")
    desk.write()
    assert len(yaml.safe_load(desk.text())["sections"][0]["picks"]) == 3


NAMED = FILES | {LIST: ATTENTION.replace("title: Later", "title: new section")}


@pytest.mark.parametrize("files", [NAMED])
def test_a_paper_goes_into_a_section_that_was_begun_for_it(desk, files):
    desk.open("papers/deep-residual-learning-for-image-recognition.html")
    desk.press("Edit this paper")
    section = desk.panel.get_by_label("Section")
    expect(section).to_have_value("new section")  # is the last of the file
    section.select_option("a new section …")
    desk.press("Review the addition")
    desk.panel.get_by_label("Title").fill("Depth")
    desk.press("Review the change")
    desk.write()
    assert desk.text() == files[LIST] + "\n  - title: Depth\n"
    # This page shows nothing of the collection: it is not loaded anew.
    expect(section).to_have_value("Depth")
    desk.press("Review the addition")
    desk.write("Written: add")
    assert len(yaml.safe_load(desk.text())["sections"][2]["picks"]) == 1


def test_a_note_goes_along_into_a_new_collection_and_is_typed_no_more(desk):
    desk.open("papers/deep-residual-learning-for-image-recognition.html")
    desk.press("Edit this paper")
    desk.panel.get_by_label("Note").fill("Deep.")
    desk.press("New collection with it")
    expect(desk.panel.get_by_label("Note on the paper")).to_have_value("Deep.")
    desk.panel.get_by_label("Note on the paper").fill("Deeper.")
    desk.press("Back", exact=True)
    expect(desk.panel.get_by_label("Note", exact=True)).to_have_value("Deeper.")
    desk.press("New collection with it")
    desk.panel.get_by_label("Title").fill("Depth")
    desk.press("Review the new file")
    desk.write()
    assert "note: Deeper." in desk.text("content/collections/depth.yaml").replace('"', "")
    addition = desk.panel.get_by_role("region", name="Add to a collection")
    expect(addition.get_by_label("Note")).to_have_value("")


def test_back_from_the_review_is_where_it_was_left(desk):
    desk.page.set_viewport_size({"width": 1000, "height": 500})
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    desk.panel.get_by_text("Title, date and links").click()
    date = desk.panel.get_by_label("Date")
    date.fill("2017-06")
    left = desk.panel.locator(".body").evaluate("(body) => body.scrollTop")
    assert left > 0
    date.press("Enter")
    desk.press("Back", exact=True)
    expect(date).to_be_focused()
    assert desk.panel.locator(".body").evaluate("(body) => body.scrollTop") == left
    desk.panel.get_by_role("button", name="Take back").last.click()
    expect(desk.panel.get_by_label("Title", exact=True)).to_be_focused()
    expect(date).to_have_value("")
    assert desk.panel.locator(".body").evaluate("(body) => body.scrollTop") > 0


def test_the_way_back_to_the_inbox_outlives_that_the_page_is_loaded_anew(desk):
    desk.open("index.html")
    desk.press("Inbox")
    desk.panel.get_by_label("Search", exact=True).fill("residual")
    expect(desk.panel.locator(".count")).to_have_text("1 paper in no collection")
    title = desk.panel.get_by_role("button", name="Deep Residual Learning")
    title.click()
    desk.panel.get_by_label("Note").fill("Deep.")
    desk.page.reload()
    expect(desk.panel.get_by_label("Note")).to_have_value("Deep.")
    desk.press("← Back to the inbox")
    expect(desk.panel.locator(".count")).to_have_text("1 paper in no collection")
    expect(title).to_be_focused()


def test_a_place_that_was_typed_stays_and_is_asked_for_only_where_it_is_another(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    desk.panel.get_by_text("Move or remove").click()
    review = desk.page.get_by_role("button", name="Review the move")
    expect(review).to_be_disabled()
    desk.panel.get_by_label("Place").fill("1")
    desk.page.reload()
    expect(desk.panel.get_by_label("Place")).to_have_value("1")
    review.click()
    desk.write()
    picks = yaml.safe_load(desk.text())["sections"][0]["picks"]
    assert picks[0]["paper"] == "1706.03762"


def test_the_bar_has_the_focus_again_when_the_panel_is_closed(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Inbox")
    expect(desk.panel).to_be_visible()
    desk.page.reload()
    expect(desk.panel).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("button", name="Edit this paper")).to_be_focused()


def test_who_removed_a_section_is_at_the_one_beside_it(desk):
    desk.open("collections/attention.html")
    desk.press("Edit this collection")
    desk.press("Remove section Later")
    desk.write()
    assert "Later" not in desk.text()
    expect(desk.page.locator(".part-title")).to_have_text(["Beginnings"])
    expect(desk.page.get_by_role("button", name="Edit section Beginnings")).to_be_focused()
