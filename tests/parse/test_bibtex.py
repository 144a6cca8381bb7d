import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.paper import Paper
from sitegen.model.record import Identifier, Link, PartialDate
from sitegen.parse.bibtex import parse, recognises
from sitegen.parse.bibtex_values import address, names, readable, ungrouped, value
from sitegen.parse.decoding import HIDDEN, decode
from sitegen.parse.jsonl import parse as parse_jsonl
from sitegen.render.cite.bibtex import entry
from sitegen.text.tex import plain

SAMPLE = (Path(__file__).parent / "samples" / "bibtex" / "zoo.bib").read_text()


def read(text):
    outcome = parse(text.encode("utf-8", "replace"), "dumps/zoo.bib", None)
    return outcome.value.records, outcome.diagnostics


def one(fields, kind="misc"):
    (record,), problems = read(f"@{kind}{{key,\n title = {{A Title}},\n {fields}\n}}")
    return record, problems


def test_an_entry_with_everything_is_read():
    records, problems = read(SAMPLE)
    first = records[0]
    assert problems == ()
    assert plain(first.title) == "Loops and Scarves: 50% of über-n^2 Woßl"
    assert first.abstract == "We knit two scarves."
    assert first.authors == ("Ada Wool", "Jan van der Berg Jr.", "Barnes and Noble, Inc.", "Martí Néedle")
    assert first.date == PartialDate(2024, 3, 1)
    assert first.venue == "Journal of Yarn"
    assert first.identifiers == (Identifier("doi", "10.1000/yarn_1"),)
    assert first.links == (
        Link("page", "https://yarn.example/a%20b_c?d=e&f#g"),
        Link("code", "https://github.com/wool-lab/loops"),
    )
    assert first.keywords == ("knitting", "wool", "yarn")
    assert [record.where.line for record in records] == [7, 22, 24, 27, 29, 32, 33]


def test_the_other_entries_are_read():
    _, kettles, pots, conference, keyless, scholar, dblp = read(SAMPLE)[0]
    assert kettles.identifiers == (Identifier("arxiv", "2311.00002", "3"),)
    assert (pots.venue, pots.date) == ("Proceedings of TeaConf", PartialDate(2022, 7, 3))
    assert conference.title == "Proceedings of TeaConf"
    assert (keyless.title, keyless.date) == ("No Key", PartialDate(2021, 5, 6))
    assert keyless.identifiers == (Identifier("arxiv", "math/0309136"),)
    assert keyless.links == (Link("other", "https://tea.example/no_key"),)
    assert (scholar.identifiers, scholar.venue) == ((Identifier("arxiv", "2401.00010"),), "")
    assert (dblp.identifiers, dblp.venue) == ((Identifier("arxiv", "1706.03762"),), "")


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("@article{b,\n title = {Broken", "the next entry begins before this one ends"),
        ('@article{b,\n title = "Broken}\n}', "the next entry begins before this one ends"),
        ("@article{b,\n title Broken,\n}", "a field has no ="),
        ("@article{b", "no comma follows its key"),
        ("@article{b,\n year = {2024}\n}", "without a title"),
    ],
)
def test_a_bad_entry_costs_that_entry_and_is_shown(broken, reason):
    records, problems = read(f"@misc{{a, title = {{Before}}}}\n{broken}\n@misc{{c, title = {{After}}}}\n")
    assert [record.title for record in records] == ["Before", "After"]
    assert [problem.where.line for problem in problems] == [2]
    assert reason in problems[0].message
    assert "@article{b" in problems[0].message


def test_a_file_that_breaks_off_keeps_the_entries_before():
    records, problems = read("@misc{a, title = {Before}}\n@misc{b, title = {Aft")
    assert [record.title for record in records] == ["Before"]
    assert "the file ends before the entry does" in problems[0].message


