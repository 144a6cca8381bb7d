"""A file is changed whole, and never over what somebody else saved meanwhile."""

from __future__ import annotations

import os

import pytest

from sitegen.write import replace
from sitegen.write.replace import ChangedMeanwhileError, remove_file, replace_file


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "list.yaml"
    file.write_bytes(b"before")
    return file


@pytest.fixture(params=["exchange", "rename"])
def system(request, monkeypatch):
    """A system that can exchange two files, and one that cannot."""
    if request.param == "rename":
        monkeypatch.setattr(replace, "swap", lambda _one, _other: False)


def alone(path):
    return [each.name for each in path.parent.iterdir()] == [path.name]


@pytest.mark.usefixtures("system")
def test_a_file_gets_its_new_bytes_and_keeps_its_mode(path):
    path.chmod(0o640)
    replace_file(path, b"before", b"after")
    assert path.read_bytes() == b"after"
    assert path.stat().st_mode & 0o777 == 0o640
    assert alone(path)


@pytest.mark.usefixtures("system")
def test_a_link_stays_a_link(path):
    link = path.with_name("link.yaml")
    link.symlink_to(path)
    replace_file(link, b"before", b"after")
    assert link.is_symlink()
    assert path.read_bytes() == b"after"


@pytest.mark.usefixtures("system")
def test_what_was_saved_while_ours_was_written_stays(path, monkeypatch):
    flushed = os.fsync

    def late(descriptor):
        flushed(descriptor)
        path.write_bytes(b"theirs")

    monkeypatch.setattr(os, "fsync", late)
    with pytest.raises(ChangedMeanwhileError):
        replace_file(path, b"before", b"after")
    assert path.read_bytes() == b"theirs"
    assert alone(path)


def test_what_was_saved_at_the_last_moment_is_put_back(path, monkeypatch):
    exchanged, saved = replace.swap, []

    def late(one, other):
        if not saved:
            saved.append(path.write_bytes(b"theirs"))
        return exchanged(one, other)

    if not exchanged(path, path):
        pytest.skip("this system cannot exchange two files")
    monkeypatch.setattr(replace, "swap", late)
    with pytest.raises(ChangedMeanwhileError):
        replace_file(path, b"before", b"after")
    assert saved
    assert path.read_bytes() == b"theirs"
    assert alone(path)


def test_what_was_left_behind_is_neither_in_the_way_nor_removed(path):
    left = path.with_name(f".{path.name}.{os.getpid()}~")
    left.write_bytes(b"not ours")
    replace_file(path, b"before", b"after")
    assert path.read_bytes() == b"after"
    assert left.read_bytes() == b"not ours"


def test_a_file_is_removed_only_if_it_is_what_it_was(path):
    with pytest.raises(ChangedMeanwhileError):
        remove_file(path, b"else")
    assert path.read_bytes() == b"before"
    remove_file(path, b"before")
    assert not list(path.parent.iterdir())


def test_what_was_saved_before_a_removal_is_put_back(path, monkeypatch):
    looked_at = type(path).read_bytes

    def late(file):
        data = looked_at(file)
        if file == path:
            path.write_bytes(b"theirs")
        return data

    monkeypatch.setattr(type(path), "read_bytes", late)
    with pytest.raises(ChangedMeanwhileError):
        remove_file(path, b"before")
    monkeypatch.undo()
    assert path.read_bytes() == b"theirs"
    assert alone(path)
