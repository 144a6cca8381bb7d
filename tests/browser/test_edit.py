"""Editing in the preview, in a real browser: what is done on a page, what the YAML says then, and what the page shows."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import closing

import pytest
import yaml
from playwright.sync_api import Error, expect

pytestmark = pytest.mark.browser

ATTENTION = """\
# The first list.
title: Attention
sections:
  - title: Beginnings   # where it came from
    picks:
      - paper: "Neural Machine Translation by Jointly Learning to Align and Translate"
        note: 'It''s where it began.'
      # The famous one.
      - paper: "1706.03762"
        note: All you need.
        rating: 4

  - title: Later
    picks:
      - "Longformer: The Long-Document Transformer"
"""
FILES = {
    "content/sitegen.yaml": "title: Papers\nbase_url: https://example.org/a/b/\nsources: [dumps/*]\n",
    "content/collections/attention.yaml": ATTENTION,
    "content/collections/recent.yaml": "title: Recent\nsmart:\n  since: 2020\n",
    "content/dumps/papers.jsonl": "".join(
        json.dumps({"title": title, "arxiv": arxiv, "date": date}) + "\n"
        for title, arxiv, date in (
            (
                "Neural Machine Translation by Jointly Learning to Align and Translate",
                "1409.0473",
                "2014-09-01",
            ),
            ("Attention Is All You Need", "1706.03762", "2017-06-12"),
            ("Longformer: The Long-Document Transformer", "2004.05150", "2020-04-10"),
            ("Deep Residual Learning for Image Recognition", "1512.03385", "2015-12-10"),
            ("Generative Adversarial Networks", "1406.2661", "2014-06-10"),
        )
    )
    + json.dumps({"title": "Generative Adversarial Network", "date": "2014-06-11"}),
}


class Preview:
    """`sitegen serve` in a process of its own."""

    def __init__(self, project, *args):
        self.project = project
        command = [sys.executable, "-m", "sitegen", "-C", str(project), "serve", "--port", "0", *args]
        env = os.environ | {"PYTHONUNBUFFERED": "1"}
        self._process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=env
        )
        self.url = self._process.stdout.readline().split()[0]

    def close(self):
        self._process.send_signal(signal.SIGINT)
        self._process.communicate(timeout=60)


@pytest.fixture
def project(tmp_path):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path


@pytest.fixture
def preview(project):
    with closing(Preview(project, "--edit")) as preview:
        yield preview


class Desk:
    """A page of the preview, and the files behind it."""

    def __init__(self, page, preview):
        self.page, self.preview = page, preview

    def open(self, path):
        for _ in range(3):  # an edit just before may have the page load anew, which takes the way once
            try:
                self.page.goto(self.preview.url + path)
                break
            except Error as problem:
                if "interrupted by another navigation" not in problem.message:
                    raise
        expect(self.page.locator("sitegen-edit[data-ready]")).to_be_attached()

    def text(self, path="content/collections/attention.yaml"):
        return (self.preview.project / path).read_text()

    def press(self, name, **how):
        self.page.get_by_role("button", name=name, **how).click()

    def write(self):
        """Confirm what is proposed, and wait until it is written and the page says so."""
        self.page.get_by_role("button", name=re.compile("Write to the file|Create the file")).click()
        expect(self.said).to_contain_text("Written")

    @property
    def said(self):
        return self.page.locator(".toast")

    @property
    def panel(self):
        return self.page.locator("dialog")

    @property
    def titles(self):
        return self.page.locator("ol.cards .card-title a")


@pytest.fixture
def desk(browser, preview):
    context = browser.new_context(viewport={"width": 1000, "height": 900})
    page = context.new_page()
    complaints = []
    # A refusal is an answer, which the console of this browser calls an error.
    page.on(
        "console",
        lambda m: complaints.append(m.text) if m.type == "error" and "status of 4" not in m.text else None,
    )
    page.on("pageerror", lambda problem: complaints.append(str(problem)))
    yield Desk(page, preview)
    assert complaints == []
    context.close()


def test_a_note_is_written_after_its_difference_was_shown_and_the_page_shows_it(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    desk.page.get_by_label("Note").first.fill("All you *really* need.")
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
    desk.page.keyboard.press("Escape")
    expect(desk.panel).not_to_be_visible()


def test_a_paper_of_the_inbox_is_found_and_added_by_keys_alone(desk):
    desk.open("index.html")
    inbox = desk.page.get_by_role("button", name="Inbox 3")
    inbox.focus()
    desk.page.keyboard.press("Enter")
    expect(desk.page.get_by_label("Search", exact=True).last).to_be_focused()
    desk.page.keyboard.type("residual nothing")
    expect(desk.panel.locator(".count")).to_have_text("No paper of the inbox is like this")
    for _ in " nothing":
        desk.page.keyboard.press("Backspace")
    expect(desk.panel.locator(".count")).to_have_text("1 paper in no collection")
    title = desk.panel.get_by_role("button", name="Deep Residual Learning for Image Recognition")
    title.focus()
    desk.page.keyboard.press("Enter")
    desk.panel.get_by_label("Section").select_option("Later")
    desk.panel.get_by_label("Note").fill("Depth.")
    desk.press("Review the addition")
    desk.write()
    assert desk.text().startswith(ATTENTION)
    assert "Deep Residual Learning" in desk.text()
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("button", name="Inbox 2")).to_be_visible()


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


def test_a_collection_is_begun_undone_and_done_again(desk):
    desk.open("index.html")
    desk.press("New collection")
    desk.page.get_by_label("Title").fill("Depth")
    desk.press("Review the new file")
    expect(desk.panel.locator(".path")).to_have_text("New file content/collections/depth.yaml")
    desk.write()
    path = desk.preview.project / "content/collections/depth.yaml"
    assert path.exists()
    expect(desk.page.get_by_role("main").get_by_role("link", name="Depth")).to_be_visible()
    desk.press("Undo: new collection 'Depth'")
    expect(desk.said).to_have_text("Undo: new collection 'Depth'")
    assert not path.exists()
    expect(desk.page.get_by_role("main").get_by_role("link", name="Depth")).to_have_count(0)
    desk.press("Redo: new collection 'Depth'")
    expect(desk.page.get_by_role("main").get_by_role("link", name="Depth")).to_be_visible()
    assert path.exists()


def test_a_file_that_changed_meanwhile_is_shown_and_what_was_typed_stays(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    desk.page.get_by_label("Note").first.fill("Mine.")
    theirs = ATTENTION.replace("All you need.", "Theirs.")
    (desk.preview.project / "content/collections/attention.yaml").write_text(theirs)
    expect(desk.page.locator("article .note")).to_have_text("Theirs.")
    expect(desk.page.get_by_label("Note").first).to_have_value("Mine.")
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


def test_a_tag_with_a_comma_stays_one(desk):
    path = desk.preview.project / "content/collections/attention.yaml"
    path.write_text(ATTENTION.replace("rating: 4", 'tags: ["before, after", plain]'))
    desk.open("papers/attention-is-all-you-need.html")
    expect(desk.page.get_by_role("link", name="before, after").first).to_be_attached()  # once it is built
    desk.press("Edit this paper")
    tags = desk.panel.get_by_label("Tags")
    expect(tags).to_have_value('"before, after", plain')
    tags.fill('"before, after", plain, "one, ""two""",more')
    desk.press("Review the change")
    desk.write()
    found = yaml.safe_load(desk.text())["sections"][0]["picks"][1]["tags"]
    assert found == ["before, after", "plain", 'one, "two"', "more"]


