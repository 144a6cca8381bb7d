"""Large listings are read piece by piece, and only what is wanted of them is kept."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
import os
import tracemalloc
import zipfile

import pytest

from sitegen import read
from sitegen.model.source import DumpSource, Wanted
from sitegen.parse.dump import parse_dump
from sitegen.parse.sieve import line_parser, sift

LINES = "".join(
    json.dumps({"title": f"Paper {n}", "keywords": ["cs.CL" if n % 50 == 0 else "math.CO"]}) + "\n"
    for n in range(1, 201)
)
WANTED = Wanted(categories=("cs.cl",))


def zipped(path, data, *more):
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("papers.jsonl", *more):
            archive.writestr(name, data)


WRITERS = {
    "papers.jsonl": lambda path, data: path.write_bytes(data),
    "papers.gz": lambda path, data: path.write_bytes(gzip.compress(data[:999]) + gzip.compress(data[999:])),
    "papers.bz2": lambda path, data: path.write_bytes(bz2.compress(data[:999]) + bz2.compress(data[999:])),
    "papers.xz": lambda path, data: path.write_bytes(lzma.compress(data)),
    "papers.zip": zipped,
}


def dump_of(folder, wanted=WANTED, progress=None):
    [dump] = read.read_dumps(
        folder, [DumpSource("papers*", wanted=wanted)], near=folder, progress=progress
    ).value
    return dump


@pytest.mark.parametrize("name", WRITERS)
def test_only_wanted_lines_are_kept_and_the_digest_is_that_of_the_whole(tmp_path, name):
    WRITERS[name](tmp_path / name, LINES.encode())
    dump = dump_of(tmp_path)
    assert dump.file.data.count(b"\n") == 200
    assert len(dump.file.data.split()) < 200
    assert dump.file.digest == read.digest((tmp_path / name).read_bytes())
    records = parse_dump(dump.file, dump.source).value.records
    assert [(r.title, r.where.path, r.where.line) for r in records] == [
        (f"Paper {n}", name, n) for n in (50, 100, 150, 200)
    ]


def test_what_is_not_in_lines_is_read_whole(tmp_path):
    zipped(tmp_path / "papers.zip", LINES.encode(), "more.jsonl")
    dump = dump_of(tmp_path)
    assert dump.file.data == (tmp_path / "papers.zip").read_bytes()
    assert len(parse_dump(dump.file, dump.source).value.records) == 8


@pytest.mark.parametrize("name", ["papers.gz", "papers.bz2", "papers.xz"])
def test_a_packed_file_that_breaks_off_says_so(tmp_path, name):
    WRITERS[name](tmp_path / name, LINES.encode())
    whole = (tmp_path / name).read_bytes()
    (tmp_path / name).write_bytes(whole[: len(whole) - 20])
    dump = dump_of(tmp_path)
    assert "damaged-archive" in {problem.code for problem in parse_dump(dump.file, dump.source).diagnostics}


def test_whoever_watches_sees_how_far_it_is(tmp_path):
    (tmp_path / "papers.jsonl").write_text(LINES)
    said: list[str] = []
    dump_of(tmp_path, progress=said.append)
    assert said == ["read papers.jsonl [####################] 100%"]


def test_what_is_too_large_to_be_read_whole_is_refused_with_the_way_out(tmp_path, monkeypatch):
    (tmp_path / "papers.jsonl").write_text(LINES)
    monkeypatch.setattr(read.dumps, "LARGEST", 1000)
    outcome = read.read_dumps(tmp_path, [DumpSource("papers*")], near=tmp_path)
    assert not outcome.value
    [problem] = outcome.diagnostics
    assert (problem.code, "`where:`" in problem.hint) == ("unreadable", True)
    assert dump_of(tmp_path).file.path == "papers.jsonl"


def test_memory_does_not_grow_with_what_is_not_wanted():
    unwanted = "".join(
        json.dumps({"title": f"Paper {n}", "abstract": "x" * 1000, "keywords": ["math.CO"]}) + "\n"
        for n in range(1000)
    ).encode()
    parser = line_parser(unwanted)
    assert parser is not None

    def peak(times):
        tracemalloc.start()
        for kept in sift((unwanted for _ in range(times)), WANTED, parser):
            assert not kept.strip()
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(50) < 1.1 * peak(5)


class Recalled(dict):
    """Listings by key, as a build remembers them; `made` counts those that had to be read."""

    made = 0

    def of(self, key, make):
        if key not in self:
            self.made += 1
            self[key] = make()
        return self[key]


@pytest.fixture
def large(tmp_path, monkeypatch):
    """A listing that counts as large, and is older than the tick of a clock."""
    monkeypatch.setattr(read.dumps, "LARGE", 1)
    monkeypatch.setattr(read.files.time, "time_ns", lambda: 1 << 62)
    (tmp_path / "papers.jsonl").write_text(LINES)
    return tmp_path / "papers.jsonl"


def recalled_by(recalled, folder, wanted=WANTED):
    [dump] = read.read_dumps(
        folder, [DumpSource("papers*", wanted=wanted)], near=folder, recall=recalled.of
    ).value
    return dump.file


def test_a_large_listing_that_looks_as_before_is_not_read_again(large):
    recalled = Recalled()
    first = recalled_by(recalled, large.parent)
    assert recalled_by(recalled, large.parent) == first == dump_of(large.parent).file
    assert recalled.made == 1


def test_a_change_of_equal_size_is_noticed_though_the_time_of_modification_was_set_back(large):
    recalled = Recalled()
    before, at = recalled_by(recalled, large.parent), large.stat()
    while large.stat().st_ctime_ns == at.st_ctime_ns:  # until the file system's clock has ticked
        large.write_text(LINES.replace("Paper 50", "Paper 5O"))
        os.utime(large, ns=(at.st_atime_ns, at.st_mtime_ns))
    after = large.stat()
    assert (after.st_size, after.st_mtime_ns, after.st_ino) == (at.st_size, at.st_mtime_ns, at.st_ino)
    now = recalled_by(recalled, large.parent)
    assert now.digest == read.digest(large.read_bytes()) != before.digest
    assert b"Paper 5O" in now.data


def test_what_else_is_wanted_is_looked_for_in_the_file(large):
    recalled = Recalled()
    recalled_by(recalled, large.parent)
    assert b"math.CO" in recalled_by(recalled, large.parent, Wanted(categories=("math.co",))).data
    assert recalled.made == 2


def test_a_file_that_was_written_just_now_is_not_remembered(large, monkeypatch):
    monkeypatch.setattr(read.files.time, "time_ns", lambda: large.stat().st_ctime_ns + 1)
    recalled = Recalled()
    assert recalled_by(recalled, large.parent) == dump_of(large.parent).file
    assert recalled == {}
