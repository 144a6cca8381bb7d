from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Span
from sitegen.model.collection import Pick, Section
from sitegen.model.record import Identifier, Link, PartialDate
from sitegen.model.source import SourceFile
from sitegen.parse.collection import parse_collection

PATH = "content/collections/interleaved.yaml"
ALLOWED = "allowed here: title, blurb, description, curators, updated, weight, picks, sections, smart"


def test_a_collection_is_read_with_everything_it_may_say(source):
    outcome = parse_collection(
        source(
            """\
            # yaml-language-server: $schema=../../.sitegen/schema/collection.json
            $schema: ../../.sitegen/schema/collection.json
            title: Interleaved pre-training
            blurb: One line.
            description: |
              Some *Markdown*.

              More.
            curators: [Ada L., Grace H.]
            updated: 2026-11-3
            weight: -10
            picks:
              - 2401.00010
            sections:
              - title: Foundations
                description: Where it began
                picks:
                  - paper: no
                    note: Read this.
                    tags: [multimodal, 2024]
                    status: to-read
                    rating: 4
                    start_here: true
                    added: 2026-11-21
            """,
            PATH,
        )
    )
    assert outcome.diagnostics == ()
    collection = outcome.value
    assert collection.id == "interleaved"
    assert collection.where == Span(PATH, 3, 8, 24)
    assert collection.title == "Interleaved pre-training"
    assert collection.blurb == "One line."
    assert collection.description == "Some *Markdown*.\n\nMore."
    assert collection.curators == ("Ada L.", "Grace H.")
    assert collection.updated == "2026-11-03"
    assert collection.weight == -10
    assert collection.rule is None
    assert collection.sections == (
        Section(picks=(Pick(paper="2401.00010", where=Span(PATH, 13, 5, 10)),)),
        Section(
            title="Foundations",
            description="Where it began",
            picks=(
                Pick(
                    paper="no",
                    where=Span(PATH, 18, 16, 2),
                    note="Read this.",
                    tags=("multimodal", "2024"),
                    status="to-read",
                    rating=4,
                    start_here=True,
                    added="2026-11-21",
                ),
            ),
        ),
    )


def test_text_stays_as_it_is_written_whatever_type_yaml_would_give_it(source):
    written = [
        "2401.00010",
        "0704.0001",
        "no",
        "on",
        "~",
        "null",
        "1e3",
        "012",
        "12:30",
        "2024-01-02",
        "0x1F",
        ".inf",
    ]
    text = "title: 017\npicks:\n" + "".join(f"  - {word}\n" for word in written)
    outcome = parse_collection(source(text))
    assert outcome.diagnostics == ()
    assert outcome.value.title == "017"
    assert [pick.paper for pick in outcome.value.sections[0].picks] == written


def test_all_problems_of_a_file_are_reported_at_once_and_the_rest_is_kept(source, shown):
    outcome = parse_collection(
        source(
            """\
            titel: x
            weight: two
            curators: Ada, Grace
            sections:
              - title: ""
                picks:
                  - paper: one
                    rating: 9
                    status: reed
                    start_here: yes
                    tags: a, b
                    added: 2024-02-30
                  - note: nothing
                  -
                  - [Re]
                  - Attention: all you need
                  - paper: two
                    rating: "4"
                    added: 2024
            """
        )
    )
    assert [shown(p) for p in outcome.diagnostics] == [
        f"1:1+5 error unknown-field: a collection has no field 'titel' | did you mean 'title'? {ALLOWED}",
        "2:9+3 error wrong-type: a whole number from -1000 to 1000 is expected, not 'two'",
        "3:11+10 error wrong-type: a list of text is expected, not 'Ada, Grace' | write a list: [Ada, Grace]",
        "5:12+2 error empty-text: an empty text | write something between the quotes",
        "8:17+1 error out-of-range: a whole number from 1 to 5 is expected, not 9",
        "9:17+4 error unknown-value: 'reed' is not one of to-read, reading, read | did you mean 'read'?",
        "10:21+3 error wrong-type: true or false is expected, not 'yes' | write true",
        "11:15+4 error wrong-type: a list of text is expected, not 'a, b' | write a list: [a, b]",
        "12:16+10 error bad-date: '2024-02-30' is no date | write a day like 2024-03-01",
        "13:9+4 error missing-field: a pick needs the field 'paper' | add 'paper: …'",
        "14:8+1 error empty-item: an item of this list is empty | delete it",
        "15:9+4 error wrong-type: text or a mapping is expected, not a list | put it in quotes",
        "16:9+23 error text-with-colon: ': ' makes a mapping of this text | put it in quotes",
        "18:17+3 error wrong-type: a whole number from 1 to 5 is expected, not '4' | write 4 without quotes",
        "19:16+4 error bad-date: '2024' is not one day | write a day like 2024-03-01",
    ]
    assert [pick.paper for pick in outcome.value.sections[0].picks] == ["one", "two"]


def test_a_collection_without_a_title_is_an_error_and_bears_its_name(source, shown):
    outcome = parse_collection(source("blurb: x\n", PATH))
    assert outcome.value.title == "interleaved"
    assert [shown(p) for p in outcome.diagnostics] == [
        "1:1+5 error missing-field: a collection needs the field 'title' | add 'title: …'"
    ]


