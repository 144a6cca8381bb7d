from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.record import Link, Organization, PartialDate, Signal
from sitegen.parse.daily_papers import parse, recognises
from sitegen.text.normal import title_key

SAMPLES = Path(__file__).parent / "samples"
PAGE = (SAMPLES / "daily_papers.txt").read_text()
BARE = (SAMPLES / "no_metadata.txt").read_text()
TITLES = [
    "Knitting with Gradients: How Loops Become Scarves",
    "$TEA^2$: Tea Augmented Tea",
    "Counting Sheep at Scale",
    "A Record of Which the Page Shows No Authors",
    "Umbrellas as Regularisers",
]
Y2025 = PartialDate(2025)
ABSTRACT = "The abstract of a paper goes on for several lines and says what was done and why. " * 4


def read(text, captured=None):
    outcome = parse(text.encode(), "dumps/page.txt", captured)
    return outcome.value, outcome.diagnostics


def titles(dump):
    return [record.title for record in dump.records]


def codes(problems):
    return [(problem.code, problem.where.line) for problem in problems]


def paper(title="A Title", *below):
    return "\n\n".join([title, ABSTRACT, *below, ""])


def test_every_record_of_a_page_is_read_in_its_order():
    dump, problems = read(PAGE)
    assert titles(dump) == TITLES
    assert problems == ()
    assert all(record.abstract.endswith(".") for record in dump.records)
    assert [record.where.line for record in dump.records] == [13, 21, 29, 37, 41]


def test_a_record_without_metadata_does_not_shift_the_ones_after_it():
    dump, _ = read(PAGE)
    assert [record.author_count for record in dump.records] == [9, None, 1, None, 2]
    assert dump.records[3].date is None
    assert dump.records[3].signals == ()


def test_an_organisation_is_told_from_a_number_of_authors():
    dump, _ = read(PAGE)
    assert dump.records[1].organizations == (Organization("The Kettle Corporation", "kettlecorp"),)
    assert [record.organizations for record in dump.records if record.title != TITLES[1]] == [()] * 4


def test_organisation_and_authors_may_stand_together():
    dump, problems = read(paper("A Title", "  • facebook AI at Meta\n  • 1,024 authors\n·\nJan 1, 2024"))
    assert problems == ()
    assert dump.records[0].organizations == (Organization("AI at Meta", "facebook"),)
    assert dump.records[0].author_count == 1024


def test_a_date_without_a_year_is_of_the_year_after_the_latest_printed_one():
    dump, _ = read(PAGE)
    assert dump.captured == PartialDate(2025, 12, 9, "inferred")
    assert [record.date for record in dump.records] == [
        PartialDate(2025, 3, 4, "inferred"),
        PartialDate(2024, 1, 1),
        PartialDate(2025, 4, 1, "inferred"),
        None,
        PartialDate(2023, 11, 30),
    ]


def test_the_curator_knows_the_year_of_capture_better():
    dump, problems = read(PAGE, PartialDate(2026))
    assert problems == ()
    assert dump.captured == PartialDate(2026, 12, 9)
    assert dump.records[0].date == PartialDate(2026, 3, 4)


def test_a_year_of_capture_before_a_date_of_the_page_is_a_contradiction():
    dump, problems = read(PAGE, PartialDate(2022))
    assert codes(problems) == [("capture-contradicts", 0)]
    assert dump.captured is None
    assert [record.date for record in dump.records if record.date] == [
        PartialDate(2024, 1, 1),
        PartialDate(2023, 11, 30),
    ]


def test_a_day_of_capture_that_the_page_does_not_show_is_a_contradiction():
    dump, problems = read(PAGE, PartialDate(2025, 12, 8))
    assert codes(problems) == [("capture-contradicts", 0)]
    assert dump.captured == PartialDate(2025, 12, 9)


def test_without_any_year_such_dates_stay_unknown():
    dump, problems = read("Dec 9\n\n" + paper("A Title", "  • 9 authors\n·\nMar 4 3"))
    assert codes(problems) == [("unknown-capture", 0)]
    assert dump.records[0].date is None
    assert dump.records[0].signals == (Signal("comments", 3, None, "dumps/page.txt"),)


def test_a_date_later_than_the_page_contradicts_it_and_stays_unknown():
    dump, problems = read(
        "Daily Papers\n\nMar 4\n\n" + paper("A Title", "  • 9 authors\n·\nDec 9"), PartialDate(2025)
    )
    assert codes(problems) == [("date-after-capture", 9)]
    assert dump.records[0].date is None


@pytest.mark.parametrize("day", ["Feb 30, 2024", "Feb 29, 2023", "Jan 0, 2024", "Jan 99, 2024"])
def test_a_day_that_the_calendar_lacks_costs_the_date_alone(day):
    dump, problems = read(paper("A Title", f"  • 9 authors\n·\n{day}"))
    assert [problem.code for problem in problems] == ["bad-date"]
    assert dump.records[0].date is None
    assert dump.records[0].author_count == 9


