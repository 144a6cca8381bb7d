"""What is cited, what stands beside it, and what has become of a paper."""

from __future__ import annotations

import pytest

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.model.record import Identifier, Notice, PartialDate, Record
from sitegen.plan.editions import badges, preprint_of
from sitegen.render.cite import apa, bibtex, csl_json, ris

_ARXIV = Identifier("arxiv", "2401.00010", "2")
_PREPRINT = Record(
    where=Span("a.xml", 1),
    title="Gates",
    authors=("Ada Lovelace",),
    date=PartialDate(2024, 1, 3),
    venue="CoRR",
    identifiers=(_ARXIV, Identifier("doi", "10.2139/ssrn.1")),
)
_PUBLISHED = Record(
    where=Span("b.bib", 1),
    title="Gates",
    authors=("Ada Lovelace",),
    date=PartialDate(2025),
    venue="Journal of Gates",
    identifiers=(Identifier("doi", "10.1145/1.2"),),
)


@pytest.fixture
def paper():
    return merge([_PREPRINT, _PUBLISHED]).value[0]


def test_the_version_of_record_is_cited_with_its_own_year_and_doi(paper):
    entry = bibtex.entry(paper)
    assert entry.startswith("@article{gates,")
    assert "year = {2025}" in entry
    assert "doi = {10.1145/1.2}" in entry
    assert "eprint = {2401.00010}" in entry
    assert "PY  - 2025" in ris.entry(paper)
    assert csl_json.item(paper)["type"] == "article-journal"
    assert "(2025). Gates. Journal of Gates. https://doi.org/10.1145/1.2" in apa.reference(paper)


def test_a_paper_is_as_old_as_its_preprint(paper):
    assert paper.date == PartialDate(2024, 1, 3)


def test_the_preprint_has_a_citation_of_its_own(paper):
    preprint = preprint_of(paper)
    assert (preprint.label, preprint.url) == ("arXiv:2401.00010v2", "https://arxiv.org/abs/2401.00010")
    entry = bibtex.entry(preprint.paper)
    assert entry.startswith("@misc{gates-preprint,")
    assert "year = {2024}" in entry
    assert "10.1145" not in entry


def test_a_preprint_that_nothing_dates_is_of_the_month_in_its_number(make_paper):
    preprint = preprint_of(make_paper(venue="ICML", identifiers=(_ARXIV,)))
    assert preprint.paper.date == PartialDate(2024, 1)


@pytest.mark.parametrize("venue", ["", "arXiv preprint"])
def test_a_preprint_alone_has_no_other_edition(make_paper, venue):
    assert preprint_of(make_paper(venue=venue, identifiers=(_ARXIV,))) is None


def test_a_retraction_keeps_its_source_and_day_and_goes_before_a_correction():
    corrected = Notice("corrected", "A sign.", PartialDate(2025, 2), "b.bib")
    retracted = Notice("retracted", "", PartialDate(2025, 3, 1), "c.json")
    records = [
        Record(where=Span("b.bib", 1), title="Sparse Gates", notices=(corrected,)),
        Record(where=Span("c.json", 1), title="Sparse Gates", notices=(retracted,)),
    ]
    (paper,) = merge(records).value
    assert [(badge.kind, badge.source) for badge in badges(paper)] == [
        ("retracted", "c.json"),
        ("corrected", "b.bib"),
    ]
    assert paper.standing == ("retracted", "corrected")


def test_a_title_that_a_publisher_marked_is_a_retraction_told_by_that_record():
    (paper,) = merge([Record(where=Span("a.bib", 1), title="RETRACTED: Gates at Night")]).value
    assert paper.notices == (Notice("retracted", "", None, "a.bib"),)
