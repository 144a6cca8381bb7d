"""What papers are called."""

from __future__ import annotations

import re

import pytest

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.model.record import Identifier, PartialDate, Record

_TITLE = "Sparse Gates for Small Machines"
_SLUG = "sparse-gates-for-small-machines"


def _record(line: int, title: str = _TITLE, year: int | None = None, **fields) -> Record:
    return Record(where=Span("d.txt", line), title=title, date=PartialDate(year) if year else None, **fields)


def _ids(*records: Record) -> dict[int, str]:
    return {record.where.line: paper.id for paper in merge(records).value for record in paper.records}


_ONE, _OTHER = Identifier("doi", "10.1/a"), Identifier("doi", "10.1/b")


def test_of_two_works_with_one_title_the_one_whose_identifier_sorts_first_keeps_the_slug():
    ids = _ids(_record(1, identifiers=(_OTHER,)), _record(2, identifiers=(_ONE,)))
    assert ids[2] == _SLUG
    assert re.fullmatch(rf"{_SLUG}-[0-9a-f]{{10}}", ids[1])
    moved = _ids(_record(41, identifiers=(_ONE,)), _record(50, identifiers=(_OTHER,)))
    assert (moved[41], moved[50]) == (ids[2], ids[1])


def test_works_without_identifiers_come_after_and_among_themselves_by_author_and_place():
    by = {"year": 2011, "authors": ("Hopper, Grace",)}
    ids = _ids(_record(1, **by), _record(2, identifiers=(_ONE,), year=2023))
    assert ids[2] == _SLUG
    ids = _ids(_record(1, **by), _record(2, authors=("Byron, Ada",), year=2023), _record(3, "Else"))
    assert ids[2] == _SLUG


def test_a_date_that_is_learnt_later_changes_no_id():
    before = _ids(
        _record(1, "Editorial", identifiers=(_ONE,)), _record(2, "Editorial", identifiers=(_OTHER,))
    )
    dated = _record(3, "Editorial", 2020, identifiers=(_OTHER,))
    after = _ids(
        _record(1, "Editorial", identifiers=(_ONE,)), _record(2, "Editorial", identifiers=(_OTHER,)), dated
    )
    assert after == before | {3: before[2]}


def test_an_id_lost_to_a_namesake_with_more_identifiers_still_leads_to_its_work():
    fresh = (Identifier("arxiv", "2401.00010"), _OTHER)
    before = merge([_record(1, identifiers=(_ONE,)), _record(2, identifiers=(_OTHER,))]).value
    after = merge([_record(1, identifiers=(_ONE,)), _record(2, identifiers=fresh)]).value
    (lost,) = {paper.id for paper in before} - {paper.id for paper in after}
    (holder,) = [paper for paper in after if lost in paper.aliases]
    assert _OTHER in holder.identifiers


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("C++ Primer", "C plus plus Primer"),
        ("C plus plus Primer", "C++ Primer"),
        ("Model 1.5", "Model 1 5"),
        ("Notes on F#", "Notes on F sharp"),
        ("In 2020-2021", "In 2020.2021"),
        ("Foo bar baz", "Foo bar baz 2021"),
    ],
)
def test_a_work_of_another_title_never_takes_an_address(old, new):
    (before,) = merge([_record(1, old, 2012)]).value
    ids = _ids(_record(1, old, 2012), _record(2, new, 2001))
    assert ids[1] == before.id
    assert ids[2] != before.id


def test_a_title_that_is_the_suffixed_id_of_another_work_is_called_otherwise():
    telling = [_record(1, identifiers=(_ONE,)), _record(2, identifiers=(_OTHER,))]
    before = _ids(*telling)
    assert _ids(*telling, _record(3, before[2].replace("-", " "))).items() > before.items()


def test_works_that_share_a_title_are_told_to_fix_their_ids():
    (problem,) = merge([_record(1, identifiers=(_ONE,)), _record(2, identifiers=(_OTHER,))]).diagnostics
    assert (problem.severity, problem.code, problem.where.line) == ("warning", "shared-slug", 2)
    assert "`id:`" in problem.hint


def test_two_that_claim_one_place_have_two_ids_as_well():
    ids = {paper.id for paper in merge([_record(1, "Editorial"), _record(1, "Editorial")] * 2).value}
    assert len(ids) == 4


def test_a_long_slug_stays_within_80_bytes_with_its_hash():
    title = "word " * 40
    ids = _ids(_record(1, title, 2001), _record(2, title, 2020))
    assert len(set(ids.values())) == 2
    assert all(len(name) <= 80 for name in ids.values())


def test_an_id_that_a_curator_fixed_wins_and_the_old_one_leads_to_it():
    (paper,) = merge([_record(1), _record(2, curated=True, id="gates")]).value
    assert (paper.id, paper.aliases) == ("gates", (_SLUG,))


def test_a_fixed_id_takes_another_papers_slug():
    assert _ids(_record(1), _record(2, "Else", id=_SLUG))[2] == _SLUG


def test_two_papers_with_one_fixed_id_are_an_error_that_names_both_places():
    outcome = merge([_record(1, "One Thing", id="mine"), _record(2, "Another Thing", id="mine")])
    assert [paper.id for paper in outcome.value] == ["another-thing", "mine"]
    (problem,) = outcome.diagnostics
    assert (problem.severity, problem.code, problem.where.line) == ("error", "duplicate-id", 2)
    assert "d.txt:1" in problem.message


def test_two_fixed_ids_for_one_paper_are_a_warning():
    outcome = merge([_record(1, id="one"), _record(2, id="two")])
    assert [paper.id for paper in outcome.value] == ["one"]
    assert [(d.severity, d.code, d.where.line) for d in outcome.diagnostics] == [("warning", "two-ids", 2)]


def test_a_fixed_id_never_names_a_path():
    outcome = merge([_record(1, id="../../etc/passwd")])
    assert "/" not in outcome.value[0].id
    assert [d.code for d in outcome.diagnostics] == ["bad-id"]


def test_other_titles_of_a_paper_lead_to_it():
    arxiv = (Identifier("arxiv", "2401.00010"),)
    records = [
        _record(1, "The Old Title", identifiers=arxiv),
        _record(2, "The New Title", identifiers=arxiv, curated=True),
    ]
    (paper,) = merge(records).value
    assert (paper.id, paper.aliases) == ("the-new-title", ("the-old-title",))


def test_an_alias_is_never_another_papers_id():
    arxiv = (Identifier("arxiv", "2401.00010"),)
    papers = merge(
        [
            _record(1, "Shared Name of Two", identifiers=arxiv, year=2001),
            _record(2, "The New Title", identifiers=arxiv, curated=True),
            _record(3, "Shared Name of Two", year=2020),
        ]
    ).value
    assert {paper.id: paper.aliases for paper in papers} == {"the-new-title": (), "shared-name-of-two": ()}


def test_an_alias_that_two_papers_could_claim_is_neithers():
    one, other = (Identifier("arxiv", "2401.00010"),), (Identifier("arxiv", "2402.22222"),)
    papers = merge(
        [
            _record(1, "First Name", identifiers=one, curated=True),
            _record(2, "Foo thing here", identifiers=one),
            _record(3, "Second Name", identifiers=other, curated=True),
            _record(4, "Foo thing here", identifiers=other),
        ]
    ).value
    assert {paper.id: paper.aliases for paper in papers} == {"first-name": (), "second-name": ()}
