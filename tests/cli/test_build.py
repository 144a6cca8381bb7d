"""`sitegen build`: what it hands on, what it says, where, and how it ends."""

from __future__ import annotations

import json
import re

import pytest
from click.testing import CliRunner

from sitegen.build import Report
from sitegen.build.clock import Cost
from sitegen.cli import program
from sitegen.cli.report import count, summary
from sitegen.diagnostics import Span, error, info, warning
from sitegen.model.source import SourceFile

ERROR = error("odd", "this is odd", Span("content/a.yaml", 2, 3, 3), "make it even")
WARNING = warning("meh", "this could be better", Span("content/a.yaml"))
NOTE = info("aside", "by the way", Span("content/a.yaml"))
SOURCES = {"content/a.yaml": SourceFile("content/a.yaml", "\ufefftitle: A\r\n  odd: 1\r\n".encode(), "")}


class Building:
    """A build that does nothing, and remembers what it was asked for."""

    def __init__(self):
        self.report = Report(published=True, diagnostics=())
        self.project = self.options = None

    def __call__(self, project, options, progress=None, *, kept=None):
        del kept
        self.project, self.options = project, options
        return self.report


@pytest.fixture
def building(monkeypatch):
    fake = Building()
    monkeypatch.setattr("sitegen.build.build", fake)
    return fake


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.delenv("SITEGEN_BASE_URL", raising=False)
    (tmp_path / "content").mkdir()
    (tmp_path / "content/sitegen.yaml").write_text("title: A\n")
    return lambda *args, **extra: CliRunner().invoke(program, ["-C", str(tmp_path), *args], **extra)


def test_without_options_the_site_of_the_project_is_built(run, building, tmp_path):
    assert run("build").exit_code == 0
    assert building.project == tmp_path
    options = building.options
    assert (options.output, options.overrides, options.sources, options.jobs) == ("site", {}, (), 0)
    assert not (options.strict or options.clean or options.force or options.allow_shrink)


def test_every_option_reaches_the_build(run, building, tmp_path):
    args = "-o out --base-url https://x.org/ --source a --source b/*.txt --strict --clean --jobs 3 --allow-shrink --force"
    assert run("build", *args.split(), "-D", "title=B=C", "-D", "author=").exit_code == 0
    options = building.options
    assert options.output == str(tmp_path / "out")
    assert options.overrides == {"title": "B=C", "author": "", "base_url": "https://x.org/"}
    assert options.sources == (str(tmp_path / "a"), str(tmp_path / "b/*.txt"))
    assert (options.strict, options.clean, options.force, options.allow_shrink) == (True,) * 4
    assert options.jobs == 3


def test_a_hosts_preview_may_give_the_base_url_by_environment(run, building):
    run("build", env={"SITEGEN_BASE_URL": "https://preview.example/"})
    assert building.options.overrides == {"base_url": "https://preview.example/"}
    run("build", "--base-url", "https://typed.example/", env={"SITEGEN_BASE_URL": "https://preview.example/"})
    assert building.options.overrides == {"base_url": "https://typed.example/"}


def test_problems_go_to_stderr_with_their_line_and_the_summary_to_stdout(run, building):
    building.report = Report(published=False, diagnostics=(WARNING, ERROR, NOTE), sources=SOURCES)
    done = run("build")
    assert done.exit_code == 1
    assert done.stderr == (
        "content/a.yaml: warning: this could be better [meh]\n"
        "content/a.yaml:2:3: error: this is odd [odd]\n"
        "  2 |   odd: 1\n"
        "    |   ^^^\n"
        "hint: make it even\n"
    )
    said = r"not published: 1 error, 1 warning, [\d.]+ s; site stays as it is\n"
    assert re.fullmatch(said, done.stdout), done.stdout


def test_notes_and_stages_are_told_on_request(run, building):
    building.report = Report(published=True, diagnostics=(NOTE,), stages={"read": Cost(wall=0.5)})
    assert run("build").stderr == ""
    verbose = run("-v", "build").stderr
    assert "by the way" in verbose
    assert "read   0.500 s" in verbose


def test_quiet_leaves_problems_alone(run, building):
    building.report = Report(published=True, diagnostics=(WARNING,))
    done = run("-q", "build")
    assert done.stdout == ""
    assert done.stderr == "content/a.yaml: warning: this could be better [meh]\n"


