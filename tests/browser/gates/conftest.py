"""What judges pages: tools of other languages, beside the virtual environment (`sh tests/setup.sh gates .venv`)."""

from __future__ import annotations

import json
import lzma
import os
import random
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from sitegen.build import Options, build

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

TOOLS = Path(sys.prefix) / "gates" / "node_modules"


@pytest.fixture(scope="session")
def tool() -> Callable[[str], Path]:
    """A file of a tool, by its path below node_modules. A tool that is not there fails whoever asks for it."""

    def found(name: str) -> Path:
        assert (TOOLS / name).exists(), f"{TOOLS / name} is not there: try `sh tests/setup.sh gates .venv`"
        return TOOLS / name

    return found


# Everything that axe judges without a person, target sizes of WCAG 2.2 among it.
EVERYTHING = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What the same elements can do wrong in other colours.
COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

AXE = """async (rules) => {
    const found = await axe.run({ runOnly: rules, resultTypes: ["violations"], preload: false });
    if (!found.passes.length) throw new Error("axe did not look");
    return found.violations.flatMap(({ id, nodes }) =>
        nodes.map(({ target, any }) => `${id}: ${target} ${any.map((each) => each.message)}`));
}"""


@pytest.fixture
def violations(tool: Callable[[str], Path]) -> Callable[[Page], list[str]]:
    """What axe says of a page as it stands: of colours in both themes, of all else on a small and a wide screen."""
    axe = tool("axe-core/axe.min.js").read_text("utf-8")

    def found(page: Page) -> list[str]:
        page.evaluate(axe)
        said = []
        for width, theme, rules in (
            (390, "light", EVERYTHING),
            (390, "dark", COLOURS),
            (1440, "dark", EVERYTHING),
            (1440, "light", COLOURS),
        ):
            page.set_viewport_size({"width": width, "height": 900})
            page.wait_for_function("width => innerWidth === width", arg=width)
            page.emulate_media(color_scheme=theme, reduced_motion="reduce")
            said += [f"{width} {theme} {each}" for each in page.evaluate(AXE, rules)]
        return said

    return found


@pytest.fixture(scope="session")
def catalogue(once: Callable[[str, Callable[[Path], None]], Path], sites: dict[str, Path]) -> Path:
    """The same site as in `sites`, in our other theme."""

    def make(folder: Path) -> None:
        settings = {"theme": "catalogue", "base_url": "https://papers.example.org/"}
        report = build(sites["/"].parent, Options(output=str(folder), jobs=1, overrides=settings))
        assert report.published, [each.message for each in report.diagnostics if each.severity == "error"]

    return once("catalogue", make)


@pytest.fixture(scope="session")
def many(once: Callable[[str, Callable[[Path], None]], Path], root: Path) -> Path:
    """A site of 2,000 papers with long lists: of the corpus where that is at hand, else made up."""

    def make(project: Path) -> None:
        content = project / "content"
        (content / "dumps").mkdir(parents=True)
        (content / "collections").mkdir()
        papers = _papers(root, 2000)
        lines = "".join(f"{json.dumps(paper)}\n" for paper in papers)
        (content / "dumps" / "papers.jsonl").write_text(lines, "utf-8")
        (content / "sitegen.yaml").write_text(
            "title: Many\nbase_url: https://many.example.org/\nsources: [dumps/*]\n", "utf-8"
        )
        words = ("learning", "model", "data", "network", "image", "language", "robot", "graph", "kernel")
        tags = {word: {"description": f"About {word}.", "match": {"words": [word]}} for word in words}
        (content / "tags.yaml").write_text(json.dumps(tags), "utf-8")
        picks = [
            {"paper": paper["title"], "note": paper["abstract"][:300], "status": "to-read", "rating": 3}
            for paper in papers[::10]
        ]
        sections = [{"title": f"Part {n}", "picks": picks[n::8]} for n in range(8)]
        chosen = {"title": "Chosen", "blurb": "One in ten.", "sections": sections}
        (content / "collections" / "chosen.yaml").write_text(json.dumps(chosen, indent=1), "utf-8")
        report = build(project, Options(jobs=1))
        assert report.published, [each.message for each in report.diagnostics if each.severity == "error"]

    return once("many", make) / "site"


def _papers(root: Path, count: int) -> list[dict[str, Any]]:
    corpus = Path(os.environ.get("SITEGEN_SHARED", root.parent / "shared"), "corpora", "papers-10k.jsonl.xz")
    if corpus.exists():
        with lzma.open(corpus, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]
    chance = random.Random(0)
    # Words as often as people use them, so that pages are packed like pages of papers.
    docs = sorted((root / "content" / "pages" / "docs").glob("*.md"))
    words = re.findall("[a-z]+", " ".join(page.read_text("utf-8") for page in docs))
    return [
        {
            "title": f"{' '.join(chance.choices(words, k=9))} {number}",
            "abstract": f"{' '.join(chance.choices(words, k=180))}.",
            "authors": [" ".join(chance.choices(words, k=2)).title() for _ in range(chance.randint(1, 12))],
            "year": chance.randint(2008, 2026),
        }
        for number in range(count)
    ]
