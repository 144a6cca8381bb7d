"""What is done to a paper in the preview, in a real browser: what the YAML says then, and what the page shows."""

from __future__ import annotations

import re

import pytest
import yaml
from editing import ATTENTION, FILES, LIST
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_note_is_written_after_its_difference_was_shown_and_the_page_shows_it(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    desk.panel.get_by_label("Note").first.fill("All you *really* need.")
    desk.press("Review the change")
    difference = desk.panel.get_by_role("group", name="What will change")
    expect(difference.locator(".minus")).to_have_text(re.compile("All you need."))
    expect(difference.locator(".plus")).to_have_text(re.compile(r"All you \*really\* need."))
    assert desk.text() == ATTENTION
    desk.write()
    assert desk.text() == ATTENTION.replace("All you need.", "All you *really* need.")
    expect(desk.page.locator(".place .note em")).to_have_text("really")
    # The panel is open again, with what it says now.
    expect(desk.panel.get_by_label("Note").first).to_have_value("All you *really* need.")
    desk.close()


def test_a_paper_of_the_inbox_is_found_and_added_by_keys_alone(desk):
    desk.open("index.html")
    inbox = desk.page.get_by_role("button", name="Inbox 3")
    inbox.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.panel.get_by_label("Search", exact=True)).to_be_focused()
    desk.page.keyboard.type("residual nothing")
    expect(desk.panel.locator(".count")).to_have_text("No paper of the inbox is like this")
    for _ in " nothing":
        desk.page.keyboard.press("Backspace")
    title = desk.panel.get_by_role("button", name="Deep Residual Learning for Image Recognition")
    title.focus()  # maybe of "residual ", and the answer to the last key comes later
    desk.page.keyboard.press("Enter")
    desk.panel.get_by_label("Section").select_option("Later")
    desk.panel.get_by_label("Note").fill("Depth.")
    desk.press("Review the addition")
    desk.write()
    assert desk.text().startswith(ATTENTION)
    assert "Deep Residual Learning" in desk.text()
    desk.close()
    expect(desk.page.get_by_role("button", name="Inbox 2")).to_be_visible()


