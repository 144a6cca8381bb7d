"""However an editor saves, it is seen, and it is one build: counted, not timed."""

from __future__ import annotations

import ctypes
import mmap
import os
import shutil
import subprocess

import pytest

from sitegen.serve import watcher
from sitegen.serve.look import changes, look


def in_place(path, text):
    """Nano, VS Code: emptied and written."""
    path.write_text(text)


def in_place_in_pieces(path, text):
    """A program that flushes as it goes."""
    with path.open("w") as file:
        for letter in text:
            file.write(letter)
            file.flush()


def in_place_without_emptying(path, text):
    """Written over, then cut to length: micro, some IDEs."""
    with path.open("r+") as file:
        file.write(text)
        file.truncate()


def by_mapping(path, text):
    """Through memory: no event tells of the writing, only of the closing."""
    os.truncate(path, len(text))
    with path.open("r+b") as file, mmap.mmap(file.fileno(), 0) as memory:
        memory[:] = text.encode()


def by_rename(path, text):
    """VS Code's atomic save, Sublime Text, Kate, gedit (`.goutputstream-…`): a hidden file takes the place."""
    new = path.with_name(f".{path.name}.X1Y2Z3")
    new.write_text(text)
    new.replace(path)


def by_rename_of_a_plain_name(path, text):
    """`sed -i`: the file in the making has a name like any other."""
    new = path.with_name("sedX1Y2Z3")
    new.write_text(text)
    new.replace(path)


def by_rename_from_elsewhere(path, text):
    """`mv`, `crontab -e` and whoever writes in /tmp: one event, of coming."""
    new = path.parents[1] / "elsewhere.txt"
    new.write_text(text)
    new.replace(path)


def as_vim_does(path, text):
    """Vim: a probe, a swap file, the old file renamed to a backup, a new one, the backup deleted."""
    swap = path.with_name(f".{path.name}.swp")
    swap.write_text("swap")
    probe = path.with_name("4913")
    probe.write_text("")
    probe.unlink()
    backup = path.with_name(f"{path.name}~")
    path.rename(backup)
    path.write_text(text)
    backup.unlink()
    swap.unlink()


def as_vim_does_with_copies(path, text):
    """Vim with backupcopy=yes: a copy as backup, then in place."""
    backup = path.with_name(f"{path.name}~")
    shutil.copy2(path, backup)
    path.write_text(text)
    backup.unlink()


def as_emacs_does(path, text):
    """Emacs: a lock (a link to nowhere), a rescue file, the old file renamed to a backup that stays."""
    lock = path.with_name(f".#{path.name}")
    lock.symlink_to("me@here.123")
    rescue = path.with_name(f"#{path.name}#")
    rescue.write_text(text)
    path.rename(path.with_name(f"{path.name}~"))
    path.write_text(text)
    rescue.unlink()
    lock.unlink()


def as_jetbrains_does(path, text):
    """JetBrains' safe write: a new file, the old one aside, the new one in place, the old one deleted."""
    new, old = path.with_name(f"{path.name}___jb_tmp___"), path.with_name(f"{path.name}___jb_old___")
    new.write_text(text)
    path.rename(old)
    new.rename(path)
    old.unlink()


def by_backup_of_a_plain_name(path, text):
    """Perl -i, joe, old DOS editors: the old file gets another suffix, and stays for a moment."""
    old = path.with_name("home.bak")
    path.rename(old)
    path.write_text(text)
    old.unlink()


def deleted_and_created(path, text):
    """`git checkout`, unpackers."""
    path.unlink()
    path.write_text(text)


def by_link(path, text):
    """The new file is given the name by linking: mail programs, some savers on Unix."""
    new = path.with_name(".new")
    new.write_text(text)
    path.unlink()
    path.hardlink_to(new)
    new.unlink()


def by_exchange(path, text):
    """renameat2(RENAME_EXCHANGE): TextEdit's way, where the system has it."""
    new = path.with_name(".new")
    new.write_text(text)
    at, exchange = -100, 2
    renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    assert renameat2(at, os.fsencode(new), at, os.fsencode(path), exchange) == 0, os.strerror(
        ctypes.get_errno()
    )
    new.unlink()


def in_a_folder_beside(path, text):
    """MacOS' safe save: a folder beside the file, from which the new one is moved."""
    folder = path.with_name(f"{path.name}.sb-1a2b3c4d-x1Y2z3")
    folder.mkdir()
    (folder / path.name).write_text(text)
    (folder / path.name).replace(path)
    folder.rmdir()


def with_the_old_time(path, text):
    """`cp -p`, restorers: the time of modification is not told from before."""
    at = path.stat()
    path.write_text(text)
    os.utime(path, ns=(at.st_atime_ns, at.st_mtime_ns))


