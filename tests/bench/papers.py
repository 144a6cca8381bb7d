"""Projects of any size for benchmarks: the papers of a file, and beyond them the same again with their titles disturbed."""

from __future__ import annotations

import compileall
import gzip
import json
import lzma
import os
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

import sitegen

if TYPE_CHECKING:
    from collections.abc import Iterator

SHARED = Path(os.environ.get("SITEGEN_SHARED", Path(__file__).resolve().parents[3] / "shared"))
PAPERS = SHARED / "corpora" / "papers-10k.jsonl.xz"


def compile_program() -> None:
    """Have the bytecode that an installation leaves: where PYTHONDONTWRITEBYTECODE is set, every run compiles 300 modules."""
    compileall.compile_dir(Path(sitegen.__file__).parent, quiet=1)


def lines(size: int, papers: Path = PAPERS) -> Iterator[str]:
    """So many papers, each a line of JSON."""
    openers = {".xz": lzma.open, ".gz": gzip.open}
    with openers.get(papers.suffix, open)(papers, "rt", encoding="utf-8") as file:
        once = [line for line in file if line.strip()]
    for number in range(size):
        times, at = divmod(number, len(once))
        yield _disturbed(once[at], times) if times else once[at]


def project(folder: Path, size: int, papers: Path = PAPERS, settings: str = "") -> None:
    """A project of so many papers, twenty tags, and a collection that begins with the first sixty. `settings`: lines of YAML."""
    content = folder / "content"
    (content / "dumps").mkdir(parents=True)
    (content / "collections").mkdir()
    (content / "sitegen.yaml").write_text(
        f"title: Bench\nbase_url: https://bench.example.org/\nsources: [dumps/*]\n{settings}", "utf-8"
    )
    (content / "tags.yaml").write_text(
        "".join(f"{word}:\n  match: {{words: [{word}]}}\n" for word in _TAGS), "utf-8"
    )
    with (content / "dumps" / "papers.jsonl").open("w", encoding="utf-8") as out:
        out.writelines(lines(size, papers))
    titles = [json.loads(line)["title"] for line in islice(lines(size, papers), 60)]
    (content / "collections" / "first.yaml").write_text(
        "title: First\npicks:\n" + "".join(f"  - {json.dumps(title)}\n" for title in titles), "utf-8"
    )


_TAGS = ("robot", "graph", "bayesian", "kernel", "speech", "vision", "causal", "reinforcement", "language", "privacy",
        "optimization", "segmentation", "transformer", "clustering", "navigation", "translation", "detection", "planning",
        "sparse", "attention")  # fmt: skip


def _disturbed(line: str, times: int) -> str:
    paper = json.loads(line)
    first, *rest = paper["title"].split()
    paper["title"] = " ".join([*rest, first, f"part {'ivxlcdm'[times % 7]}{times}"])
    for key in ("url", "pdf", "doi", "arxiv"):  # two papers with one of these are the same work
        paper.pop(key, None)
    return json.dumps(paper) + "\n"
