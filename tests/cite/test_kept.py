"""Citations that are kept are those that would be written."""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.model.paper import Paper
from sitegen.render.cite import apa, bibtex, csl_json, kept, ris


def _written(paper, note):
    item = csl_json.indented(csl_json.item(paper, note))
    return apa.reference(paper), bibtex.entry(paper, note), ris.entry(paper, note), item


def _given(cited):
    return cited.apa, cited.bibtex, cited.ris, cited.csl_json


def test_a_paper_with_another_note_is_cited_with_that_note(nasty):
    citations = kept.Citations()
    for note in ("One *note*.", "Another.", "", "One *note*."):
        for paper in nasty:
            assert _given(citations(paper, note)) == _written(paper, note)


def test_another_paper_of_the_same_id_has_its_own_citation(nasty):
    citations = kept.Citations()
    other = replace(nasty[0], title="Another title")
    assert citations(nasty[0]).bibtex == bibtex.entry(nasty[0])
    assert citations(other).bibtex == bibtex.entry(other) != bibtex.entry(nasty[0])


def test_a_paper_that_is_of_no_site_any_more_is_forgotten():
    citations = kept.Citations()
    papers = [Paper(id=f"p{n}", title=f"Paper {n}") for n in range(2)]
    cited = [citations(paper) for paper in papers]
    citations.next(papers[1:])
    assert citations(papers[1]) is cited[1]
    assert citations(papers[0]) is not cited[0]


def test_what_is_no_longer_kept_is_written_again(nasty, monkeypatch):
    monkeypatch.setattr(kept, "_KEPT", 2)
    citations = kept.Citations()
    for paper in (*nasty, *nasty):
        assert _given(citations(paper)) == _written(paper, "")
