"""Our other theme is held to the same: axe, small screens, a silent console, what a page weighs."""

from __future__ import annotations

import gzip
import re
from typing import TYPE_CHECKING

import pytest
from conftest import Host
from kinds import KINDS

from sitegen.read import default_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def host(catalogue: Path) -> Iterator[Host]:
    host = Host(catalogue, "/")
    yield host
    host.close()


def test_there_is_one_other_theme():
    assert [path.name for path in (default_theme() / "themes").iterdir()] == ["catalogue"]


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_of_the_theme_can_be_used_by_everybody(
    host: Host,
    context: BrowserContext,
    complaints: list[str],
    violations: Callable[[Page], list[str]],
    kind: str,
):
    page = context.new_page()
    page.set_viewport_size({"width": 360, "height": 800})
    page.goto(host.url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    assert violations(page) == []
    assert [each for each in complaints if kind != "not found" or "404" not in each] == []


def test_the_theme_keeps_the_budgets(catalogue: Path):
    for path in sorted(catalogue.rglob("*.html")):
        data = path.read_bytes()
        of_a_paper = path.parent.name == "papers" and not path.name.startswith("index.")
        assert len(gzip.compress(data)) <= (12 if of_a_paper else 40) * 1024, path
        assert len(re.findall(rb"<[a-z]", data)) <= 1500, path
    for path in catalogue.rglob("site.css"):
        assert len(gzip.compress(path.read_bytes(), 9)) <= 8 * 1024