def test_a_comma_that_is_missing_costs_one_field_and_is_reported():
    record, problems = one("doi = {10.1000/1}\n year = {2024},\n note = {x}")
    assert record.identifiers == (Identifier("doi", "10.1000/1"),)
    assert [(problem.code, problem.where.line) for problem in problems] == [("bad-bibtex", 3)]
    assert "year = {2024}" in problems[0].message


def test_entries_and_fields_that_are_there_twice_are_both_read_and_the_first_counts():
    records, problems = read("@misc{a, title={One}}\n@misc{a, title={Two}, year={2024}, year={2023}}")
    assert [record.title for record in records] == ["One", "Two"]
    assert records[1].date == PartialDate(2024)
    assert [problem.code for problem in problems] == ["duplicate-field"]


@pytest.mark.parametrize(
    ("fields", "date"),
    [
        ("year = 2024", PartialDate(2024)),
        ("year = {2024}, month = 3", PartialDate(2024, 3)),
        ("year = {2024}, month = {03}, day = {9}", PartialDate(2024, 3, 9)),
        ("year = {2024}, month = mar", PartialDate(2024, 3)),
        ("year = {2024}, month = {March}", PartialDate(2024, 3)),
        ('year = "2024", month = "9~" # mar', PartialDate(2024, 3, 9)),
        ("year = {2024}, month = {July--August}", PartialDate(2024, 7)),
        ("year = {2024}, month = {feb 30}", PartialDate(2024)),
        ("year = {c. 2024a}", PartialDate(2024)),
        ("date = {2024-03}", PartialDate(2024, 3)),
        ("date = {2024-03-09}, year = {1999}", PartialDate(2024, 3, 9)),
        ("date = {2024~}", PartialDate(2024)),
        ("date = {2024-03-09T10:00:00Z}", PartialDate(2024, 3, 9)),
        ("note = {x}", None),
    ],
)
def test_every_way_to_write_a_date_is_read(fields, date):
    record, problems = one(fields)
    assert record.date == date
    assert problems == ()


def test_a_year_that_is_none_is_reported():
    record, problems = one("year = {in press}")
    assert record.date is None
    assert [problem.code for problem in problems] == ["bad-date"]


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{a {b} c}", "a {b} c"),
        ('"a {"}b{"} c"', 'a {"}b{"} c'),
        ("{a} # { b}", "a b"),
        ("jy # { 2024}", "Journal 2024"),
        ("2024", "2024"),
        ("nothing-defined", "nothing-defined"),
        ("{}", ""),
    ],
)
def test_values_are_put_together(source, text):
    assert value(source, {"jy": "Journal"}) == (text, "")


def test_strings_that_double_are_cut():
    text = (
        "@string{a = {xx}}\n"
        + "@string{a = a # a}\n" * 60
        + "@misc{k, title = {T}, note = a # a, year = 2024}"
    )
    (record,), problems = read(text)
    assert record.date == PartialDate(2024)
    assert problems == ()


@pytest.mark.parametrize(
    ("written", "people"),
    [
        ("A. Wool and B. Needle", ("A. Wool", "B. Needle")),
        ("Wool, A.\n  AND\tNeedle, B.", ("A. Wool", "B. Needle")),
        ("{The Yarn and Loop Group}", ("The Yarn and Loop Group",)),
        ("{\\'E}va Sz{\\H o}cs and {\\O}rsted, {\\AA}se", ("Éva Szőcs", "Åse Ørsted")),
        ("Wool, A. and others", ("A. Wool",)),
        ("Others, Ann and Wool, Ada", ("Ann Others", "Ada Wool")),
        ("Sandy Andor and Brandy Land", ("Sandy Andor", "Brandy Land")),
        ("A.~B. Wool and and ", ("A. B. Wool",)),
        ("von der Wool, Jr, Ada", ("Ada von der Wool Jr",)),
        ("", ()),
    ],
)
def test_names_are_divided_and_put_in_reading_order(written, people):
    assert names(written) == people


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("{VILA} {2}", "VILA 2"),
        ("{{All of it}}", "All of it"),
        ("{\\em Two {Words}}", "Two Words"),
        ("S{\\o}ren {\\ss}eta Mart{\\'\\i}nez", "Søren ßeta Martínez"),
        ("\\emph{x} and \\textbf{y z}", "x and y z"),
        ("$x_{1}$ and {B}$y^{2}$", "x_1 and By^2"),
        ("100\\% \\& \\#1", "100% & #1"),
        ("unbalanced { brace", "unbalanced brace"),
    ],
)
def test_braces_that_only_group_are_not_shown(written, shown):
    assert readable(written) == shown


