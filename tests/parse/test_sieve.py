"""`where:`: of a listing only what is wanted, the same whether it is read whole or piece by piece."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.model.source import DumpSource, SourceFile, Wanted
from sitegen.parse.dump import parse_dump
from sitegen.parse.settings import parse_settings
from sitegen.parse.sieve import line_parser, sift


def paper(number, **more):
    return {"title": f"Paper {number}", "year": 2020, "keywords": ["cs.CL"], "abstract": "Text.", **more}


PAPERS = [
    paper(1),
    paper(2, keywords=["cs.LG", "stat.ML"]),
    paper(3, year=2024),
    paper(4, keywords=["math.CO"], title="Graph colouring"),
    paper(5, abstract="On graph\n  colouring."),
    paper(6, year=None),
    paper(7, keywords=[], abstract="Photography: no graphs."),
    paper(8, title="Erdős on GRAPH Colouring"),
]
TEXT = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in PAPERS).encode()


def numbers(text, wanted):
    outcome = parse_dump(SourceFile("all.jsonl", text, ""), DumpSource("*", wanted=wanted))
    return [record.where.line for record in outcome.value.records]


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (Wanted(categories=("cs.cl",)), [1, 3, 5, 6, 8]),
        (Wanted(categories=("cs",)), [1, 2, 3, 5, 6, 8]),
        (Wanted(categories=("stat.ml", "math")), [2, 4]),
        (Wanted(years=(2024, 2024)), [3]),
        (Wanted(years=(2021, 9999)), [3]),
        (Wanted(years=(1, 2023)), [1, 2, 4, 5, 7, 8]),
        (Wanted(words=("graph",)), [4, 5, 8]),
        (Wanted(words=("graph colouring",)), [4, 5, 8]),
        (Wanted(words=("erdős", "photography")), [7, 8]),
        (Wanted(words=("graph",), categories=("math",), years=(2020, 2020)), [4]),
    ],
)
@pytest.mark.parametrize("size", [7, 100, 10_000])
def test_only_wanted_records_are_kept_at_their_own_lines(wanted, expected, size):
    parser = line_parser(TEXT)
    assert parser is not None
    kept = b"".join(sift((TEXT[at : at + size] for at in range(0, len(TEXT), size)), wanted, parser))
    assert kept.count(b"\n") == TEXT.count(b"\n")
    assert [n for n, line in enumerate(kept.split(b"\n"), 1) if line] == expected
    assert numbers(TEXT, wanted) == numbers(kept, wanted) == expected


def test_letters_that_are_written_by_their_number_are_found():
    text = TEXT.replace(b"math.CO", rb"m\u0061th.CO")
    parser = line_parser(text)
    assert parser is not None
    wanted = Wanted(categories=("math.co",))
    assert numbers(b"".join(sift([text], wanted, parser)), wanted) == [4]


def test_a_bad_line_that_may_be_wanted_stays_to_be_reported():
    text = (
        TEXT + b'{"title": "Broken", "keywords": ["math.CO"\n' + b'{"title": "Other", "keywords": ["cs.CL"\n'
    )
    wanted = Wanted(categories=("math",))
    parser = line_parser(text)
    assert parser is not None
    kept = b"".join(sift([text], wanted, parser))
    outcome = parse_dump(SourceFile("all.jsonl", kept, ""), DumpSource("*", wanted=wanted))
    assert [(d.code, d.where.line) for d in outcome.diagnostics] == [("bad-json", 9)]


def test_a_line_of_endless_length_is_reported_and_not_kept():
    huge = b'{"title": "' + b"math." * 1_000_000 + b'"}\n'
    wanted = Wanted(categories=("math",))
    parser = line_parser(TEXT)
    assert parser is not None
    kept = b"".join(sift([TEXT, huge[:3_000_000], huge[3_000_000:], TEXT], wanted, parser))
    outcome = parse_dump(SourceFile("all.jsonl", kept, ""), DumpSource("*", wanted=wanted))
    assert [(d.code, d.where.line) for d in outcome.diagnostics] == [("line-too-long", 9)]
    assert [record.where.line for record in outcome.value.records] == [4, 13]


def test_where_nothing_is_wanted_it_is_said_whatever_stands_before_the_first_line():
    wanted = Wanted(categories=("q-bio",))
    outcome = parse_dump(SourceFile("all.jsonl", TEXT, ""), DumpSource("*", wanted=wanted))
    [problem] = outcome.diagnostics
    assert (problem.code, problem.message) == ("no-papers", "no record of all.jsonl is what `where` asks for")
    late = b"\n" * 300_000 + TEXT
    assert numbers(late, Wanted(categories=("math",))) == [300_004]


def test_what_has_no_line_for_each_entry_is_filtered_when_it_was_read():
    bib = b"@misc{a, title={One}, year=2020}\n@misc{b, title={Two}, year=2021}\n"
    assert line_parser(bib) is None
    assert numbers(bib, Wanted(years=(2021, 2021))) == [2]


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.fixed_dictionaries({
            "title": st.text('ab é\\"', min_size=1).filter(str.strip),
            "abstract": st.text("ab\n é"),
            "year": st.integers(2018, 2022),
            "keywords": st.lists(st.sampled_from(["cs.CL", "cs.LG", "math.CO", "é"])),
        }),
        min_size=2,
    ),
    st.builds(
        Wanted,
        categories=st.sampled_from([(), ("cs",), ("cs.lg", "math"), ("é",)]),
        years=st.sampled_from([None, (2019, 2020), (2021, 9999)]),
        words=st.sampled_from([(), ("a",), ("a b", "é")]),
    ),
    st.booleans(),
    st.integers(1, 400),
)  # fmt: skip
def test_sifting_first_changes_nothing(papers, wanted, ascii_only, size):
    text = "".join(json.dumps(each, ensure_ascii=ascii_only) + "\n" for each in papers).encode()
    parser = line_parser(text)
    assert parser is not None
    kept = b"".join(sift((text[at : at + size] for at in range(0, len(text), size)), wanted, parser))
    assert numbers(kept, wanted) == numbers(text, wanted)


SETTINGS = "title: T\nsources:\n  - path: a\n    where: {%s}\n"


def read(where):
    return parse_settings(SourceFile("sitegen.yaml", (SETTINGS % where).encode(), ""), {})


@pytest.mark.parametrize(
    ("where", "wanted"),
    [
        ("categories: [cs.CL, 'stat.*']", Wanted(categories=("cs.cl", "stat"))),
        ("years: 2020", Wanted(years=(2020, 2020))),
        ("years: 2020-2024", Wanted(years=(2020, 2024))),
        ("years: 2020-", Wanted(years=(2020, 9999))),
        ("years: 2020 – 2024", Wanted(years=(2020, 2024))),
        ("years: 2020 –", Wanted(years=(2020, 9999))),
        ("years: -2019", Wanted(years=(0, 2019))),
        ("years: – 2019", Wanted(years=(0, 2019))),
        ("words: [Graph, neural  net]", Wanted(words=("graph", "neural  net"))),
    ],
)
def test_settings_say_what_is_wanted(where, wanted):
    outcome = read(where)
    assert not outcome.diagnostics
    assert outcome.value is not None
    assert outcome.value.sources[0].wanted == wanted


@pytest.mark.parametrize(
    ("where", "code"),
    [
        ("years: soon", "bad-years"),
        ("years: 2024-2020", "bad-years"),
        ("years: '-'", "bad-years"),
        ("years: '–'", "bad-years"),
        ("years: 20202024", "bad-years"),
        ("years: 2020 2024", "bad-years"),
        ("years: -2019-", "bad-years"),
        ("", "empty-rule"),
        ("since: 2020", "unknown-field"),
    ],
)
def test_what_says_nothing_is_reported(where, code):
    assert [problem.code for problem in read(where).diagnostics] == [code]
