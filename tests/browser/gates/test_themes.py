"""Every theme of ours beside the default is held to the same: axe, small screens, what a page weighs."""

from __future__ import annotations

import gzip
import re
import shutil
from typing import TYPE_CHECKING

import pytest
from conftest import Host
from kinds import KINDS

from sitegen.build import Options, build
from sitegen.read import default_theme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from playwright.sync_api import BrowserContext, Page

pytestmark = pytest.mark.browser

AXE = """async () => {
    const { passes, violations } = await axe.run({ resultTypes: ["violations"], preload: false });
    if (passes.length < 10) throw new Error("axe did not look");
    return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target}`));
}"""
THEMES = sorted(path.name for path in (default_theme() / "themes").iterdir())
SHOWN = [kind for kind in KINDS if "hostile" not in kind]  # whose papers are in no dump here


@pytest.fixture(scope="module", params=THEMES)
def themed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, root: Path
) -> Iterator[tuple[Path, Host]]:
    """Our own site in that theme: its folder, and a host of it."""
    project = tmp_path_factory.mktemp(request.param)
    shutil.copytree(root / "content", project / "content")
    report = build(project, Options(jobs=1, overrides={"theme": request.param}))
    assert report.published, report.diagnostics
    host = Host(project / "site", "/")
    yield project / "site", host
    host.close()


@pytest.mark.parametrize("kind", SHOWN)
def test_a_page_of_the_theme_can_be_used_by_everybody(
    themed: tuple[Path, Host],
    context: BrowserContext,
    complaints: list[str],
    tool: Callable[[str], Path],
    kind: str,
):
    page = context.new_page()
    page.goto(themed[1].url + KINDS[kind])
    page.wait_for_load_state("networkidle")
    page.evaluate("for (const each of document.querySelectorAll('details')) each.open = true")
    assert _outside(page, 360) == []
    page.evaluate(tool("axe-core/axe.min.js").read_text("utf-8"))
    for width, colours in ((390, "light"), (1440, "dark"), (1440, "light")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=colours, reduced_motion="reduce")
        assert page.evaluate(AXE) == [], (width, colours)
    assert [each for each in complaints if kind != "not found" or "404" not in each] == []


def _outside(page: Page, width: int) -> list[str]:
    """Whether the page is wider than a screen of this width, and by how much."""
    page.set_viewport_size({"width": width, "height": 800})
    wide = page.evaluate("document.documentElement.scrollWidth")
    return [f"{wide} px"] if wide > width else []


def test_the_theme_keeps_the_budgets(themed: tuple[Path, Host]):
    site, _ = themed
    for path in sorted(site.rglob("*.html")):
        data = path.read_bytes()
        of_a_paper = path.parent.name == "papers" and not path.name.startswith("index.")
        assert len(gzip.compress(data)) <= (12 if of_a_paper else 40) * 1024, path
        assert len(re.findall(rb"<[a-z]", data)) <= 1500, path
