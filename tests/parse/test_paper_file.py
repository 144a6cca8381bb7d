from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Span
from sitegen.model.record import Identifier, Link, Organization, PartialDate, Record
from sitegen.model.source import SourceFile
from sitegen.parse.paper_file import parse_paper_file


def test_a_paper_is_read_with_everything_that_can_be_said_about_it(source):
    outcome = parse_paper_file(
        source(
            """\
            - title: $\\alpha$ is not 1
              date: 2024-3-1
              authors: [Ada Lovelace, Grace Hopper]
              organizations: [NVIDIA]
              venue: ICML
              arxiv: https://arxiv.org/abs/2401.00010v2
              doi: 10.1145/3292500.3330701
              links:
                project: https://a.github.io/
                code: [https://github.com/a/b, https://github.com/a/c]
              keywords: [x, 1e3]
              summary: Markdown
              tags: [LLM]
              id: fixed-id
              same_as: [2401.00011]
              not_same_as: [Another]
            - paper: 0704.0001
              tags: [old]
            """
        )
    )
    assert outcome.diagnostics == ()
    assert outcome.value == (
        Record(
            where=Span("x.yaml", 1, 3, 24),
            curated=True,
            title="$\\alpha$ is not 1",
            summary="Markdown",
            authors=("Ada Lovelace", "Grace Hopper"),
            author_count=2,
            organizations=(Organization("NVIDIA"),),
            date=PartialDate(2024, 3, 1),
            venue="ICML",
            identifiers=(
                Identifier("arxiv", "2401.00010", "2"),
                Identifier("doi", "10.1145/3292500.3330701"),
            ),
            links=(
                Link("project", "https://a.github.io/"),
                Link("code", "https://github.com/a/b"),
                Link("code", "https://github.com/a/c"),
            ),
            keywords=("x", "1e3"),
            tags=("LLM",),
            id="fixed-id",
            same_as=("2401.00011",),
            not_same_as=("Another",),
        ),
        Record(where=Span("x.yaml", 17, 3, 16), curated=True, title="", names="0704.0001", tags=("old",)),
    )


def test_one_mapping_is_a_file_of_one_paper(source):
    assert [record.title for record in parse_paper_file(source("title: x\n")).value] == ["x"]


def test_links_may_be_a_list_whose_kinds_follow_from_the_addresses(source):
    outcome = parse_paper_file(
        source(
            """\
            title: x
            links:
              - https://github.com/a/b
              - url: https://huggingface.co/datasets/x
                label: The data
              - {kind: slides, url: https://x.org/talk.pdf}
            """
        )
    )
    assert outcome.diagnostics == ()
    assert outcome.value[0].links == (
        Link("code", "https://github.com/a/b"),
        Link("data", "https://huggingface.co/datasets/x", "The data"),
        Link("slides", "https://x.org/talk.pdf"),
    )


def test_an_entry_or_a_link_that_is_nothing_is_one_error(source, shown):
    outcome = parse_paper_file(source("- ~\n- title: x\n  links: {code: [null]}\n"))
    assert [record.title for record in outcome.value] == ["x"]
    assert [problem.where.line for problem in outcome.diagnostics] == [1, 3]
    assert "empty-item: an item of this list is empty" in shown(outcome.diagnostics[0])


def test_an_unsafe_address_becomes_no_link_and_a_warning(source, shown):
    outcome = parse_paper_file(
        source(
            """\
            title: x
            links:
              page: "j avascript:alert(1)"
              code: [//evil.example, https://u:p@h.org/, https://fine.org/]
              cod: https://x.org/
            """
        )
    )
    hint = "write https://… in full"
    assert [shown(p) for p in outcome.diagnostics] == [
        f"3:9+22 warning unsafe-link: 'j avascript:alert(1)' is no address that can be linked | {hint}",
        f"4:10+14 warning unsafe-link: '//evil.example' is no address that can be linked | {hint}",
        f"4:26+18 warning unsafe-link: 'https://u:p@h.org/' is no address that can be linked | {hint}",
        (
            "5:3+3 error unknown-field: a mapping of links has no field 'cod' | did you mean 'code'? allowed here: page, pdf, code,"
            " project, model, data, demo, video, slides, poster, other"
        ),
    ]
    assert outcome.value[0].links == (Link("code", "https://fine.org/"),)


