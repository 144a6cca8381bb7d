"""Where a work appeared: venue, volume and pages are what one source says of one version."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.merge.published import published
from sitegen.model.paper import Paper
from sitegen.model.record import UNPUBLISHED, Identifier, PartialDate, Publication, Record

_JOURNAL = Publication("article", "12", "3", "11–24", "Gate Press")


def _record(line: int, venue: str = "", publication: Publication = UNPUBLISHED, **fields) -> Record:
    where = fields.pop("where", Span("d.txt", line))
    return Record(where=where, title="Sparse Gates", venue=venue, publication=publication, **fields)


def _merged(*records: Record) -> Paper:
    (paper,) = merge(records).value
    return paper


def _sources(paper: Paper, field: str) -> list[int]:
    return [paper.records[position].where.line for name, position in paper.provenance if name == field]


def test_the_details_are_those_of_the_venue_that_is_believed_and_say_from_where():
    preprint = _record(1, "arXiv", Publication("preprint"), abstract="Long " * 9)
    journal = _record(2, "Journal of Gates", _JOURNAL)
    paper = _merged(preprint, journal)
    assert (paper.venue, paper.publication) == ("Journal of Gates", _JOURNAL)
    assert (_sources(paper, "venue"), _sources(paper, "publication")) == ([2], [2])


def test_details_of_two_sources_are_never_mixed():
    paged = _record(1, "ICML", Publication("paper", pages="1–9"), abstract="Long " * 9)
    other = _record(2, "Journal of Gates", _JOURNAL)
    assert _merged(paged, other).publication == paged.publication
    silent = _record(1, "ICML", abstract="Long " * 9)
    assert _merged(silent, other).publication == UNPUBLISHED


def test_of_sources_that_name_the_same_venue_the_one_that_says_more_of_it_counts():
    short = _record(1, "Journal of Gates", Publication("article", volume="13"), abstract="Long " * 9)
    full = _record(2, "JOURNAL of gates", _JOURNAL)
    paper = _merged(short, full)
    assert (paper.venue, paper.publication) == ("JOURNAL of gates", _JOURNAL)
    assert (_sources(paper, "venue"), _sources(paper, "publication")) == ([2], [2])


def test_a_short_name_without_pages_does_not_hide_the_full_one_that_has_them():
    short = _record(1, "NeurIPS", abstract="Long " * 9)
    full = _record(2, "Advances in Neural Gates", Publication("paper", "37", "", "1–9"))
    assert (_merged(short, full).venue, _merged(full, short).venue) == (full.venue, full.venue)
    assert _merged(short, full).publication == full.publication


def test_identifiers_authors_and_date_are_those_of_the_venue_that_is_cited():
    shared = Identifier("arxiv", "2401.00010")
    other = _record(
        1,
        "IEEE Meeting",
        Publication("paper"),
        abstract="Long " * 9,
        identifiers=(Identifier("doi", "10.1109/x"), shared),
        authors=("A. Wool",),
        date=PartialDate(2023),
    )
    cited = _record(
        2,
        "ICML",
        Publication("paper", pages="1–9"),
        identifiers=(Identifier("doi", "10.5555/y"), shared),
        authors=("Ada Wool",),
        date=PartialDate(2024),
    )
    paper = _merged(other, cited)
    assert (paper.venue, paper.identifier("doi"), paper.authors) == ("ICML", "10.5555/y", ("Ada Wool",))
    assert paper.published == PartialDate(2024)


@pytest.mark.parametrize("kind", ["book", "thesis", "report"])
def test_what_needs_no_venue_is_of_its_own_year(kind):
    alone = _record(2, "", Publication(kind, publisher="University of Loops"), date=PartialDate(2024))
    preprint = _record(1, "arXiv", Publication("preprint"), date=PartialDate(2023, 5))
    assert _merged(preprint, alone).published == PartialDate(2024)


def test_what_curators_add_is_set_over_what_the_source_says():
    source = _record(1, "Journal of Gates", _JOURNAL)
    curated = _record(2, "", Publication(pages="11–25"), curated=True)
    paper = _merged(source, curated)
    assert paper.publication == Publication("article", "12", "3", "11–25", "Gate Press")
    assert _sources(paper, "publication") == [1, 2]


def test_a_curator_s_pages_of_what_has_no_venue_are_reported():
    source = _record(1, "arXiv", Publication("preprint"))
    curated = _record(2, "", Publication(pages="11–25"), curated=True)
    (problem,) = merge([source, curated]).diagnostics
    assert (problem.code, problem.where, "venue" in problem.hint) == ("no-venue", curated.where, True)
    assert merge([_record(1, "ICML"), curated]).diagnostics == ()


def test_curators_who_name_another_venue_mean_another_volume():
    paper = _merged(_record(1, "Journal of Gates", _JOURNAL), _record(2, "ICML", curated=True))
    assert (paper.venue, paper.publication) == ("ICML", UNPUBLISHED)


@pytest.mark.parametrize("kind", ["book", "thesis", "report"])
def test_what_needs_no_venue_goes_before_a_preprint_and_after_what_has_one(kind):
    alone = _record(1, "", Publication(kind, publisher="University of Loops"), abstract="Long " * 9)
    preprint = _record(2, "arXiv")
    assert (_merged(alone, preprint).venue, _merged(alone, preprint).publication) == ("", alone.publication)
    assert _merged(alone, preprint, _record(3, "ICML")).venue == "ICML"


def test_a_record_alone_is_taken_as_it_is():
    assert _merged(_record(1, "Journal of Gates", _JOURNAL)).publication == _JOURNAL


@given(
    st.lists(
        st.builds(
            lambda venue, said: _record(1, venue, Publication(*said)),
            st.sampled_from(["", "ICML", "Journal of Gates", "arXiv"]),
            st.tuples(st.sampled_from(["", "article", "thesis"]), *[st.sampled_from(["", "1", "2"])] * 3),
        ),
        max_size=4,
    )
)
def test_some_source_says_all_of_it_together(records):
    venue, publication, _ = published(records)
    assert not publication or publication in [r.publication for r in records if r.venue == venue]
