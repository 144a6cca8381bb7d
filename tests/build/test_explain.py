"""Every file that was written says why."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from sitegen.build import Options, Report, build
from sitegen.cli import program


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content" / "collections").mkdir(parents=True)
    (tmp_path / "content" / "sitegen.yaml").write_text("title: X\n")
    (tmp_path / "content" / "collections" / "c.yaml").write_text(
        "title: C\npicks:\n  - paper: {title: One}\n    note: first\n  - paper: {title: Two}\n"
    )
    built(tmp_path)
    return tmp_path


def built(project: Path) -> Report:
    report = build(project, Options(jobs=1))
    assert sorted(report.reasons) == sorted(report.changed)
    assert all(report.reasons.values())
    return report


def replace(project: Path, path: str, old: str, new: str) -> None:
    file = project / path
    file.write_text(file.read_text().replace(old, new))


def test_a_comment_above_the_settings_is_no_reason_to_draw_anything(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    replace(project, "content/sitegen.yaml", "title: X\n", "theme: catalogue\nsources: [dumps/*]\ntitle: X\n")
    built(project)
    replace(project, "content/sitegen.yaml", "theme:", "# What it looks like:\ntheme:")
    monkeypatch.delattr("sitegen.render.Renderer.render")
    assert built(project).published


def test_what_is_built_for_the_first_time_is_not_remembered(project: Path):
    reasons = build(project, Options(jobs=1, output="other")).reasons
    assert set(reasons.values()) == {"nothing is remembered"}


def test_a_changed_note_changes_pages_and_the_index(project: Path):
    replace(project, "content/collections/c.yaml", "first", "second")
    reasons = built(project).reasons
    assert reasons["papers/one.html"] == "page changed (content/collections/c.yaml)"
    assert reasons["search/manifest.json"] == "a paper changed"
    assert "papers/two.html" not in reasons


def test_a_changed_template_is_named_and_only_what_draws_it_in_is_written(project: Path):
    (project / "templates" / "partials").mkdir(parents=True)
    (project / "templates" / "partials" / "marks.html").write_text("{{ 1 }}")
    (project / "templates" / "home.html").write_text("{{ view.papers }}")
    reasons = built(project).reasons
    assert reasons == {"index.html": "template changed (home.html)"}


def test_a_file_that_somebody_took_away_or_left_behind_says_so(project: Path):
    (project / "site" / "papers" / "two.html").unlink()
    assert built(project).reasons == {"papers/two.html": "output missing or altered"}
    (project / "content" / "pages").mkdir()
    (project / "content" / "pages" / "about.md").write_text("# About\n")
    assert built(project).reasons["about.html"] == "new"
    (project / "content" / "pages" / "about.md").unlink()
    assert built(project).reasons["about.html"].startswith("removed")


def test_the_command_prints_a_line_for_each_file(project: Path):
    (project / "site" / "papers" / "two.html").unlink()
    said = CliRunner().invoke(program, ["-C", str(project), "build", "--explain"]).output
    assert "papers/two.html: output missing or altered\n" in said
