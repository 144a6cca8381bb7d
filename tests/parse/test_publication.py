"""Volume, issue, pages, publisher and kind, as every listing has them; preprints have none of them."""

from __future__ import annotations

import json

import pytest

from sitegen.model.record import UNPUBLISHED, Publication
from sitegen.model.source import DumpSource, SourceFile
from sitegen.parse.dump import parse_dump
from sitegen.parse.paper_file import parse_paper_file

ARTICLE = Publication("article", "12", "3", "11–24", "Gate Press")
PREPRINT = Publication("preprint")
_KINDS = {"article": "article", "inproceedings": "paper", "techreport": "report"}


def read(text: str | list[dict]) -> tuple[str, Publication]:
    text = text if isinstance(text, str) else json.dumps(text)
    outcome = parse_dump(SourceFile("content/dumps/x", text.encode(), ""), DumpSource("*"))
    assert outcome.diagnostics == ()
    (record,) = outcome.value.records
    return record.venue, record.publication


def bibtex(type_: str, **fields: str) -> tuple[str, Publication]:
    members = ", ".join(f"{name} = {{{value}}}" for name, value in {"title": "Gates", **fields}.items())
    return read(f"@{type_}{{x, {members}}}\n")


def csl(type_: str, **fields) -> tuple[str, Publication]:
    return read([{"type": type_, "title": "Gates", "DOI": "10.1000/x"} | fields])


class TestBibTeX:
    def test_an_article_has_all_of_it(self):
        said = bibtex(
            "article", journal="J", volume="12", number="3", pages="11--24", publisher=r"Gate {P}ress"
        )
        assert said == ("J", ARTICLE)

    @pytest.mark.parametrize(
        ("type_", "kind"),
        [
            ("InProceedings", "paper"),
            ("incollection", "chapter"),
            ("inbook", "chapter"),
            ("book", "book"),
            ("mastersthesis", "thesis"),
            ("techreport", "report"),
            ("misc", ""),
        ],
    )
    def test_the_type_of_the_entry_is_the_kind_of_work(self, type_, kind):
        assert bibtex(type_, booktitle="B")[1] == Publication(kind)

    @pytest.mark.parametrize(
        ("type_", "field"), [("phdthesis", "school"), ("techreport", "institution"), ("book", "publisher")]
    )
    def test_who_brings_it_out_has_three_names(self, type_, field):
        assert bibtex(type_, **{field: r"University of \AA rhus"})[1].publisher == "University of Århus"

    def test_biblatex_has_an_article_s_number_in_a_field_of_its_own(self):
        assert bibtex("article", journaltitle="J", eid="e1001")[1].pages == "e1001"

    @pytest.mark.parametrize(
        "fields",
        [
            {"journal": "CoRR", "volume": "abs/2401.00010"},
            {"journal": "arXiv preprint arXiv:2401.00010", "year": "2024"},
            {"publisher": "arXiv", "volume": "1"},
        ],
    )
    def test_what_dblp_and_scholar_make_of_a_preprint_is_one(self, fields):
        assert bibtex("article", **fields)[1] == PREPRINT

    @pytest.mark.parametrize(
        ("type_", "venue", "publisher"),
        [
            ("article", "Corr. Sci.", "Gate Press"),
            ("inproceedings", "Workshop on Preprints and their Readers", ""),
            ("techreport", "", "Institute of Preprints"),
            ("inproceedings", "ICML", "arXiv"),
        ],
    )
    def test_a_word_in_a_longer_name_makes_no_preprint(self, type_, venue, publisher):
        said = bibtex(type_, booktitle=venue, volume="7", pages="1--9", publisher=publisher)
        assert said == (venue, Publication(_KINDS[type_], "7", "", "1–9", publisher))

    @pytest.mark.parametrize(("volume", "issue"), [("PP", "99"), ("0", "0")])
    def test_early_access_has_no_volume_yet(self, volume, issue):
        assert bibtex("article", journal="J", volume=volume, number=issue)[1] == Publication("article")

    def test_an_article_s_number_goes_before_the_pages_within_it(self):
        assert bibtex("article", journal="J", articleno="12", pages="1--30")[1].pages == "12"

    def test_a_chapter_s_title_stands_beside_that_of_its_book(self):
        text = "@inbook{x, title={A Book}, chapter={On Gates}, pages={1--9}}"
        outcome = parse_dump(SourceFile("x.bib", text.encode(), ""), DumpSource("*"))
        (record,) = outcome.value.records
        assert (record.title, record.venue) == ("On Gates", "A Book")

    def test_the_volume_that_is_referred_to_says_what_its_papers_do_not(self):
        text = (
            "@inproceedings{a, title={Gates}, crossref={v}, pages={1--9}}\n"
            "@proceedings{v, booktitle={B}, volume={7}, publisher={ACM}}"
        )
        outcome = parse_dump(SourceFile("x.bib", text.encode(), ""), DumpSource("*"))
        (record,) = outcome.value.records
        assert record.publication == Publication("paper", "7", "", "1–9", "ACM")


