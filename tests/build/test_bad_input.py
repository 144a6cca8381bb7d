"""Whatever lies in content/: a clear message or a correct page, never a traceback, never a lost record, never a broken site."""

from __future__ import annotations

import gzip
import json
import lzma
import os
from html.parser import HTMLParser
from pathlib import Path

import pytest

from sitegen.build import Options, Report, build


@pytest.fixture
def project(tmp_path: Path) -> Path:
    content = tmp_path / "content"
    (content / "dumps").mkdir(parents=True)
    (content / "collections").mkdir()
    (content / "sitegen.yaml").write_text("title: X\nbase_url: https://x.example.org/\nsources: [dumps/*]\n")
    (content / "dumps" / "good.jsonl").write_text('{"title": "A Good Neighbour", "year": 2024}\n')
    return tmp_path


def built(project: Path, **options) -> Report:
    return build(project, Options(jobs=1, **options))


def told(report: Report, path: str) -> list[tuple[str, str]]:
    return [(d.severity, d.code) for d in report.diagnostics if d.where.path == path]


LINE = json.dumps({"title": "In the Dump", "abstract": "Found."}) + "\n"

DUMPS = {
    "empty.txt": (b"", "no-papers"),
    "blank.jsonl": (b"\n\n \n", "no-papers"),
    "noise.bin": (bytes(range(256)) * 40, None),
    "page.html": (
        b"<!DOCTYPE html><html><title>Log in</title><body>Please log in</body></html>",
        "no-papers",
    ),
    "unknown.csv": (b"title,year\nA Paper,2024\nAnother,2023\n", "unknown-format"),
    "broken.jsonl.gz": (gzip.compress(LINE.encode() * 50)[:-30], None),
    "broken.jsonl.xz": (lzma.compress(LINE.encode() * 50)[:-30], None),
    "notzip.gz": (b"not gzip at all", None),
    "utf16.jsonl": (LINE.encode("utf-16"), None),
    "latin.jsonl": ('{"title": "Caf\xe9"}\n'.encode("cp1252"), None),
    "crlf.jsonl": (LINE.replace("\n", "\r\n").encode(), None),
    "bom.jsonl": (b"\xef\xbb\xbf" + LINE.encode(), None),
    "long.jsonl": (b'{"title": "Long", "abstract": "' + b"x " * 25_000_000 + b'"}\n', None),
    "deep.jsonl": (b'{"title": ' + b"[" * 100_000 + b"\n" + LINE.encode(), None),
    "nul.jsonl": (b'{"title": "N\\u0000ul \\ud800 \\u0085"}\n', None),
}


@pytest.mark.parametrize("name", DUMPS)
def test_a_bad_dump_costs_itself_and_is_named(project: Path, name: str):
    data, code = DUMPS[name]
    (project / "content" / "dumps" / name).write_bytes(data)
    report = built(project)
    assert report.published
    assert (project / "site" / "papers" / "a-good-neighbour.html").is_file()
    said = told(report, f"content/dumps/{name}")
    if code:
        assert ("warning", code) in said
    elif report.papers == 1:
        assert said, "the dump gave no paper, and nobody said why"
    assert all(severity != "error" for severity, _ in said)


@pytest.mark.parametrize("name", ["utf16.jsonl", "crlf.jsonl", "bom.jsonl", "latin.jsonl", "nul.jsonl"])
def test_an_odd_encoding_loses_no_record(project: Path, name: str):
    (project / "content" / "dumps" / name).write_bytes(DUMPS[name][0])
    assert built(project).papers == 2


YAML = {
    "empty.yaml": b"",
    "scalar.yaml": b"just words\n",
    "tabs.yaml": b"title: X\npicks:\n\t- A Good Neighbour\n",
    "two.yaml": b"title: X\n---\ntitle: Y\n",
    "latin.yaml": "title: Café\n".encode("latin-1"),
    "bomb.yaml": b"a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\n"
    + b"".join(b"%c: &%c [" % (n, n) + b",".join([b"*%c" % (n - 1)] * 9) + b"]\n" for n in range(99, 110)),
    "deep.yaml": b"[" * 5000,
    "merge.yaml": b"title: X\n<<: [&a {b: c}]\n",
    "tag.yaml": b"title: !!python/object/apply:os.system [echo]\n",
    "date.yaml": b"title: X\nupdated: 2024-02-30\n",
    "binary.yaml": bytes(range(256)),
    "untitled.yaml": b"title: ''\n",
}


