"""What a curator may want to look at again in tags and lists."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.check import (
    CHECKS,
    empty_collection,
    pick_without_note,
    similar_tags,
    undeclared_tag,
    unused_tag,
)
from sitegen.diagnostics import Span
from sitegen.model.collection import Collection, Pick, Rule, Section
from sitegen.model.record import Record
from sitegen.model.source import SourceFile
from sitegen.model.tag import Tag, TagRule
from sitegen.parse.collection import parse_collection

_RECORDS = (
    Record(where=Span("d.txt", 1), title="Gates", tags=("multi-modal", "language models")),
    Record(where=Span("d.txt", 2), title="Doors", tags=("Multimodal", "c", "C++")),
)


def _tag(line: int, name: str, parent: str = "") -> Tag:
    return Tag(id=name, label=name, where=Span("tags.yaml", line, 1, len(name)), parent=parent)


def _list(*picks: Pick, rule: Rule | None = None) -> Collection:
    return Collection(id="c", where=Span("c.yaml", 1), title="C", sections=(Section(picks=picks),), rule=rule)


def test_a_declared_tag_that_no_paper_has_is_reported_where_it_is_declared(site_of):
    tags = (_tag(1, "art"), _tag(4, "multimodal", "media"), _tag(7, "media"))
    (problem,) = unused_tag.check(site_of(_RECORDS, tags=tags))
    assert (problem.severity, problem.code, problem.where) == (
        "warning",
        "unused-tag",
        Span("tags.yaml", 1, 1, 3),
    )


def test_a_tag_whose_rule_waits_for_papers_is_a_remark(site_of):
    tag = replace(_tag(1, "art"), rule=TagRule(words=("painting",)))
    assert [problem.severity for problem in unused_tag.check(site_of(_RECORDS, tags=(tag,)))] == ["info"]


def test_tags_that_differ_by_a_hyphen_or_a_plural_are_reported_at_the_less_settled_one(site_of):
    problems = similar_tags.check(site_of(_RECORDS, tags=(_tag(1, "multimodal"), _tag(2, "language-model"))))
    assert [(p.code, p.where) for p in problems] == [("similar-tags", Span("d.txt", 1))] * 2
    assert [p.hint for p in problems] == [
        "in content/tags.yaml: `language-model: {aliases: [language models]}`",
        "in content/tags.yaml: `multimodal: {aliases: [multi-modal]}`",
    ]


def _tagged(*tags: str) -> Record:
    return Record(where=Span("d.txt", 1), title="Gates", tags=tags)


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("visoin", "vision"),
        ("vison", "vision"),
        ("visions-langauge", "vision-language"),
        ("knwoledge distilation", "knowledge distillation"),
    ],
)
def test_an_undeclared_tag_that_a_slip_made_of_a_declared_one_is_told_it(site_of, written, declared):
    (problem,) = similar_tags.check(site_of([_tagged(written)], tags=[_tag(1, declared)]))
    assert (problem.severity, problem.code, problem.where) == ("warning", "similar-tags", Span("d.txt", 1))
    assert problem.hint.startswith(f"did you mean '{declared}'?")


@pytest.mark.parametrize(
    ("written", "declared"),
    [
        ("gnn", "gan"),
        ("audio", "video"),
        ("gpt-41", "gpt-42"),
        ("vision", "vision-language"),
        ("art", "arts"),
    ],
)
def test_short_names_and_numbers_that_differ_are_two_tags(site_of, written, declared):
    assert similar_tags.check(site_of([_tagged(written)], tags=[_tag(1, declared)])) == ()


def test_two_declared_tags_may_be_as_alike_as_they_like(site_of):
    assert (
        similar_tags.check(site_of([_tagged("version")], tags=[_tag(1, "vision"), _tag(2, "version")])) == ()
    )


def test_an_undeclared_tag_of_one_paper_is_a_remark_where_others_are_declared(site_of):
    record = _tagged("quokka", "vision", "visoin")
    (remark,) = undeclared_tag.check(site_of([record], tags=[_tag(1, "vision")]))
    assert (remark.severity, remark.where) == ("info", Span("d.txt", 1))
    assert "'quokka'" in remark.message
    assert undeclared_tag.check(site_of([record])) == ()
    twice = [record, Record(where=Span("d.txt", 2), title="Doors", tags=("quokka",))]
    assert undeclared_tag.check(site_of(twice, tags=[_tag(1, "vision")])) == ()


def test_a_list_without_papers_is_reported(site_of):
    (problem,) = empty_collection.check(site_of(_RECORDS, [_list()]))
    assert (problem.code, problem.where) == ("empty-collection", Span("c.yaml", 1))
    assert problem.hint == "list papers under `picks:`"


@pytest.mark.parametrize(
    ("picks", "judged"),
    [
        ("picks: []", True),
        ("picks: [Gattes of Hell]", False),
        ("picks: Gates", False),
        ("pikcs: [Gates]", False),
    ],
)
def test_a_list_is_called_empty_only_where_no_error_has_emptied_it(site_of, picks, judged):
    file = SourceFile("content/collections/c.yaml", f"blurb: b\ntitle: C\n{picks}\n".encode(), "")
    collection = parse_collection(file).value
    problems = empty_collection.check(site_of(_RECORDS, [collection]))
    assert [problem.where for problem in problems] == ([Span(file.path, 2, 8)] if judged else [])


def test_a_rule_that_finds_nothing_is_reported_at_the_rule(site_of):
    rule = Rule(where=Span("c.yaml", 3, 3), since=2999)
    (problem,) = empty_collection.check(site_of(_RECORDS, [_list(rule=rule)]))
    assert problem.where == Span("c.yaml", 3, 3)


def test_a_list_with_papers_is_not_empty(site_of):
    assert (
        empty_collection.check(site_of(_RECORDS, [_list(Pick(paper="gates", where=Span("c.yaml", 5)))])) == ()
    )


def test_picks_without_a_note_are_named_where_others_have_one(site_of):
    noted = Pick(paper="gates", where=Span("c.yaml", 5), note="Read it.")
    bare = Pick(paper="doors", where=Span("c.yaml", 6))
    (remark,) = pick_without_note.check(site_of(_RECORDS, [_list(noted, bare)]))
    assert (remark.severity, remark.message) == ("info", "1 of 2 picks have no note: 'Doors'")
    assert pick_without_note.check(site_of(_RECORDS, [_list(bare)])) == ()


def test_every_check_is_listed_under_the_code_that_it_reports(site_of):
    site = site_of(
        [
            *_RECORDS,
            Record(where=Span("c.yaml", 8), title="Sparse Gates", curated=True, author_count=1),
            Record(
                where=Span("c.yaml", 9), title="Sparse Gates", curated=True, author_count=2, tags=("quokka",)
            ),
            Record(where=Span("d.txt", 3), title="Sparse Gates for Small Machines"),
            Record(where=Span("d.txt", 4), title="Sparse Gates for Smal Machines"),
        ],
        [
            _list(
                Pick(paper="gates", where=Span("c.yaml", 5), note="n"),
                Pick(paper="doors", where=Span("c.yaml", 6)),
            ),
            Collection(id="e", where=Span("e.yaml", 1), title="E"),
        ],
        [_tag(1, "art")],
    )
    assert {code: {problem.code for problem in check(site)} for code, check in CHECKS.items()} == {
        code: {code} for code in CHECKS
    }
