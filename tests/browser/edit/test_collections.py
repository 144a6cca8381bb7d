"""What is done to a collection and its sections in the preview, in a real browser."""

from __future__ import annotations

import pytest
from editing import ATTENTION, FILES, LIST
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


def test_a_collection_is_begun_undone_and_done_again(desk):
    desk.open("index.html")
    desk.press("New collection")
    desk.panel.get_by_label("Title").fill("Depth")
    desk.press("Review the new file")
    expect(desk.panel.locator(".path")).to_have_text("New file content/collections/depth.yaml")
    desk.write()
    path = desk.preview.project / "content/collections/depth.yaml"
    assert path.exists()
    expect(desk.page.get_by_role("main").get_by_role("link", name="Depth")).to_be_visible()
    desk.press("Undo: new collection 'Depth'")
    expect(desk.panel.locator(".path")).to_have_text("Deletes content/collections/depth.yaml")
    expect(desk.panel.locator(".diff .minus").last).to_contain_text("picks: []")
    assert path.exists()
    desk.write("Undo: new collection 'Depth'")
    assert not path.exists()
    expect(desk.page.get_by_role("main").get_by_role("link", name="Depth")).to_have_count(0)
    desk.press("Redo: new collection 'Depth'")
    expect(desk.panel.locator(".path")).to_have_text("New file content/collections/depth.yaml")
    desk.write("Redo: new collection 'Depth'")
    expect(desk.page.get_by_role("main").get_by_role("link", name="Depth")).to_be_visible()
    assert path.exists()


def test_a_step_back_is_shown_again_when_the_page_is_loaded_anew(desk):
    desk.open("collections/attention.html")
    move(desk, "Move Later up")
    desk.write()
    expect(headings(desk).first).to_have_text("Later")
    desk.close()
    desk.press("Undo: move section 'Later' in 'Attention'")
    expect(desk.panel.get_by_role("group", name="What will change")).to_be_visible()
    assert desk.text() != ATTENTION
    desk.page.reload()
    desk.write("Undo: move section 'Later' in 'Attention'")
    assert desk.text() == ATTENTION
    expect(headings(desk).first).to_have_text("Beginnings")


def test_a_step_back_over_a_file_that_changed_meanwhile_shows_what_was_changed(desk):
    show_the_undo_of_a_move(desk)
    theirs = desk.text().replace("# The first list.", "# Theirs.")
    desk.theirs(theirs)  # changes nothing of the page
    desk.press("Write to the file")
    expect(desk.panel.get_by_role("alert")).to_contain_text("was changed meanwhile: nothing was written")
    changed = desk.panel.get_by_role("group", name="What was changed meanwhile")
    expect(changed.locator(".minus")).to_have_text("-# The first list.")
    expect(changed.locator(".plus")).to_have_text("+# Theirs.")
    assert desk.text() == theirs


def test_a_step_back_over_other_line_ends_says_so_and_leaves_the_focus_at_the_bar(desk):
    show_the_undo_of_a_move(desk)
    desk.theirs(desk.text().replace("\n", "\r\n"))
    desk.press("Write to the file")
    expect(desk.panel.get_by_role("alert")).to_contain_text("was changed meanwhile: nothing was written")
    expect(desk.panel.locator("details")).to_contain_text("No line differs, only what is not shown")
    desk.close()
    expect(desk.page.locator("nav.bar button.undo")).to_be_disabled()
    expect(desk.page.get_by_role("button", name="Edit this collection")).to_be_focused()


def headings(desk):
    return desk.page.locator(".part-title")


def show_the_undo_of_a_move(desk):
    desk.open("collections/attention.html")
    move(desk, "Move Later up")
    desk.write()
    desk.close()
    desk.press("Undo: move section 'Later' in 'Attention'")
    expect(desk.panel.get_by_role("group", name="What will change")).to_be_visible()


def move(desk, name):
    """By keys alone."""
    desk.press("Edit this collection")
    desk.panel.get_by_role("button", name=name).focus()
    desk.page.keyboard.press("Enter")


def test_a_collection_says_of_itself_what_was_typed(desk):
    desk.open("collections/attention.html")
    desk.press("Edit this collection")
    desk.panel.get_by_label("Title").fill("On attention")
    desk.panel.get_by_label("Blurb").fill("Where to look.")
    desk.panel.get_by_label("Description").fill("All of *it*.")
    desk.press("Review the change")
    expect(desk.panel.locator("h1")).to_have_text("Title, blurb and description of 'Attention'")
    assert desk.text() == ATTENTION
    desk.write()
    head = 'title: On attention\nblurb: "Where to look."\ndescription: "All of *it*."\n'
    assert desk.text() == ATTENTION.replace("title: Attention\n", head)
    expect(desk.page.get_by_role("main").locator("h1")).to_have_text("On attention")
    expect(desk.page.locator(".prose em")).to_have_text("it")
    # The form is open again, with what the file says now.
    expect(desk.panel.get_by_label("Blurb")).to_have_value("Where to look.")


