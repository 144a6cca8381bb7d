import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.record import Identifier, Link, PartialDate, Signal
from sitegen.parse.decoding import decode
from sitegen.parse.jsonl import parse, recognises

SAMPLE = (Path(__file__).parent / "samples" / "papers.jsonl").read_text()


def read(text, captured=None):
    outcome = parse(text.encode(), "dumps/papers.jsonl", captured)
    return outcome.value.records, outcome.diagnostics


def one(**fields):
    records, problems = read(json.dumps({"title": "A Title", **fields}))
    assert len(records) == 1
    return records[0], problems


def test_every_field_is_read():
    (first, second, third), problems = read(SAMPLE, PartialDate(2025, 1, 2))
    assert problems == ()
    assert first.title == "Loops and Scarves"
    assert first.abstract == "Knitting, by machine. Code: https://github.com/wool-lab/loops."
    assert first.authors == ("Ada Wool", "Bo Needle")
    assert first.date == PartialDate(2024)
    assert first.venue == "Journal of Yarn"
    assert first.identifiers == (Identifier("doi", "10.1000/yarn.1"), Identifier("arxiv", "2403.00001", "2"))
    assert first.links == (
        Link("page", "https://yarn.example/1"),
        Link("pdf", "https://arxiv.org/pdf/2403.00001v2"),
        Link("code", "https://github.com/wool-lab/loops"),
        Link("project", "https://wool-lab.github.io"),
    )
    assert first.keywords == ("knitting", "wool")
    assert first.signals == (Signal("citations", 12, PartialDate(2025, 1, 2), "dumps/papers.jsonl"),)
    assert second.authors == ("Cy Kettle", "Dee Leaf")
    assert second.date == PartialDate(2023, 11, 30)
    assert second.identifiers == (Identifier("arxiv", "2311.00002"),)
    assert [record.where.line for record in (first, second, third)] == [1, 3, 4]


def test_citations_that_were_counted_on_no_known_day_have_none():
    assert one(citations=0)[0].signals == (Signal("citations", 0, None, "dumps/papers.jsonl"),)
    assert one()[0].signals == ()


@pytest.mark.parametrize("line", ["{", "nonsense", '{"title": "A"} x', "[]", '"A"', "1", "null", "[" * 10_000, '{"title": NaN}'])  # fmt: skip
def test_a_bad_line_costs_that_line_alone(line):
    records, problems = read(f'{{"title": "Before"}}\n{line}\n{{"title": "After"}}\n')
    assert [record.title for record in records] == ["Before", "After"]
    assert [(problem.severity, problem.where.line) for problem in problems] == [("warning", 2)]
    assert problems[0].hint


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("abstract", 3),
        ("authors", {"name": "x"}),
        ("authors", ["Ada Wool", 2]),
        ("year", [2024]),
        ("year", 2024.5),
        ("venue", ["x"]),
        ("arxiv", 2401.00010),
        ("url", {}),
        ("keywords", 7),
        ("citations", "many"),
        ("citations", -1),
        ("citations", 10**30),
    ],
)
def test_a_field_of_a_wrong_type_costs_that_field_alone(field, value):
    record, problems = one(**{field: value, "doi": "10.1000/1"})
    assert record.title == "A Title"
    assert record.identifiers == (Identifier("doi", "10.1000/1"),)
    assert [problem.code for problem in problems] == ["wrong-type"]
    assert field in problems[0].message


@pytest.mark.parametrize("title", ["", "  ", None, 7])
def test_a_record_without_a_title_is_reported_with_its_line(title):
    records, problems = read(json.dumps({"title": title, "year": 2024}))
    assert records == ()
    assert problems[-1].code == "no-title"
    assert problems[-1].where.line == 1


def test_unknown_fields_and_empty_ones_are_nothing_to_speak_of():
    record, problems = one(track="main", abstract=None, authors=None, year=None, url="", date="", keywords=[])
    assert problems == ()
    assert record.date is None


@pytest.mark.parametrize("date", ["2024-13-45", "soon", 20240, "2024-02-30"])
def test_a_date_that_does_not_exist_is_reported_and_the_year_is_taken_for_it(date):
    record, problems = one(date=date, year=2024)
    assert record.date == PartialDate(2024)
    assert [problem.code for problem in problems] == ["bad-date"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "//evil.example", "http://user:pw@x.org", "data:,x"])
