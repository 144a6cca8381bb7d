"""Cards of a collection are moved in the preview, by keys and by dragging."""

from __future__ import annotations

import pytest
import yaml
from editing import ATTENTION, FILES, LIST
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_card_is_moved_by_keys(desk):
    desk.open("collections/attention.html")
    handle = desk.page.get_by_role("button", name="Move Attention Is All You Need")
    handle.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.said).to_contain_text("2 of 2 in “Beginnings”")
    desk.page.keyboard.press("ArrowDown")
    expect(desk.said).to_contain_text("1 of 2 in “Later”")
    desk.page.keyboard.press("ArrowDown")
    expect(desk.said).to_contain_text("2 of 2 in “Later”")
    assert desk.text() == ATTENTION
    desk.page.keyboard.press("Enter")
    desk.write()
    text = desk.text()
    assert text.index("Longformer") < text.index("# The famous one.") < text.index("1706.03762")
    expect(desk.titles.last).to_have_text("Attention Is All You Need")
    # Who moves one card moves another.
    expect(handle).to_be_focused()


def test_escape_puts_a_card_back(desk):
    desk.open("collections/attention.html")
    handle = desk.page.get_by_role("button", name="Move Attention Is All You Need")
    handle.focus()
    for key in ("Enter", "ArrowUp", "Escape"):
        desk.page.keyboard.press(key)
    expect(desk.titles.nth(1)).to_have_text("Attention Is All You Need")
    expect(handle).to_be_focused()
    for key in ("Enter", "ArrowUp", "Enter"):
        desk.page.keyboard.press(key)
    expect(desk.page.get_by_role("button", name="Write to the file")).to_be_focused()
    desk.page.keyboard.press("Escape")
    expect(desk.titles.nth(1)).to_have_text("Attention Is All You Need")
    expect(handle).to_be_focused()
    assert desk.text() == ATTENTION


def test_one_card_is_lifted_at_a_time_and_taken_back_when_the_focus_goes(desk):
    desk.open("collections/attention.html")
    titles = desk.titles.all_text_contents()
    first = desk.page.get_by_role("button", name="Move Neural Machine Translation")
    second = desk.page.get_by_role("button", name="Move Longformer")
    lifted = desk.page.locator(".sitegen-lifted")
    first.focus()
    for key in ("Enter", "ArrowDown"):
        desk.page.keyboard.press(key)
    expect(desk.said).to_contain_text("2 of 2 in “Beginnings”")
    second.focus()
    expect(lifted).to_have_count(0)
    expect(desk.titles).to_have_text(titles)
    desk.page.keyboard.press("Enter")
    expect(lifted).to_have_count(1)
    first.evaluate("(handle) => handle.click()")  # without the focus
    expect(lifted).to_have_count(1)
    expect(lifted).to_contain_text("Neural Machine Translation")


def test_a_card_is_dragged_before_another(desk):
    desk.open("collections/attention.html")
    handle = desk.page.get_by_role("button", name="Move Longformer")
    handle.scroll_into_view_if_needed()
    start = handle.bounding_box()
    first = desk.page.locator("ol.cards > li").first.bounding_box()
    desk.page.mouse.move(start["x"] + 8, start["y"] + 8)
    desk.page.mouse.down()
    desk.page.mouse.move(start["x"] + 8, start["y"] - 40, steps=4)
    desk.page.mouse.move(start["x"] + 8, first["y"] + 6, steps=8)
    expect(desk.titles.first).to_have_text("Longformer: The Long-Document Transformer")
    desk.page.mouse.up()
    desk.write()
    text = desk.text()
    assert text.index("Longformer") < text.index("Neural Machine")
    expect(desk.titles.first).to_have_text("Longformer: The Long-Document Transformer")
    assert desk.page.evaluate("getSelection().isCollapsed")


def test_what_a_rule_has_found_says_why_it_cannot_be_moved(desk):
    desk.open("collections/recent.html")
    handle = desk.page.get_by_role("button", name="Move Longformer")
    expect(handle).to_have_attribute("aria-disabled", "true")
    handle.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.said).to_contain_text("here by the collection's rule")


EMPTY = FILES | {LIST: ATTENTION.replace("\n  - title: Later", "\n  - title: None yet\n\n  - title: Later")}


@pytest.mark.parametrize("files", [EMPTY])
def test_a_card_is_moved_by_keys_into_a_section_that_has_none(desk, files):
    desk.open("collections/attention.html")
    desk.page.get_by_role("button", name="Move Attention Is All You Need").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.said).to_contain_text("2 of 2 in “Beginnings”")
    desk.page.keyboard.press("ArrowDown")
    expect(desk.said).to_contain_text("1 of 1 in “None yet”")
    desk.page.keyboard.press("Enter")
    desk.write()
    sections = {each["title"]: each.get("picks", []) for each in yaml.safe_load(desk.text())["sections"]}
    assert [each["paper"] for each in sections["None yet"]] == ["1706.03762"]
    assert len(sections["Beginnings"]) == 1
    expect(section(desk, "None yet").locator(".card-title")).to_have_text("Attention Is All You Need")


@pytest.mark.parametrize("files", [EMPTY])
def test_a_card_is_dragged_into_a_section_that_has_none(desk, files):
    desk.open("collections/attention.html")
    handle = desk.page.get_by_role("button", name="Move Longformer")
    handle.scroll_into_view_if_needed()
    start = handle.bounding_box()
    desk.page.mouse.move(start["x"] + 8, start["y"] + 8)
    desk.page.mouse.down()
    desk.page.mouse.move(start["x"] + 8, start["y"] - 20, steps=4)
    expect(desk.page.locator(".sitegen-lifted")).to_have_count(1)
    there = section(desk, "None yet").locator("ol").bounding_box()
    desk.page.mouse.move(start["x"] + 8, there["y"] + 10, steps=8)
    expect(section(desk, "None yet").locator(".card-title")).to_have_count(1)
    desk.page.mouse.up()
    desk.write()
    assert [len(each.get("picks", [])) for each in yaml.safe_load(desk.text())["sections"]] == [2, 1, 0]
    expect(section(desk, "None yet").locator(".card-title")).to_contain_text("Longformer")


def section(desk, title):
    return desk.page.get_by_role("region", name=title, exact=True)
