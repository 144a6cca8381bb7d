from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.record import Identifier, Link, PartialDate
from sitegen.parse.decoding import decode
from sitegen.parse.ris import parse, recognises

SAMPLE = decode((Path(__file__).parent / "samples" / "ris" / "zoo.ris").read_bytes(), "").value.decode()


def read(text):
    outcome = parse(text.encode("utf-8", "replace"), "dumps/zoo.ris", None)
    return outcome.value.records, outcome.diagnostics


def test_every_field_is_read():
    (first, *_), problems = read(SAMPLE)
    assert problems == ()
    assert first.title == "Loops and Scarves: TY - no tag here"
    assert first.abstract == "We knit. Code: https://github.com/wool-lab/loops"
    assert first.authors == ("Ada Wool", "Jan van der Berg Jr.", "Yarn Collaboration")
    assert first.date == PartialDate(2024, 3, 1)
    assert first.venue == "Journal of Yarn"
    assert first.identifiers == (Identifier("doi", "10.1000/yarn.1"), Identifier("arxiv", "2403.00001", "2"))
    assert first.links == (
        Link("page", "https://yarn.example/1"),
        Link("page", "https://arxiv.org/abs/2403.00001v2"),
        Link("pdf", "https://yarn.example/1.pdf"),
        Link("code", "https://github.com/wool-lab/loops"),
    )
    assert first.keywords == ("knitting", "wool", "yarn")


def test_a_record_that_never_ends_does_not_swallow_the_next():
    (_, second, third), _ = read(SAMPLE)
    assert (second.title, third.title) == ("Kettles", "Pots")
    assert second.identifiers == (Identifier("arxiv", "2311.00002"),)
    assert (second.date, third.date) == (PartialDate(2023), None)
    assert [record.where.line for record in read(SAMPLE)[0]] == [1, 20, 24]


def test_the_last_record_may_lack_its_end():
    assert [record.title for record in read("TY  - GEN\nTI  - A")[0]] == ["A"]


def test_a_name_of_nothing_but_commas_is_none():
    assert read("TY  - GEN\nTI  - A\nAU  - ,\nAU  - Wool, Ada")[0][0].authors == ("Ada Wool",)


def test_a_record_without_a_title_is_reported_with_its_own_text():
    records, problems = read("TY  - GEN\nAU  - Wool, Ada\nER  - \nTY  - GEN\nTI  - A\nER  - ")
    assert [record.title for record in records] == ["A"]
    assert [(problem.code, problem.where.line) for problem in problems] == [("no-title", 1)]
    assert "AU Wool, Ada" in problems[0].message


def test_what_stands_between_records_is_reported_once():
    records, problems = read("Exported by hand\nand more\n\nTY  - GEN\nTI  - A\nER  - \nAU  - Lost, Ann\n")
    assert len(records) == 1
    assert [(problem.code, problem.where.line) for problem in problems] == [("bad-ris", 1), ("bad-ris", 7)]


@pytest.mark.parametrize(
    ("lines", "date"),
    [
        ("PY  - 2024", PartialDate(2024)),
        ("PY  - 2024/03/01/", PartialDate(2024, 3, 1)),
        ("Y1  - 2024/3//", PartialDate(2024, 3)),
        ("DA  - 2024-03-01", PartialDate(2024, 3, 1)),
        ("DA  - ///\nPY  - 2024", PartialDate(2024)),
        ("TI  - B", None),
    ],
)
def test_every_way_to_write_a_date_is_read(lines, date):
    (record,), problems = read(f"TY  - GEN\nTI  - A\n{lines}\nER  - ")
    assert record.date == date
    assert problems == ()


def test_a_date_that_is_none_is_reported():
    (record,), problems = read("TY  - GEN\nTI  - A\nPY  - in press\nER  - ")
    assert record.date is None
    assert [problem.code for problem in problems] == ["bad-date"]


def test_a_file_is_recognised_by_its_first_tag():
    assert recognises(SAMPLE)
    assert recognises("\ufeffTY - JOUR\n")
    assert not recognises("TYPING  - a study\nPARTY  - JOUR")


@given(st.lists(st.sampled_from(["TY  - GEN", "TI  - A", "ER  - ", "AU  - B, C, D", "x", "", "PY  - 2024/99", "UR  - ;;", "KW  - "])))  # fmt: skip
def test_no_record_is_lost(lines):
    records, problems = read("\n".join(lines))
    assert len(records) + sum(problem.code == "no-title" for problem in problems) == lines.count("TY  - GEN")