def test_comments_are_counted_on_the_day_of_capture_and_none_printed_are_none():
    dump, _ = read(PAGE)
    day = PartialDate(2025, 12, 9, "inferred")
    assert [record.signals for record in dump.records] == [
        (Signal("comments", count, day, "dumps/page.txt"),) if count is not None else ()
        for count in (0, 2, 7, None, 0)
    ]


def test_links_in_abstracts_are_links():
    dump, _ = read(PAGE)
    assert dump.records[0].links == (Link("code", "https://github.com/wool-lab/loops"),)
    assert dump.records[1].links == (Link("project", "https://tea-lab.github.io/kettle/"),)


def test_a_page_without_metadata_is_read_in_pairs():
    dump, problems = read(BARE)
    assert titles(dump) == ["Maps of Places That Were Never There", "QED", "Bread Rises"]
    assert problems == ()
    assert dump.captured is None
    assert read(BARE, Y2025)[0].captured == PartialDate(2025, 3, 13)


@pytest.mark.parametrize(
    "header",
    [
        "",
        "Dec 9\n\n",
        "Daily Papers\n\nDec 9\n\n",
        "Hugging Face\nModels\nDatasets\nSpaces\n\nTrending Papers\n\nby AK and the research community\n\nDec 9\n\n",
        "new\nSubscribe\nDec 9\n",
        "Dec 9\n\nDaily Papers\n\n",
    ],
)
def test_the_header_may_have_any_parts(header):
    body = PAGE[PAGE.index("Knitting") :]
    dump, problems = read(header + body)
    assert titles(dump) == TITLES
    assert problems == ()


def test_an_unknown_line_of_the_header_is_no_paper_and_is_reported():
    dump, problems = read(PAGE.replace("Daily Papers", "Papers of the Day", 1))
    assert titles(dump) == TITLES
    assert codes(problems) == [("unknown-header", 7)]


def test_the_footer_is_no_paper():
    dump, problems = read(PAGE + "\n\nPrevious\n\nNext\n\nCompany\nTOS\nPrivacy\n")
    assert titles(dump) == TITLES
    assert problems == ()


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\n\n"),
        lambda text: text.replace("\n\n", "\n\n\n\n"),
        lambda text: text.replace("\n\n", "\n \t\n"),
        lambda text: text.replace("  •", "\t• "),
        lambda text: text.replace("\n·\n", "\n· "),
        lambda text: text.replace("\n", " \n"),
        lambda text: text.strip(),
        lambda text: "\n\n\n" + text,
    ],
)
def test_blank_lines_tabs_and_trailing_blanks_change_nothing(change):
    plain, changed = read(PAGE)[0], read(change(PAGE))[0]
    assert [(r.title, r.abstract, r.date, r.author_count) for r in changed.records] == [
        (r.title, r.abstract, r.date, r.author_count) for r in plain.records
    ]


def test_an_abstract_right_below_its_title_is_still_an_abstract():
    dump, _ = read(f"A Title\n{ABSTRACT}\n\nAnother Title\n{ABSTRACT}\n")
    assert titles(dump) == ["A Title", "Another Title"]


def test_a_wrapped_abstract_is_one_abstract():
    wrapped = ABSTRACT.strip().replace(" and ", "\nand ")
    dump, _ = read(f"A Title\n\n{wrapped}\n\n  • 9 authors\n·\nJan 1, 2024\n")
    assert [record.abstract for record in dump.records] == [ABSTRACT.strip()]


def test_a_list_in_an_abstract_is_no_metadata():
    dump, problems = read(paper("A Title", "• We knit.", "Another Title", ABSTRACT))
    assert titles(dump) == ["A Title", "Another Title"]
    assert [problem.code for problem in problems] == ["fits-nowhere"]


def test_a_short_abstract_and_a_long_title_are_what_they_are():
    dump, problems = read(
        paper(
            "QED", "  • 9 authors\n·\nJan 1, 2024", "Nothing", "Withdrawn.", "word " * 59 + "word", ABSTRACT
        )
    )
    assert titles(dump) == ["QED", "Nothing", "word " * 59 + "word"]
    assert dump.records[1].abstract == "Withdrawn."
    assert problems == ()


def test_a_paper_without_an_abstract_is_kept():
    dump, problems = read(paper("One", "Two", "Three", ABSTRACT, "Four", "  • 9 authors\n·\nJan 1, 2024"))
    assert titles(dump) == ["One", "Two", "Three", "Four"]
    assert [bool(record.abstract) for record in dump.records] == [True, False, True, False]
    assert dump.records[-1].author_count == 9
    assert [(problem.severity, problem.code) for problem in problems] == [("warning", "no-abstract")]


