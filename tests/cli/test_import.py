"""`import`: what is in a listing, and then its copy."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from sitegen.cli import program

BIB = """\
@misc{a, title = {A Theory of Everything}, author = {Ada Lovelace}, year = 2024}
@misc{b, title = {Cooking for Physicists}}
"""


@pytest.fixture
def project(tmp_path):
    for path, text in {
        "site/content/sitegen.yaml": "title: A list\nsources: [dumps/*]\n",
        "site/content/dumps/some.jsonl": '{"title": "A theory of everything"}\n',
        "papers.bib": BIB,
    }.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return tmp_path / "site"


def take_in(project, *args):
    return CliRunner().invoke(program, ["-C", str(project), "import", *args])


REPORT = """\
../papers.bib: 2 records: 1 complete, 1 without metadata; 1 are known, 1 new (bibtex)
the site gains 1 paper (1 → 2); 1 paper that it has gain a source
"""


def test_a_dry_run_says_what_would_come_of_it_and_writes_nothing(project):
    done = take_in(project, "../papers.bib", "--dry-run")
    assert (done.exit_code, done.stdout) == (0, REPORT)
    assert not (project / "content/dumps/papers.bib").exists()


def test_a_listing_is_copied_with_what_it_cannot_say_itself(project):
    done = take_in(project, "../papers.bib", "--captured", "2025-12", "--label", "Zotero: mine")
    assert done.exit_code == 0, done.output
    assert done.stdout.splitlines()[2:] == [
        "wrote content/dumps/papers.bib",
        "wrote content/dumps/papers.bib.meta.yaml",
    ]
    assert (project / "content/dumps/papers.bib").read_text() == BIB
    assert (
        project / "content/dumps/papers.bib.meta.yaml"
    ).read_text() == 'captured: 2025-12\nlabel: "Zotero: mine"\n'
    again = take_in(project, "../papers.bib")
    assert (again.exit_code, again.stdout) == (
        0,
        "../papers.bib: is there already, as content/dumps/papers.bib\n",
    )


def test_what_stands_beside_the_listing_comes_with_it(project):
    (project.parent / "papers.bib.meta.yaml").write_text("label: Mine\n")
    assert take_in(project, "../papers.bib").exit_code == 0
    assert (project / "content/dumps/papers.bib.meta.yaml").read_text() == "label: Mine\n"


def test_what_is_said_for_this_run_goes_before_what_stands_beside_the_listing_field_by_field(project):
    (project.parent / "papers.bib.meta.yaml").write_text("captured: 2024-05 # by hand\nlabel: Theirs\n")
    done = take_in(project, "../papers.bib", "--label", "Mine")
    assert done.exit_code == 0, done.output
    assert "captured 2024-05" in done.stdout
    copy = project / "content/dumps/papers.bib.meta.yaml"
    assert copy.read_text() == 'captured: 2024-05\nlabel: "Mine"\n'


def test_a_dry_run_shows_what_the_settings_would_get_and_leaves_them(project):
    settings = project / "content/sitegen.yaml"
    settings.write_text("title: A list\nsources: [other/*]\n")
    done = take_in(project, "../papers.bib", "--dry-run")
    assert (done.exit_code, dumps(project)) == (0, ["some.jsonl"])
    assert done.stdout.endswith(
        "content/sitegen.yaml:\n  -sources: [other/*]\n  +sources: [other/*, dumps/*]\n"
    )
    assert settings.read_text() == "title: A list\nsources: [other/*]\n"


def test_another_file_of_that_name_is_not_overwritten(project):
    (project / "content/dumps/papers.bib").write_text("@misc{c, title = {Mine}}\n")
    done = take_in(project, "../papers.bib")
    assert (done.exit_code, "is there already, and is another file" in done.stderr) == (1, True)
    assert "Mine" in (project / "content/dumps/papers.bib").read_text()


def dumps(project):
    return sorted(path.name for path in (project / "content/dumps").iterdir())


def test_of_two_files_of_one_name_none_is_copied(project):
    for folder, title in (("one", "First"), ("two", "Second")):
        (project.parent / folder).mkdir()
        (project.parent / folder / "more.bib").write_text(f"@misc{{a, title = {{{title}}}}}\n")
    done = take_in(project, "../one/more.bib", "../two/more.bib")
    assert (done.exit_code, done.stdout) == (1, "")
    assert "../one/more.bib and ../two/more.bib would have one name in content/dumps/" in done.stderr
    assert dumps(project) == ["some.jsonl"]


def test_a_file_that_is_named_twice_is_copied_once(project):
    done = take_in(project, "../papers.bib", "../../" + project.parent.name + "/papers.bib")
    assert done.exit_code == 0, done.output
    assert dumps(project) == ["papers.bib", "some.jsonl"]


@pytest.mark.parametrize("args", [[], ["--captured", "2025"], ["--label", "Mine"]])
def test_where_a_sidecar_of_that_name_is_left_nothing_is_copied(project, args):
    left = project / "content/dumps/papers.bib.meta.yaml"
    left.write_text("label: Another's\n")
    done = take_in(project, "../papers.bib", *args)
    assert (done.exit_code, done.stdout) == (1, "")
    assert "content/dumps/papers.bib.meta.yaml is there already" in done.stderr
    assert dumps(project) == ["papers.bib.meta.yaml", "some.jsonl"]
    assert left.read_text() == "label: Another's\n"


def test_a_file_in_its_place_that_no_source_leads_to_gets_one(project):
    (project / "content/sitegen.yaml").write_text("title: A list\n")
    (project / "content/dumps/papers.bib").write_text(BIB)
    (project / "content/dumps/papers.bib.meta.yaml").write_text("label: Mine\n")
    done = take_in(project, "content/dumps/papers.bib")
    assert done.exit_code == 0, done.output
    assert dumps(project) == ["papers.bib", "papers.bib.meta.yaml", "some.jsonl"]
    assert done.stdout.endswith(
        "no source leads there yet; content/sitegen.yaml:\n  +sources:\n  +  - dumps/*\nwrote content/sitegen.yaml\n"
    )
    assert (project / "content/sitegen.yaml").read_text() == "title: A list\nsources:\n  - dumps/*\n"


def test_a_file_in_its_place_gains_what_it_cannot_say_itself(project):
    (project / "content/sitegen.yaml").write_text("title: A list\n")
    done = take_in(project, "content/dumps/some.jsonl", "--label", "Mine")
    assert done.exit_code == 0, done.output
    assert (project / "content/dumps/some.jsonl.meta.yaml").read_text() == 'label: "Mine"\n'
    (project / "content/sitegen.yaml").write_text("title: A list\n")
    again = take_in(project, "content/dumps/some.jsonl", "--label", "Yours")
    assert (again.exit_code, "some.jsonl.meta.yaml is there already" in again.stderr) == (1, True)


@pytest.mark.parametrize("name", [".hidden.bib", "papers.bib.meta.yaml", "papers.bib~", "#papers.bib#"])
def test_a_name_that_no_build_reads_is_refused(project, name):
    (project.parent / name).write_text(BIB)
    done = take_in(project, f"../{name}")
    assert (done.exit_code, f"'../{name}': rename it" in done.stderr) == (2, True), done.output
    assert dumps(project) == ["some.jsonl"]


def test_a_file_without_papers_is_left_out_and_its_neighbours_are_taken(project):
    (project.parent / "page.html").write_text("<!doctype html><p>Log in</p>")
    done = take_in(project, "../page.html", "../papers.bib")
    assert done.exit_code == 1
    assert "../page.html: warning: no papers found" in done.stderr
    assert "../page.html: no records, left out" in done.stdout
    assert dumps(project) == ["papers.bib", "some.jsonl"]


def test_where_no_source_leads_to_the_copy_the_settings_get_one_and_nothing_else_changes(project):
    settings = project / "content/sitegen.yaml"
    settings.write_bytes(b"# mine\r\ntitle: 'A list'\r\nsources: [ other/*.txt ] # more to come\r\n")
    (project / "content/other").mkdir()
    (project / "content/other/a.txt").write_text("")
    done = take_in(project, "../papers.bib")
    assert done.exit_code == 0, done.output
    assert settings.read_bytes() == (
        b"# mine\r\ntitle: 'A list'\r\nsources: [ other/*.txt, dumps/* ] # more to come\r\n"
    )
    assert "  -sources: [ other/*.txt ] # more to come\n  +sources:" in done.stdout
    again = take_in(project, "../papers.bib")
    assert "wrote content/sitegen.yaml" not in again.stdout


@pytest.mark.parametrize(
    ("settings", "args"),
    [
        ("title: A list\n", ["-D", "sources=other/*"]),
        ("title: &t A list\ntagline: *t\n", []),  # not to be edited without guessing
    ],
)
def test_where_the_settings_cannot_be_edited_it_is_said_what_to_write(project, settings, args):
    (project / "content/sitegen.yaml").write_text(settings)
    done = take_in(project, "../papers.bib", *args)
    assert "no source leads there: write in content/sitegen.yaml: sources: [dumps/*]" in done.stderr
    assert (project / "content/sitegen.yaml").read_text() == settings


@pytest.mark.parametrize("args", [["nowhere.bib"], ["../papers.bib", "--captured", "soon"]])
def test_what_cannot_be_meant_is_usage(project, args):
    assert take_in(project, *args).exit_code == 2


def test_a_listing_too_large_to_be_read_whole_is_refused_by_its_own_name_with_the_way_out(
    project, monkeypatch
):
    monkeypatch.setattr("sitegen.read.dumps.LARGEST", 10)
    (project / "all.jsonl").write_text('{"title": "Knots that hold"}\n')
    ended = take_in(project, "all.jsonl")
    assert ended.exit_code == 1
    assert "all.jsonl is larger than" in ended.stderr
    assert "content/dumps" not in ended.stderr
    assert "where: {years: 2024-}" in ended.stderr
