"""axe finds nothing on any kind of page, nor in what opens: in both themes, on a small screen and a wide one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing_on_a_page(
    hosted: dict[str, Any], context: BrowserContext, violations: Callable[[Page], list[str]], kind: str
):
    page = context.new_page()
    page.goto(hosted["/"].url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert violations(page) == []


@pytest.mark.parametrize(
    ("kind", "keys", "opened"),
    [
        ("paper", ["c"], "dialog[open] [role=tabpanel]"),
        ("collection", ["j", "c"], "dialog[open] [role=tabpanel]"),
        ("home", ["?"], "dialog[open]"),
        ("home", ["/", *"learning"], ".panel[data-query=learning][data-state=found] [role=option]"),
    ],
)
def test_axe_finds_nothing_in_what_keys_open(
    hosted: dict[str, Any],
    context: BrowserContext,
    violations: Callable[[Page], list[str]],
    kind: str,
    keys: list[str],
    opened: str,
):
    page = context.new_page()
    page.goto(hosted["/"].url + KINDS[kind])
    for key in keys:
        page.keyboard.press(key)
    page.locator(opened).first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("width", [390, 1440])
def test_axe_finds_nothing_in_open_filters(
    hosted: dict[str, Any], context: BrowserContext, violations: Callable[[Page], list[str]], width: int
):
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(hosted["/"].url + KINDS["papers"])
    page.get_by_role("button", name="Filters").click()
    page.locator(".filters form li").first.wait_for()  # that is all that the answer says
    assert violations(page) == []


def test_axe_finds_nothing_in_lists_and_notes_of_a_reader(
    hosted: dict[str, Any], context: BrowserContext, violations: Callable[[Page], list[str]]
):
    page = context.new_page()
    page.goto(hosted["/"].url + KINDS["paper"])
    page.keyboard.press("s")
    page.locator(".star[aria-pressed=true]").wait_for()
    page.keyboard.press("m")
    page.locator(".read[aria-pressed=true]").wait_for()
    assert violations(page) == []
    page.goto(hosted["/"].url + KINDS["reading"])
    page.locator("main .card").first.wait_for()
    assert violations(page) == []


# Each thing that is wrong here, axe has a rule for.
WRONG = """
    document.documentElement.removeAttribute("lang");
    const wrong = document.createElement("div");
    wrong.append(document.createElement("img"), document.createElement("button"));
    wrong.lastChild.textContent = "grey on grey";
    wrong.lastChild.style.cssText = "color: #888; background: #999";
    document.querySelector("main").append(wrong);
"""


def test_axe_would_say_what_is_wrong(
    hosted: dict[str, Any], context: BrowserContext, violations: Callable[[Page], list[str]]
):
    page = context.new_page()
    page.goto(hosted["/"].url + KINDS["free page"])
    page.evaluate(WRONG)
    said = violations(page)
    for width, theme in ((390, "light"), (390, "dark"), (1440, "light"), (1440, "dark")):
        assert [each for each in said if each.startswith(f"{width} {theme} color-contrast")]
    for width, theme in ((390, "light"), (1440, "dark")):
        assert [each for each in said if each.startswith(f"{width} {theme} image-alt")]
        assert [each for each in said if each.startswith(f"{width} {theme} html-has-lang")]
