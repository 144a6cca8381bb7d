"""Lists that gather papers by a rule."""

from __future__ import annotations

import pytest

from sitegen.curate import curate
from sitegen.diagnostics import Outcome, Span
from sitegen.merge import merge
from sitegen.model.collection import Collection, Pick, Rule, Section
from sitegen.model.library import Library
from sitegen.model.record import PartialDate, Record, Signal
from sitegen.model.settings import Settings
from sitegen.model.tag import Tag


def _record(title: str, year: int = 0, month: int = 0, path: str = "content/dumps/a.txt", **fields) -> Record:
    date = PartialDate(year, month) if year else None
    return Record(where=Span(path, sum(map(ord, title))), title=title, date=date, **fields)


_DAY = PartialDate(2025, 12, 9)
_RECORDS = (
    _record("Ash", 2021, tags=("wood", "grey"), abstract="Distillation of trees."),
    _record("Birch", 2022, 5, tags=("wood",), signals=(Signal("comments", 4, _DAY),)),
    _record("Cedar", 2023, tags=("evergreen",), path="content/dumps/b.jsonl"),
    _record("Dogwood", 2022, signals=(Signal("comments", 9, _DAY),)),
    _record("Elm", abstract="An undated scan."),
)
_TAGS = (
    Tag(id="wood", label="wood", where=Span("tags.yaml", 1)),
    Tag(id="evergreen", label="evergreen", where=Span("tags.yaml", 2), parent="wood"),
)


def _pick(paper: str) -> Pick:
    return Pick(paper=paper, where=Span("s.yaml", 5))


def _curated(*pins: str, **rule) -> Outcome[Library]:
    collection = Collection(
        id="s",
        where=Span("s.yaml", 1),
        title="S",
        sections=(Section(picks=tuple(map(_pick, pins))),),
        rule=Rule(where=Span("s.yaml", 3), **rule),
    )
    return curate(Settings(title="T"), merge(_RECORDS).value, (collection,), _TAGS, ())


def _gathered(*pins: str, **rule) -> list[str]:
    return [entry.paper.id for entry in _curated(*pins, **rule).value.lists[0].entries]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ({}, ["cedar", "birch", "dogwood", "ash", "elm"]),
        ({"tags": ("grey", "Wood")}, ["cedar", "birch", "ash"]),
        ({"all_tags": ("grey", "wood")}, ["ash"]),
        ({"since": 2022}, ["cedar", "birch", "dogwood"]),
        ({"until": 2022}, ["birch", "dogwood", "ash"]),
        ({"since": 2022, "until": 2022}, ["birch", "dogwood"]),
        ({"words": ("distillation", "scan")}, ["ash", "elm"]),
        ({"source": "dumps/*.jsonl"}, ["cedar"]),
        ({"source": "content/dumps/a.*", "tags": ("wood",)}, ["birch", "ash"]),
        ({"limit": 2}, ["cedar", "birch"]),
        ({"order": "oldest"}, ["ash", "birch", "dogwood", "cedar", "elm"]),
        ({"order": "title"}, ["ash", "birch", "cedar", "dogwood", "elm"]),
        ({"order": "discussed"}, ["dogwood", "birch", "cedar", "ash", "elm"]),
    ],
)
def test_a_rule_gathers_what_meets_all_of_it_in_its_order(rule, expected):
    assert _gathered(**rule) == expected


def test_what_was_read_last_says_how_much_a_paper_is_discussed():
    earlier, undated = Signal("comments", 90, PartialDate(2025, 11, 3)), Signal("comments", 95)
    records = (
        _record("Ash", signals=(earlier, undated, Signal("comments", 1, _DAY))),
        _record("Birch", signals=(Signal("comments", 4, _DAY),)),
        _record("Cedar", signals=(undated,)),
    )
    collection = Collection(
        id="s", where=Span("s.yaml", 1), title="S", rule=Rule(where=Span("s.yaml", 3), order="discussed")
    )
    library = curate(Settings(title="T"), merge(records).value, (collection,), (), ()).value
    assert [entry.paper.id for entry in library.lists[0].entries] == ["birch", "ash", "cedar"]


def test_pins_stand_on_top_once_and_do_not_count_towards_the_limit():
    assert _gathered("elm", "ash", limit=2) == ["elm", "ash", "cedar", "birch"]


def test_what_is_excluded_is_not_gathered():
    assert _gathered(exclude=(_pick("Cedar"), _pick("elm"))) == ["birch", "dogwood", "ash"]


def test_an_exclusion_of_nothing_is_a_warning():
    (problem,) = _curated(exclude=(_pick("Cedarr"),)).diagnostics
    assert (problem.severity, problem.code, problem.hint) == (
        "warning",
        "unknown-paper",
        "did you mean 'Cedar'?",
    )


def test_a_rule_about_a_tag_that_nobody_has_is_a_warning():
    outcome = _curated(tags=("woods",))
    assert outcome.value.lists[0].entries == ()
    (problem,) = outcome.diagnostics
    assert (problem.severity, problem.code, problem.where.line) == ("warning", "unknown-tag", 3)
    assert problem.hint == "did you mean 'wood'?"