class TestRIS:
    def said(self, *lines: str) -> Publication:
        return read("\n".join([*lines, "TI  - Gates", "ER  - ", ""]))[1]

    def test_an_article_has_all_of_it(self):
        tags = ("T2  - J", "VL  - 12", "IS  - 3", "SP  - 11", "EP  - 24", "PB  - Gate Press")
        assert self.said("TY  - JOUR", *tags) == ARTICLE

    @pytest.mark.parametrize(
        "lines", [("SP  - 11-24",), ("SP  - 11-24", "EP  - 24"), ("SP  - 11", "EP  - 24"), ("SP  - 11–24",)]
    )
    def test_pages_stand_in_one_line_or_two(self, lines):
        assert self.said("TY  - CONF", *lines) == Publication("paper", pages="11–24")

    def test_an_article_s_number_is_no_first_page_twice(self):
        assert self.said("TY  - JOUR", "SP  - e1001", "EP  - e1001").pages == "e1001"
        assert self.said("TY  - JOUR", "C7  - 103124").pages == "103124"

    @pytest.mark.parametrize(
        ("type_", "lines", "venue"),
        [
            ("CHAP", ("BT  - A Book",), "A Book"),
            ("CPAPER", ("T2  - The Meeting of 2024", "C3  - Proc. Gates"), "Proc. Gates"),
            ("JOUR", ("T2  - J", "C3  - no place for proceedings"), "J"),
        ],
    )
    def test_the_book_stands_in_the_tag_of_the_type(self, type_, lines, venue):
        assert read("\n".join([f"TY  - {type_}", "TI  - Gates", *lines, "ER  - ", ""]))[0] == venue

    def test_a_report_s_number_and_how_many_pages_a_book_has(self):
        assert self.said("TY  - RPRT", "SN  - TR-7") == Publication("report", issue="TR-7")
        assert self.said("TY  - BOOK", "SN  - 978-0-00-000000-2", "SP  - 240") == Publication("book")
        assert self.said("TY  - THES", "SP  - 11", "EP  - 24").pages == "11–24"

    def test_arxiv_s_number_is_no_issue(self):
        assert self.said("TY  - JOUR", "IS  - arXiv:2401.00010").issue == ""
        assert self.said("TY  - RPRT", "IS  - arXiv:2401.00010", "PB  - arXiv") == PREPRINT


class TestCSL:
    def test_an_article_has_all_of_it(self):
        said = {
            "container-title": "J",
            "volume": 12,
            "issue": "3",
            "page": "11-24",
            "publisher": "Gate Press",
        }
        assert csl("article-journal", **said) == ("J", ARTICLE)
        assert csl("journal-article", **said) == ("J", ARTICLE)

    @pytest.mark.parametrize(
        ("type_", "kind"),
        [
            ("proceedings-article", "paper"),
            ("paper-conference", "paper"),
            ("book-chapter", "chapter"),
            ("monograph", "book"),
            ("dissertation", "thesis"),
            ("report", "report"),
            ("posted-content", "preprint"),
            ("article", ""),
            ("dataset", ""),
        ],
    )
    def test_types_are_csl_s_and_crossref_s(self, type_, kind):
        assert csl(type_)[1].kind == kind

    def test_crossref_has_numbers_of_articles_and_entities(self):
        said = csl("journal-article", **{"article-number": "103124", "publisher": "Gate &amp; Sons"})[1]
        assert (said.pages, said.publisher) == ("103124", "Gate & Sons")

    def test_early_view_has_no_pages_yet(self):
        assert csl("article-journal", page="n/a-n/a", volume="ahead-of-print")[1] == Publication("article")

    def test_zotero_s_preprint_has_arxiv_s_number_and_nothing_else(self):
        said = {"genre": "Preprint", "number": "arXiv:2401.00010", "publisher": "arXiv"}
        assert csl("article", **said)[1] == PREPRINT


