import bz2
import gzip
import io
import lzma
import subprocess
import sys
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.record import PartialDate
from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.decoding import decode
from sitegen.parse.dump import PARSERS, parse_dump
from sitegen.parse.zipped import members

SAMPLES = Path(__file__).parent / "samples"
PAGE = (SAMPLES / "daily_papers.txt").read_bytes()
LINES = (SAMPLES / "papers.jsonl").read_bytes()
FORMATS = {
    path.name: path.read_bytes().replace(b"\r\n", b"\n")
    for path in sorted(SAMPLES.glob("*/*"))
    if path.is_file()
}


def read(data, name="dumps/a.txt", source=None, sidecar=None):
    aside = None if sidecar is None else SourceFile(name + ".meta.yaml", sidecar, "")
    outcome = parse_dump(SourceFile(name, data, ""), source or DumpSource("dumps/*"), aside)
    return outcome.value, outcome.diagnostics


def codes(problems):
    return [problem.code for problem in problems]


def test_the_format_is_told_from_the_content_not_from_the_name():
    assert read(PAGE, "dumps/a.jsonl")[0].format == "daily-papers"
    assert read(LINES, "dumps/a.txt")[0].format == "jsonl"


@pytest.mark.parametrize(
    "pack",
    [
        gzip.compress,
        bz2.compress,
        lzma.compress,
        lambda d: gzip.compress(d[:900]) + gzip.compress(d[900:]),
        lambda d: bz2.compress(d[:900]) + bz2.compress(d[900:]),
    ],
)
@pytest.mark.parametrize("data", [PAGE, LINES])
def test_a_packed_dump_is_the_dump(pack, data):
    packed, problems = read(pack(data))
    assert packed == read(data)[0]
    assert problems == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data.replace(b"\n", b"\r\n"),
        lambda data: data.replace(b"\n", b"\r"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: data.decode().encode("utf-16"),
        lambda data: b"\xfe\xff" + data.decode().encode("utf-16-be"),
        lambda data: data.decode().encode("utf-32"),
    ],
)
@pytest.mark.parametrize("data", [PAGE, LINES, *FORMATS.values()], ids=["page", "lines", *FORMATS])
def test_line_ends_and_byte_order_marks_change_nothing(change, data):
    changed, problems = read(change(data))
    assert problems == ()
    assert changed == read(data)[0]


def test_another_encoding_is_read_as_windows_1252_and_said_to_be():
    dump, problems = read(LINES.replace(b"Ada Wool", "Zoë “Wool”".encode("cp1252")))
    assert dump.records[0].authors[0] == "Zoë “Wool”"
    assert codes(problems) == ["wrong-encoding"]
    assert problems[0].where.line == 1


def test_one_bad_byte_does_not_spoil_a_file_of_utf_8():
    dump, problems = read(LINES.replace(b"Ada Wool", "Zoë Łódź \u00e9".encode() + b"\xff"))
    assert dump.records[0].authors[0] == "Zoë Łódź é\N{REPLACEMENT CHARACTER}"
    assert codes(problems) == ["wrong-encoding"]


def test_the_sidecar_goes_before_the_settings():
    source = DumpSource("dumps/*", captured="2026", label="From the settings")
    dump, _ = read(PAGE, source=source, sidecar=b"captured: 2027\n")
    assert dump.captured == PartialDate(2027, 12, 9)
    assert dump.label == "From the settings"
    assert read(PAGE, source=source, sidecar=b"label: Its own\n")[0].label == "Its own"


def test_a_broken_sidecar_is_reported_and_the_dump_is_read():
    dump, problems = read(PAGE, sidecar=b"captured: [\n")
    assert len(dump.records) == 5
    assert problems[0].where.path == "dumps/a.txt.meta.yaml"


def test_a_dump_without_a_label_is_called_by_its_file():
    assert read(PAGE)[0].label == "a.txt"


def test_a_day_of_capture_that_is_none_is_reported():
    dump, problems = read(LINES, source=DumpSource("dumps/*", captured="last week"))
    assert dump.captured is None
    assert codes(problems) == ["bad-date"]


def test_a_file_of_no_known_format_is_named_together_with_the_known_ones():
    dump, problems = read(b"name,value\n1,2\n", "dumps/table.csv")
    assert dump.records == ()
    assert codes(problems) == ["unknown-format"]
    assert "dumps/table.csv" in problems[0].message
    assert all(parser.called in problems[0].hint for parser in PARSERS.values())


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b" \n\n ",
        b"\xef\xbb\xbf",
        b"<!DOCTYPE html><html><body>404: this page was not found</body></html>",
        b"<html>\n<head><title>Log in</title></head>",
        b"Hugging Face\n\nLog In\n\nSign Up\n",
        gzip.compress(b"", mtime=0),
    ],
)
def test_a_page_without_papers_is_asked_about(data):
    dump, problems = read(data, "dumps/x.txt")
    assert dump.records == ()
    assert codes(problems) == ["no-papers"]
    assert problems[0].message.startswith("no papers found in dumps/x.txt: is it ")