def with_other_rights(path, text):
    """Written anew, and given its rights afterwards."""
    by_rename(path, text)
    path.chmod(0o600)
    path.chmod(0o644)


def as_another_folder(path, text):
    """Rsync --delay-updates, deployers: the folder itself is another."""
    folder, old = path.parent, path.parent.with_name("old")
    shutil.copytree(folder, folder.with_name("new"))
    (folder.with_name("new") / path.name).write_text(text)
    folder.rename(old)
    folder.with_name("new").rename(folder)
    shutil.rmtree(old)


def by_sed(path, text):
    """The program itself."""
    subprocess.run(["sed", "-i", f"s/.*/{text}/", path], check=True)


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """Quiet times that a loaded machine keeps, too: what a save is, is tested here, and not how long its pauses may be."""
    for name, seconds in {"_QUIET": 0.8, "_LONG_QUIET": 2.0, "_LONGEST": 60.0, "_WRITER": 60.0}.items():
        monkeypatch.setattr(watcher, name, seconds)


WAYS = [
    in_place,
    in_place_in_pieces,
    in_place_without_emptying,
    by_mapping,
    by_rename,
    by_rename_of_a_plain_name,
    by_rename_from_elsewhere,
    as_vim_does,
    as_vim_does_with_copies,
    as_emacs_does,
    as_jetbrains_does,
    by_backup_of_a_plain_name,
    deleted_and_created,
    by_link,
    by_exchange,
    in_a_folder_beside,
    with_the_old_time,
    with_other_rights,
    as_another_folder,
    by_sed,
]


@pytest.mark.parametrize("save", WAYS)
def test_a_save_is_one_build(run, save):
    states = run.states()
    next(states)
    save(run.home, "other")  # as long as what was there
    run.until_home_is("other", states)
    run.save("the end")  # a build that was too many has begun by now
    run.until_home_is("the end", states)
    run.until_count(3)
    assert [report.published for report in run.reports] == [True, True, True]


@pytest.mark.parametrize("save", WAYS)
def test_saving_the_same_text_again_is_no_edit(project, save):
    inputs = [str(project / "content")]
    before = look(inputs, {})
    save(project / "content/home.txt", "first")
    assert not changes(before, look(inputs, before))


def test_a_file_that_is_still_being_written_is_waited_for(run):
    states, said = run.states(), run.states(all_of_them=True)
    next(states), next(said)
    with run.home.open("w") as file:
        file.write("wrong")
        file.flush()
        assert any("home.txt is written" in state["underWay"] for state in said)
        file.seek(0)
        file.write("right")
    run.until_home_is("right", states)
    run.until_count(2)
    assert len(run.reports) == 2
    assert all(report.published for report in run.reports)


def test_a_thousand_files_at_once_are_three_builds_at_most(run, project):
    """`git checkout` of a branch on which everything is different."""

    def git(*args):
        command = [
            "git",
            "-C",
            project / "content",
            "-c",
            "user.name=x",
            "-c",
            "user.email=x@example.org",
            *args,
        ]
        subprocess.run(command, check=True, capture_output=True)

    states = run.states()
    next(states)
    git("init", "--initial-branch", "one")
    git("add", ".")
    git("commit", "-m", "one")
    git("checkout", "-b", "two")
    run.save("here it is different")
    for number in range(1000):
        (project / f"content/{number}.yaml").write_text(str(number))
    run.until_home_is("here it is different", states)
    git("add", ".")
    git("commit", "-m", "two")
    git("checkout", "one")
    run.until_home_is("first", states)
    before = len(run.reports)
    git("checkout", "two")
    run.until_home_is("here it is different", states)
    run.save("the end")
    run.until_home_is("the end", states)
    assert len(run.reports) <= before + 4  # three, and the end


def test_a_folder_that_is_moved_in_and_out_is_one_build_each_time(run, project):
    (project / "aside").mkdir()
    (project / "aside/a.yaml").write_text("a")
    (project / "aside/b.yaml").write_text("b")
    for count, (old, new) in enumerate(
        (("aside", "content/deep"), ("content/deep", "aside"), ("aside", "content/x")), 2
    ):
        (project / old).rename(project / new)
        run.until_count(count)
    run.save("the end")
    run.until_count(5)
    assert "the end" in run.get()[1]
    assert len(run.reports) == 5


@pytest.mark.parametrize("save", [in_place, by_rename, as_vim_does, as_emacs_does, deleted_and_created])
def test_with_polling_a_save_is_seen_too(project, preview_of, save):
    with preview_of(project, poll=0.05) as run:
        states = run.states()
        next(states)
        save(run.home, "other")
        run.until_home_is("other", states)