def openalex(source: dict, **fields) -> tuple[str, Publication]:
    said = {"volume": "12", "issue": "3", "first_page": "11", "last_page": "24"}
    work = {"id": "https://openalex.org/W1", "title": "Gates", "biblio": said}
    return read([work | fields | {"primary_location": {"source": {"display_name": "J"} | source}}])


class TestOpenAlex:
    def test_a_journal_s_article_has_all_of_it(self):
        source = {"type": "journal", "host_organization_name": "Gate Press"}
        assert openalex(source, type="article") == ("J", ARTICLE)

    def test_what_crossref_calls_it_goes_first(self):
        said = openalex({"type": "journal"}, type="article", type_crossref="proceedings-article")
        assert said[1].kind == "paper"

    def test_one_page_is_said_once(self):
        one = {"first_page": "e7", "last_page": "e7", "volume": None, "issue": None}
        assert openalex({"type": "journal"}, biblio=one)[1] == Publication("article", pages="e7")

    def test_a_repository_has_no_volumes(self):
        assert openalex({"type": "repository", "display_name": "Shelf of a University"}) == ("", PREPRINT)


def s2(**fields) -> tuple[str, Publication]:
    return read([{"paperId": "a", "title": "Gates"} | fields])


class TestSemanticScholar:
    def test_a_journal_has_volume_and_pages_amid_blanks(self):
        journal = {"name": "J", "volume": "12", "pages": "\n   11-24\n  "}
        said = s2(journal=journal, venue="J", publicationVenue={"name": "J", "type": "journal"})
        assert said == ("J", Publication("article", "12", "", "11–24"))

    def test_the_number_of_its_preprint_is_no_volume_of_the_conference(self):
        journal = {"name": "ArXiv", "volume": "abs/2401.00010"}
        types = ["JournalArticle", "Conference"]
        assert s2(journal=journal, venue="ICML", publicationTypes=types) == ("ICML", Publication("paper"))
        assert s2(journal=journal, venue="arXiv.org", publicationTypes=types[:1])[1] == PREPRINT


class TestACLAnthology:
    def said(self, type_: str, meta: str) -> tuple[str, Publication]:
        return read(
            f'<?xml version="1.0"?>\n<collection id="2024.x"><volume id="1" type="{type_}"><meta>{meta}'
            "<publisher>ACL</publisher></meta>"
            '<paper id="1"><title>Gates</title><pages>11–24</pages></paper></volume></collection>'
        )

    def test_proceedings_have_pages_and_a_publisher(self):
        said = self.said("proceedings", "<booktitle>Proc. X</booktitle>")
        assert said == ("Proc. X", Publication("paper", "", "", "11–24", "ACL"))

    def test_a_journal_has_its_own_title_volume_and_issue(self):
        meta = (
            "<booktitle>Trans. X, Volume 12</booktitle><journal-title>Trans. X</journal-title>"
            "<journal-volume>12</journal-volume><journal-issue>3</journal-issue>"
        )
        assert self.said("journal", meta) == ("Trans. X", Publication("article", "12", "3", "11–24", "ACL"))


class TestOurOwn:
    def test_plain_json_takes_what_our_own_export_has(self):
        line = {"title": "Gates", "venue": "J", "kind": "article", "volume": 12, "issue": 3}
        said = read([line | {"pages": "11–24", "publisher": "Gate Press"}])
        assert said == ("J", ARTICLE)

    def test_a_word_that_is_no_kind_says_nothing(self):
        assert read([{"title": "Gates", "kind": "poster", "volume": ""}])[1] == UNPUBLISHED

    def test_curators_write_it_into_paper_files(self):
        text = "title: Gates\nkind: article\nvolume: 12\nissue: 3\npages: 11--24\npublisher: Gate Press\nvenue: J\n"
        outcome = parse_paper_file(SourceFile("content/papers/x.yaml", text.encode(), ""))
        assert outcome.diagnostics == ()
        assert outcome.value[0].publication == ARTICLE

    def test_a_kind_that_is_none_is_an_error_with_its_place(self):
        outcome = parse_paper_file(SourceFile("content/papers/x.yaml", b"title: Gates\nkind: articel\n", ""))
        (problem,) = outcome.diagnostics
        assert (problem.where.line, "article" in problem.hint) == (2, True)
