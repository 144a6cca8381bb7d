"""`info` and `check` on a small project."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

from sitegen.cli import program

COLLECTION = """\
title: Both
picks:
  - paper: A Theory of Everything
    note: Good.
  - paper:
      title: Another Theory
      authors: 3
      doi: 10.1000/xyz
    note: Better.
"""
PAPERS = """\
- title: A Theory of Everything
  date: 2024-03-01
  authors: [Ada Lovelace, Alan Turing]
  arxiv: "2401.00010"
  links: {code: https://github.com/ada/theory}
  tags: [physics]
"""
DUMP = """\
{"title": "A theory of everything", "abstract": "It is all $x^2$.", "arxiv": "2401.00010v2"}
{"title": "Cooking for Physicists", "year": 2020}
"""


@pytest.fixture
def project(make_project):
    return make_project(
        {
            "content/collections/both.yaml": COLLECTION,
            "content/papers/all.yaml": PAPERS,
            "content/tags.yaml": "physics: {}\n",
            "content/dumps/some.jsonl": DUMP,
        }
    )


def run(folder, *args):
    return CliRunner().invoke(program, ["-C", str(folder), *args])


# info


@pytest.mark.parametrize(
    "reference",
    [
        "a-theory-of-everything",
        "A Theory of Everything",
        "a theory, of EVERYTHING",
        "2401.00010",
        "arXiv:2401.00010v1",
        "https://arxiv.org/abs/2401.00010",
        "https://github.com/ada/theory",
        "everything theory",
        "A Thery of Evrything",
    ],
)
def test_a_paper_is_found_by_whatever_one_has_of_it(project, reference):
    done = run(project, "info", reference)
    assert done.exit_code == 0, done.output
    assert done.stdout.startswith("A Theory of Everything\npapers/a-theory-of-everything.html\n")


def test_every_field_says_where_it_is_from_and_every_union_why(project):
    lines = run(project, "info", "2401.00010").stdout.splitlines()
    rows = {line.split()[0]: line.split()[-1] for line in lines[3 : lines.index("2 records") - 1]}
    assert rows["authors"] == rows["date"] == rows["links"] == "content/papers/all.yaml:1"
    assert rows["abstract"] == "content/dumps/some.jsonl:1"
    assert "  1. content/dumps/some.jsonl:1" in lines
    assert "  2. content/papers/all.yaml:1 (curated)" in lines
    assert "  2 joins 1 by identifier: arxiv:2401.00010" in lines
    assert "  Both, number 1 (content/collections/both.yaml)" in lines
    assert "  physics (physics)" in lines


def test_words_that_several_papers_have_give_the_candidates(project):
    done = run(project, "info", "theory")
    assert done.exit_code == 1
    assert done.stderr == "'theory' may be one of 2 papers:\n"
    assert sorted(line.split("  ")[1] for line in done.stdout.splitlines()) == [
        "A Theory of Everything",
        "Another Theory",
    ]


def test_a_paper_that_nobody_has_is_an_error(project):
    done = run(project, "info", "zzzzzz")
    assert done.exit_code == 1
    assert done.stderr == "Error: no paper is like 'zzzzzz'\n"


def test_text_of_a_dump_cannot_command_the_terminal(project):
    (project / "content/dumps/bad.jsonl").write_text('{"title": "Evil \\u001b]0;x\\u0007 title"}\n')
    done = run(project, "info", "evil")
    assert "\x1b" not in done.output
    assert "\x07" not in done.output


def test_without_a_paper_info_counts_the_project(project):
    lines = run(project, "info").stdout.splitlines()
    assert lines[:2] == ["A list", "3 papers from 4 records"]
    assert "  content/dumps/some.jsonl  jsonl  2 records, 1 with a date, 1 without metadata" in lines
    assert "  both  2 papers  Both" in lines


def test_info_of_a_project_that_cannot_be_read_shows_why(project):
    (project / "content/sitegen.yaml").write_text("title: [\n")
    done = run(project, "info")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "content/sitegen.yaml:2:1: error: " in done.stderr


def test_info_of_a_project_with_errors_shows_them_beside_the_answer(project):
    (project / "content/sitegen.yaml").write_text("titel: x\n")
    done = run(project, "info", "another")
    assert (done.exit_code, done.stdout.splitlines()[0]) == (0, "Another Theory")
    assert "content/sitegen.yaml:1:1: error: " in done.stderr


# check


def codes(done):
    return {problem["code"] for problem in json.loads(done.stdout)}


def test_check_finds_what_a_build_would_and_publishes_nothing(project):
    before = sorted(path for path in project.rglob("*") if ".sitegen" not in path.parts)
    with (project / "content/collections/both.yaml").open("a") as file:
        file.write("  - paper: A Theery of Everything\n")
    done = run(project, "check")
    assert done.exit_code == 1
    assert "content/collections/both.yaml:10:12: error: " in done.stdout
    assert "    |            ^^^^^" in done.stdout
    assert "hint: did you mean 'A Theory of Everything'?" in done.stdout
    assert sorted(path for path in project.rglob("*") if ".sitegen" not in path.parts) == before


def test_check_lists_suspected_duplicates_alone_in_every_format(project):
    with (project / "content/papers/more.yaml").open("w") as file:
        file.write("- title: Cooking for Physicist\n  tags: [food]\n")
    done = run(project, "check", "duplicates", "--format", "json")
    assert codes(done) == {"suspected-duplicate"}
    assert not (project / ".sitegen/check").exists()
    assert "same_as: [" in run(project, "check", "duplicates").stdout
    github = run(project, "check", "duplicates", "--format", "github")
    assert github.stdout.startswith("::warning ")
    assert run(project, "check", "duplicates", "--strict").exit_code == 1


def test_check_follows_the_links_of_notes_and_pages(project):
    (project / "content/pages").mkdir()
    (project / "content/pages/about.md").write_text("---\ntitle: About\n---\n[x](papers/gone.html)\n")
    done = run(project, "check", "--format", "json")
    assert done.exit_code == 1
    (problem,) = [p for p in json.loads(done.stdout) if p["code"] == "broken-link"]
    where = problem["where"]
    assert where["path"].endswith("content/pages/about.md")
    assert (where["line"], where["column"], where["width"]) == (4, 5, 16)


def test_check_runs_every_check_of_the_content(project):
    (project / "content/tags.yaml").write_text("physics: {}\nnever-used: {}\n")
    done = run(project, "check", "--format", "json")
    assert done.exit_code == 0
    assert "unused-tag" in codes(done)
    assert run(project, "check", "--strict").exit_code == 1


def test_check_knows_which_days_have_not_come(project):
    with (project / "content/collections/both.yaml").open("a") as file:
        file.write("    added: 2099-11-21\n")
    done = run(project, "check")
    assert done.exit_code == 0
    assert (
        "content/collections/both.yaml:10:12: warning: 2099-11-21 is not here yet [future-date]"
        in done.stdout
    )


def test_a_project_without_problems_passes(project):
    done = run(project, "check", "--strict")
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("3 papers: no problems, ")


# floods


def test_a_flood_of_equal_warnings_is_folded_and_v_shows_it_whole(project):
    bad = "".join(f'{{"title": "Paper {n}", "doi": "none"}}\n' for n in range(30))
    (project / "content/dumps/bad.jsonl").write_text(bad)
    short, whole = run(project, "check"), run(project, "check", "-v")
    told = [line for line in short.stdout.splitlines() if "bad-identifier" in line]
    assert [line.split(":")[1] for line in told] == ["1", "2", "3"]
    assert "… and 27 more like it in content/dumps/bad.jsonl (-v shows all)" in short.stdout
    assert whole.stdout.count("bad-identifier") == 30
    assert run(project, "check", "--format", "json").stdout.count("bad-identifier") == 30
    assert run(project, "check", "--strict").exit_code == 1
