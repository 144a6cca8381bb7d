"""The editor beside the site: it fits the screen, leaves the site its keys, and is there only when it is asked for."""

from __future__ import annotations

import re
from contextlib import closing

import pytest
from editing import FILES, Preview
from playwright.sync_api import expect

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_the_bar_and_the_panel_fit_the_screen(desk, width):
    desk.page.set_viewport_size({"width": width, "height": 800})
    desk.open("papers/attention-is-all-you-need.html")
    fits = "(element) => element.scrollWidth <= element.clientWidth"
    assert desk.page.locator("nav.bar").evaluate(fits)
    desk.press("Edit this paper")
    expect(desk.panel.get_by_label("Note").first).to_be_visible()
    assert desk.panel.locator(".body").evaluate(fits)
    assert desk.panel.evaluate("(element) => element.getBoundingClientRect().right <= innerWidth")
    desk.close()
    expect(desk.page.get_by_role("button", name="Edit this paper")).to_be_focused()
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_what_is_under_the_panel_stays_dark_while_something_of_the_page_opens(desk):
    desk.open("papers/attention-is-all-you-need.html")
    ground = desk.page.locator("html")
    plain = ground.evaluate("(root) => getComputedStyle(root).backgroundColor")
    desk.press("Edit this paper")
    expect(ground).not_to_have_css("background-color", plain)
    # Who observes attributes is told before this is done.
    desk.page.evaluate("""async () => {
      const details = document.querySelector("main").appendChild(document.createElement("details"));
      details.open = true;
      await null;
    }""")
    assert ground.evaluate("(root) => getComputedStyle(root).backgroundColor") != plain
    desk.close()
    expect(ground).to_have_css("background-color", plain)


def test_the_sites_keys_do_nothing_while_somebody_types_into_the_editor(desk):
    desk.open("papers/attention-is-all-you-need.html")
    desk.press("Edit this paper")
    note = desk.panel.get_by_label("Note").first
    note.fill("")
    before = desk.page.evaluate("JSON.stringify(localStorage)")
    note.press_sequentially("/?csmx")
    expect(note).to_have_value("/?csmx")
    assert desk.page.evaluate("JSON.stringify(localStorage)") == before


@pytest.mark.parametrize(
    "files", [FILES | {"content/sitegen.yaml": FILES["content/sitegen.yaml"] + "language: ar\n"}]
)
def test_the_editor_is_in_english_from_left_to_right_whatever_the_site_is_in(desk):
    desk.open("collections/attention.html")
    expect(desk.page.locator("html")).to_have_css("direction", "rtl")
    expect(desk.page.locator(".sitegen-tools").first).to_have_attribute("lang", "en")
    desk.page.get_by_role("button", name="Edit Attention Is All You Need").click()
    expect(desk.panel).to_have_css("direction", "ltr")
    assert desk.panel.evaluate("(element) => element.matches(':lang(en)')")
    expect(desk.panel.get_by_label("Note").first).to_have_css("unicode-bidi", "plaintext")


def test_without_the_flag_nothing_of_the_editor_is_there(project, preview, desk):
    with closing(Preview(project)) as plain:
        ask = desk.page.request.get
        body = ask(f"{plain.url}papers/attention-is-all-you-need.html").text()
        assert "edit" not in re.sub(r"data-[a-z]+=\"[^\"]*\"", "", body).split("</main>")[1]
        for name in ("edit/edit.js", "edit/edit.css", "edit/overview"):
            address = re.sub(r"/a/b/$", f"/_sitegen/{name}", plain.url)
            assert ask(address).status == 404
    assert not list((project / ".sitegen").rglob("edit*"))
