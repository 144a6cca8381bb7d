from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Span
from sitegen.model.source import SourceFile
from sitegen.model.tag import Tag, TagRule
from sitegen.parse.tags import parse_tags


def test_a_tag_is_read_with_everything_that_can_be_said_about_it(source):
    outcome = parse_tags(
        source(
            """\
            language:
            LLM:
              label: Large language models
              description: "*Big* ones"
              aliases: [large language model, LLMs]
              parent: Language
              match:
                words: [LLM*]
                title: [GPT]
                unless: [LLVM]
            """
        )
    )
    assert outcome.diagnostics == ()
    assert outcome.value == (
        Tag(id="language", label="language", where=Span("x.yaml", 1, 1, 8)),
        Tag(
            id="llm",
            label="Large language models",
            where=Span("x.yaml", 2, 1, 3),
            description="*Big* ones",
            aliases=("large language model", "LLMs"),
            parent="language",
            rule=TagRule(words=("LLM*",), title=("GPT",), unless=("LLVM",)),
        ),
    )


def test_c_and_its_children_stay_three_and_no_is_a_tag(source):
    outcome = parse_tags(source("C:\nC++:\nC#:\nno:\n2024:\n"))
    assert outcome.diagnostics == ()
    assert [(tag.id, tag.label) for tag in outcome.value] == [
        ("c", "C"),
        ("c-plus-plus", "C++"),
        ("c-sharp", "C#"),
        ("no", "no"),
        ("2024", "2024"),
    ]


def test_two_keys_of_one_tag_are_an_error_that_names_both_places(source, shown):
    outcome = parse_tags(source("LLM:\n  description: first\n\nllm:\n  description: second\n"))
    assert [shown(p) for p in outcome.diagnostics] == [
        (
            "4:1+3 error duplicate-tag: 'llm' and 'LLM' would be two tags with the id 'llm';"
            " the first is on line 1, column 1 | keep one of the two"
        )
    ]
    assert [tag.description for tag in outcome.value] == ["first"]


def test_a_label_or_alias_that_is_another_tag_is_an_error_and_left_out(source, shown):
    outcome = parse_tags(source("A: {aliases: [b, x]}\nB: {label: a, aliases: [B]}\nC: {aliases: [X, y]}\n"))
    assert [shown(p) for p in outcome.diagnostics] == [
        (
            "1:15+1 error duplicate-tag: 'b' and 'B' would be two tags with the id 'b';"
            " the first is on line 2, column 1 | keep one of the two"
        ),
        (
            "2:12+1 error duplicate-tag: 'a' and 'A' would be two tags with the id 'a';"
            " the first is on line 1, column 1 | keep one of the two"
        ),
        (
            "3:15+1 error duplicate-tag: 'X' and 'x' would be two tags with the id 'x';"
            " the first is on line 1, column 18 | keep one of the two"
        ),
    ]
    assert [(tag.id, tag.aliases) for tag in outcome.value] == [("a", ("x",)), ("b", ("B",)), ("c", ("y",))]


def test_a_parent_is_found_by_key_label_or_alias_wherever_it_stands(source):
    outcome = parse_tags(
        source(
            """\
            a: {parent: Vision}
            b: {parent: computer vision}
            c: {parent: CV}
            cv: {label: Computer Vision, aliases: [vision]}
            """
        )
    )
    assert outcome.diagnostics == ()
    assert [tag.parent for tag in outcome.value] == ["cv", "cv", "cv", ""]


def test_an_unknown_parent_is_an_error_with_the_nearest_name(source, shown):
    outcome = parse_tags(source("vision:\na: {parent: visoin}\nb: {parent: zzz}\n"))
    assert [shown(p) for p in outcome.diagnostics] == [
        "2:13+6 error unknown-tag: no tag is called 'visoin' | did you mean 'vision'?",
        "3:13+3 error unknown-tag: no tag is called 'zzz' | add an entry for it to this file",
    ]
    assert [tag.parent for tag in outcome.value] == ["", "", ""]


def test_a_circle_of_parents_is_one_error_and_is_opened_at_its_first_tag(source, shown):
    outcome = parse_tags(
        source("x: {parent: c}\na: {parent: b}\nb: {parent: c}\nc: {parent: a}\nd: {parent: d}\n")
    )
    assert [shown(p) for p in outcome.diagnostics] == [
        "2:13+1 error tag-cycle: a tag cannot be above itself: a → b → c → a | delete one parent",
        "5:13+1 error tag-cycle: a tag cannot be above itself: d → d | delete one parent",
    ]
    assert [tag.parent for tag in outcome.value] == ["c", "", "c", "a", ""]


def test_a_tag_that_is_no_mapping_is_left_out_and_reported(source, shown):
    outcome = parse_tags(source("a: text\nb:\n  lable: x\n"))
    assert [shown(p) for p in outcome.diagnostics] == [
        "1:4+4 error wrong-type: a mapping is expected, not 'text'",
        (
            "3:3+5 error unknown-field: a tag has no field 'lable' | did you mean 'label'?"
            " allowed here: label, description, aliases, parent, match"
        ),
    ]
    assert [tag.id for tag in outcome.value] == ["b"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from("abcdeABC"),
            st.sampled_from("abcdefg"),
            st.lists(st.sampled_from("abcdxyz"), max_size=2),
        ),
        max_size=8,
    )
)
def test_whatever_the_file_says_ids_are_unique_parents_exist_and_lead_up(entries):
    text = "".join(
        f"{key}: {{parent: {parent}, aliases: [{', '.join(aliases)}]}}\n" for key, parent, aliases in entries
    )
    tags = {tag.id: tag for tag in parse_tags(SourceFile("x.yaml", text.encode(), "")).value}
    for tag in tags.values():
        way = [tag.id]
        while above := tags[way[-1]].parent:
            assert above not in way
            way.append(above)
