"""What wakes the watcher, and when what woke it is over."""

from __future__ import annotations

import time
from threading import Thread

import pytest

from sitegen.serve import watcher as watcher_module
from sitegen.serve.watcher import Watcher, settled


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "content"
    (folder / "collections").mkdir(parents=True)
    (folder / "sitegen.yaml").write_text("title: A\n")
    (folder / "collections/a.yaml").write_text("title: One\n")
    return folder


def woken(watcher, act):
    """Whether `act` ends a wait, which would else be long."""
    act()
    return watcher.wait(60.0, ())


class Known:
    """Files that are known, all of them; and those that the watcher asked about: they had woken it."""

    def __init__(self):
        self.asked = set()

    def __contains__(self, path):
        self.asked.add(path)
        return True


def woke(watcher, act, *, after):
    """The files that woke the watcher when `act` and then another edit, `after`, were done: events come in their order."""
    known = Known()
    act()
    after.write_text("woken")
    while str(after) not in known.asked:  # on a busy machine both may be over one after the other
        assert watcher.wait(60.0, known)
    return known.asked


def test_an_edit_wakes_the_watcher(content):
    with Watcher() as watcher:
        watcher.watch([str(content)])
        assert woken(watcher, lambda: (content / "collections/a.yaml").write_text("title: Two\n"))


def test_what_a_link_leads_to_wakes_the_watcher(content, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/dump.txt").write_text("x")
    (content / "file.txt").symlink_to(tmp_path / "elsewhere/dump.txt")
    (content / "folder").symlink_to(tmp_path / "elsewhere")
    with Watcher() as watcher:
        watcher.watch([str(content)])
        assert woken(watcher, lambda: (tmp_path / "elsewhere/dump.txt").write_text("y"))
        assert woken(watcher, lambda: (tmp_path / "elsewhere/other.txt").write_text("y"))


def test_a_folder_that_comes_in_the_place_of_another_wakes_the_watcher(content):
    with Watcher() as watcher:
        watcher.watch([str(content)])
        assert woken(watcher, lambda: content.rename(content.with_name("old")))
        assert woken(watcher, lambda: content.with_name("old").rename(content))


@pytest.mark.parametrize("name", ["content/.a.yaml.swp", "content/a.yaml~", "README.md", "site/index.html"])
def test_what_is_no_input_wakes_nobody(content, tmp_path, name):
    (tmp_path / "site").mkdir()
    with Watcher() as watcher:
        watcher.watch([str(content), str(tmp_path / "templates"), str(tmp_path / "*.txt")])
        after = content / "sitegen.yaml" if name.startswith("content/") else tmp_path / "a.txt"
        assert woke(watcher, lambda: (tmp_path / name).write_text("x"), after=after) == {str(after)}


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
        watcher.wait(0.2, ())
        assert woken(watcher, lambda: (content / "new.yaml").write_text("x"))


def test_folders_without_end_keep_no_other_from_being_watched(deep, content):
    with Watcher() as watcher:
        watcher.watch([str(deep), str(content)])
        assert woken(watcher, lambda: (content / "new.yaml").write_text("title: New\n"))


def test_reading_wakes_nobody(content):
    with Watcher() as watcher:
        watcher.watch([str(content)])
        after = content / "collections/a.yaml"
        assert woke(watcher, (content / "sitegen.yaml").read_text, after=after) == {str(after)}


def test_what_is_an_input_is_among_what_wakes(content):
    with Watcher() as watcher:
        watcher.watch([str(content)])
        one, after = content / "collections/a.yaml", content / "sitegen.yaml"
        assert woke(watcher, lambda: one.write_text("title: Two\n"), after=after) == {str(one), str(after)}


def test_a_place_that_never_becomes_quiet_is_looked_at_all_the_same(content, monkeypatch):
    monkeypatch.setattr(watcher_module, "_LONGEST", 0.2)
    with Watcher() as watcher:
        watcher.watch([str(content)])
        busy = True

        def write():
            while busy:
                (content / "log").write_text("x")
                time.sleep(0.001)

        thread = Thread(target=write)
        thread.start()
        watcher.wait(30.0, ())  # returns: or this test would hang
        busy = False
        thread.join()


class Writing:
    """A watcher that finds, after every pause, that more files were written; `more` says how many times."""

    def __init__(self, folder, *, more, happened=True):
        self.folder, self.more, self.happened, self.waits = folder, more, happened, 0

    def wait(self, *_):
        self.waits += 1
        if 1 < self.waits <= self.more + 1:
            (self.folder / f"more-{self.waits}").write_text("")
        return self.happened

    quiet = wait


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
