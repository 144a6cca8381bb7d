"""A folder that is as it was is not read again; one that is not, or may not be, is."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

import msgspec
import pytest

from sitegen import write
from sitegen.model.page import Output
from sitegen.write import looks as looking
from sitegen.write.looks import beside_ours

OURS = {"index.html": "", "tags/a.html": ""}
SECOND = 10**9


@pytest.fixture
def output(tmp_path: Path) -> Path:
    """A published tree beside its previous one, with files of a person."""
    output = tmp_path / "site"
    for text in (b"1", b"2"):
        with write.locked(output):
            stage = write.Stage(output, ours=write.read_manifest(output))
            written = [
                stage.write(Output("index.html", (text,))),
                stage.write(Output("tags/a.html", (b"same",))),
            ]
            stage.publish(stage.carry_over(written).value)
    (output / "CNAME").write_text("papers.example.org")
    (output / "tags/notes.txt").write_text("mine")
    (output / "tags/link").symlink_to("notes.txt")
    (output / "slides/empty").mkdir(parents=True)
    return output


def look_long_after(output: Path) -> write.Looks:
    """How it looks, as if nothing had changed in the minute before."""
    looks = write.look_at(output)
    return msgspec.structs.replace(looks, at=looks.at + 60 * SECOND)


def found(output: Path, looks: write.Looks) -> dict[str, tuple[list[str], list[str]]]:
    """What is beside ours: by folder, the folders in it, and what is a person's."""
    ours = OURS | {write.MANIFEST: ""}
    return {folder: (within, sorted(theirs)) for folder, within, theirs in beside_ours(output, ours, looks)}


def put_back(folder: Path, at: os.stat_result) -> None:
    """Give a folder the time that it had. When this was done shows once the clock of its disk has ticked."""
    while folder.stat().st_ctime_ns == at.st_ctime_ns or folder.stat().st_mtime_ns != at.st_mtime_ns:
        os.utime(folder, ns=(at.st_atime_ns, at.st_mtime_ns))


def test_what_changed_long_ago_is_not_read_again_and_is_told_as_if_it_were(
    output: Path, monkeypatch: pytest.MonkeyPatch
):
    looks, real, read = look_long_after(output), os.scandir, []
    monkeypatch.setattr(os, "scandir", lambda path: (read.append(str(path)), real(path))[1])
    known = found(output, looks)
    assert read == []
    assert known == {
        "": (["slides", "tags"], ["CNAME"]),
        "tags/": ([], ["link", "notes.txt"]),
        "slides/": (["empty"], []),
        "slides/empty/": ([], []),
    }
    assert found(output, write.Looks({})) == known
    assert len(read) == len(known)


def test_a_folder_that_changed_after_the_look_is_read_again_though_its_time_is_put_back(output: Path):
    looks, tags = look_long_after(output), output / "tags"
    at = tags.stat()
    (tags / "more.txt").write_text("after")
    put_back(tags, at)
    assert found(output, looks)["tags/"] == ([], ["link", "more.txt", "notes.txt"])


@pytest.mark.parametrize("before", [(5, 5), (0, 5), (5, 0)])  # seconds
def test_a_folder_that_changed_shortly_before_the_look_may_have_changed_since(before: tuple[int, int]):
    times = (before[0] * SECOND, before[1] * SECOND)
    for seconds, certain in ((5, False), (7, False), (8, True)):
        looks = write.Looks({}, places={"tags": times}, at=seconds * SECOND)
        assert looks.is_as_it_was("tags", times) == certain
        assert not looks.is_as_it_was("tags", (times[0], times[1] + 1))
        assert not looks.is_as_it_was("tags", (times[0] + 1, times[1]))
        assert not looks.is_as_it_was("elsewhere", times)


def test_a_previous_tree_that_changed_after_the_look_is_left_out_though_its_time_is_put_back(output: Path):
    looks, folder = write.look_at(output), output.parent / ".site.sitegen/previous/tags"
    assert looks.published["tags/a.html"][2]  # it is in both trees
    at = folder.stat()
    (folder / "a.html").unlink()
    put_back(folder, at)
    ours = write.read_manifest(output)
    with write.locked(output):
        stage = write.Stage(output, ours=ours, looks=looks)
        kept = stage.keep("tags/a.html", ours["tags/a.html"], looks.published["tags/a.html"][1])
        assert kept is not None
        stage.publish(stage.carry_over([kept]).value)
    assert (output / "tags/a.html").read_bytes() == b"same"


def test_where_a_folders_times_do_not_tell_of_it_everything_is_read(
    output: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(looking, "_TIMES_TELL", False)
    looks = look_long_after(output)
    assert (looks.places, looks.odd, looks.folders, looks.top, looks.others) == ({}, (), {}, (), ())
    assert sorted(looks.published) == [write.MANIFEST, "CNAME", "index.html", "tags/a.html", "tags/notes.txt"]
    assert sorted(found(output, looks)) == ["", "slides/", "slides/empty/", "tags/"]


def test_of_files_that_look_as_they_are_remembered_and_are_in_both_trees_nothing_is_told(output: Path):
    known = {path: Remembered(look) for path, (_, look, _) in write.look_at(output).published.items()}
    looks = write.look_at(output, known)
    assert looks.as_known(known) == {"tags/a.html"}
    assert looks.published == {
        path: told for path, told in write.look_at(output).published.items() if path != "tags/a.html"
    }
    assert found(output, looks) == found(output, write.Looks({}))
    (output / "tags/a.html").write_text("otherwise")
    assert write.look_at(output, known).as_known(known) == set()
    (output / "tags/a.html").unlink()
    assert write.look_at(output, known).as_known(known) == set()


def test_what_is_remembered_and_in_no_manifest_is_a_persons(output: Path):
    known = {path: Remembered(look) for path, (_, look, _) in write.look_at(output).published.items()}
    looks = write.look_at(output, known)
    looks = msgspec.structs.replace(looks, at=looks.at + 60 * SECOND)
    [theirs] = [
        theirs
        for folder, _, theirs in beside_ours(output, {}, looks, looks.as_known(known))
        if folder == "tags/"
    ]
    assert sorted(theirs) == ["a.html", "link", "notes.txt"]


class Remembered(NamedTuple):
    look: tuple[int, int]
