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

TOOLS = Path(sys.prefix) / "gates" / "node_modules"


@pytest.fixture(scope="session")
def tool() -> Callable[[str], Path]:
    """A file of a tool, by its path below node_modules. A tool that is not there fails whoever asks for it."""

    def found(name: str) -> Path:
        assert (TOOLS / name).exists(), f"{TOOLS / name} is not there: try `sh tests/setup.sh gates .venv`"
        return TOOLS / name

    return found


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