def test_a_tag_with_a_comma_stays_one(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.theirs(ATTENTION.replace("rating: 4", 'tags: ["before, after", plain]'))
    desk.press("Edit this paper")
    tags = desk.panel.get_by_label("Tags")
    expect(tags).to_have_value('"before, after", plain')
    tags.fill('"before, after", plain, "one, ""two""",more')
    desk.press("Review the change")
    desk.write()
    found = yaml.safe_load(desk.text())["sections"][0]["picks"][1]["tags"]
    assert found == ["before, after", "plain", 'one, "two"', "more"]


def test_a_suspected_duplicate_is_settled_and_gone(desk):
    desk.open("papers/generative-adversarial-networks.html")
    desk.press("Edit this paper")
    pair = desk.panel.get_by_role("region", name="Is this the same work?")
    expect(pair.locator(".evidence li").first).to_contain_text("alike")
    pair.get_by_role("button", name="Two works").click()
    expect(desk.panel.locator(".path")).to_contain_text("content/papers/generative-adversarial-network")
    desk.write()
    [path] = (desk.preview.project / "content/papers").iterdir()
    assert "not_same_as: [" in path.read_text()
    desk.open("index.html")
    desk.press("Inbox")
    desk.press("Suspected duplicates")
    expect(desk.panel.locator(".count")).to_have_text("0 pairs look like one work")
    desk.close()


def test_facts_are_said_better_and_shown(desk):
    desk.open("papers/longformer-the-long-document-transformer.html")
    desk.press("Edit this paper")
    desk.panel.get_by_text("Title, date and links").click()
    date = desk.panel.get_by_label("Date")
    expect(date).to_have_attribute("title", re.compile("2024-03-01"))  # said by browsers of what is no date
    date.fill("2020-05")
    desk.press("Another link")
    desk.panel.get_by_label("What it leads to").select_option("code")
    desk.panel.get_by_label("Address").fill("https://example.org/code")
    desk.panel.get_by_role("button", name="Review the change").last.click()
    desk.write()
    text = desk.text("content/papers/longformer-the-long-document-transformer.yaml")
    assert text.endswith("  date: 2020-05\n  links:\n    code: https://example.org/code\n")
    expect(desk.page.get_by_role("article").get_by_role("link", name="Code")).to_be_attached()


ANCHORED = ATTENTION.replace("note: All you need.", "note: &n All you need.") + "description: *n\n"


@pytest.mark.parametrize("files", [FILES | {LIST: ANCHORED}])
def test_what_will_be_refused_is_said_when_the_form_opens(desk, files):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    place = desk.panel.get_by_role("region", name="Attention", exact=True)
    expect(place.get_by_role("alert")).to_contain_text(f"{LIST} has anchors and aliases")
    expect(place.get_by_label("Note")).to_be_disabled()
    expect(place.get_by_role("button", name="Review the change")).to_be_disabled()
    desk.close()
    desk.open("papers/generative-adversarial-networks.html")
    desk.press("Edit this paper")
    addition = desk.panel.get_by_role("region", name="Add to a collection")
    addition.get_by_label("Collection").select_option("Attention")
    expect(addition.get_by_role("alert")).to_contain_text("has anchors and aliases")
    expect(addition.get_by_role("button", name="Review the addition")).to_be_disabled()
    addition.get_by_label("Collection").select_option("Recent")
    expect(addition.get_by_role("alert")).to_have_count(0)
    expect(addition.get_by_role("button", name="Review the addition")).to_be_enabled()


def test_what_cannot_be_written_any_more_says_where_and_why(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    desk.panel.get_by_label("Note").first.fill("Mine.")
    desk.theirs(ATTENTION + "curators: [&c Ada, *c]\n")  # changes nothing of the page
    desk.press("Review the change")
    expect(desk.panel.get_by_role("alert")).to_contain_text("has anchors and aliases")
    expect(desk.panel.get_by_role("alert")).to_contain_text("nothing was written")
    desk.press("Back")
    expect(desk.panel.get_by_label("Note").first).to_have_value("Mine.")
    expect(desk.panel.get_by_role("button", name="Review the change").first).to_be_disabled()


def test_newcomers_start_with_a_paper(desk):
    desk.open("collections/attention.html")
    desk.press("Edit Longformer")
    desk.panel.get_by_label("Newcomers start here").check()
    desk.press("Review the change")
    expect(desk.panel.locator(".diff .plus").last).to_contain_text("start_here: true")
    desk.write()
    pick = '      - paper: "Longformer: The Long-Document Transformer"\n        start_here: true\n'
    assert desk.text().endswith(pick)
    expect(desk.page.locator("ol.cards .start")).to_have_count(1)
    expect(desk.panel.get_by_label("Newcomers start here")).to_be_checked()


LISTED = '- paper: "2004.05150"\n  links:\n    - https://github.com/a/b  # theirs\n'


@pytest.mark.parametrize("files", [FILES | {"content/papers/own.yaml": LISTED}])
def test_links_that_say_no_kind_are_edited_beside_others(desk, files):
    desk.open("papers/longformer-the-long-document-transformer.html")
    desk.press("Edit this paper")
    desk.panel.get_by_text("Title, date and links").click()
    expect(desk.panel.get_by_label("What it leads to")).to_have_value("code")
    desk.press("Another link")
    desk.panel.get_by_label("What it leads to").last.select_option("video")
    desk.panel.get_by_label("Address").last.fill("https://example.org/talk")
    desk.panel.get_by_role("button", name="Review the change").last.click()
    desk.write()
    text = desk.text("content/papers/own.yaml")
    assert text == LISTED + "    - url: https://example.org/talk\n      kind: video\n"
    expect(desk.page.get_by_role("article").get_by_role("link", name="Video")).to_be_attached()
