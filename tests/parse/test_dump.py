import gzip
import lzma
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.record import PartialDate
from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.decoding import decode
from sitegen.parse.dump import PARSERS, parse_dump

SAMPLES = Path(__file__).parent / "samples"
PAGE = (SAMPLES / "daily_papers.txt").read_bytes()
LINES = (SAMPLES / "papers.jsonl").read_bytes()


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
    "pack", [gzip.compress, lzma.compress, lambda d: gzip.compress(d[:900]) + gzip.compress(d[900:])]
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
@pytest.mark.parametrize("data", [PAGE, LINES])
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
    [bytes(range(256)) * 40, b"PK\x03\x04" + b"\0" * 500, b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0\1\2" * 90],
)
def test_a_file_that_is_no_text_is_left_out(data):
    dump, problems = read(data)
    assert dump.records == ()
    assert codes(problems) == ["not-text"]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_packed_file_that_breaks_off_keeps_what_it_has(pack):
    data = b"".join(b'{"title": "%d %x"}\n' % (n, zlib.crc32(b"%d" % n)) for n in range(20_000))
    packed = pack(data)
    dump, problems = read(packed[: len(packed) // 2])
    assert "damaged-archive" in codes(problems)
    assert dump.format == "jsonl"
    assert len(dump.records) > 1000


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
def test_a_bomb_is_left_out(pack):
    outcome = decode(pack(b" " * 3_000_000), "bomb", harmless=1_000_000)
    assert outcome.value is None
    assert codes(outcome.diagnostics) == ["archive-too-large"]


@pytest.mark.parametrize("pack", [gzip.compress, lzma.compress])
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


@given(st.binary())
def test_any_bytes_have_an_outcome(data):
    dump, problems = read(data)
    assert dump.records or problems


@given(
    st.sampled_from([PAGE, LINES, gzip.compress(PAGE), lzma.compress(LINES)]),
    st.integers(0, 1500),
    st.integers(0, 40),
    st.binary(max_size=12),
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
