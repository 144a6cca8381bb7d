"""Old site or new site, never a mixture; and what is not ours stays."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
import time
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from sitegen import write
from sitegen.diagnostics import Outcome, has_errors
from sitegen.model.page import Output
from sitegen.write import exchange


def publish(output: Path, files: dict[str, str], *, force: bool = False):
    with write.locked(output):
        stage = write.Stage(output, ours=write.read_manifest(output))
        try:
            written = [stage.write(Output(path, (text.encode(),))) for path, text in files.items()]
            kept = stage.carry_over(written, force=force)
            assert not has_errors(kept.diagnostics), kept.diagnostics
            return Outcome(stage.publish(kept.value), kept.diagnostics)
        finally:
            stage.discard()


def tree(output: Path) -> dict[str, str]:
    return {
        p.relative_to(output).as_posix(): p.read_text()
        for p in sorted(output.rglob("*"))
        if p.is_file() and p.name != write.MANIFEST
    }


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "project" / "site"


class Remembered(NamedTuple):
    look: tuple[int, int]


def known_in(output: Path) -> dict[str, Remembered]:
    """All that is published, as a build remembers it."""
    looks = write.look_at(output).published
    return {path: Remembered(look) for path, (_, look, _) in looks.items()}


def test_a_first_publication_writes_everything(output: Path):
    done = publish(output, {"index.html": "home", "papers/x.html": "x"}).value
    assert tree(output) == {"index.html": "home", "papers/x.html": "x"}
    assert (done.written, done.removed, done.unchanged, done.bytes) == (
        ("index.html", "papers/x.html"),
        (),
        0,
        5,
    )


def test_only_what_changed_is_written_and_only_what_is_gone_is_removed(output: Path):
    publish(output, {"a.html": "1", "b.html": "2", "c.html": "3"})
    kept = (output / "a.html").stat()
    done = publish(output, {"a.html": "1", "b.html": "two"}).value
    assert (done.written, done.removed, done.unchanged) == (("b.html",), ("c.html",), 1)
    assert tree(output) == {"a.html": "1", "b.html": "two"}
    assert ((output / "a.html").stat().st_ino, (output / "a.html").stat().st_mtime_ns) == (
        kept.st_ino,
        kept.st_mtime_ns,
    )


def test_a_file_of_ours_that_somebody_edited_is_written_again(output: Path):
    publish(output, {"a.html": "ours"})
    (output / "a.html").write_text("edit")
    assert publish(output, {"a.html": "ours"}).value.written == ("a.html",)
    assert tree(output) == {"a.html": "ours"}


def test_a_persons_own_files_stay(output: Path):
    output.mkdir(parents=True)
    (output / "CNAME").write_text("papers.example.org")
    (output / ".gitignore").write_text("*")
    publish(output, {"index.html": "1"})
    (output / "slides").mkdir()
    (output / "slides" / "talk.pdf").write_text("pdf")
    (output / "latest").symlink_to("slides/talk.pdf")
    publish(output, {"index.html": "2"})
    assert tree(output) == {
        ".gitignore": "*",
        "CNAME": "papers.example.org",
        "index.html": "2",
        "latest": "pdf",
        "slides/talk.pdf": "pdf",
    }
    assert (output / "latest").is_symlink()


@pytest.mark.parametrize("ago", [0, 60])  # seconds: what changed long ago is not read again
def test_a_persons_files_stay_whether_they_came_before_the_first_look_or_after_it(output: Path, ago: int):
    publish(output, {"index.html": "1", "tags/a.html": "1"})
    (output / "tags" / "mine.txt").write_text("before")
    (output / "tags" / "link").symlink_to("mine.txt")
    (output / "empty").mkdir()
    with write.locked(output):
        looks = write.look_at(output)
        looks = msgspec.structs.replace(looks, at=looks.at + ago * 10**9)
        stage = write.Stage(output, ours=write.read_manifest(output), looks=looks)
        (output / "later").mkdir()
        (output / "later" / "notes.txt").write_text("after")
        (output / "tags" / "more.txt").write_text("after")
        files = [stage.write(Output(path, (b"2",))) for path in ("index.html", "tags/a.html")]
        stage.publish(stage.carry_over(files).value)
    assert tree(output) == {
        "index.html": "2",
        "later/notes.txt": "after",
        "tags/a.html": "2",
        "tags/link": "before",
        "tags/mine.txt": "before",
        "tags/more.txt": "after",
    }
    assert (output / "tags" / "link").is_symlink()
    assert (output / "empty").is_dir()


def test_where_a_persons_file_stands_in_our_place_theirs_is_kept_and_said(output: Path):
    publish(output, {"index.html": "1"})
    (output / "robots.txt").write_text("theirs")
    outcome = publish(output, {"index.html": "1", "robots.txt": "ours"})
    assert tree(output)["robots.txt"] == "theirs"
    assert [(d.code, d.where.path) for d in outcome.diagnostics] == [("kept", "site/robots.txt")]
    assert "robots.txt" not in write.read_manifest(output)
    assert publish(output, {"index.html": "1", "robots.txt": "ours"}, force=True).diagnostics == ()
    assert tree(output)["robots.txt"] == "ours"


def test_the_previous_tree_stays_for_those_who_still_read_from_it(output: Path):
    publish(output, {"a.html": "old"})
    with (output / "a.html").open() as reading:
        publish(output, {"a.html": "new"})
        assert reading.read() == "old"
    assert (output.parent / ".site.sitegen" / "previous" / "a.html").read_text() == "old"


@pytest.mark.parametrize("remembered", [False, True])
def test_what_stays_is_linked_once_and_then_left_where_it_is(
    output: Path, monkeypatch: pytest.MonkeyPatch, remembered: bool
):
    stays = {f"papers/{n}.html": "stays" for n in range(50)}
    for version in "12":
        publish(output, stays | {"index.html": version})
    linked = _calls_of("link", monkeypatch)
    made = (output / "papers" / "0.html").stat().st_ino
    for version in "345":
        with write.locked(output):
            ours, known = write.read_manifest(output), known_in(output)
            stage = write.Stage(output, ours=ours, known=known if remembered else {})
            files = [stage.keep(path, ours[path], known[path].look) for path in stays]
            assert None not in files
            files.append(stage.write(Output("index.html", (version.encode(),))))
            stage.publish(stage.carry_over(files).value)
        assert tree(output) == stays | {"index.html": version}
    assert linked == []
    assert (output / "papers" / "0.html").stat().st_ino == made


@pytest.mark.parametrize("remembered", [False, True])
def test_what_somebody_writes_to_after_it_was_looked_at_is_made_anew_by_the_next_build(
    output: Path, remembered: bool
):
    for version in "12":
        publish(output, {"a.html": "ours", "b.html": version})
    digest, known = write.read_manifest(output)["a.html"], known_in(output) if remembered else {}
    look = known_in(output)["a.html"].look
    with write.locked(output):
        looks = write.look_at(output, known)
        assert ("a.html" in looks.as_known(known)) == remembered
        stage = write.Stage(output, ours={"a.html": digest}, known=known, looks=looks)
        (output / "a.html").write_text("theirs")
        kept = stage.keep("a.html", digest, look)
        assert kept is not None
        stage.publish(stage.carry_over([kept]).value)
        looks = write.look_at(output, known)
        stage = write.Stage(output, ours={"a.html": digest}, known=known, looks=looks)
        assert stage.keep("a.html", digest, kept.look) is None
        stage.discard()


def test_a_previous_tree_that_cannot_be_read_whole_is_left_out(output: Path, monkeypatch: pytest.MonkeyPatch):
    for version in "12":
        publish(output, {"papers/x.html": "same", "a.html": version})
    previous = output.parent / ".site.sitegen" / "previous"
    (previous / "papers" / "theirs").write_text("x")
    real = os.scandir

    def scandir(path: str) -> object:
        if path == f"{previous}/papers":
            raise PermissionError(13, "Permission denied", path)
        return real(path)

    with monkeypatch.context() as patched:
        patched.setattr(os, "scandir", scandir)
        looks = write.look_at(output)
    assert sorted(looks.published) == [write.MANIFEST, "a.html", "papers/x.html"]
    with write.locked(output):
        stage = write.Stage(output, ours=write.read_manifest(output), looks=looks)
        files = [stage.write(Output("papers/x.html", (b"same",)))]
        stage.publish(stage.carry_over(files).value)
    assert tree(output) == {"papers/x.html": "same"}


@pytest.mark.parametrize("gone", ["papers/x.html", "papers/y.html", "a.html", "papers"])
@pytest.mark.parametrize("comes", [False, True])
@pytest.mark.parametrize("remembered", [False, True])
def test_a_previous_tree_that_changes_after_the_look_is_left_out(
    output: Path, gone: str, comes: bool, remembered: bool
):
    same = {"papers/x.html": "same", "papers/z.html": "same"}
    for version in "12":
        publish(output, same | {"papers/y.html": version, "a.html": "same"})
    previous = output.parent / ".site.sitegen" / "previous"
    for folder in (previous, previous / "papers"):  # made longer ago than a clock ticks
        os.utime(folder, (0, 0))
    ours, known = write.read_manifest(output), known_in(output)
    with write.locked(output):
        looks = write.look_at(output, known if remembered else {})
        assert "papers/y.html" in looks.others
        if comes:
            (previous / gone).with_name("theirs").write_text("x")
        elif gone == "papers":
            shutil.rmtree(previous / gone)
        else:
            (previous / gone).unlink()
        stage = write.Stage(output, ours=ours, known=known if remembered else {}, looks=looks)
        files = [stage.keep(path, ours[path], known[path].look) for path in (*same, "a.html")]
        stage.publish(stage.carry_over(files).value)
    assert tree(output) == same | {"a.html": "same"}


@pytest.mark.parametrize("remembered", [False, True])
def test_what_of_the_previous_tree_cannot_be_moved_is_linked_again(
    output: Path, monkeypatch: pytest.MonkeyPatch, remembered: bool
):
    for version in "12":
        publish(
            output, {"papers/x.html": "same", "papers/y.html": version, "a.html": "same", "b.html": version}
        )
    previous = output.parent / ".site.sitegen" / "previous"
    ours, known = write.read_manifest(output), known_in(output)
    looks = write.look_at(output, known if remembered else {})
    real = os.rename

    def rename(source: str, target: str) -> None:
        if source == f"{previous}/papers":
            raise PermissionError(13, "Permission denied", source)
        real(source, target)

    linked = _calls_of("link", monkeypatch)
    with write.locked(output), monkeypatch.context() as patched:
        patched.setattr(os, "rename", rename)
        stage = write.Stage(output, ours=ours, known=known if remembered else {}, looks=looks)
        files = [stage.keep(path, ours[path], known[path].look) for path in ("papers/x.html", "a.html")]
        stage.publish(stage.carry_over(files).value)
    assert tree(output) == {"papers/x.html": "same", "a.html": "same"}
    assert [str(source) for source, _ in linked] == [f"{output}/papers/x.html"]


@pytest.mark.parametrize("folder", [False, True])
def test_what_vanishes_during_the_look_is_left_out_alone(
    output: Path, monkeypatch: pytest.MonkeyPatch, folder: bool
):
    publish(output, {"papers/x.html": "x", "a.html": "a"})
    real, vanishes = os.scandir, output / "papers" / "theirs"
    if folder:
        vanishes.mkdir()
    else:
        vanishes.write_text("x")

    def scandir(path: str) -> object:
        if path == f"{output}/papers":
            entries = list(real(path))
            vanishes.rmdir() if folder else vanishes.unlink()
            return contextlib.nullcontext(entries)
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)
    looks = write.look_at(output)
    assert not vanishes.exists()
    assert sorted(looks.published) == [write.MANIFEST, "a.html", "papers/x.html"]


@pytest.mark.skipif(sys.platform != "linux", reason="names are any bytes on Linux alone")
@pytest.mark.parametrize("name", [b"caf\xe9.txt", b"caf\xe9/menu.txt"])
def test_a_persons_file_whose_name_is_not_utf_8_stays_and_is_no_part_of_a_look(output: Path, name: bytes):
    publish(output, {"a.html": "1"})
    theirs = Path(os.fsdecode(os.fsencode(output) + b"/" + name))
    theirs.parent.mkdir(exist_ok=True)
    theirs.write_text("mine")
    for version in "234":
        looks = write.look_at(output)
        assert msgspec.msgpack.decode(msgspec.msgpack.encode(looks), type=write.Looks) == looks
        assert sorted(looks.published) == [write.MANIFEST, "a.html"]
        publish(output, {"a.html": version})
        assert theirs.read_text() == "mine"


def test_a_published_file_is_read_only_where_it_is_what_it_was(output: Path):
    publish(output, {"a.html": "one", "b.html": "two"})
    digests = write.read_manifest(output)
    assert write.read_published(output, "a.html", digests["a.html"]) == b"one"
    with pytest.raises(OSError, match=r"a\.html"):
        write.read_published(output, "a.html", digests["b.html"])
    (output / "a.html").write_text("onE")
    with pytest.raises(OSError, match=r"a\.html"):
        write.read_published(output, "a.html", digests["a.html"])
    (output / "a.html").unlink()
    with pytest.raises(OSError, match=r"a\.html"):
        write.read_published(output, "a.html", digests["a.html"])


def test_nothing_is_taken_from_the_previous_tree_that_the_published_one_does_not_share(output: Path):
    for version in "12":
        publish(output, {"a.html": "same", "b/c.html": "same", "d.html": version, "gone/e.html": version})
    previous = output.parent / ".site.sitegen" / "previous"
    for path in ("a.html", "b/c.html", "f.html"):
        (previous / path).unlink(missing_ok=True)
        (previous / path).write_text("somebody's")
    (previous / "b" / "link").symlink_to("c.html")
    (previous / "theirs").mkdir()
    publish(output, {"a.html": "same", "b/c.html": "same"})
    assert tree(output) == {"a.html": "same", "b/c.html": "same"}
    assert not (output / "gone").exists()
    assert not (output / "theirs").exists()


@pytest.mark.parametrize("paths", [("a", "a/b/c"), ("a/b/c", "a"), ("a/b/c", "a/b")])
def test_a_page_becomes_a_folder_and_a_folder_a_page(output: Path, paths: tuple[str, str]):
    for path in (*paths, *paths, paths[0], paths[0], paths[1]):
        publish(output, {path: "page", "other.html": "other"})
        assert tree(output) == {path: "page", "other.html": "other"}


def test_a_tree_that_nothing_came_of_costs_the_next_build_nothing(
    output: Path, monkeypatch: pytest.MonkeyPatch
):
    pages = {f"{n}.html": "1" for n in range(9)}
    publish(output, pages)
    publish(output, pages | {"a.html": "2"})
    ours = write.read_manifest(output)
    looks = {path: (output / path).stat() for path in pages}
    linked = _calls_of("link", monkeypatch)
    for _ in range(2):
        with write.locked(output):
            stage = write.Stage(output, ours=ours)
            assert all(
                stage.keep(path, ours[path], (at.st_size, at.st_mtime_ns)) for path, at in looks.items()
            )
            stage.write(Output("half.html", (b"half",)))
            stage.discard()
    assert linked == []
    publish(output, pages)
    assert tree(output) == pages


def _calls_of(name: str, monkeypatch: pytest.MonkeyPatch) -> list[tuple[object, ...]]:
    calls: list[tuple[object, ...]] = []
    real = getattr(os, name)
    monkeypatch.setattr(os, name, lambda *args: (calls.append(args), real(*args))[1])
    return calls


def test_the_manifest_is_the_same_whatever_the_order_of_writing(output: Path, tmp_path: Path):
    publish(output, {"a.html": "1", "b.html": "2"})
    publish(other := tmp_path / "other", {"b.html": "2", "a.html": "1"})
    assert (output / write.MANIFEST).read_bytes() == (other / write.MANIFEST).read_bytes()


def test_clean_takes_what_is_ours_and_nothing_else(output: Path):
    output.mkdir(parents=True)
    (output / "CNAME").write_text("x")
    publish(output, {"index.html": "1", "papers/x.html": "2"})
    assert sorted(write.clean(output)) == ["index.html", "papers/x.html"]
    assert tree(output) == {"CNAME": "x"}
    assert not (output / "papers").exists()
    assert not (output.parent / ".site.sitegen").exists()


def test_a_manifest_that_names_files_outside_removes_nothing_there(output: Path):
    publish(output, {"index.html": "1"})
    precious = output.parent / "precious.txt"
    precious.write_text("x")
    (output / write.MANIFEST).write_text('{"sitegen":1,"files":{"../precious.txt":"0"}}')
    write.clean(output)
    assert precious.read_text() == "x"


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda p: p, "output-is-project"),
        (lambda p: p.parent, "output-is-project"),
        (lambda p: p / "content" / "out", "output-in-content"),
        (lambda p: (p / "plain").write_text("x") and p / "plain", "output-is-file"),
        (lambda p: (p / "link").symlink_to(p / "content") or p / "link", "output-in-content"),
        (lambda p: (p / "link2").symlink_to(p.parent / "elsewhere") or p / "link2", "output-is-link"),
        (
            lambda p: (p / "mine").mkdir() or ((p / "mine" / "thesis.tex").write_text("x") and p / "mine"),
            "foreign-output",
        ),
    ],
)
def test_a_dangerous_output_is_refused_before_anything_is_touched(tmp_path: Path, make, code: str):
    project = tmp_path / "project"
    (project / "content").mkdir(parents=True)
    output = make(project)
    before = sorted(tmp_path.rglob("*"))
    assert [d.code for d in write.refuse(project, output, force=False)] == [code]
    assert sorted(tmp_path.rglob("*")) == before


def test_force_takes_a_strangers_folder_over(tmp_path: Path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "index.html").write_text("of another generator")
    assert write.refuse(tmp_path, tmp_path / "site", force=True) == ()
    publish(tmp_path / "site", {"index.html": "ours"}, force=True)
    assert tree(tmp_path / "site") == {"index.html": "ours"}


def test_a_site_that_would_lose_more_than_a_tenth_of_its_pages_is_refused(output: Path):
    publish(output, {f"{n}.html": "x" for n in range(40)})
    assert write.would_shrink(output.parent, output, [f"{n}.html" for n in range(36)]) == ()
    (problem,) = write.would_shrink(output.parent, output, [f"{n}.html" for n in range(35)])
    assert (problem.severity, problem.code) == ("error", "would-shrink")
    assert "lose 5 of its 40 pages" in problem.message


def test_a_second_build_waits_and_then_says_who_holds_the_lock(output: Path):
    with (
        write.locked(output),
        pytest.raises(write.PublishError, match=f"process {os.getpid()}"),
        write.locked(output, patience=0.1),
    ):
        pass


def test_empty_folders_and_modes_of_a_person_stay_and_a_repository_in_the_output_lives(output: Path):
    subprocess.run(["git", "init", "-q", str(output)], check=True)
    (output / "private").mkdir(mode=0o700)
    publish(output, {"index.html": "1", "papers/x.html": "x"})
    publish(output, {"index.html": "2"})
    assert (
        subprocess.run(["git", "-C", str(output), "status"], check=False, capture_output=True).returncode == 0
    )
    assert (output / "private").stat().st_mode & 0o777 == 0o700
    assert not (output / "papers").exists()


@pytest.mark.parametrize("theirs", ["papers", "index.html/mine.txt"])
def test_a_file_where_a_folder_has_to_be_and_the_reverse_is_told_before_anything_happens(
    output: Path, theirs: str
):
    publish(output, {"start.html": "1"})
    (output / theirs).parent.mkdir(exist_ok=True)
    (output / theirs).write_text("theirs")
    stage = write.Stage(output, ours=write.read_manifest(output))
    files = [stage.write(Output(path, (b"ours",))) for path in ("index.html", "papers/x.html")]
    for force in (False, True):
        assert [
            d.code for d in stage.carry_over(files, force=force).diagnostics if d.severity == "error"
        ] == ["in-the-way"]
        stage.discard()
        stage = write.Stage(output, ours=write.read_manifest(output))
        files = [stage.write(Output(path, (b"ours",))) for path in ("index.html", "papers/x.html")]
    stage.discard()
    assert (output / theirs).read_text() == "theirs"


@pytest.mark.parametrize("damage", ["<<<<<<< ours\n", "", '{"sitegen": 99, "files": {}}', "[]"])
def test_a_damaged_manifest_is_refused_and_force_goes_by_the_previous_one(output: Path, damage: str):
    publish(output, {"a.html": "1", "gone.html": "1"})
    publish(output, {"a.html": "2", "gone.html": "2"})
    (output / write.MANIFEST).write_text(damage)
    assert [d.code for d in write.refuse(output.parent, output, force=False)] == ["bad-manifest"]
    assert write.refuse(output.parent, output, force=True) == ()
    publish(output, {"a.html": "3"}, force=True)
    assert tree(output) == {"a.html": "3"}


@pytest.mark.usefixtures("in_time")
def test_a_pipe_in_place_of_the_manifest_is_refused_and_keeps_nobody_waiting(output: Path):
    publish(output, {"a.html": "1"})
    publish(output, {"a.html": "2"})
    (output / write.MANIFEST).unlink()
    os.mkfifo(output / write.MANIFEST)
    assert [d.code for d in write.refuse(output.parent, output, force=False)] == ["bad-manifest"]
    publish(output, {"a.html": "3"}, force=True)
    assert tree(output) == {"a.html": "3"}


def test_what_a_person_deleted_does_not_come_back(output: Path):
    publish(output, {"a.html": "1"})
    publish(output, {"a.html": "2"})
    shutil.rmtree(output)
    write.heal(output)
    assert not output.exists()


def test_a_crash_between_two_renames_is_healed(output: Path, monkeypatch: pytest.MonkeyPatch):
    publish(output, {"a.html": "old"})
    _crash_between_renames(output, monkeypatch)
    write.heal(output)
    assert tree(output) == {"a.html": "old"}


def _crash_between_renames(output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "swap", lambda one, other: False)
    real = Path.rename

    def crash(self: Path, target: Path) -> Path:
        if target == output:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "rename", crash)
    with pytest.raises(KeyboardInterrupt):
        publish(output, {"a.html": "new"})
    monkeypatch.undo()
    assert not output.exists()


def test_the_tree_is_on_the_disk_before_it_is_exchanged(output: Path, monkeypatch: pytest.MonkeyPatch):
    publish(output, {"a.html": "old"})
    calls: list[str] = []
    flush, swap = exchange.flush, exchange.swap
    monkeypatch.setattr(exchange, "flush", lambda root: (calls.append("flush"), flush(root)))
    monkeypatch.setattr(exchange, "swap", lambda one, other: (calls.append("swap"), swap(one, other))[1])
    publish(output, {"a.html": "new"})
    assert calls == ["flush", "swap"]


def test_a_pipe_in_place_of_a_page_keeps_nobody_waiting(output: Path):
    publish(output, {"a.html": "1"})
    (output / "a.html").unlink()
    os.mkfifo(output / "a.html")
    publish(output, {"a.html": "1"})
    assert tree(output) == {"a.html": "1"}


def test_a_build_that_waited_while_everything_was_cleaned_away_works(output: Path):
    publish(output, {"a.html": "1"})
    done = threading.Event()

    def wait_and_build() -> None:
        publish(output, {"b.html": "2"})
        done.set()

    with write.locked(output):
        waiting = threading.Thread(target=wait_and_build)
        waiting.start()
        time.sleep(0.2)
        shutil.rmtree(output.parent / ".site.sitegen")
    waiting.join(60)
    assert done.is_set()
    assert tree(output) == {"b.html": "2"}


@pytest.mark.parametrize("name", [".sitegen", ".sitegen/cache", ".site.sitegen/x"])
def test_an_output_among_our_own_files_is_refused(tmp_path: Path, name: str):
    assert [d.code for d in write.refuse(tmp_path, tmp_path / name, force=False)] == ["output-is-ours"]
    assert write.refuse(tmp_path, tmp_path / ".sitegen" / "preview", force=False) == ()


KILLED = textwrap.dedent(
    """
    import sys, itertools
    from pathlib import Path
    from sitegen import write
    from sitegen.model.page import Output
    output = Path(sys.argv[1])
    for version in itertools.count(1):
        with write.locked(output):
            stage = write.Stage(output, ours=write.read_manifest(output))
            files = [stage.write(Output(f"d{n % 5}/{n}.html", (str(version).encode(),))) for n in range(60)]
            stage.publish(stage.carry_over(files).value)
            stage.discard()
        print(version, flush=True)
    """
)


def test_a_build_that_is_killed_leaves_the_old_site_or_the_new_one_and_the_next_heals(output: Path):
    publish(output, {f"d{n % 5}/{n}.html": "0" for n in range(60)})
    for attempt in range(12):
        process = subprocess.Popen([sys.executable, "-c", KILLED, str(output)], stdout=subprocess.PIPE)
        assert process.stdout is not None
        process.stdout.readline()  # it is at work now
        time.sleep(0.004 * attempt)
        process.send_signal(signal.SIGKILL)
        process.wait()
        process.stdout.close()
        versions = set(tree(output).values())
        assert len(tree(output)) == 60
        assert len(versions) == 1, f"a mixture of {versions}"
    publish(output, {"index.html": "healed"})
    assert tree(output) == {"index.html": "healed"}
    assert sorted(p.name for p in (output.parent / ".site.sitegen").iterdir()) == ["lock", "previous"]


def test_several_builds_at_once_never_mix(output: Path):
    one = KILLED.replace("itertools.count(1)", "range(8)").replace("str(version)", "sys.argv[2]")
    builds = [
        subprocess.Popen([sys.executable, "-c", one, str(output), name], stdout=subprocess.DEVNULL)
        for name in "abcd"
    ]
    versions = []
    while any(build.poll() is None for build in builds):
        versions.append(_seen_by_a_server(output))
    versions.append(_seen_by_a_server(output))  # on a busy machine each of the others may have come too late
    assert [build.returncode for build in builds] == [0, 0, 0, 0]
    assert len(set(tree(output).values())) == 1
    assert {len(seen) for seen in versions if seen} == {1}


def _seen_by_a_server(output: Path) -> set[str]:
    """What somebody reads who opened the folder once; nothing where that generation is gone by now."""
    try:
        folder = os.open(output, os.O_RDONLY)
    except FileNotFoundError:
        return set()
    try:
        seen = set()
        for n in range(60):
            with open(os.open(f"d{n % 5}/{n}.html", os.O_RDONLY, dir_fd=folder)) as file:
                seen.add(file.read())
    except FileNotFoundError:
        return set()
    else:
        return seen
    finally:
        os.close(folder)


@pytest.mark.parametrize("step", ["link", "open", "mkdir", "rename"])
def test_a_disk_that_fails_leaves_the_old_site(output: Path, monkeypatch: pytest.MonkeyPatch, step: str):
    publish(output, {f"p/{n}.html": "old" for n in range(5)})
    calls = 0
    real = {"link": os.link, "open": os.open, "mkdir": Path.mkdir, "rename": Path.rename}[step]

    def failing(*args, **kwargs):
        nonlocal calls
        calls += 1
        if calls > 1:
            raise OSError(28, "No space left on device", "somewhere")
        return real(*args, **kwargs)

    monkeypatch.setattr(os if step in {"link", "open"} else Path, step, failing)
    failed = False
    try:
        publish(output, {f"q{n}/{n}.html": "new" for n in range(5)})
    except OSError:
        failed = True
    monkeypatch.undo()
    now = tree(output)
    old = {f"p/{n}.html": "old" for n in range(5)}
    assert now == (old if failed else {f"q{n}/{n}.html": "new" for n in range(5)})


def test_clean_keeps_a_persons_files_after_a_crash_between_two_renames(
    output: Path, monkeypatch: pytest.MonkeyPatch
):
    publish(output, {"a.html": "old"})
    (output / "CNAME").write_text("mine")
    _crash_between_renames(output, monkeypatch)
    write.clean(output)
    assert tree(output) == {"CNAME": "mine"}


def test_where_the_new_tree_cannot_come_in_place_the_old_one_is_put_back(
    output: Path, monkeypatch: pytest.MonkeyPatch
):
    publish(output, {"a.html": "old"})
    monkeypatch.setattr(exchange, "swap", lambda one, other: False)
    real = Path.rename

    def fail_once(self: Path, target: Path) -> Path:
        if target == output:
            monkeypatch.setattr(Path, "rename", real)
            raise OSError(28, "No space left on device", str(target))
        return real(self, target)

    monkeypatch.setattr(Path, "rename", fail_once)
    with pytest.raises(OSError, match="No space"):
        publish(output, {"a.html": "new"})
    assert tree(output) == {"a.html": "old"}


@pytest.mark.parametrize("step", ["rename", "flush_folder"])
def test_what_fails_when_the_new_site_is_live_is_a_warning(
    output: Path, monkeypatch: pytest.MonkeyPatch, step: str
):
    publish(output, {"a.html": "old"})

    def failing(*_: object) -> None:
        raise OSError(5, "Input/output error", str(output))

    monkeypatch.setattr(Path if step == "rename" else exchange, step, failing)
    done = publish(output, {"a.html": "new"}).value
    monkeypatch.undo()
    assert [(d.severity, d.code, d.where.path) for d in done.diagnostics] == [
        ("warning", "unsettled", "site")
    ]
    assert tree(output) == {"a.html": "new"}
    assert publish(output, {"a.html": "newer"}).value.diagnostics == ()
    assert tree(output) == {"a.html": "newer"}


def test_a_volume_below_the_output_is_told_before_anything_happens(
    output: Path, monkeypatch: pytest.MonkeyPatch
):
    publish(output, {"a.html": "1"})
    (output / "slides").mkdir()
    (output / "slides" / "talk.pdf").write_text("on a volume")
    real = Path.lstat

    def lstat(self: Path) -> os.stat_result:
        at = real(self)
        return os.stat_result((*at[:2], at.st_dev + 1, *at[3:])) if self == output / "slides" else at

    monkeypatch.setattr(Path, "lstat", lstat)
    stage = write.Stage(output, ours=write.read_manifest(output))
    problems = stage.carry_over([stage.write(Output("a.html", (b"2",)))]).diagnostics
    stage.discard()
    assert [(d.severity, d.code, d.where.path) for d in problems] == [("error", "mounted", "site/slides")]
    assert tree(output) == {"a.html": "1", "slides/talk.pdf": "on a volume"}


def test_a_tree_that_cannot_be_taken_away_stands_in_no_ones_way(
    output: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(exchange, "remove_tree", lambda root: None)
    for version in "12345":
        publish(output, {"a.html": version})
        assert tree(output) == {"a.html": version}


def test_a_read_only_folder_of_a_person_stays_so_and_stops_no_build(output: Path):
    """Where we may not write whatever modes say: root may."""
    publish(output, {"index.html": "0"})
    (output / "talks" / "slides").mkdir(parents=True)
    (output / "talks" / "slides" / "a.pdf").write_text("mine")
    for folder in ("talks/slides", "talks"):
        (output / folder).chmod(0o555)
    _as_nobody(output, PUBLISHED_THRICE)
    assert tree(output) == {"index.html": "3", "talks/slides/a.pdf": "mine"}
    assert [(output / folder).stat().st_mode & 0o777 for folder in ("talks", "talks/slides")] == [0o555] * 2
    assert sorted(path.name for path in (output.parent / ".site.sitegen").iterdir()) == ["lock", "previous"]
    _as_nobody(output, "from sitegen import write; write.clean(output)")
    assert not (output.parent / ".site.sitegen").exists()


PUBLISHED_THRICE = textwrap.dedent(
    """
    from sitegen import write
    from sitegen.model.page import Output
    for version in "123":
        with write.locked(output):
            stage = write.Stage(output, ours=write.read_manifest(output))
            stage.publish(stage.carry_over([stage.write(Output("index.html", (version.encode(),)))]).value)
            stage.discard()
    """
)


def _as_nobody(output: Path, program: str) -> None:
    """Run a program of ours without the rights of root, if we have them; what is below the project is its own then."""
    start = f"import sys; from pathlib import Path; output = Path({str(output)!r})\n"
    if os.getuid() == 0:
        for path in (output.parent, *output.parent.rglob("*")):
            os.chown(path, _NOBODY, _NOBODY, follow_symlinks=False)
        start += _WITHOUT_RIGHTS
    subprocess.run([sys.executable, "-c", start + program], check=True)


_NOBODY = 65534
# Modules are imported while we may read them; folders on the way to a temporary one are open to their owner alone.
_WITHOUT_RIGHTS = f"""
import fcntl, os, sitegen.write, sitegen.model.page
os.chdir(output.parent); output = Path("site")
os.setgroups([]); os.setgid({_NOBODY}); os.setuid({_NOBODY})
"""


def test_the_previous_tree_is_left_whole_where_nothing_is_published(output: Path):
    for version in "12":
        publish(output, {"a.html": version})
    (output / "CNAME").write_text("mine")
    for version in "34":
        publish(output, {"a.html": version})
    shutil.rmtree(output)
    write.Stage(output, ours={}).discard()
    assert tree(output.parent / ".site.sitegen" / "previous") == {"CNAME": "mine", "a.html": "3"}


@pytest.mark.usefixtures("in_time")
def test_a_persons_pipe_and_broken_link_keep_no_publication_waiting(
    output: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(write.exchange, "flush_at_once", lambda _: False)  # as systems have it that cannot
    publish(output, {"a.html": "one"})
    os.mkfifo(output / "own.pipe")
    (output / "own.link").symlink_to("nowhere")
    publish(output, {"a.html": "two"})
    assert (output / "a.html").read_text() == "two"
    assert (output / "own.pipe").is_fifo()
    assert (output / "own.link").is_symlink()