@pytest.mark.parametrize("field", ["url", "pdf", "code", "project"])
def test_an_unsafe_address_is_no_link_and_is_reported(field, url):
    record, problems = one(**{field: url})
    assert record.links == ()
    assert [problem.code for problem in problems] == ["unsafe-url"]


def test_an_identifier_that_is_none_is_reported():
    record, problems = one(doi="see the paper", arxiv="2413.00001")
    assert record.identifiers == ()
    assert [problem.code for problem in problems] == ["bad-identifier"] * 2


def test_the_doi_that_arxiv_gives_is_the_arxiv_id():
    assert one(doi="10.48550/arXiv.2401.00849", arxiv="2401.00849")[0].identifiers == (
        Identifier("arxiv", "2401.00849"),
    )


def test_an_address_in_the_abstract_that_is_known_already_is_not_repeated():
    record, _ = one(code="https://github.com/a/b", abstract="See https://github.com/A/b and https://x.org/.")
    assert record.links == (Link("code", "https://github.com/a/b"), Link("other", "https://x.org/"))


def test_controls_are_counted_once_per_file():
    records, problems = read('{"title": "A\\u0000 B"}\n{"title": "C\\u0007 \\u202eD"}\n')
    assert [record.title for record in records] == [
        "A\N{REPLACEMENT CHARACTER} B",
        "C\N{REPLACEMENT CHARACTER} \u202eD",
    ]
    assert [(problem.code, problem.message[:2]) for problem in problems] == [
        ("control-characters", "2 "),
        ("hidden-characters", "1 "),
    ]


def test_a_line_beyond_measure_costs_that_line():
    records, problems = read(
        '{"title": "Before"}\n{"title": "' + "x" * (5 << 20) + '"}\n{"title": "After"}\n'
    )
    assert [record.title for record in records] == ["Before", "After"]
    assert [(problem.code, problem.where.line) for problem in problems] == [("line-too-long", 2)]


def test_a_file_is_recognised_by_a_title_in_its_first_lines():
    assert recognises(SAMPLE)
    assert recognises('\n{"broken"\n{"title": "A"}')
    assert recognises('[{"title": "A"}]')
    assert not recognises('{"id": 1}\n{"id": 2}')
    assert not recognises('[{"id": 1}]')
    assert not recognises("")


@given(st.text())
def test_any_text_is_read(text):
    assert all(record.title for record in read("{" + text)[0])


VALUE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda v: st.lists(v, max_size=3),
    max_leaves=4,
)
FIELDS = ["title", "abstract", "authors", "year", "date", "venue", "url", "pdf", "doi", "arxiv", "code", "project", "keywords", "citations"]  # fmt: skip


@given(st.dictionaries(st.sampled_from(FIELDS), VALUE))
def test_any_object_is_a_record_or_a_warning(fields):
    records, problems = read(json.dumps(fields))
    assert len(records) == 1 or problems


def test_the_real_papers_are_all_read(real_papers):
    records, problems = read(decode(real_papers.read_bytes(), "papers.jsonl.xz").value.decode())
    assert len(records) == 10_000
    assert {problem.code for problem in problems} <= {
        "bad-identifier",
        "unsafe-url",
        "control-characters",
        "hidden-characters",
    }


def test_half_a_surrogate_pair_is_replaced_and_costs_nothing_else():
    records, problems = read(r'{"title": "Half \ud83d of \\ud83d a \ud83e\udd9c \udd9c"}')
    assert [r.title for r in records] == ["Half \ufffd of \\ud83d a \U0001f99c \ufffd"]
    assert [(d.code, d.severity) for d in problems] == [("control-characters", "warning")]
    assert recognises(r'{"title": "\ud83d"}')


def test_a_pdf_that_an_abstract_mentions_is_not_taken_for_the_work_itself():
    record, _ = one(abstract="As https://arxiv.org/pdf/2401.00010 says. Code: https://github.com/a/b")
    assert [link.kind for link in record.links] == ["other", "code"]
    assert record.identifiers == ()
