"""Every kind of page, in light and dark, at three widths, into `screenshots/<theme>/`. `make screenshots`, or with ARGS="--source DUMPS"."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from itertools import product
from pathlib import Path

from conftest import QUIET, Host, chromium
from kinds import KINDS
from own import own_content
from playwright.sync_api import sync_playwright

from sitegen.build import Options, build

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", action="append", default=[], help="dumps beside those of content/")
    parser.add_argument("--widths", type=int, nargs="+", default=[390, 768, 1440])
    parser.add_argument("--themes", nargs="+", default=["default", "catalogue"])
    options = parser.parse_args()
    folder = ROOT / "screenshots"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with tempfile.TemporaryDirectory() as temporary, sync_playwright() as playwright:
        own_content(ROOT, project := Path(temporary) / "own")
        sources = tuple(str(Path(source).resolve()) for source in options.source)
        browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        for theme in options.themes:
            report = build(project, Options(output=theme, sources=sources, overrides={"theme": theme}))
            assert report.published, report.diagnostics
            host = Host(project / theme, "/")
            (folder / theme).mkdir()
            for colours, width in product(("light", "dark"), options.widths):
                size = {"width": width, "height": 900}
                context = browser.new_context(viewport=size, color_scheme=colours)
                page = context.new_page()
                for kind, at in KINDS.items():
                    page.goto(host.url + at)
                    page.wait_for_load_state("networkidle")
                    name = f"{kind.replace(' ', '-')}-{width}-{colours}.png"
                    page.screenshot(path=folder / theme / name, full_page=True)
                context.close()
            host.close()
        browser.close()
    print(f"{len(list(folder.glob('*/*')))} pictures in {folder.name}/")


if __name__ == "__main__":
    main()
