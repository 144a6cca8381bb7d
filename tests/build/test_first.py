"""Pages that somebody is looking at come first, and are what is published then."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import Kept, Options, build, rehearse
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
    drawn = {output.path: output.data for output in shown}
    assert drawn == {path: (site / path).read_bytes() for path in drawn}
    assert sorted(path for path in drawn if path.endswith(".html")) == pages
    assert report.published


def test_the_assets_that_a_page_needs_are_shown_before_it(project: Path):
    (project / "templates/assets/css").mkdir(parents=True)
    (project / "templates/assets/css/site.css").write_text("body { color: red }")
    shown: list[Output] = []
    build(project, Options(jobs=1), first=["index.html"], shown=shown.append)
    *assets, page = [output.path for output in shown]
    assert page == "index.html"
    assert {path for path in assets if path.encode() in shown[-1].data}
    assert sorted(assets) == sorted(
        path.relative_to(project / "site").as_posix() for path in (project / "site/assets").rglob("*.*")
    )


def test_they_are_shown_before_the_site_is_published_and_not_while_an_error_stands(project: Path):
    there: list[bool] = []
    kept = Kept()

    def shown(output: Output) -> None:
        if output.path.endswith(".html"):
            there.append((project / "site" / output.path).exists())

    build(project, Options(jobs=1), kept=kept, first=["papers/paper-1.html", "nowhere.html"], shown=shown)
    assert there == [False]
    (project / "content" / "collections" / "d.yaml").write_text("title: D\npicks: [nobody knows this]\n")
    report = build(project, Options(jobs=1), kept=kept, first=["papers/paper-1.html"], shown=shown)
    assert not report.published
    assert there == [False]


def test_after_a_rehearsal_nothing_that_an_edit_leaves_alone_is_made_again_and_nothing_was_written(
    project: Path,
):
    build(project, Options(jobs=1))
    kept, note = Kept(), project / "content/pages/about.md"
    assert build(project, Options(jobs=1), kept=kept).written == 0
    assert kept.latest("renderer") is None
    before = {path: path.stat().st_mtime_ns for path in project.rglob("*")}
    rehearse(project, Options(jobs=1), kept, ["papers/paper-1.html"])
    names = ("renderer", "merged", "likeness", "look")
    made = {name: kept.latest(name) for name in names}
    assert None not in made.values()
    assert {path: path.stat().st_mtime_ns for path in project.rglob("*")} == before
    note.write_text("# About\n\nEdited.\n")
    assert build(project, Options(jobs=1), kept=kept, first=["about.html"], shown=lambda _: None).published
    assert all(kept.latest(name) is made[name] for name in names)
