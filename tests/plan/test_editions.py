"""What is cited, what stands beside it, and what has become of a paper."""

from __future__ import annotations

import pytest

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.model.record import Identifier, Link, Notice, PartialDate, Record
from sitegen.plan.editions import badges, preprint_of
from sitegen.plan.paper import plan_papers
from sitegen.render.cite import apa, bibtex, csl_json, ris
from sitegen.render.cite.citation import citation

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
    assert csl_json.item(paper)["note"] == "arXiv:2401.00010."
    assert "number" not in csl_json.item(paper)  # which is the issue of a journal
    assert "AN  - arXiv:2401.00010" in ris.entry(paper)
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


def test_what_has_appeared_is_not_cited_by_the_address_of_its_preprint(make_paper):
    links = (Link("page", "https://arxiv.org/abs/2401.00010"), Link("page", "https://journal.example/7"))
    doi = Identifier("doi", "10.1145/1.2")
    fields = {"identifiers": (_ARXIV, doi), "venue": "Journal of Gates"}
    assert citation(make_paper(links=links, **fields)).url == "https://journal.example/7"
    assert citation(make_paper(links=links[:1], **fields)).url == "https://doi.org/10.1145/1.2"
    assert citation(make_paper(links=links[:1], venue="ICML", identifiers=(_ARXIV,))).url == links[0].url
    assert citation(make_paper(links=links[:1], identifiers=(_ARXIV, doi))).url == links[0].url


@pytest.mark.parametrize(
    ("venue", "tags"),
    [
        ("Journal of Gates", {"citation_journal_title": "Journal of Gates"}),
        ("ICML 2024", {"citation_conference_title": "ICML 2024"}),
        ("CoRR", {"z:itemType": "preprint"}),
        ("", {"z:itemType": "preprint"}),
    ],
)
def test_what_kind_of_work_it_is_the_page_tells_as_the_citations_do(make_context, make_paper, venue, tags):
    paper = make_paper(venue=venue)
    view = next(page.view for page in plan_papers(make_context([paper])) if page.url.endswith(".html"))
    told = {name: value for name, value in view.meta if "_title" in name or ":" in name}
    assert told == {"citation_title": "Swarms", **tags}
    assert (citation(paper).kind == "preprint") == ("z:itemType" in tags)


def test_the_latest_version_has_a_badge_with_the_day_that_a_source_of_it_knows():
    def record(path, version, *days):
        return Record(
            where=Span(path, 1),
            title="Gates",
            identifiers=(Identifier("arxiv", "2401.00010", version),),
            notices=tuple(Notice("revised", f"v{version}", PartialDate(2024, day), path) for day in days),
        )

    def told(*records):
        (paper,) = merge(records).value
        assert paper.standing == ()  # a card has no room for what is no warning
        return [(badge.kind, badge.text, badge.day, badge.source) for badge in badges(paper)]

    assert told(record("a", "1")) == told(record("a", "")) == []
    assert told(record("a", "2", 5)) == [("revised", "v2", PartialDate(2024, 5), "a")]
    assert told(record("a", "2", 5), record("b", "10", 7)) == [("revised", "v10", PartialDate(2024, 7), "b")]
    assert told(record("a", "2", 5), record("b", "3")) == [("revised", "v3", None, "b")]