def test_values_that_mean_nothing_are_errors_and_the_paper_stays(source, shown):
    outcome = parse_paper_file(
        source(
            """\
            - title: x
              date: 2024-13-45
              arxiv: 10.1145/3292500.3330701
              doi: foo
              authors: Ada Lovelace
            - tags: [a]
            - title: ''
            """
        )
    )
    assert [shown(p) for p in outcome.diagnostics] == [
        "2:9+10 error bad-date: '2024-13-45' is no date | write a date like 2024, 2024-03 or 2024-03-01",
        "3:10+23 error bad-identifier: '10.1145/3292500.3330701' is not an arXiv id | write it like 2401.00010",
        "4:8+3 error bad-identifier: 'foo' is not a DOI | write it like 10.1145/3292500.3330701",
        (
            "5:12+12 error wrong-type: a number of authors, or a list of names, is expected, not 'Ada Lovelace'"
            " | write a list: [Ada Lovelace]"
        ),
        (
            "6:3+9 error missing-field: a paper needs a title, or a 'paper' that it adds to"
            " | add 'title: …', or 'paper: <its id, arXiv id, DOI, URL or title>'"
        ),
        "7:10+2 error empty-text: an empty text | write something between the quotes",
    ]
    assert [record.title for record in outcome.value] == ["x"]


@given(
    st.one_of(
        st.binary(max_size=60),
        st.text(max_size=60).map(lambda t: f"- title: {t}\n  date: {t}".encode("utf-8", "replace")),
    )
)
def test_any_bytes_return(data):
    outcome = parse_paper_file(SourceFile("x.yaml", data, ""))
    assert all(record.title or record.names for record in outcome.value)


@pytest.mark.parametrize(
    ("field", "meant"),
    [
        ("year", "did you mean 'date'?"),
        ("Year", "did you mean 'date'?"),
        ("url", "did you mean 'links'? links: {page: https://…};"),
        ("pdf", "did you mean 'links'? links: {pdf: https://…};"),
        ("github", "did you mean 'links'? links: {code: https://…};"),
        ("abstract", "did you mean 'summary'?"),
        ("titel", "did you mean 'title'?"),
    ],
)
def test_what_other_formats_call_a_field_is_told_ours(source, field, meant):
    (problem,) = parse_paper_file(source(f"title: Gates\n{field}: x\n")).diagnostics
    assert (problem.code, problem.hint.split(" allowed here: ")[0]) == ("unknown-field", meant)


def test_a_website_is_a_page(source):
    (problem,) = parse_paper_file(source("title: x\nlinks: {website: 'https://a.org'}\n")).diagnostics
    assert problem.hint.startswith("did you mean 'page'?")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Jane Doe and John Roe", "Jane Doe, John Roe"),
        ("Jane Doe, John Roe, and Ann Poe", "Jane Doe, John Roe, Ann Poe"),
        ("Jane Doe, John Roe", "Jane Doe, John Roe"),
        ("Doe, Jane and Roe, John", '"Doe, Jane", "Roe, John"'),
        ("Doe, Jane; Roe, John", '"Doe, Jane", "Roe, John"'),
        ("Sandy Andover", "Sandy Andover"),
    ],
)
def test_names_in_one_line_are_shown_as_the_list_to_write(source, written, names):
    (problem,) = parse_paper_file(source(f"title: Gates\nauthors: {written}\n")).diagnostics
    assert (problem.code, problem.hint) == ("wrong-type", f"write a list: [{names}]")
    assert parse_paper_file(source(f"title: Gates\nauthors: [{names}]\n")).diagnostics == ()


@pytest.mark.parametrize(
    ("written", "links"),
    [
        ("www.example.org/x", "{page: https://www.example.org/x}"),
        ("https://github.com/a/b", "{code: https://github.com/a/b}"),
        ("soon", "{page: https://…}"),
        ("'javascript:alert(1)'", "{page: https://…}"),
    ],
)
def test_a_bare_address_is_shown_as_the_link_to_write(source, written, links):
    (problem,) = parse_paper_file(source(f"title: Gates\nlinks: {written}\n")).diagnostics
    assert (problem.code, problem.hint) == ("wrong-type", f"name what it leads to: {links}")