@pytest.mark.parametrize("name", YAML)
def test_a_bad_collection_is_told_with_its_place_and_the_old_site_stands(project: Path, name: str):
    assert built(project).published
    before = (project / "site" / "index.html").read_bytes()
    (project / "content" / "collections" / name).write_bytes(YAML[name])
    report = built(project)
    said = told(report, f"content/collections/{name}")
    assert said
    if any(severity == "error" for severity, _ in said):
        assert not report.published
        assert (project / "site" / "index.html").read_bytes() == before
    else:
        assert name == "empty.yaml"


@pytest.mark.parametrize("name", ["collections/a.yaml", "tags.yaml", "addresses.txt", "dumps/a.jsonl"])
def test_a_pipe_in_place_of_a_file_is_an_error_that_names_it(project: Path, name: str):
    os.mkfifo(project / "content" / name)
    report = built(project)
    assert not report.published
    assert told(report, f"content/{name}") == [("error", "unreadable")]


@pytest.mark.parametrize("target", ["nowhere", "addresses.txt"])
def test_addresses_behind_a_link_that_leads_nowhere_are_an_error(project: Path, target: str):
    (project / "content" / "addresses.txt").symlink_to(target)
    report = built(project)
    assert not report.published
    assert told(report, "content/addresses.txt") == [("error", "unreadable")]


def test_two_files_that_claim_one_id_are_both_named(project: Path):
    papers = project / "content" / "papers"
    papers.mkdir()
    (papers / "one.yaml").write_text("title: One Paper\nid: same\n")
    (papers / "two.yaml").write_text("title: Another Work\nid: same\n")
    report = built(project)
    assert not report.published
    (problem,) = [d for d in report.diagnostics if d.severity == "error"]
    assert "one.yaml" in problem.where.path + problem.message + problem.hint
    assert "two.yaml" in problem.where.path + problem.message + problem.hint


def test_a_page_may_not_take_the_place_of_one_of_ours(project: Path):
    (project / "content" / "pages").mkdir()
    (project / "content" / "pages" / "search.md").write_text("---\ntitle: Mine\n---\nx\n")
    report = built(project)
    assert not report.published
    (problem,) = [d for d in report.diagnostics if d.severity == "error"]
    assert (problem.code, problem.where.path) == ("same-address", "content/pages/search.md")


def test_a_file_and_a_folder_of_one_name_are_told_by_their_files(project: Path):
    (project / "static").mkdir()
    (project / "static" / "papers").write_text("x")
    (problem,) = [d for d in built(project).diagnostics if d.severity == "error"]
    assert (problem.code, problem.where.path) == ("same-address", "static/papers")


def test_a_small_dump_that_holds_nothing_any_more_is_refused_and_one_that_is_gone_is_told(project: Path):
    dumps = project / "content" / "dumps"
    (dumps / "few.jsonl").write_text('{"title": "One of Few"}\n')
    assert built(project).papers == 2
    (dumps / "few.jsonl").write_text("")
    assert [d.code for d in built(project).diagnostics if d.severity == "error"] == ["dump-shrank"]
    (dumps / "few.jsonl").unlink()
    report = built(project)
    assert report.published
    assert told(report, "content/dumps/few.jsonl") == [("warning", "dump-gone")]
    assert built(project).diagnostics == ()
    (dumps / "other.jsonl").write_text('{"title": "Another"}\n')
    assert built(project).diagnostics == ()


def test_ids_that_look_like_devices_or_folders_become_names_that_every_system_takes(project: Path):
    titles = [
        "CON",
        "aux",
        "nul.txt",
        "..",
        "../../x",
        "x" * 300,
        "🦜" * 50,
        "index",
        "COM1",
        "<script>",
        "ÅÉ",
        "a/b\\c",
    ]
    (project / "content" / "dumps" / "odd.jsonl").write_text(
        "".join(json.dumps({"title": t}) + "\n" for t in titles)
    )
    report = built(project)
    assert report.papers == len(titles) + 1
    names = [p.stem for p in (project / "site" / "papers").glob("*.html") if p.name != "index.html"]
    assert len({name.casefold() for name in names}) == len(titles) + 1
    assert all(
        name.isascii() and len(name) <= 80 and not {*name} - {*"abcdefghijklmnopqrstuvwxyz0123456789-"}
        for name in names
    )
    assert not {"con", "aux", "nul", "index", "com1"} & set(names)