@pytest.mark.parametrize("keeps", [True, False])
def test_what_was_typed_for_a_new_collection_or_section_stays(desk, keeps):
    if not keeps:  # as where the browser keeps nothing: then until the page goes
        broken = "Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }"
        desk.page.add_init_script(broken)
    desk.open("collections/attention.html")
    for button, label in (("New collection", "Blurb"), ("New section", "Title")):
        desk.press(button)
        desk.panel.get_by_label(label).fill("Typed by hand.")
        if keeps:
            desk.page.reload()
        else:
            desk.page.keyboard.press("Escape")
            expect(desk.panel).not_to_be_visible()
            desk.press(button)
        expect(desk.panel.get_by_label(label)).to_have_value("Typed by hand.")
        desk.page.keyboard.press("Escape")
        expect(desk.panel).not_to_be_visible()


def test_what_was_written_is_not_said_on_the_page_that_comes_after(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    desk.page.get_by_label("Note").first.fill("Mine.")
    desk.press("Review the change")
    desk.write()
    expect(desk.page.locator("article .note")).to_have_text("Mine.")
    expect(desk.said).to_contain_text("Written")
    desk.open("index.html")
    expect(desk.said).to_be_empty()


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
    desk.page.keyboard.press("Escape")


def test_facts_are_said_better_and_shown(desk):
    desk.open("papers/longformer-the-long-document-transformer.html")
    desk.press("Edit this paper")
    desk.panel.get_by_text("Title, date and links").click()
    desk.panel.get_by_label("Date").fill("2020-05")
    desk.press("Another link")
    desk.panel.get_by_label("What it leads to").select_option("code")
    desk.panel.get_by_label("Address").fill("https://example.org/code")
    desk.panel.get_by_role("button", name="Review the change").last.click()
    desk.write()
    text = desk.text("content/papers/longformer-the-long-document-transformer.yaml")
    assert text.endswith("  date: 2020-05\n  links:\n    code: https://example.org/code\n")
    expect(desk.page.get_by_role("article").get_by_role("link", name="Code")).to_be_attached()


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_bar_and_the_panel_fit_the_screen(desk, width):
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.open("papers/attention-is-all-you-need.html")
    fits = "(element) => element.scrollWidth <= element.clientWidth"
    assert desk.page.locator("nav.bar").evaluate(fits)
    desk.press("Edit this paper")
    expect(desk.page.get_by_label("Note").first).to_be_visible()
    assert desk.panel.locator(".body").evaluate(fits)
    assert desk.panel.evaluate("(element) => element.getBoundingClientRect().right <= innerWidth")
    desk.page.keyboard.press("Escape")
    expect(desk.page.get_by_role("button", name="Edit this paper")).to_be_focused()
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_refusal_says_where_and_why(desk):
    path = desk.preview.project / "content/collections/attention.yaml"
    desk.open("papers/attention-is-all-you-need.html")
    path.write_text(ATTENTION.replace("note: All you need.", "note: &n All you need.") + "description: *n\n")
    desk.press("Edit this paper")
    desk.page.get_by_label("Note").first.fill("Mine.")
    desk.press("Review the change")
    expect(desk.panel.get_by_role("alert")).to_contain_text("anchors and aliases")
    expect(desk.panel.get_by_role("alert")).to_contain_text("content/collections/attention.yaml")
    desk.press("Back")
    expect(desk.page.get_by_label("Note").first).to_have_value("Mine.")


def test_the_sites_keys_do_nothing_while_somebody_types_into_the_editor(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    note = desk.page.get_by_label("Note").first
    note.fill("")
    before = desk.page.evaluate("JSON.stringify(localStorage)")
    note.press_sequentially("/?csmx")
    expect(note).to_have_value("/?csmx")
    assert desk.page.evaluate("JSON.stringify(localStorage)") == before


def test_without_the_flag_nothing_of_the_editor_is_there(project, preview, desk):
    with closing(Preview(project)) as plain:
        ask = desk.page.request.get
        body = ask(f"{plain.url}papers/attention-is-all-you-need.html").text()
        assert "edit" not in re.sub(r"data-[a-z]+=\"[^\"]*\"", "", body).split("</main>")[1]
        for name in ("edit/edit.js", "edit/edit.css", "edit/overview"):
            address = re.sub(r"/a/b/$", f"/_sitegen/{name}", plain.url)
            assert ask(address).status == 404
    assert not list((project / ".sitegen").rglob("edit*"))
