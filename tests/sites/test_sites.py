"""Whole sites as stories: a folder with `content/`, and `expected/` with what must come of it.

`expected/report.txt` holds the problems as people see them, `expected/files.txt` the addresses of the site; every other file is compared
with the site's file of that name. `x.html.txt` is what a reader sees on `x.html`: the text of its main part, links with their targets.
`SITEGEN_ACCEPT=1 pytest tests/sites` writes what came out; read the diff before you commit it.
"""

from __future__ import annotations

import os
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sitegen.build import Options, Report, build
from sitegen.diagnostics import as_text

HERE = Path(__file__).parent
STORIES = sorted(folder.name for folder in HERE.iterdir() if (folder / "content").is_dir())
ACCEPT = os.environ.get("SITEGEN_ACCEPT") == "1"


@pytest.mark.parametrize("story", STORIES)
def test_story(story: str, tmp_path: Path):
    project = tmp_path / "project"
    shutil.copytree(HERE / story, project)
    shutil.rmtree(project / "expected", ignore_errors=True)
    report = build(project, Options(jobs=1))
    site = project / "site"
    files = (
        sorted(p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file())
        if report.published
        else []
    )
    files = [
        path for path in files if not path.startswith(("assets/", "search/")) and path != ".sitegen.json"
    ]

    seen = {"report.txt": _report(report, project), "files.txt": "".join(f"{path}\n" for path in files)}
    expected = HERE / story / "expected"
    wanted = sorted(p.relative_to(expected).as_posix() for p in expected.rglob("*") if p.is_file())
    for name in wanted:
        if name not in seen:
            path = site / name.removesuffix(".txt") if name.endswith(".html.txt") else site / name
            text = path.read_text("utf-8") if path.is_file() else "(no such file)\n"
            seen[name] = as_read(text) if name.endswith(".html.txt") else text
    if ACCEPT:
        expected.mkdir(exist_ok=True)
        for name, text in seen.items():
            (expected / name).write_text(text, "utf-8")
    assert len(wanted) >= 2
    for name in wanted:
        assert seen[name] == (expected / name).read_text("utf-8"), name


def test_every_story_is_the_same_site_when_it_is_built_again_and_by_several_processes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sitegen.build.rendering._FEW", 0)
    project = tmp_path / "project"
    shutil.copytree(HERE / "two_dumps_one_paper", project)
    build(project, Options(jobs=1))
    once = _tree(project / "site")
    assert build(project, Options(jobs=1)).written == 0
    assert build(project, Options(jobs=1, clean=True)).written == 0
    build(project, Options(output="other", jobs=3))
    assert _tree(project / "site") == once == _tree(project / "other")


def _tree(site: Path) -> dict[str, bytes]:
    return {p.relative_to(site).as_posix(): p.read_bytes() for p in sorted(site.rglob("*")) if p.is_file()}


def _report(report: Report, project: Path) -> str:
    def line_of(path: str, line: int) -> str | None:
        lines = (
            (project / path).read_text("utf-8", "replace").splitlines() if (project / path).is_file() else []
        )
        return lines[line - 1] if 0 < line <= len(lines) else None

    told = [as_text(problem, line_of) for problem in report.diagnostics]
    told.append(f"{report.papers} papers, {report.pages} pages" if report.published else "not published")
    return "\n\n".join(told) + "\n"


def as_read(page: str) -> str:
    """The main part of a page as its readers read it: a line per block, `[text](target)` for links."""
    reader = _Reader()
    reader.feed(page)
    lines = (re.sub(r"\s+", " ", line).strip() for line in "".join(reader.parts).split("\n"))
    return re.sub(r"\n{2,}", "\n", "\n".join(line for line in lines if line)) + "\n"


class _Reader(HTMLParser):
    BLOCKS = frozenset(
        [
            "address",
            "article",
            "aside",
            "blockquote",
            "br",
            "dd",
            "details",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
        ]
    )

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self._inside = 0
        self._unseen = 0
        self._targets: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        of = dict(attrs)
        self._inside += tag == "main"
        self._unseen += tag in {"script", "style", "svg", "template"}
        if not self._inside:
            return
        if tag in self.BLOCKS:
            self.parts.append("\n")
        if tag in {"h1", "h2", "h3", "h4"}:
            self.parts.append("#" * int(tag[1]) + " ")
        if tag == "a":
            self._targets.append(of.get("href") or "")
            self.parts.append("[")
        if tag == "math":
            self.parts.append(f"⟨{of.get('alttext', '')}⟩")
            self._unseen += 1

    def handle_endtag(self, tag: str) -> None:
        self._unseen -= tag in {"script", "style", "svg", "template", "math"}
        if self._inside and tag == "a":
            self.parts.append(f"]({self._targets.pop()})")
        if self._inside and tag in self.BLOCKS:
            self.parts.append("\n")
        self._inside -= tag == "main"

    def handle_data(self, data: str) -> None:
        if self._inside and not self._unseen:
            self.parts.append(data)
