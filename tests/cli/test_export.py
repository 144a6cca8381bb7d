import json

import pytest
from click.testing import CliRunner

from sitegen.build import Options, build
from sitegen.cli import program

FORMATS = ("bibtex", "ris", "csl-json", "apa", "csv", "jsonl")


@pytest.fixture
def project(tmp_path):
    (tmp_path / "content" / "collections").mkdir(parents=True)
    (tmp_path / "content" / "sitegen.yaml").write_text("title: Shelf\n")
    (tmp_path / "content" / "collections" / "shelf.yaml").write_text(
        "title: Shelf\npicks:\n"
        "  - {paper: {title: Second things first}, tags: [b-side], note: Read *this*.}\n"
        "  - {paper: {title: A first thing, arxiv: '2401.00010', authors: [Jan van der Berg]}}\n"
    )
    return tmp_path


def run(folder, *args):
    return CliRunner().invoke(program, ["-C", str(folder), *args])


@pytest.mark.parametrize(
    ("options", "stem"),
    [((), "papers"), (("--collection", "shelf"), "collections/shelf"), (("--tag", "b-side"), "tags/b-side")],
)
def test_what_is_exported_is_the_site_s_own_file(project, options, stem):
    assert build(project, Options(jobs=1)).published
    for name, ending in (("bibtex", "bib"), ("ris", "ris"), ("csl-json", "csl.json"), ("csv", "csv")):
        file = project / "site" / f"{stem}.{ending}"
        ended = run(project, "export", name, *options)
        assert ended.exit_code == 0, ended.output
        if file.exists():
            assert ended.stdout_bytes == file.read_bytes()
    assert (project / "site" / f"{stem}.ris").exists()


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_is_written_and_nothing_else(project, name):
    ended = run(project, "export", name)
    assert ended.exit_code == 0
    assert "Second things first" in ended.stdout
    assert ended.stderr == ""


def test_a_collection_is_exported_in_its_order_with_its_notes(project):
    items = json.loads(run(project, "export", "csl-json", "--collection", "shelf").stdout)
    assert [item["title"] for item in items] == ["Second things first", "A first thing"]
    assert items[0]["note"] == "Read this."


@pytest.mark.parametrize(
    ("arguments", "hint"),
    [
        (("bibtx",), "did you mean 'bibtex'?"),
        (("ris", "--collection", "shelv"), "did you mean 'shelf'?"),
        (("ris", "--tag", "b-sid"), "did you mean 'b-side'?"),
        (("ris", "--tag", "b-side", "--collection", "shelf"), "exclude each other"),
    ],
)
def test_what_is_not_there_is_answered_by_what_may_be_meant(project, arguments, hint):
    ended = run(project, "export", *arguments)
    assert ended.exit_code == 2
    assert hint in ended.stderr
    assert ended.stdout == ""


def test_with_an_error_in_the_settings_nothing_is_written(project):
    (project / "content" / "sitegen.yaml").write_text(
        "title: Shelf\nsources: [{pattern: 'dumps/*', where: {years: soon}}]\n"
    )
    ended = run(project, "export", "bibtex")
    assert (ended.exit_code, ended.stdout) == (1, "")
    assert "is no span of years" in ended.stderr
