"""What papers are called."""

from __future__ import annotations

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.model.record import Identifier, PartialDate, Record

_TITLE = "Sparse Gates for Small Machines"
_SLUG = "sparse-gates-for-small-machines"


def _record(line: int, title: str = _TITLE, year: int | None = None, **fields) -> Record:
    return Record(where=Span("d.txt", line), title=title, date=PartialDate(year) if year else None, **fields)


def _ids(*records: Record) -> dict[int, str]:
    return {record.where.line: paper.id for paper in merge(records).value for record in paper.records}


def test_of_two_works_with_one_title_the_older_keeps_the_slug():
    assert _ids(_record(1, year=2023), _record(2, year=2011)) == {1: f"{_SLUG}-2023", 2: _SLUG}


def test_the_younger_is_told_to_pin_its_id():
    (problem,) = merge([_record(1, year=2023), _record(2, year=2011)]).diagnostics
    assert (problem.severity, problem.code, problem.where.line) == ("info", "shared-slug", 1)
    assert "`id:`" in problem.hint


def test_without_dates_a_digest_of_what_the_records_say_tells_them_apart():
    one, other = Identifier("arxiv", "2401.00010"), Identifier("arxiv", "2402.00010")
    ids = _ids(_record(1, identifiers=(one,)), _record(2, identifiers=(other,)))
    assert ids[1] == _SLUG
    assert ids[2].startswith(f"{_SLUG}-")
    moved = _ids(_record(41, identifiers=(other,)), _record(50, identifiers=(one,)))
    assert (moved[50], moved[41]) == (ids[1], ids[2])


def test_a_year_never_takes_the_slug_of_another_title():
    ids = _ids(
        _record(1, "Gates at Work", 2011), _record(2, "Gates at Work", 2023), _record(3, "Gates at Work 2023")
    )
    assert ids[3] == "gates-at-work-2023"
    assert len(set(ids.values())) == 3


def test_a_long_slug_stays_within_80_bytes_with_its_year():
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
