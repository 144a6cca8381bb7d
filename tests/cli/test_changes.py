import json

import pytest
from click.testing import CliRunner

from sitegen.cli import program

LIST = "content/collections/knots.yaml"


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content/collections").mkdir(parents=True)
    (tmp_path / "content/sitegen.yaml").write_text("title: Shelf\nsearch: false\nrelated: false\n")
    (tmp_path / LIST).write_text("title: Knots\npicks:\n  - paper: {title: Bowlines}\n")
    return tmp_path


def run(project, *args):
    return CliRunner().invoke(program, ["-C", str(project), "changes", *args])


def files(project):
    return sorted(p.name for p in (project / "content").glob("changes/*"))


def test_nothing_is_written_unless_it_is_asked_for(project):
    assert run(project).stdout == "the beginning: 1 paper and 1 list\n"
    assert files(project) == []


def test_a_recording_is_written_once(project):
    ended = run(project, "--record", "--day", "2026-11-01")
    assert ended.exit_code == 0, ended.output
    [name] = files(project)
    assert ended.stdout == f"{project / 'content/changes' / name}\n".replace(f"{project}/", "")
    assert json.loads((project / "content/changes" / name).read_text())["day"] == "2026-11-01"
    again = run(project, "--record", "--day", "2026-11-02")
    assert (again.exit_code, again.stdout, files(project)) == (0, "", [name])


def test_what_an_error_keeps_out_is_not_recorded_as_gone(project):
    run(project, "--record")
    before = files(project)
    (project / LIST).write_text("title: Knots\npicks:\n  - paper: Nobody has this\n")
    ended = run(project, "--record")
    assert ended.exit_code == 1
    assert "unknown-paper" in ended.stderr
    assert files(project) == before


def test_nothing_is_recorded_beside_a_damaged_file(project):
    run(project, "--record")
    [name] = files(project)
    (project / "content/changes" / name).write_text("{")
    (project / LIST).write_text("title: Knots\npicks: []\n")
    ended = run(project, "--record")
    assert ended.exit_code == 1
    assert "damaged-changes" in ended.stderr
    assert files(project) == [name]
