"""`init`, `new`, `schema` and `clean`: what they write, what they never touch."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date, timedelta

import pytest
from click.testing import CliRunner

from sitegen.build import Options, build, load
from sitegen.cli import program
from sitegen.cli.schema import keep_schemas
from sitegen.render.prose import prose
from sitegen.write import read_manifest


def run(folder, *args):
    return CliRunner().invoke(program, ["-C", str(folder), *args])


def files(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def begun(tmp_path):
    """A project as `init` makes it."""
    assert run(tmp_path, "init", "my-list").exit_code == 0
    return tmp_path / "my-list"


def test_a_new_site_builds_at_once_without_a_warning(begun):
    report = build(begun, Options(strict=True))
    assert report.diagnostics == ()
    assert report.published
    assert report.papers == 3


def test_a_new_site_builds_in_a_process_of_its_own(begun):
    command = [sys.executable, "-m", "sitegen", "build", "--strict"]
    done = subprocess.run(command, cwd=begun, capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.startswith("3 papers, ")
    assert done.stdout.endswith(" s → site\n")
    assert done.stderr == ""


def test_every_yaml_file_names_a_schema_that_is_there(begun):
    found = sorted((begun / "content").rglob("*.yaml"))
    assert len(found) == 3
    for path in found:
        first = path.read_text().splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=")
        assert json.loads((path.parent / first.partition("=")[2]).read_text())["$schema"]


def test_init_says_what_to_do_next(tmp_path):
    done = run(tmp_path, "init", "my-list")
    assert "  cd my-list\n  sitegen serve " in done.stderr
    assert "  cd " not in run(tmp_path, "init").stderr


def test_init_names_every_file_that_it_writes(tmp_path):
    said = run(tmp_path, "init", "my-list").stderr.splitlines()
    named = {line.removeprefix("written  my-list/") for line in said if line.startswith("written ")}
    assert named == set(files(tmp_path / "my-list"))
    assert {"content/dumps/.gitkeep", ".sitegen/schema/collection.json"} <= named
    assert "schema" not in run(tmp_path, "init", "my-list").stderr


@pytest.mark.parametrize("inside", ["content", "content/collections", "content/new", "templates", "site/x"])
def test_init_begins_no_site_among_the_files_of_another(begun, inside):
    before = files(begun)
    done = run(begun, "init", inside)
    assert done.exit_code == 1
    assert done.stderr.startswith(f"Error: {inside} is inside a project already, {begun}. ")
    assert files(begun) == before


def test_init_may_begin_a_site_beside_the_files_of_another(begun):
    assert run(begun, "init", "examples/second").exit_code == 0
    assert build(begun / "examples/second", Options(strict=True)).published


def test_init_where_a_file_is_says_so(tmp_path):
    (tmp_path / "afile").write_text("mine")
    done = run(tmp_path, "init", "afile")
    assert (done.exit_code, done.stderr) == (1, "Error: afile is a file\n")


def test_the_first_picks_are_added_on_the_day_of_init(begun):
    (first,) = load(begun, Options()).site.library.lists
    days = {entry.added for entry in first.entries}
    assert days <= {(date.today() - timedelta(days=ago)).isoformat() for ago in (0, 1)}  # noqa: DTZ011
    assert len(days) == 1


def test_init_never_overwrites(begun):
    (begun / "content/sitegen.yaml").write_text("title: Mine\n")
    (begun / "content/pages/about.md").unlink()
    before = files(begun)
    done = run(begun, "init")
    assert done.exit_code == 0
    assert "kept     content/sitegen.yaml\n" in done.stderr
    assert "written  content/pages/about.md\n" in done.stderr
    assert "5 files of yours stayed as they were." in done.stderr
    after = files(begun)
    assert {path: after[path] for path in before} == before


@pytest.mark.parametrize(
    ("kind", "title", "path"),
    [
        ("collection", "Sparse models: a list", "content/collections/sparse-models-a-list.yaml"),
        ("collection", "'Quotes' \"and\" \\ #1 [x] {y}", None),
        ("page", "Über uns", None),
        ("page", "../../x", None),
    ],
)
def test_a_new_file_says_where_it_is_and_builds(begun, kind, title, path):
    done = run(begun, "new", kind, title)
    assert done.exit_code == 0, done.output
    made = (begun / done.stdout.strip()).resolve()
    assert path is None or made == begun / path
    assert made.parent == begun / "content" / f"{kind}s"
    loaded = load(begun, Options())
    assert loaded.diagnostics == ()
    library = loaded.site.library
    assert title in [each.title for each in (library.lists if kind == "collection" else library.pages)]


def test_a_new_collection_builds_when_all_that_is_commented_is_uncommented(begun):
    path = begun / run(begun, "new", "collection", "Attention").stdout.strip()
    text = path.read_text().replace("A title, id, arXiv id, DOI or URL", "Attention Is All You Need")
    text = text.replace("a-tag", "transformers")
    text = "\n".join(line if "$schema" in line else line.replace("# ", "", 1) for line in text.splitlines())
    path.write_text(text)
    loaded = load(begun, Options())
    assert loaded.diagnostics == ()
    [entry] = next(each for each in loaded.site.library.lists if each.title == "Attention").entries
    assert (entry.note, entry.tags, entry.start_here, entry.status) == (
        "Why it is here.",
        ("transformers",),
        True,
        "to-read",
    )
    assert entry.added


def test_a_title_in_several_words_is_asked_for_in_quotes(begun):
    before = files(begun)
    done = run(begun, "new", "collection", "Long", "context")
    assert done.exit_code == 2
    assert 'put the title in quotes: sitegen new collection "Long context"' in done.stderr
    assert files(begun) == before


def test_new_never_overwrites(begun):
    before = files(begun)
    done = run(begun, "new", "collection", "Getting started")
    assert done.exit_code == 1
    assert done.stderr == "Error: content/collections/getting-started.yaml is there already\n"
    assert files(begun) == before


@pytest.mark.parametrize("title", ["", "  ", "a\0b", "\x1b[31m"])
def test_a_title_that_nobody_can_read_is_wrong_usage(begun, title):
    assert run(begun, "new", "page", title).exit_code == 2


def test_schemas_are_written_where_the_files_look_for_them(begun):
    for path in (begun / ".sitegen/schema").iterdir():
        path.unlink()
    done = run(begun, "schema")
    assert sorted(done.stdout.split()) == [
        f".sitegen/schema/{name}.json" for name in ("collection", "paper", "sitegen", "tags")
    ]
    assert all(json.loads((begun / path).read_text()) for path in done.stdout.split())


@pytest.mark.parametrize(
    "harm",
    [lambda path: path.unlink(), lambda path: path.write_text("of an older version")],
    ids=["delete", "alter"],
)
@pytest.mark.parametrize("command", [["build"], ["check"], ["serve", "--port", "0"]])
def test_after_a_clone_every_command_brings_the_schemas_back(begun, command, harm, monkeypatch):
    monkeypatch.setattr("sitegen.serve.preview.serve", lambda *_, **__: None)
    schemas = files(begun / ".sitegen/schema")
    assert run(begun, *command).exit_code == 0
    harm(begun / ".sitegen/schema/tags.json")
    done = run(begun, *command)
    assert done.exit_code == 0, done.output
    assert "schema" not in done.output
    assert files(begun / ".sitegen/schema") == schemas


def test_schemas_that_cannot_be_written_keep_no_site_from_being_built(begun):
    for path in (begun / ".sitegen/schema").iterdir():
        path.unlink()
    (begun / ".sitegen/schema").rmdir()
    (begun / ".sitegen/schema").write_text("in the way")
    done = run(begun, "build")
    assert (done.exit_code, done.stderr) == (0, "")


def test_schemas_that_are_right_are_left_alone(begun):
    path = begun / ".sitegen/schema/tags.json"
    os.utime(path, (1, 1))
    run(begun, "check")
    assert path.stat().st_mtime == 1


def test_schemas_that_look_as_they_were_left_are_not_made_again(begun, monkeypatch):
    run(begun, "check")
    monkeypatch.setattr("sitegen.parse.schema.schemas", lambda: pytest.fail("made again"))
    assert run(begun, "check").exit_code == 0


@pytest.mark.parametrize(
    "part", ["memo.program", "memo.Shelf.recall", "memo.looks_of", "memo.Shelf.remember"]
)
def test_what_the_disk_refuses_of_the_schemas_is_not_worth_a_word(begun, part, monkeypatch):
    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    (begun / ".sitegen/schema/tags.json").unlink()
    monkeypatch.setattr(f"sitegen.{part}", refuse)
    keep_schemas(begun)  # without a word, and without an end


@pytest.mark.usefixtures("in_time")
def test_a_pipe_in_place_of_a_schema_gives_way(begun):
    path = begun / ".sitegen/schema/tags.json"
    good = path.read_bytes()
    path.unlink()
    os.mkfifo(path)
    keep_schemas(begun)
    assert path.read_bytes() == good


def test_schemas_can_be_had_without_a_project(tmp_path):
    assert run(tmp_path, "schema", "-o", "here").exit_code == 0
    assert len(files(tmp_path / "here")) == 4


# clean


def test_clean_removes_what_is_ours_and_nothing_else(begun):
    untouched = files(begun)
    build(begun, Options())
    (begun / "site/CNAME").write_text("reading.example.org")
    (begun / "site/slides").mkdir()
    (begun / "site/slides/talk.html").write_text("mine")
    (begun / ".sitegen/preview").mkdir()
    done = run(begun, "clean")
    assert done.exit_code == 0
    assert " removed from site, caches removed\n" in done.stdout
    left = files(begun)
    assert {p: left.pop(p) for p in ("site/CNAME", "site/slides/talk.html")}
    assert left == untouched  # the schemas among them: editors read them


def test_clean_takes_nothing_from_a_folder_that_sitegen_did_not_write(begun):
    (begun / "photos").mkdir()
    (begun / "photos/index.html").write_text("mine")
    done = run(begun, "clean", "-o", "photos")
    assert "0 files removed" in done.stdout
    assert (begun / "photos/index.html").read_text() == "mine"


def test_clean_before_any_build_is_fine(begun):
    before = files(begun)
    done = run(begun, "clean")
    assert (done.exit_code, done.stdout) == (0, "there is nothing at site, caches removed\n")
    assert run(begun, "clean", "-o", "nothere").stdout.startswith("there is nothing at nothere, ")
    assert run(begun, "clean").exit_code == 0
    assert files(begun) == before


def test_clean_does_not_follow_links_out_of_the_caches(begun, tmp_path):
    (tmp_path / "dear").mkdir()
    (tmp_path / "dear/photo").write_text("mine")
    (begun / ".sitegen/link").symlink_to(tmp_path / "dear")
    assert run(begun, "clean").exit_code == 0
    assert not os.path.lexists(begun / ".sitegen/link")
    assert (tmp_path / "dear/photo").read_text() == "mine"


def test_a_manifest_cannot_make_clean_remove_what_lies_outside(begun, tmp_path):
    build(begun, Options())
    (tmp_path / "dear").write_text("mine")
    manifest = begun / "site/.sitegen.json"
    listed = json.loads(manifest.read_text())
    listed["files"]["../../dear"] = ""
    manifest.write_text(json.dumps(listed))
    assert "../../dear" in read_manifest(begun / "site")
    run(begun, "clean")
    assert (tmp_path / "dear").read_text() == "mine"


def test_the_page_of_all_fields_needs_no_project_and_writes_nothing(tmp_path):
    done = run(tmp_path, "schema", "--markdown")
    assert done.exit_code == 0
    assert done.stdout.startswith("---\ntitle: Every field\n")
    assert "\n* `start_here`: true or false. " in done.stdout
    assert "\n* `title`: text, **needed**. The site's title.\n" in done.stdout
    assert files(tmp_path) == {}


def test_every_mapping_is_described_once_and_where_its_fields_point_to(tmp_path):
    page = run(tmp_path, "schema", "--markdown").stdout
    headings = [line for line in page.splitlines() if line.startswith("#")]
    assert len(headings) == len(set(headings))
    html = prose(page.partition("\n---\n")[2], "", article=True)
    assert html.problem == ""
    wanted, there = (
        set(re.findall(pattern, html.html)) for pattern in (r'href="#([^"]+)"', r' id="([^"]+)"')
    )
    assert wanted <= there
    assert len(wanted) > 8