def test_json_is_all_of_stdout(run, building):
    building.report = Report(published=True, diagnostics=(WARNING, NOTE))
    done = run("build", "--format", "json")
    assert [problem["code"] for problem in json.loads(done.stdout)] == ["aside", "meh"]
    assert done.stderr.startswith("0 papers, 0 pages: ")


def test_json_without_problems_is_an_empty_list(run, building):
    assert json.loads(run("build", "--format", "json").stdout) == []


def test_github_gets_a_command_for_each_problem(run, building):
    building.report = Report(published=False, diagnostics=(ERROR,))
    done = run("build", "--format", "github")
    assert done.stdout == "::error file=content/a.yaml,line=2,col=3,title=odd::this is odd (make it even)\n"


def github(run):
    return re.findall(r"file=([^,]*),", run("build", "--format", "github").stdout)


def test_annotations_name_files_as_the_checkout_does(run, building, tmp_path, monkeypatch):
    (tmp_path / "content/a.yaml").write_text("title: A\n  odd: 1\n")
    building.report = Report(published=False, diagnostics=(ERROR,), sources=SOURCES)
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path.parent))
    assert github(run) == [f"{tmp_path.name}/content/a.yaml"]


def test_without_a_checkout_machines_are_told_paths_from_where_they_stand(
    run, building, tmp_path, monkeypatch
):
    (tmp_path / "content/a.yaml").write_text("title: A\n  odd: 1\n")
    building.report = Report(published=False, diagnostics=(ERROR,), sources=SOURCES)
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    for start, path in ((tmp_path, "content/a.yaml"), (tmp_path / "content", "a.yaml")):
        monkeypatch.chdir(start)
        assert github(run) == [path]
        [told] = json.loads(run("build", "--format", "json").stdout)
        assert told["where"]["path"] == path


def test_from_a_folder_of_the_project_paths_are_as_people_would_type_them(run, building, tmp_path):
    (tmp_path / "content/a.yaml").write_text("title: A\n  odd: 1\n")
    (tmp_path / "content/collections").mkdir()
    building.report = Report(published=False, diagnostics=(ERROR,), sources=SOURCES)
    lines = run("-C", str(tmp_path / "content/collections"), "build").stderr.splitlines()
    assert lines[:2] == ["../a.yaml:2:3: error: this is odd [odd]", "  2 |   odd: 1"]


@pytest.mark.parametrize(
    ("args", "environment", "name"),
    [
        (["--base-url", "foo"], {}, "--base-url"),
        ([], {"SITEGEN_BASE_URL": "foo"}, "SITEGEN_BASE_URL"),
        (["-D", "base_url=foo"], {}, "-D base_url"),
    ],
)
def test_a_wrong_address_is_told_by_the_name_that_it_was_given_by(run, args, environment, name):
    done = run("build", *args, env=environment)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"{name}: error: 'foo' is not ")


def test_the_summary_of_a_build_is_one_honest_line():
    report = Report(
        published=True,
        diagnostics=(WARNING, NOTE),
        papers=210,
        pages=1431,
        written=12,
        unchanged=1419,
        removed=0,
    )
    assert summary(report, 1.26, "site") == (
        "210 papers, 1,431 pages: 12 written, 1,419 unchanged, 0 removed, 1 warning, 1.3 s → site"
    )


def test_a_problem_that_is_told_twice_counts_once():
    report = Report(published=False, diagnostics=(ERROR, ERROR))
    assert "1 error," in summary(report, 0.0, "site")


@pytest.mark.parametrize(
    ("number", "noun", "text"),
    [(0, "paper", "0 papers"), (1, "paper", "1 paper"), (1200, "entry", "1,200 entries")],
)
def test_nouns_follow_their_numbers(number, noun, text):
    assert count(number, noun) == text


def test_progress_is_one_line_that_is_written_over_and_gone_at_the_end(run, monkeypatch, capsys):
    from sitegen.cli.session import Session

    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    progress = Session(directory=None).progress()
    progress("read")
    progress("")
    assert capsys.readouterr().err == "\r\x1b[2Kread …\r\x1b[2K"
    assert Session(directory=None, quiet=True).progress() is None


def test_in_a_pipe_there_is_no_progress(run, building):
    assert "\x1b" not in run("build").output