def test_a_section_is_named_and_described(desk):
    desk.open("collections/attention.html")
    desk.press("Edit this collection")
    desk.press("Edit section Later")
    expect(desk.panel.get_by_label("Title")).to_be_focused()
    desk.panel.get_by_label("Title").fill("Long: texts")
    desk.panel.get_by_label("Description").fill("Of many words.")
    desk.press("Review the change")
    desk.write()
    lines = '  - title: "Long: texts"\n    description: "Of many words."\n'
    assert desk.text() == ATTENTION.replace("  - title: Later\n", lines)
    expect(headings(desk).last).to_have_text("Long: texts")
    expect(desk.panel.get_by_role("button", name="Remove section Long: texts")).to_be_visible()


def test_a_section_is_moved_by_keys_and_keeps_the_focus(desk):
    desk.open("collections/attention.html")
    move(desk, "Move Later up")
    expect(desk.page.get_by_role("button", name="Write to the file")).to_be_focused()
    assert desk.text() == ATTENTION
    desk.page.keyboard.press("Enter")
    expect(desk.said).to_have_text("Written: move section 'Later' in 'Attention'")
    text = desk.text()
    assert text.index("Later") < text.index("Longformer") < text.index("Beginnings   # where it came from")
    expect(headings(desk)).to_have_text(["Later", "Beginnings"])
    expect(desk.titles.first).to_have_text("Longformer: The Long-Document Transformer")
    # It is the first now: there is only one way left to go.
    expect(desk.page.get_by_role("button", name="Move Later up")).to_be_disabled()
    expect(desk.page.get_by_role("button", name="Move Later down")).to_be_focused()


@pytest.mark.parametrize("files", [FILES | {LIST: ATTENTION + "\n  - title: Latest\n"}])
def test_a_section_is_put_anywhere_in_one_step(desk, files):
    desk.open("collections/attention.html")
    desk.press("Edit this collection")
    desk.press("Edit section Latest")
    place = desk.panel.get_by_label("Place")
    review = desk.panel.get_by_role("button", name="Review the move")
    expect(place.get_by_role("option")).to_have_text(["before “Beginnings”", "before “Later”", "last"])
    expect(place).to_have_value("")
    expect(review).to_be_disabled()
    place.select_option("before “Beginnings”")
    review.click()
    difference = desk.panel.get_by_role("group", name="What will change")
    expect(difference.locator(".plus").first).to_contain_text("- title: Latest")
    assert desk.text() == files[LIST]
    desk.write()
    assert desk.text().index("Latest") < desk.text().index("Beginnings   # where it came from")
    expect(headings(desk)).to_have_text(["Latest", "Beginnings", "Later"])
    expect(desk.page.get_by_role("button", name="Edit section Latest")).to_be_focused()


def test_a_section_is_removed_and_its_papers_stay_in_their_order(desk):
    desk.open("collections/attention.html")
    titles = desk.titles.all_text_contents()
    desk.press("Edit this collection")
    desk.press("Remove section Beginnings")
    expect(desk.panel.locator("h1")).to_have_text(
        "Remove section 'Beginnings' from 'Attention', its papers to before any section"
    )
    desk.write()
    text = desk.text()
    assert text.index("picks:") < text.index("# The famous one.") < text.index("sections:")
    assert "Beginnings" not in text
    expect(headings(desk)).to_have_text(["Later"])
    expect(desk.titles).to_have_text(titles)


def test_a_section_is_begun_from_the_collections_form(desk):
    desk.open("collections/attention.html")
    desk.press("Edit this collection")
    desk.press("New section")
    desk.panel.get_by_label("Title").fill("Latest")
    desk.press("Review the change")
    desk.write()
    assert desk.text() == ATTENTION + "\n  - title: Latest\n"
    expect(headings(desk).last).to_have_text("Latest")
    expect(desk.panel.get_by_role("button", name="Edit section Latest")).to_be_visible()


def test_what_was_typed_for_a_section_stays_when_the_file_changes_meanwhile(desk):
    desk.open("collections/attention.html")
    desk.press("Edit this collection")
    desk.press("Edit section Later")
    desk.panel.get_by_label("Title").fill("Mine")
    theirs = ATTENTION.replace("# The first list.", "# Theirs.")
    desk.theirs(theirs)  # changes nothing of the page
    desk.press("Review the change")
    expect(desk.panel.get_by_role("alert")).to_contain_text("The file was changed meanwhile.")
    assert desk.text() == theirs
    desk.write()
    assert desk.text() == theirs.replace("title: Later", "title: Mine")
    expect(headings(desk).last).to_have_text("Mine")


@pytest.mark.parametrize("files", [FILES | {LIST: ATTENTION + "curators: [&c Ada, *c]\n"}])
def test_a_collection_that_is_not_edited_says_why(desk, files):
    desk.open("collections/attention.html")
    desk.press("Edit this collection")
    expect(desk.panel.get_by_role("alert")).to_contain_text("has anchors and aliases")
    expect(desk.panel.get_by_role("textbox")).to_have_count(0)
    desk.close()
    desk.page.get_by_role("button", name="Move Attention Is All You Need").focus()
    desk.page.keyboard.press("Enter")
    expect(desk.said).to_contain_text("has anchors and aliases")
    assert desk.text() == files[LIST]