@pytest.mark.parametrize(
    ("written", "read_back"),
    [
        ("https://a.example/b%20c", "https://a.example/b%20c"),
        (r"https://a.example/b\%20c\_d\&e\#f", "https://a.example/b%20c_d&e#f"),
        (r"\url{https://a.example/~b}", "https://a.example/~b"),
        (r"https://a.example/\textasciitilde{}b", "https://a.example/~b"),
        (r"https://a.example/{\~{}}b", "https://a.example/~b"),
        ("https://a.example/long\n   line", "https://a.example/longline"),
    ],
)
def test_an_address_is_read_as_it_stands(written, read_back):
    assert address(written) == read_back


def test_a_file_is_recognised_by_an_entry_at_the_start_of_a_line():
    assert recognises(SAMPLE)
    assert recognises("junk\n  @Article{x,\n")
    assert recognises("@online{, title = {x}}")
    assert not recognises("Ask ada@wool.example {now}, or @misc{} as in text")
    assert not recognises("# Notes\n@ada {see this}")


WORD = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"]), max_size=12)
TEXT = WORD.map(lambda text: " ".join(text.split()))
# TeX means something else by these, and so do we: `$x$`, `--`, `` `` ``, `x2013`.
# Invisible characters are kept, and warned of.
PLAIN_TEXT = TEXT.filter(
    lambda text: plain(text) == text and not re.search(r"[$`'~-]|x20", text) and not HIDDEN.search(text)
)


@given(
    title=PLAIN_TEXT.filter(bool),
    authors=st.lists(
        PLAIN_TEXT.filter(lambda t: t and "," not in t and not re.search(r"[{}\\]", t)), max_size=3
    ),
    date=st.none() | st.builds(PartialDate, st.integers(1900, 2100), st.integers(0, 12)),
    doi=st.sampled_from(["", "10.1000/a_b", "10.1000/x%y#z(1)"]),
)
def test_what_we_write_is_read_back(title, authors, date, doi):
    paper = Paper(
        id="a-key",
        title=title,
        authors=tuple(authors),
        date=date,
        identifiers=(Identifier("doi", doi),) if doi else (),
    )
    (record,), problems = read(entry(paper))
    assert problems == ()
    assert plain(record.title) == title
    assert record.authors == paper.authors
    assert record.date == date
    assert record.identifiers == paper.identifiers


@given(st.lists(st.sampled_from(["@a{", "@string{", "x", ",", "=", "{", "}", '"', "\n", "#", "title", "\\", "(", ")", " and ", "$"])))  # fmt: skip
def test_any_text_is_read(parts):
    text = "@misc{a,\n" + "".join(parts)
    assert all(record.title for record in read(text)[0])
    names(text)
    ungrouped(text)


def test_the_real_papers_are_read_back(real_papers):
    lines = decode(real_papers.read_bytes(), "papers.jsonl.xz").value
    wanted = parse_jsonl(lines, "papers.jsonl", None).value.records
    papers = (
        Paper(id=f"p{n}", title=r.title, authors=r.authors, date=r.date, links=r.links)
        for n, r in enumerate(wanted)
    )
    records, problems = read("\n".join(map(entry, papers)))
    assert problems == ()
    for record, paper in zip(records, wanted, strict=True):
        assert plain(record.title).split() == plain(paper.title).split()
        assert record.date == paper.date
        assert record.authors == paper.authors
        assert [link.url for link in record.links] == [
            link.url for link in paper.links if link.kind == "page"
        ][:1]
