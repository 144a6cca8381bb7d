"""Edits are noticed however an editor saves; what changes nothing is not an edit."""

from __future__ import annotations

import os
import time
from threading import Thread

import pytest

from sitegen.serve.watcher import Watcher, changes, look, settled


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "collections").mkdir(parents=True)
    (folder / "sitegen.yaml").write_text("title: A\n")
    (folder / "collections/a.yaml").write_text("title: One\n")
    return folder


def in_place(path, text):
    path.write_text(text)


def by_rename(path, text):
    new = path.with_name(".new")
    new.write_text(text)
    new.replace(path)


def with_backup(path, text):
    path.rename(path.with_name(path.name + "~"))
    path.write_text(text)


def delete_and_create(path, text):
    path.unlink()
    path.write_text(text)


def with_the_old_time(path, text):
    at = path.stat()
    path.write_text(text)
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))


def by_another_folder(path, text):
    folder = path.parent
    folder.rename(folder.with_name("old"))
    folder.mkdir()
    (folder / path.name).write_text(text)
    for old in folder.with_name("old").iterdir():
        old.unlink()
    folder.with_name("old").rmdir()


WAYS = [in_place, by_rename, with_backup, delete_and_create, with_the_old_time, by_another_folder]


@pytest.mark.parametrize("save", WAYS)
def test_an_edit_is_seen_however_it_is_saved(content, save):
    before = look([str(content)], {})
    save(content / "collections/a.yaml", "title: Two\n")  # of the same length
    assert changes(before, look([str(content)], before))


@pytest.mark.parametrize("save", WAYS)
def test_saving_the_same_text_again_is_no_edit(content, save):
    before = look([str(content)], {})
    save(content / "collections/a.yaml", "title: One\n")
    assert not changes(before, look([str(content)], before))


@pytest.mark.parametrize("name", [".a.yaml.swp", "a.yaml~", "#a.yaml#", "4913", "a.tmp", ".git/x"])
def test_what_editors_leave_beside_a_file_is_no_edit(content, name):
    before = look([str(content)], {})
    (content / name).parent.mkdir(exist_ok=True)
    (content / name).write_text("noise")
    assert not changes(before, look([str(content)], before))


def test_files_that_come_and_go_are_edits(content):
    before = look([str(content)], {})
    (content / "new.yaml").write_text("")
    between = look([str(content)], before)
    assert changes(before, between)
    (content / "new.yaml").unlink()
    assert changes(between, look([str(content)], between))


def test_two_edits_within_one_tick_of_the_file_system_are_two(content):
    path = content / "sitegen.yaml"
    for text in ("title: B\n", "title: C\n", "title: D\n"):
        before = look([str(content)], {})
        path.write_text(text)
        at = look([str(content)], before)
        assert changes(before, at)


def test_inputs_may_be_folders_files_and_globs(content, tmp_path):
    dumps = tmp_path / "elsewhere"
    dumps.mkdir()
    for name in ("a.txt", "a.txt.meta.yaml", "b.txt", "c.json"):
        (dumps / name).write_text(name)
    found = look([str(content), str(tmp_path / "content/../elsewhere/*.txt"), str(dumps / "c.json")], {})
    named = sorted(os.path.relpath(path, tmp_path) for path in found)
    assert named == [
        "content/collections/a.yaml",
        "content/sitegen.yaml",
        "elsewhere/a.txt",
        "elsewhere/a.txt.meta.yaml",
        "elsewhere/b.txt",
        "elsewhere/c.json",
    ]


def test_pipes_broken_links_and_loops_are_passed_over(content):
    os.mkfifo(content / "pipe.yaml")
    (content / "gone.yaml").symlink_to("nowhere")
    (content / "loop").symlink_to(content)
    assert len(look([str(content), str(content / "missing")], {})) == 2


def woken(watcher, act, *, timeout=5.0):
    """Whether `act`, done a moment later, ends the wait before its timeout."""
    Thread(target=lambda: (time.sleep(0.1), act())).start()
    started = time.monotonic()
    watcher.wait(quiet=0.02, timeout=timeout)
    return time.monotonic() - started < timeout


@pytest.mark.parametrize("save", WAYS)
def test_an_edit_wakes_the_watcher(content, save):
    with Watcher() as watcher:
        watcher.watch([str(content)])
        assert woken(watcher, lambda: save(content / "collections/a.yaml", "title: Two\n"))


def test_a_new_match_of_a_glob_wakes_the_watcher(tmp_path):
    with Watcher() as watcher:
        watcher.watch([str(tmp_path / "dumps/*.txt")])  # neither file nor folder is there yet
        assert woken(watcher, (tmp_path / "dumps").mkdir)
        watcher.watch([str(tmp_path / "dumps/*.txt")])
        assert woken(watcher, lambda: (tmp_path / "dumps/a.txt").write_text("x"))


def test_a_folder_that_was_replaced_is_watched_again(content):
    with Watcher() as watcher:
        watcher.watch([str(content)])
        content.rename(content.with_name("old"))
        content.mkdir()
        watcher.watch([str(content)])
        watcher.wait(quiet=0.02, timeout=0.2)
        assert woken(watcher, lambda: (content / "new.yaml").write_text("x"))


def test_reading_wakes_nobody(content):
    with Watcher() as watcher:
        watcher.watch([str(content)])
        assert not woken(watcher, (content / "sitegen.yaml").read_text, timeout=0.4)


def test_a_place_that_never_becomes_quiet_is_looked_at_all_the_same(content):
    with Watcher() as watcher:
        watcher.watch([str(content)])
        busy = True

        def write():
            while busy:
                (content / "log").write_text("x")
                time.sleep(0.01)

        thread = Thread(target=write)
        thread.start()
        watcher.wait(quiet=30.0, timeout=30.0, longest=0.2)  # returns: or this test would hang
        busy = False
        thread.join()


class Writing:
    """A watcher that finds, after every pause, that more files were written; `more` says how many times."""

    def __init__(self, folder, *, more, happened=True):
        self.folder, self.more, self.happened, self.waits = folder, more, happened, 0

    def wait(self, **_):
        self.waits += 1
        if 1 < self.waits <= self.more + 1:
            (self.folder / f"more-{self.waits}").write_text("")
        return self.happened


def test_one_edit_is_built_at_once(tmp_path):
    (tmp_path / "one").write_text("")
    watcher = Writing(tmp_path, more=5)
    assert len(settled([str(tmp_path)], {}, watcher, 1.0)) == 1
    assert watcher.waits == 1


def test_an_edit_that_no_event_told_of_is_looked_at_twice(tmp_path):
    (tmp_path / "half a file").write_text("")
    watcher = Writing(tmp_path, more=1, happened=False)
    assert len(settled([str(tmp_path)], {}, watcher, 1.0)) == 2
    assert watcher.waits == 3


def test_many_edits_are_built_when_no_more_come(tmp_path):
    for number in range(100):
        (tmp_path / str(number)).write_text("")
    watcher = Writing(tmp_path, more=3)
    assert len(settled([str(tmp_path)], {}, watcher, 1.0)) == 103
    assert watcher.waits == 5


def test_a_program_that_never_stops_writing_is_not_waited_for(tmp_path):
    for number in range(100):
        (tmp_path / str(number)).write_text("")
    settled([str(tmp_path)], {}, Writing(tmp_path, more=1_000_000), 1.0)  # returns
