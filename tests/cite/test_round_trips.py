"""What we write in a format that we also read comes back as it was."""

from __future__ import annotations

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.model.paper import Paper
from sitegen.model.record import Identifier, PartialDate, Publication, PublicationKind
from sitegen.parse import bibtex, csl_json, ris
from sitegen.render.cite import bibtex as write_bibtex
from sitegen.render.cite import csl_json as write_csl_json
from sitegen.render.cite import ris as write_ris
from sitegen.render.cite.citation import citation
from sitegen.text.names import full_name, parts_of_name
from sitegen.text.tex import plain
from sitegen.text.venues import publication_of

WORDS = st.text(st.characters(categories=("L", "N"), exclude_characters="ﬀ"), min_size=1, max_size=9)
LINES = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)
NAMES = st.lists(
    st.one_of(
        WORDS, st.sampled_from(["van", "der", "de", "Van", "Jr.", "III", "Team", "and", "O'Neil", "J."])
    ),
    min_size=1,
    max_size=5,
).map(" ".join)
PUBLICATIONS = st.builds(
    Publication,
    kind=st.sampled_from(["", *get_args(PublicationKind)]),
    volume=st.sampled_from(["", "12", "S1", "XII, 3", "Suppl. {2}", "100%"]),
    issue=st.sampled_from(["", "3", "1-2", "3–4"]),
    pages=st.sampled_from(
        ["", "11–24", "7", "e1001", "103-124-9", "in press", "12-1–12-9", "7, 9–11", "a–b", "S1–S2"]
    ),
    publisher=st.just("") | LINES | st.sampled_from(["Wiley & Sons", "{Braces}, Inc."]),
)
PAPERS = st.builds(
    Paper,
    id=st.just("a-paper"),
    title=LINES,
    authors=st.lists(NAMES, max_size=3).map(tuple),
    venue=st.sampled_from(["", "ICML", "Journal of Letters", "Workshop on 100% & more"]),
    publication=PUBLICATIONS,
    identifiers=st.sampled_from(
        [(), (Identifier("arxiv", "2401.00010"),), (Identifier("doi", "10.1000/a_b(c)"),)]
    ),
    date=st.none()
    | st.builds(PartialDate, st.integers(1900, 2100))
    | st.builds(PartialDate, st.integers(1900, 2100), st.integers(1, 12)),
)
FORMATS = {
    "bibtex": (write_bibtex.entry, bibtex.parse),
    "ris": (write_ris.entry, ris.parse),
    "csl-json": (lambda paper: write_csl_json.text([write_csl_json.item(paper)]).decode(), csl_json.parse),
}


def came_back(name, paper):
    write, parse = FORMATS[name]
    outcome = parse(write(paper).replace("\r\n", "\n").encode(), "x", None)
    [record] = outcome.value.records
    return record


@pytest.mark.parametrize("name", FORMATS)
def test_a_paper_comes_back_as_it_was(name):
    @given(PAPERS)
    def holds(paper):
        record = came_back(name, paper)
        cited = citation(paper)
        assert plain(record.title) == cited.title
        assert publication_of(record) == publication_of(paper)
        assert record.venue == ("" if cited.kind in {"preprint", "thesis"} else paper.venue)
        assert {i for i in record.identifiers if i.kind in {"arxiv", "doi"}} == set(paper.identifiers)
        assert record.date == paper.date
        assert len(record.authors) == len(paper.authors)

    holds()


@pytest.mark.parametrize("name", FORMATS)
def test_the_names_of_people_come_back_as_they_are_read(name):
    authors = (
        *("Ludwig van Beethoven", "Laurens Van Der Maaten", "Martin Luther King Jr.", "Yann Le Cun", "Plato"),
        *("Erdős Pál", "山田太郎", "Qwen Team", "Jean-Pierre O'Neil", "John Smith III", "Quoc V. Le"),
    )
    assert came_back(name, Paper(id="x", title="Names", authors=authors)).authors == authors


@given(NAMES)
def test_the_parts_of_a_name_make_that_name(name):
    parts = parts_of_name(name)
    assert (parts.literal or full_name(*parts[:4])) == name


@given(st.text(max_size=30))
def test_any_text_has_parts(text):
    parts = parts_of_name(text)
    assert " ".join(text.split()) == (parts.literal or full_name(*parts[:4]))
    assert bool(parts.literal) != bool(parts.family) or not text.split()


@given(st.text(), st.text(), st.text())
def test_no_text_breaks_out_of_a_line_of_ris(title, author, note):
    lines = write_ris.entry(Paper(id="x", title=title, authors=(author,), summary=note)).split("\r\n")
    assert [line[:6] for line in lines[:3]] == ["TY  - ", "ID  - ", "TI  - "] or not title.split()
    assert all(line[2:6] == "  - " for line in lines[:-2])
    assert lines[-3:] == ["ER  - ", "", ""]


def test_orcids_come_back_with_their_authors():
    orcids = ("", "0000-0002-1825-0097", "0000-0002-1694-233X")
    authors = ("Ada Wool", "Bo van der Needle", "Yarn Team")
    assert came_back("csl-json", Paper(id="x", title="T", authors=authors, orcids=orcids)).orcids == orcids
