"""A build where nothing changed does nothing, says the same, and believes only what it can prove."""

from __future__ import annotations

import ast
import errno
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from importlib.metadata import packages_distributions, version
from pathlib import Path

import pytest

from sitegen import memo, write
from sitegen.build import Options, Report, build


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "content" / "dumps").mkdir(parents=True)
    (tmp_path / "content" / "sitegen.yaml").write_text("title: X\nsources: [dumps/*]\n")
    (tmp_path / "content" / "dumps" / "a.jsonl").write_text(
        '{"title": "A", "year": "soon"}\n{"title": "Bb"}\n'
    )
    return tmp_path


def built(project: Path, **options) -> Report:
    return build(project, Options(jobs=1, **options))


def did_nothing(report: Report) -> bool:
    return report.published and "render" not in report.stages


def test_nothing_changed_is_noticed_and_the_warnings_are_said_again(project: Path):
    first, again = built(project), built(project)
    assert did_nothing(again)
    assert again.diagnostics == first.diagnostics != ()
    assert (again.papers, again.pages, again.written, again.removed) == (first.papers, first.pages, 0, 0)
    assert again.unchanged == first.written


def test_an_edit_of_the_same_size_with_its_time_put_back_is_an_edit(project: Path):
    built(project)
    dump = project / "content" / "dumps" / "a.jsonl"
    at = dump.stat()
    dump.write_text(dump.read_text().replace("Bb", "Cc"))
    os.utime(dump, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert not did_nothing(built(project))
    assert (project / "site" / "papers" / "cc.html").is_file()


@pytest.mark.parametrize("harm", ["edit", "remove", "cut"])
def test_an_output_that_somebody_touched_is_made_again(project: Path, harm: str):
    built(project)
    page = project / "site" / "papers" / "bb.html"
    good = page.read_bytes()
    if harm == "edit":
        page.write_bytes(good.replace(b"Bb", b"XX"))
    elif harm == "remove":
        page.unlink()
    else:
        page.write_bytes(good[:10])
    assert not did_nothing(built(project))
    assert page.read_bytes() == good


def test_other_options_another_output_and_a_lost_or_broken_memory_mean_work(project: Path):
    built(project)
    assert not did_nothing(built(project, overrides={"title": "Y"}))
    assert not did_nothing(built(project, output="other"))
    assert did_nothing(built(project, output="other"))
    for file in (project / ".sitegen").glob("*.msgpack"):
        file.write_bytes(b"\xff\x00 broken")
    assert not did_nothing(built(project))
    shutil.rmtree(project / ".sitegen")
    assert not did_nothing(built(project))


def test_how_a_site_was_built_does_not_matter_only_what_of(project: Path):
    built(project, clean=True, force=True, allow_shrink=True)
    assert did_nothing(build(project, Options(jobs=2)))


def test_strict_is_strict_also_where_nothing_changed(project: Path):
    assert built(project).published
    assert not built(project, strict=True).published
    assert built(project).published


def test_strict_says_what_a_clean_strict_build_says(project: Path):
    (project / "templates").mkdir()
    (project / "templates" / "unused.html").write_text("")  # told later than what is wrong with a dump
    assert len(built(project).diagnostics) == 2
    strict = built(project, strict=True)
    assert strict.diagnostics == built(project, strict=True, clean=True).diagnostics
    assert len(strict.diagnostics) == 1


def test_a_dump_that_is_gone_is_told_once(project: Path):
    (project / "content" / "dumps" / "b.jsonl").write_text('{"title": "Cc"}\n')
    (project / "content" / "dumps" / "a.jsonl").write_text('{"title": "Bb"}\n')
    built(project)
    (project / "content" / "dumps" / "b.jsonl").unlink()
    assert [d.code for d in built(project).diagnostics] == ["dump-gone"]
    again = built(project, strict=True)
    assert did_nothing(again)
    assert again.diagnostics == ()


@pytest.mark.parametrize("stage", ["read", "plan", "reuse", "render", "publish"])
@pytest.mark.parametrize("path", ["papers.csv", "papers/bb.html", "search/*.js*"])
def test_what_somebody_writes_into_a_published_file_while_a_build_runs_is_not_believed(
    project: Path, stage: str, path: str
):
    built(project)
    file = min((project / "site").glob(path))
    good = file.read_bytes()
    (project / "static").mkdir()
    (project / "static" / "new.txt").write_text("something to do")

    def write_in_place(now: str) -> None:
        if now == stage:
            with file.open("r+b") as it:
                it.write(b"XXXXXX")

    assert build(project, Options(jobs=1), write_in_place).published
    built(project)
    assert file.read_bytes() == good


def test_a_manifest_that_is_written_to_while_a_build_ends_is_not_believed(project: Path):
    seen = []

    def publish(self: write.Stage, files: object) -> object:
        done = real(self, files)
        manifest = project / "site" / write.MANIFEST
        seen.append(manifest.read_bytes())
        manifest.write_bytes(re.sub(rb'"index.html":"\w', b'"index.html":"-', seen[0]))
        os.utime(manifest, (1, 1))
        return done

    real = write.Stage.publish
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(write.Stage, "publish", publish)
        built(project)
    assert not did_nothing(built(project, force=True))
    assert (project / "site" / write.MANIFEST).read_bytes() == seen[0]


def test_a_link_in_place_of_a_folder_is_told_whether_or_not_anything_changed(project: Path):
    built(project)
    papers = project / "site" / "papers"
    papers.rename(project / "elsewhere")
    papers.symlink_to(project / "elsewhere")
    for clean in (False, True):
        report = built(project, clean=clean)
        assert [d.code for d in report.diagnostics if d.severity == "error"] == ["in-the-way"]


def test_no_flipped_bit_of_a_memory_is_believed(tmp_path: Path):
    shelf = memo.Shelf(tmp_path, tmp_path / "site")
    shelf.remember("some", b"key", {"search/a.js": [1, 2]})
    [file] = (tmp_path / ".sitegen").iterdir()
    good = file.read_bytes()
    for at in range(len(good) * 8):
        bad = bytearray(good)
        bad[at // 8] ^= 1 << at % 8
        file.write_bytes(bad)
        assert shelf.recall("some", b"key", dict[str, list[int]]) is None
    file.write_bytes(good)
    assert shelf.recall("some", b"key", dict[str, list[int]]) == {"search/a.js": [1, 2]}


def test_a_row_of_values_is_remembered_whole_or_not_at_all(tmp_path: Path):
    shelf, values = memo.Shelf(tmp_path, tmp_path / "site"), [f"word {number}" for number in range(100)]
    shelf.remember_row("words", b"key", values)
    assert shelf.recall_row("words", b"key", str) == values
    assert shelf.recall_row("words", b"other", str) is None
    assert shelf.recall_row("words", b"key", int) is None
    shelf.remember_row("none", b"key", [])
    assert shelf.recall_row("none", b"key", str) == []
    [row] = (tmp_path / ".sitegen").glob("words-row-*")
    good = row.read_bytes()
    for bad in (good[:-1], good[:50], b"", good[:50] + b"\0" + good[51:]):
        row.write_bytes(bad)
        assert shelf.recall_row("words", b"key", str) is None
    row.unlink()
    assert shelf.recall_row("words", b"key", str) is None


def test_on_a_full_disk_the_row_of_before_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    shelf = memo.Shelf(tmp_path, tmp_path / "site")
    shelf.remember_row("words", b"key", ["before"])
    there = {path.name: path.read_bytes() for path in (tmp_path / ".sitegen").iterdir()}

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    shelf.remember_row("words", b"other", ["behind"])
    shelf.remember("word", b"other", "behind")
    assert {path.name: path.read_bytes() for path in (tmp_path / ".sitegen").iterdir()} == there
    assert shelf.recall_row("words", b"key", str) == ["before"]


def test_what_no_file_can_hold_is_not_remembered(tmp_path: Path):
    shelf = memo.Shelf(tmp_path, tmp_path / "site")
    shelf.remember("word", b"key", "before")
    shelf.remember_row("words", b"key", ["before"])
    shelf.remember("word", b"key", "\ud800")
    shelf.remember_row("words", b"key", ["behind", "\ud800"])
    assert shelf.recall("word", b"key", str) == "before"
    assert shelf.recall_row("words", b"key", str) == ["before"]


def test_who_only_reads_makes_nothing_ready_to_be_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(memo.msgspec.msgpack, "encode", lambda _: pytest.fail("it is encoded"))
    shelf = memo.Shelf(tmp_path, tmp_path / "site", reads_only=True)
    shelf.remember("word", b"key", "behind")
    shelf.remember_row("words", b"key", ["behind"])


def test_of_two_rows_that_one_took_the_place_of_another_none_is_both(tmp_path: Path):
    shelf = memo.Shelf(tmp_path, tmp_path / "site")
    shelf.remember_row("words", b"key", ["before"])
    [row] = (tmp_path / ".sitegen").glob("words-row-*")
    before = row.read_bytes()
    shelf.remember_row("words", b"key", ["behind"])
    row.write_bytes(before)
    assert shelf.recall_row("words", b"key", str) is None


def test_a_memory_that_somebody_cuts_short_while_it_is_read_ends_nothing(tmp_path: Path):
    script = f"""
import os
from pathlib import Path
from sitegen import memo

project = Path({str(tmp_path)!r})
shelf, words = memo.Shelf(project, project / "site"), [f"word {{number}}" for number in range(20_000)]
shelf.remember("words", b"key", words)
[file] = project.glob(".sitegen/*")

def check(*given, real=memo._check):
    os.truncate(file, 100)
    return real(*given)

memo._check = check
assert shelf.recall("words", b"key", list[str]) in (None, words)
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_memory_that_is_nothing_but_depth_is_damaged(tmp_path: Path):
    (tmp_path / ".sitegen").mkdir()
    shelf = memo.Shelf(tmp_path, tmp_path / "site")
    shelf.remember("deep", b"", "x")
    (file,) = (tmp_path / ".sitegen").iterdir()
    deep = b"\x91" * 100_000 + b"\xc0"
    file.write_bytes(b"\0" + memo._check(b"", deep) + deep)
    assert shelf.recall("deep", b"", str) is None


YEARS = {"1500": -14_832_000_000, "2600": 19_880_899_200}  # in seconds, as systems have them


@pytest.fixture
def timeless(project: Path) -> Iterator[Path]:
    """The project in a folder whose files may have times of any year, which not every file system can tell."""
    memory = Path("/dev/shm")
    if not memory.is_dir():
        pytest.skip("no file system that is known to keep such times")
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(shutil.copytree(project, folder, dirs_exist_ok=True))


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("year", YEARS)
def test_times_of_more_than_64_bits_are_times_like_others(timeless: Path, year: str, jobs: int):
    def turn_back() -> None:
        for path in (*timeless.glob("content/**/*"), *timeless.glob("site/**/*")):
            os.utime(path, (YEARS[year], YEARS[year]))

    options = Options(jobs=jobs)
    turn_back()
    assert build(timeless, options).published
    turn_back()
    assert build(timeless, options).unchanged
    assert did_nothing(build(timeless, options))
    (timeless / "content" / "pages").mkdir()
    (timeless / "content" / "pages" / "new.md").write_text("# New\n")
    assert build(timeless, options).published


def _into_pipes(paths: Iterable[Path]) -> list[Path]:
    pipes = sorted(paths)
    for path in pipes:
        path.unlink()
        os.mkfifo(path)
    return pipes


@pytest.mark.usefixtures("in_time")
def test_pipes_in_place_of_memories_are_replaced_and_keep_no_build_waiting(project: Path):
    built(project)
    pipes = _into_pipes((project / ".sitegen").glob("*.msgpack"))
    os.mkfifo(project / ".sitegen" / f"{pipes[0].name}.next")
    assert not did_nothing(built(project))
    assert pipes
    assert all(map(Path.is_file, pipes))
    assert did_nothing(built(project))


@pytest.mark.usefixtures("in_time")
def test_pipes_in_place_of_published_files_are_replaced_and_keep_no_build_waiting(project: Path):
    built(project)
    good = {path: path.read_bytes() for path in (project / "site").rglob("*") if path.is_file()}
    _into_pipes(path for path in good if path.name != write.MANIFEST)
    report = built(project)
    assert report.published
    assert {path: path.read_bytes() for path in good} == good


def test_nothing_is_left_of_a_build_that_a_bug_ends(project: Path, monkeypatch: pytest.MonkeyPatch):
    built(project)
    (project / "content/pages").mkdir(exist_ok=True)
    (project / "content/pages/new.md").write_text("# New\n")

    def bug(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as patched:
        patched.setattr("sitegen.build.likeness.Likening.__init__", bug)
        with pytest.raises(ZeroDivisionError):
            built(project)
    assert not [*(project / ".site.sitegen").glob("next-*")]


def test_what_a_killed_build_leaves_of_its_memory_does_not_stay(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "replace", killed)
    for number in (1, 2):
        monkeypatch.setattr(os, "getpid", lambda number=number: number)
        with pytest.raises(KeyboardInterrupt):
            built(project)
    monkeypatch.undo()
    built(project)
    assert {file.suffix for file in (project / ".sitegen").iterdir()} == {".msgpack"}


def test_the_program_is_another_with_another_version_of_a_library_that_shapes_what_is_built(root: Path):
    names = {name.partition(".")[0] for name in _imports(root / "sitegen", besides={"cli", "serve"})}
    of = packages_distributions()
    others = {of[name][0].lower() for name in names if name in of} - {"sitegen"}
    assert set(memo.LIBRARIES) == others


@pytest.mark.parametrize("library", memo.LIBRARIES)
def test_the_version_of_a_library_is_the_one_that_python_finds_installed(
    library: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    assert any(name.lower().startswith(f"{library}-{version(library)}.") for name in memo._installed())
    known = memo.program()
    (tmp_path / f"{library.title()}-0.0.0.dist-info").mkdir()
    monkeypatch.syspath_prepend(tmp_path)
    assert memo.program.__wrapped__() != known


def test_the_program_is_another_with_another_compressor(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("zlib.ZLIB_RUNTIME_VERSION", "0.0")
    assert memo.program.__wrapped__() != memo.program()


def test_what_fails_after_the_site_is_published_is_told_once_as_a_warning(
    project: Path, monkeypatch: pytest.MonkeyPatch
):
    def failing(_: Path) -> None:
        raise OSError(22, "Invalid argument")

    with monkeypatch.context() as patched:
        patched.setattr("sitegen.write.exchange.flush_folder", failing)
        report = built(project)
    assert report.published
    assert [d.severity for d in report.diagnostics if d.code == "unsettled"] == ["warning"]
    again = built(project)
    assert did_nothing(again)
    assert not [d for d in again.diagnostics if d.code == "unsettled"]


def _imports(package: Path, besides: set[str]) -> Iterator[str]:
    for file in package.rglob("*.py"):
        if file.relative_to(package).parts[0] in besides:
            continue
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Import):
                yield from (alias.name for alias in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield node.module


@pytest.mark.parametrize("clean", [False, True])
def test_an_empty_folder_in_place_of_a_file_gives_way(project: Path, *, clean: bool):
    built(project)
    table = project / "site" / "papers.csv"
    good = table.read_bytes()
    table.unlink()
    table.mkdir()
    assert built(project, clean=clean).published
    assert table.read_bytes() == good


@pytest.mark.parametrize("clean", [False, True])
def test_a_folder_of_a_person_in_place_of_a_file_is_told_and_stays(project: Path, *, clean: bool):
    built(project)
    table = project / "site" / "papers.csv"
    table.unlink()
    (table / "deep").mkdir(parents=True)
    (table / "deep" / "mine.txt").write_text("mine")
    report = built(project, clean=clean)
    assert [d.code for d in report.diagnostics if d.severity == "error"] == ["in-the-way"]
    assert (table / "deep" / "mine.txt").read_text() == "mine"


def test_a_file_in_place_of_a_folder_of_ours_is_no_ones_loss(project: Path):
    (project / "static" / "talk").mkdir(parents=True)
    (project / "static" / "talk" / "a.txt").write_text("a")
    built(project)
    shutil.rmtree(project / "static" / "talk")
    (project / "static" / "talk").write_text("one file now")
    assert built(project).published
    assert (project / "site" / "talk").read_text() == "one file now"


def test_what_only_reading_can_tell_is_told_again(project: Path):
    built(project)
    (project / "content" / "collections").mkdir()
    (project / "content" / "collections" / "gone.yaml").symlink_to("/nonexistent")
    assert [d.code for d in built(project).diagnostics if d.severity == "error"] == ["unreadable"]
    (project / "content" / "collections" / "gone.yaml").unlink()
    assert "no-such-source" in [d.code for d in built(project, sources=("nowhere.txt",)).diagnostics]


def test_a_file_of_ours_that_was_left_out_comes_back_when_it_may(project: Path):
    built(project)
    (project / "content" / "sitegen.yaml").write_text("title: X\nsources: [dumps/*]\ncname: x.example.org\n")
    (project / "site" / "CNAME").write_text("theirs")
    assert "kept" in [d.code for d in built(project).diagnostics]
    (project / "site" / "CNAME").unlink()
    built(project)
    assert (project / "site" / "CNAME").read_text() == "x.example.org\n"


def test_a_new_file_and_a_removed_one_are_noticed(project: Path):
    built(project)
    (project / "content" / "collections").mkdir()
    (project / "content" / "collections" / "c.yaml").write_text("title: C\npicks: [Bb]\n")
    assert built(project).written > 0
    (project / "content" / "collections" / "c.yaml").unlink()
    report = built(project)
    assert report.removed > 0
    assert not (project / "site" / "collections" / "c.html").exists()


@pytest.fixture
def large(project: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the listings that are sifted, from now on; every listing counts as large, and has lasted."""
    from sitegen.read import streams

    said: list[str] = []
    sift = streams.sifted
    monkeypatch.setattr(streams, "sifted", lambda path, *rest: [said.append(path.name), sift(path, *rest)][1])
    monkeypatch.setattr("sitegen.read.dumps.LARGE", 1)
    monkeypatch.setattr("sitegen.read.files.time.time_ns", lambda: 1 << 62)
    settings = "title: X\nsources: [{path: dumps/*, where: {words: [bb]}}]\n"
    (project / "content" / "sitegen.yaml").write_text(settings)
    return said


def test_a_large_listing_is_sifted_once_whatever_else_is_edited(project: Path, large: list[str]):
    built(project)
    assert did_nothing(built(project))
    (project / "content" / "papers").mkdir()
    (project / "content" / "papers" / "more.yaml").write_text("- title: Another\n")
    assert built(project).papers == 2
    assert large == ["a.jsonl"]


def test_a_large_listing_is_sifted_again_when_it_changed_and_by_a_clean_build(
    project: Path, large: list[str]
):
    built(project)
    dump = project / "content" / "dumps" / "a.jsonl"
    at = dump.stat()
    while dump.stat().st_ctime_ns == at.st_ctime_ns:
        dump.write_text(dump.read_text().replace("Bb", "bb"))
        os.utime(dump, ns=(at.st_atime_ns, at.st_mtime_ns))
    assert not did_nothing(built(project))
    assert "<title>bb " in (project / "site" / "papers" / "bb.html").read_text()
    built(project, clean=True)
    assert large == ["a.jsonl"] * 3


def test_large_listings_that_no_source_leads_to_are_forgotten(project: Path, large: list[str]):
    built(project)
    dump = project / "content" / "dumps" / "a.jsonl"
    dump.rename(dump.with_name("b.jsonl"))
    built(project)
    [memory] = (project / ".sitegen").glob("sifted-*")
    assert b"b.jsonl" in memory.read_bytes()
    assert b"a.jsonl" not in memory.read_bytes()
    assert large == ["a.jsonl", "b.jsonl"]