@pytest.mark.parametrize(
    "data",
    [
        bytes(range(256)) * 40,
        b"\x28\xb5\x2f\xfd" + b"\0" * 500,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\1\2" * 90,
    ],
)
def test_a_file_that_is_no_text_is_left_out(data):
    dump, problems = read(data)
    assert dump.records == ()
    assert codes(problems) == ["not-text"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_packed_file_that_breaks_off_keeps_what_it_has(pack):
    data = b"".join(b'{"title": "%d %x"}\n' % (n, zlib.crc32(b"%d" % n)) for n in range(60_000))
    packed = pack(data)
    dump, problems = read(packed[: len(packed) * 3 // 4])
    assert "damaged-archive" in codes(problems)
    assert dump.format == "jsonl"
    assert len(dump.records) > 1000


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_bomb_is_left_out(pack):
    outcome = decode(pack(b" " * 3_000_000), "bomb", harmless=1_000_000)
    assert outcome.value is None
    assert codes(outcome.diagnostics) == ["archive-too-large"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_nothing_may_be_larger_than_the_largest(pack):
    outcome = decode(pack(PAGE * 20), "large", largest=len(PAGE) * 10)
    assert codes(outcome.diagnostics) == ["archive-too-large"]


def test_fifty_megabytes_in_one_line_are_answered():
    dump, problems = read(b"A Title\n\n" + b"x" * (50 << 20))
    assert dump.records == ()
    assert len(problems) == 1


def test_a_dump_that_breaks_off_within_a_character_says_so():
    dump, problems = read(PAGE + "\n\nThe Last Tïtle".encode()[:-4])
    assert codes(problems) == ["cut-off", "cut-off"]
    assert dump.records[-1].title == "The Last T"


def zipped(files, method=zipfile.ZIP_DEFLATED):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return held.getvalue()


def test_every_file_of_a_zip_is_read_under_its_own_name():
    files = {
        "a/page.txt": PAGE,
        "papers.jsonl.gz": gzip.compress(LINES),
        "__MACOSX/._x": b"\0",
        ".DS_Store": b"\0",
    }
    dump, problems = read(zipped(files), "dumps/all.zip")
    assert problems == ()
    assert (dump.path, dump.label, dump.format) == ("dumps/all.zip", "all.zip", "daily-papers, jsonl")
    assert len(dump.records) == len(read(PAGE)[0].records) + len(read(LINES)[0].records)
    assert {record.where.path for record in dump.records} == {
        "dumps/all.zip/a/page.txt",
        "dumps/all.zip/papers.jsonl.gz",
    }


def test_a_zip_of_one_file_is_that_file():
    packed, _ = read(zipped({"a.txt": PAGE}))
    assert [record.title for record in packed.records] == [record.title for record in read(PAGE)[0].records]
    assert packed.captured == read(PAGE)[0].captured


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/./../b", "a\nb\u202e"])
def test_the_name_of_a_file_in_a_zip_leads_nowhere(name):
    dump, _ = read(zipped({name: LINES}), "dumps/x.zip")
    path = dump.records[0].where.path
    assert path.startswith("dumps/x.zip/")
    assert ".." not in path.split("/")
    assert path.isprintable()


def test_a_damaged_file_of_a_zip_costs_that_file():
    data = zipped({"a.jsonl": LINES, "b.jsonl": LINES}, zipfile.ZIP_STORED).replace(b"Loops", b"Knots", 1)
    dump, problems = read(data, "dumps/x.zip")
    assert {record.where.path for record in dump.records} == {"dumps/x.zip/b.jsonl"}
    assert [(problem.code, problem.where.path) for problem in problems] == [
        ("damaged-archive", "dumps/x.zip/a.jsonl")
    ]


@pytest.mark.parametrize("data", [b"PK\x03\x04" + b"\0" * 500, zipped({"a.jsonl": LINES})[:-30]])
def test_a_zip_that_is_none_is_reported(data):
    dump, problems = read(data)
    assert dump.records == ()
    assert codes(problems) == ["damaged-archive"]


def test_an_empty_zip_is_asked_about():
    assert codes(read(zipped({}))[1]) == ["no-papers"]


def test_a_zip_bomb_is_left_out():
    file = SourceFile("x.zip", zipped({f"{n}.txt": b" " * 400_000 for n in range(3)}), "")
    outcome = members(file, harmless=1_000_000)
    assert len(outcome.value) == 2
    assert codes(outcome.diagnostics) == ["archive-too-large"]


@given(st.binary())
def test_any_bytes_have_an_outcome(data):
    dump, problems = read(data)
    assert dump.records or problems


def test_there_is_a_sample_of_every_format_and_nothing_to_say_of_it():
    outcomes = [read(data) for data in (PAGE, LINES, *FORMATS.values())]
    assert {dump.format for dump, _ in outcomes} == set(PARSERS)
    assert [problem for _, problems in outcomes for problem in problems] == []


PACKED = [gzip.compress(PAGE), lzma.compress(LINES), bz2.compress(LINES), zipped({"a": LINES, "b": PAGE})]


@given(
    st.sampled_from([PAGE, LINES, *FORMATS.values(), *PACKED]),
    st.integers(0, 1500),
    st.integers(0, 40),
    st.binary(max_size=12)
    | st.sampled_from([b"[", b"{", b'"', b"<entry>", b"</paper>", b"@a{", b"TY  - A\n"]),
)
def test_a_dump_with_any_damage_has_an_outcome(data, start, length, put):
    dump, problems = read(data[:start] + put + data[start + length :])
    assert dump.records or problems


def test_what_a_dump_does_not_need_is_not_loaded():
    program = (
        "import sys; from sitegen.parse.dump import parse_dump, DumpSource; from sitegen.model.source import SourceFile;"
        "parse_dump(SourceFile('a', b'{\"title\": \"A\"}', ''), DumpSource('*'));"
        "print({'bibtexparser', 'pylatexenc', 'yaml', 'zipfile'} & sys.modules.keys())"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_same_bytes_have_the_same_outcome():
    assert read(PAGE) == read(PAGE)
