"""In what form a work appeared, said in every way in which programs and readers ask for it."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from msgspec.structs import astuple, replace

from sitegen.diagnostics import Span
from sitegen.merge import merge
from sitegen.model.paper import Paper
from sitegen.model.record import Identifier, Organization, PartialDate, Publication, Record
from sitegen.plan.editions import preprint_of
from sitegen.render.cite import bibtex, csl_json, ris
from sitegen.render.cite.apa import reference
from sitegen.render.cite.coins import coins

ARTICLE = Publication("article", "12", "3", "11–24", "Gate Press")


def made(venue: str, *said: str) -> Paper:
    return Paper(
        id="gates", title="Gates", venue=venue, publication=Publication(*said), date=PartialDate(2024)
    )


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (made("J. Gates", "article", "12", "3", "11–24", "P"), "J. Gates, 12(3), 11–24."),
        (made("J. Gates.", "article", "12"), "J. Gates., 12."),
        (made("J. Gates.", "article"), "J. Gates."),
        (made("J. Gates", "article", "", "", "in press"), "J. Gates, in press."),
        (made("ICML", "paper", "2", "", "11–24", "ACM"), "In ICML (Vol. 2, pp. 11–24). ACM."),
        (made("ICML", "paper", "", "", "7"), "In ICML (p. 7)."),
        (made("ICML", "paper", "", "", "", "Gates, Inc."), "In ICML. Gates, Inc."),
        (made("A Book", "chapter", "", "", "e7"), "In A Book (e7)."),
        (made("", "chapter", "", "", "7", "ACM"), "(p. 7). ACM."),
    ],
)
def test_the_reference_says_where_in_its_venue(paper, expected):
    assert reference(paper) == f"Gates. (2024). {expected}"


@pytest.mark.parametrize(
    ("paper", "expected"),
    [
        (made("Texts", "book", "2", "", "", "Press"), "Gates (Vol. 2). (2024). Press."),
        (made("", "book"), "Gates. (2024)."),
        (made("", "thesis", "", "", "", "MIT"), "Gates [Thesis, MIT]. (2024)."),
        (made("", "report", "", "TR-7", "", "Lab"), "Gates (Report No. TR-7). (2024). Lab."),
    ],
)
def test_what_has_no_venue_says_so_behind_its_title(paper, expected):
    assert reference(paper) == expected


def test_what_has_pages_has_appeared_though_nobody_tells_where():
    assert bibtex.entry(made("", "paper", "", "", "1–9")).startswith("@inproceedings")
    assert bibtex.entry(made("", "paper")).startswith("@misc")


def test_no_degree_is_invented():
    assert "type = {Thesis}" in bibtex.entry(made("", "thesis"))
    assert "type = " not in bibtex.entry(made("", "book"))


def test_proceedings_have_two_names_in_ris():
    assert "T2  - ICML\r\nC3  - ICML\r\n" in ris.entry(made("ICML", "paper"))


def test_coins_have_the_keys_of_openurl():
    said = dict(parse_qsl(coins(made("Gates' Journal", *astuple(ARTICLE)))))
    assert said["rft_val_fmt"] == "info:ofi/fmt:kev:mtx:journal"
    told = [said[f"rft.{key}"] for key in ("genre", "volume", "issue", "spage", "epage", "pub")]
    assert told == ["article", "12", "3", "11", "24", "Gate Press"]
    assert "rft.pages" not in said


@pytest.mark.parametrize(
    ("kind", "form", "genre", "title"),
    [
        ("paper", "book", "proceeding", "rft.atitle"),
        ("chapter", "book", "bookitem", "rft.atitle"),
        ("book", "book", "book", "rft.btitle"),
        ("report", "book", "report", "rft.btitle"),
        ("thesis", "dissertation", None, "rft.title"),
    ],
)
def test_coins_of_books_and_theses_are_of_another_format(kind, form, genre, title):
    said = dict(parse_qsl(coins(made("Texts", kind, "", "", "7, 9–11", "P"))))
    assert (said["rft_val_fmt"].rpartition(":")[2], said.get("rft.genre")) == (form, genre)
    assert (said[title], said["rft.pages"]) == ("Gates", "7, 9–11")
    assert said["rft.inst" if kind == "thesis" else "rft.pub"] == "P"


def test_coins_of_a_preprint_end_with_the_type_that_zotero_knows():
    assert coins(made("")).endswith("&rft.type=preprint")
    assert "rft.type" not in coins(made("ICML"))


def test_organizations_are_no_publisher_of_what_has_appeared():
    paper = replace(made("J. Gates", "article"), organizations=(Organization("MIT"),))
    assert "publisher" not in csl_json.item(paper)
    assert "PB  - " not in ris.entry(paper)
    assert "AD  - MIT" in ris.entry(paper)
    assert csl_json.item(replace(paper, venue=""))["publisher"] == "MIT"


class TestPreprint:
    """A preprint's citation says nothing of the journal."""

    @pytest.fixture
    def paper(self) -> Paper:
        arxiv = Identifier("arxiv", "2401.00010")
        preprint = Record(
            where=Span("b.xml", 1), title="Gates, early", authors=("Ada Wool",), identifiers=(arxiv,)
        )
        article = Record(
            where=Span("a.bib", 1),
            title="Gates",
            authors=("Ada Wool", "Bo Loop"),
            venue="Journal of Gates",
            publication=ARTICLE,
            identifiers=(Identifier("doi", "10.1/x"), arxiv),
        )
        (paper,) = merge([preprint, article]).value
        return paper

    def test_the_version_of_record_has_what_its_record_says(self, paper):
        assert (paper.title, paper.publication) == ("Gates", ARTICLE)
        assert "pages = {11--24}" in bibtex.entry(paper)

    def test_the_preprint_is_cited_as_its_own_record_says(self, paper):
        cited = preprint_of(paper).paper
        texts = (
            bibtex.entry(cited),
            ris.entry(cited),
            str(csl_json.item(cited)),
            coins(cited),
            reference(cited),
        )
        for text in texts:
            assert "early" in text
            assert "Wool" in text
            assert not any(word in text for word in ("Journal", "Loop", "Gate Press", "11-", "11–"))
        assert bibtex.entry(cited).startswith("@misc")

    def test_even_where_a_curator_says_that_it_is_one(self, paper):
        said = replace(paper, publication=replace(ARTICLE, kind="preprint"))
        assert bibtex.entry(said).startswith("@misc")
        assert "volume" not in bibtex.entry(said)
