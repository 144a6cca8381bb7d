"""Pages that somebody is looking at come first, and are what is published then."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import Kept, Options, build
from sitegen.model.page import Output


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content" / "collections").mkdir(parents=True)
    (tmp_path / "content" / "pages" / "docs").mkdir(parents=True)
    (tmp_path / "content" / "sitegen.yaml").write_text("title: X\nauthor_pages: 1\npage_size: 5\n")
    papers = "".join(
        f"  - paper: {{title: Paper {n}, authors: [Ada Lovelace], date: 202{n}, tags: [t]}}\n"
        for n in range(7)
    )
    (tmp_path / "content" / "collections" / "c.yaml").write_text(f"title: C\npicks:\n{papers}")
    (tmp_path / "content" / "pages" / "about.md").write_text("# About\n")
    (tmp_path / "content" / "pages" / "docs" / "one.md").write_text("# One\n")
    return tmp_path


def test_every_page_can_be_had_first(project: Path):
    build(project, Options(jobs=1))
    site = project / "site"
    pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    shown: list[Output] = []
    report = build(project, Options(jobs=1, clean=True), first=pages, shown=shown.append)
    assert {output.path: output.data for output in shown} == {
        page: (site / page).read_bytes() for page in pages
    }
    assert report.published


def test_they_are_shown_before_the_site_is_published_and_not_while_an_error_stands(project: Path):
    there: list[bool] = []
    kept = Kept()

    def shown(output: Output) -> None:
        there.append((project / "site" / output.path).exists())

    build(project, Options(jobs=1), kept=kept, first=["papers/paper-1.html", "nowhere.html"], shown=shown)
    assert there == [False]
    (project / "content" / "collections" / "d.yaml").write_text("title: D\npicks: [nobody knows this]\n")
    report = build(project, Options(jobs=1), kept=kept, first=["papers/paper-1.html"], shown=shown)
    assert not report.published
    assert there == [False]