def test_no_text_of_a_dump_becomes_markup(project: Path, root: Path):
    hell = (root / "tests" / "sites" / "titles_from_hell" / "content" / "dumps" / "hell.jsonl").read_text()
    (project / "content" / "dumps" / "hell.jsonl").write_text(hell)
    assert built(project).papers == 13
    for path in (project / "site").rglob("*.html"):
        page = _Elements()
        page.feed(path.read_text("utf-8"))
        assert page.handlers == [], path
        assert not {"img", "iframe", "object", "embed", "base", "i"} & page.tags, path
        assert all(
            address.startswith(("http://", "https://", "#", "./", "../")) or ":" not in address
            for address in page.addresses
        ), path
        assert page.sources <= {f for f in page.sources if "assets/" in f}, path


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.handlers: list[str] = []
        self.addresses: list[str] = []
        self.sources: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.handlers += [name for name, _ in attrs if name.startswith("on") or name == "style"]
        self.addresses += [value or "" for name, value in attrs if name in {"href", "action", "formaction"}]
        self.sources |= {value or "" for name, value in attrs if name == "src"}


def test_a_file_that_nothing_reads_is_told(project: Path):
    (project / "content" / "tag.yaml").write_text("x: {}\n")
    (project / "content" / "collection").mkdir()
    (project / "content" / "collection" / "lost.yaml").write_text("title: Lost\n")
    (project / "content" / "README.md").write_text("About these files")
    first, again = built(project), built(project)
    assert told(first, "content/tag.yaml") == [("warning", "stray-file")]
    assert [d.code for d in first.diagnostics] == ["stray-file", "stray-file"]
    assert again.diagnostics == first.diagnostics
    assert "render" not in again.stages


def test_content_that_is_not_there_builds_an_empty_site(tmp_path: Path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "sitegen.yaml").write_text("title: Nothing yet\n")
    report = built(tmp_path)
    assert (report.published, report.papers, report.diagnostics) == (True, 0, ())
    assert "Nothing yet" in (tmp_path / "site" / "index.html").read_text("utf-8")


def test_nothing_else_is_said_of_a_site_that_an_error_made_small(project: Path):
    lines = [json.dumps({"title": f"Paper number {n}"}) for n in range(60)]
    (project / "content" / "dumps" / "many.jsonl").write_text("\n".join(lines))
    assert built(project).published
    (project / "templates").mkdir()
    (project / "templates" / "paper.html").write_text("{{ view.nothing }}")
    assert {d.where.path for d in built(project).diagnostics} == {"templates/paper.html"}


def test_a_template_with_a_mistake_is_told_once_with_its_line(project: Path):
    (project / "templates").mkdir()
    (project / "templates" / "paper.html").write_text(
        '{% extends "default/paper.html" %}\n{% block main %}\n{{ view.cart.title }}\n{% endblock %}\n'
    )
    report = built(project)
    assert not report.published
    errors = [(d.where.path, d.where.line) for d in report.diagnostics if d.severity == "error"]
    assert errors == [("templates/paper.html", 3)]
    (project / "templates" / "paper.html").write_text("{% if %}")
    report = built(project)
    assert [(d.where.path, d.where.line) for d in report.diagnostics if d.severity == "error"] == [
        ("templates/paper.html", 1)
    ]


def test_a_dump_that_shrinks_to_nothing_does_not_take_the_site_with_it(project: Path):
    dump = project / "content" / "dumps" / "many.jsonl"
    dump.write_text("".join(json.dumps({"title": f"Paper number {n}"}) + "\n" for n in range(60)))
    assert built(project).papers == 61
    dump.write_text("")
    report = built(project)
    assert not report.published
    assert "dump-shrank" in [d.code for d in report.diagnostics]
    assert len(list((project / "site" / "papers").glob("*.html"))) > 60
    assert built(project, allow_shrink=True).published
