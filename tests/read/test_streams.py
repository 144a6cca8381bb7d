"""Large listings are read piece by piece, and only what is wanted of them is kept."""

from __future__ import annotations

import bz2
import gzip
import json
import lzma
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
    monkeypatch.setattr(read, "LARGEST", 1000)
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