def test_a_title_that_is_only_a_comment_is_empty(source, shown):
    outcome = parse_collection(source("title: #1 of all\n"))
    assert [shown(p) for p in outcome.diagnostics] == [
        "1:1+5 error missing-field: the field 'title' is empty | put a text that starts with '#' in quotes"
    ]


@pytest.mark.parametrize("nothing", ["", "~", "null"])
def test_a_section_that_is_nothing_is_an_error(source, shown, nothing):
    outcome = parse_collection(source(f"title: x\nsections:\n  - {nothing}\n  - title: One\n"))
    assert [section.title for section in outcome.value.sections] == ["One"]
    [problem] = map(shown, outcome.diagnostics)
    assert problem.endswith("error empty-item: an item of this list is empty | delete it")


def test_fields_that_are_left_empty_say_nothing(source):
    outcome = parse_collection(source("title: x\nblurb:\npicks:\nsections: null\nweight: ~\n"))
    assert outcome.diagnostics == ()
    assert outcome.value.sections == ()
    assert outcome.value.weight == 0


def test_a_pick_may_describe_its_paper_in_place(source):
    outcome = parse_collection(
        source(
            """\
            title: x
            picks:
              - paper:
                  title: A paper
                  date: 2024-3
                  authors: 8
                  arxiv: 2401.00010
                  links: {code: https://github.com/a/b}
                  summary: Some *words*.
                note: Why
              - paper: {title: Another, authors: [A, B], id: fixed}
              - paper: {title: A third}
            """
        )
    )
    assert outcome.diagnostics == ()
    first, second, third = outcome.value.sections[0].picks
    assert (first.paper, second.paper, third.paper) == ("2401.00010", "fixed", "A third")
    assert first.note == "Why"
    assert first.where == Span("x.yaml", 4, 7, 14)
    record = first.definition
    assert record.curated
    assert record.title == "A paper"
    assert record.date == PartialDate(2024, 3)
    assert record.author_count == 8
    assert record.identifiers == (Identifier("arxiv", "2401.00010"),)
    assert record.links == (Link("code", "https://github.com/a/b"),)
    assert record.summary == "Some *words*."
    assert (second.definition.authors, second.definition.author_count) == (("A", "B"), 2)


def test_a_smart_collection_has_a_rule_exclusions_and_pinned_picks(source):
    outcome = parse_collection(
        source(
            """\
            title: x
            smart:
              tags: [a, b]
              all_tags: [c]
              since: 2023
              until: 2025
              words: [distillation]
              source: dumps/*.txt
              order: oldest
              limit: 30
              exclude: [Not this one]
            picks: [This one]
            """
        )
    )
    assert outcome.diagnostics == ()
    rule = outcome.value.rule
    assert (rule.tags, rule.all_tags, rule.words) == (("a", "b"), ("c",), ("distillation",))
    assert (rule.since, rule.until, rule.source, rule.order, rule.limit) == (
        2023,
        2025,
        "dumps/*.txt",
        "oldest",
        30,
    )
    assert rule.where == Span("x.yaml", 3, 3, 12)
    assert rule.exclude == (Pick(paper="Not this one", where=Span("x.yaml", 11, 13, 12)),)
    assert outcome.value.sections[0].picks == (Pick(paper="This one", where=Span("x.yaml", 12, 9, 8)),)


def test_a_rule_that_no_year_can_meet_is_an_error(source, shown):
    outcome = parse_collection(source("title: x\nsmart: {since: 2025, until: 2023}\n"))
    assert [shown(p) for p in outcome.diagnostics] == [
        "2:16+4 error empty-rule: no year is since 2025 and until 2023"
    ]


def test_what_is_no_mapping_at_the_top_is_no_collection(source, shown):
    for text, found in (("foo", "'foo'"), ("- a", "a list")):
        outcome = parse_collection(source(text))
        assert outcome.value is None
        assert shown(outcome.diagnostics[0]).endswith(f"error wrong-type: a mapping is expected, not {found}")


@given(
    st.recursive(
        st.sampled_from(["x", "4", "true", "2024-01-01", "''", "~", "https://a.b/", "[", "'", "#"]),
        lambda inner: (
            st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
            | st.dictionaries(
                st.sampled_from(
                    [
                        "title",
                        "picks",
                        "paper",
                        "sections",
                        "smart",
                        "exclude",
                        "links",
                        "note",
                        "x",
                        "authors",
                    ]
                ),
                inner,
                max_size=4,
            ).map(lambda fields: "{" + ", ".join(f"{k}: {v}" for k, v in fields.items()) + "}")
        ),
        max_leaves=12,
    )
)
def test_whatever_has_the_form_of_a_collection_returns(text):
    outcome = parse_collection(SourceFile("x.yaml", text.encode(), ""))
    assert outcome.value is not None or outcome.diagnostics or text == "~"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("title: T\nsmart:\n  years: 2023\n", "did you mean 'since'? since: 2023, until: 2025;"),
        ("title: T\npapers: [x]\n", "did you mean 'picks'?"),
        ("title: T\npicks:\n- {paper: x, comment: y}\n", "did you mean 'note'?"),
        ("title: T\npicks:\n- paper: {title: x, year: 2017}\n", "did you mean 'date'?"),
    ],
)
def test_another_word_for_a_field_is_told_ours(source, text, meant):
    (problem,) = parse_collection(source(text)).diagnostics
    assert (problem.code, problem.hint.split(" allowed here: ")[0]) == ("unknown-field", meant)
