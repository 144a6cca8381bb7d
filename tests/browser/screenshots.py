"""Every kind of page in both themes at three widths, into `screenshots/`. `make screenshots`, or with ARGS="--source DUMPS"."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path

from conftest import QUIET, Host, chromium
from kinds import KINDS
from playwright.sync_api import sync_playwright

from sitegen.build import Options, build

ROOT = Path(__file__).resolve().parents[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--source", action="append", default=[], help="dumps beside those of content/")
    parser.add_argument("--widths", type=int, nargs="+", default=[390, 768, 1440])
    options = parser.parse_args()
    folder = ROOT / "screenshots"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    with tempfile.TemporaryDirectory() as site:
        sources = tuple(str(Path(source).resolve()) for source in options.source)
        report = build(ROOT, Options(output=site, sources=sources))
        assert report.published, report.diagnostics
        host = Host(Path(site), "/")
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
            for theme in ("light", "dark"):
                for width in options.widths:
                    context = browser.new_context(
                        viewport={"width": width, "height": 900}, color_scheme=theme
                    )
                    page = context.new_page()
                    for kind, at in KINDS.items():
                        page.goto(host.url + at)
                        page.wait_for_load_state("networkidle")
                        name = kind.replace(" ", "-")
                        page.screenshot(path=folder / f"{name}-{width}-{theme}.png", full_page=True)
                    context.close()
        host.close()
    print(f"{len(list(folder.iterdir()))} pictures in {folder.name}/")


if __name__ == "__main__":
    main()
