"""axe finds nothing on any kind of page: in both themes, on a small screen and a wide one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from kinds import KINDS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

# Everything that axe judges without a person, target sizes of WCAG 2.2 among it.
RUN = """async () => {
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const found = await axe.run({ runOnly: tags, resultTypes: ["violations"], preload: false });
    if (found.passes.length < 10) throw new Error("axe did not look");
    return found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any }) => `${id}: ${target} ${any.map((each) => each.message)}`));
}"""


@pytest.fixture
def violations(tool: Callable[[str], Path]) -> Callable[[Page], list[str]]:
    """What axe says of a page as it stands, in both themes and at both widths."""
    axe = tool("axe-core/axe.min.js").read_text("utf-8")

    def found(page: Page) -> list[str]:
        page.evaluate(axe)
        said = []
        for width in (390, 1440):
            page.set_viewport_size({"width": width, "height": 900})
            for theme in ("light", "dark"):
                page.emulate_media(color_scheme=theme, reduced_motion="reduce")
                said += [f"{width} {theme} {each}" for each in page.evaluate(RUN)]
        return said

    return found


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
    "kind", ["home", "collection", "papers", "paper", "tags", "statistics", "search", "map"]
)
def test_axe_finds_nothing_in_the_second_theme(
    hosted: dict[str, Any],
    catalogue: Path,
    context: BrowserContext,
    violations: Callable[[Page], list[str]],
    kind: str,
):
    host = type(hosted["/"])(catalogue, "/")
    page = context.new_page()
    page.goto(host.url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    said = violations(page)
    host.close()
    assert said == []


@pytest.mark.parametrize(
    ("kind", "keys", "opened"),
    [
        ("paper", ["c"], "dialog[open] [role=tabpanel]"),
        ("collection", ["j", "c"], "dialog[open] [role=tabpanel]"),
        ("home", ["?"], "dialog[open]"),
        ("home", ["/", *"learning"], "[role=listbox] [role=option]"),
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
    page.locator(".filters form").wait_for()
    assert violations(page) == []