def test_an_abstract_without_a_title_fits_nowhere_and_spoils_no_other():
    text = PAGE.replace("Counting Sheep at Scale\n\n", "")
    dump, problems = read(text)
    assert titles(dump) == [title for title in TITLES if title != "Counting Sheep at Scale"]
    assert [record.author_count for record in dump.records] == [9, None, None, 2]
    assert codes(problems) == [("fits-nowhere", 29), ("fits-nowhere", 31)]


def test_a_second_block_of_metadata_fits_nowhere():
    dump, problems = read(paper("A Title", "  • 9 authors\n·\nJan 1, 2024", "  • 8 authors\n·\nJan 2, 2024"))
    assert [record.author_count for record in dump.records] == [9]
    assert [problem.code for problem in problems] == ["fits-nowhere"]


@pytest.mark.parametrize("end", range(PAGE.index("Umbrellas") + 9, len(PAGE) - 1, 7))
def test_a_page_that_breaks_off_keeps_what_it_has(end):
    dump, problems = read(PAGE[:end])
    assert titles(dump)[:4] == TITLES[:4]
    assert len(dump.records) == 5
    assert TITLES[4].startswith(dump.records[4].title)
    assert {problem.code for problem in problems} <= {"cut-off"}


def test_a_title_at_the_very_end_is_kept_and_reported():
    dump, problems = read(paper() + "\nThe Last Title")
    assert titles(dump) == ["A Title", "The Last Title"]
    assert [problem.code for problem in problems] == ["cut-off"]


def test_a_line_beyond_measure_costs_that_line():
    dump, problems = read(paper("One") + "x" * (2 << 20) + "\n\n" + paper("Two"))
    assert titles(dump) == ["One", "Two"]
    assert [problem.code for problem in problems] == ["line-too-long"]


def test_controls_are_replaced_and_counted_once():
    dump, problems = read(paper("A\x00 Title\x07") + "\n" + paper("B\x1b[31m Title"))
    assert titles(dump) == [
        "A\N{REPLACEMENT CHARACTER} Title\N{REPLACEMENT CHARACTER}",
        "B\N{REPLACEMENT CHARACTER}[31m Title",
    ]
    assert [(problem.code, problem.message[:2]) for problem in problems] == [("control-characters", "3 ")]


def test_invisible_characters_stay_and_are_reported():
    dump, problems = read(paper("A \u202eTitle"))
    assert titles(dump) == ["A \u202eTitle"]
    assert [problem.code for problem in problems] == ["hidden-characters"]


@pytest.mark.parametrize("text", [PAGE, BARE, PAGE[PAGE.index("Knitting") :], BARE[BARE.index("Maps") :]])
def test_a_page_is_recognised_with_and_without_its_header(text):
    assert recognises(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "hello",
        "# A Heading\n\n" + ABSTRACT + "\n\n# Another\n\n" + ABSTRACT,
        "@article{x,\n title={A}}\n",
        '{"title": "A"}',
        "<html><body>Daily Papers\nSubscribe</body></html>",
        "name,value\n1,2\n3,4\n",
    ],
)
def test_something_else_is_not_recognised(text):
    assert not recognises(text)


LINE = st.sampled_from(["", "A Title", "Another Title.", ABSTRACT, "  • 9 authors", "  • org Name", "·", "Mar 4", "Jan 1, 2024 2", "Dec 9", "Daily Papers", "·x", "• "])  # fmt: skip


@given(st.lists(LINE, max_size=25).map("\n".join))
def test_every_title_and_abstract_of_a_page_is_in_a_record_or_in_the_report(text):
    dump, problems = read(text, Y2025)
    records = " ".join(f"{record.title} {record.abstract}" for record in dump.records)
    # A report quotes the beginning of what it is about, and lines without a blank one between them are one block.
    reported = sum(problem.code in {"fits-nowhere", "unknown-header"} for problem in problems)
    for line in ("A Title", "Another Title.", ABSTRACT.strip()):
        assert records.count(line) or reported or line not in text


@given(st.text())
def test_any_text_is_read(text):
    dump, _ = read(text)
    assert all(record.title for record in dump.records)


def test_the_real_pages_hold_what_their_reader_counted(real_dumps):
    records = [
        record for path in real_dumps for record in read(path.read_text(encoding="utf-8"), None)[0].records
    ]
    assert len(records) == 247
    assert len({title_key(record.title) for record in records}) == 210
    assert sum(record.date is not None for record in records) == 151
    assert sum(any(signal.value for signal in record.signals) for record in records) == 35
    assert all(record.abstract for record in records)


def test_the_real_pages_have_nothing_to_report(real_dumps):
    for path in real_dumps:
        assert read(path.read_text(encoding="utf-8"))[1] == ()
