"""axe finds nothing in the editor of a preview: in both themes, on a small screen and a wide one."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from editing import FILES, Preview

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


def test_axe_finds_nothing_in_the_editor(
    browser: Browser, violations: Callable[[Page], list[str]], tmp_path: Path
):
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    with closing(Preview(tmp_path, "--edit")) as preview:
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        page.goto(f"{preview.url}collections/attention.html")
        page.locator("html[data-sitegen-order]").wait_for(state="attached")
        assert violations(page) == []
        page.get_by_role("button", name="Edit this collection").click()
        page.get_by_role("button", name="Edit section Later").wait_for()
        assert violations(page) == []
        page.get_by_role("button", name="Edit section Later").click()
        page.get_by_role("button", name="Back to the collection").wait_for()
        assert violations(page) == []
        page.goto(f"{preview.url}papers/generative-adversarial-networks.html")
        page.get_by_role("button", name="Edit this paper").click()
        page.get_by_role("button", name="Two works").wait_for()
        page.evaluate(
            "for (const each of document.querySelector('sitegen-edit').shadowRoot.querySelectorAll('details')) each.open = true"
        )
        assert violations(page) == []
        page.get_by_role("button", name="Two works").click()
        page.get_by_role("button", name="Create the file").wait_for()
        assert violations(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Inbox").click()
        page.locator(".found li").first.wait_for()
        assert violations(page) == []
        context.close()
