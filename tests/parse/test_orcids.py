"""Every format that can say which author has which ORCID is heard."""

from __future__ import annotations

import json
from functools import partial

import pytest

from sitegen.parse import acl_anthology, bibtex, csl_json, jsonl, openalex, semantic_scholar
from sitegen.parse.paper_file import parse_paper_file

ADA, BO = "0000-0002-1825-0097", "0000-0002-1694-233X"
WRONG = "0000-0002-1825-0098"
NAMES = ("Ada Wool", "Bo Needle", "Yarn Team")


def _json(items):
    return json.dumps(items).encode()


def _openalex(first, second):
    people = (
        {"display_name": name, "orcid": orcid}
        for name, orcid in zip(NAMES, (first, second, None), strict=True)
    )
    return _json(
        [{"id": "https://openalex.org/W1", "title": "T", "authorships": [{"author": p} for p in people]}]
    )


def _csl(first, second):
    authors = [
        {"family": "Wool", "given": "Ada", "ORCID": first, "authenticated-orcid": True},
        {"family": "Needle", "given": "Bo", "ORCID": second},
        {"name": "Yarn Team"},
    ]
    return _json([{"type": "article", "title": "T", "DOI": "10.1000/x", "author": authors}])


def _scholar(first, second):
    authors = [
        {"name": "Ada Wool", "externalIds": {"ORCID": first, "DBLP": ["Ada Wool"]}},
        {"name": "Bo Needle", "externalIds": {"ORCID": second}},
        {"name": "Yarn Team", "externalIds": None},
    ]
    return _json([{"paperId": "a" * 40, "title": "T", "authors": authors}])


def _acl(first, second):
    return f"""<collection id="2024.x"><volume id="1"><paper id="1"><title>T</title>
<author orcid="{first}"><first>Ada</first><last>Wool</last></author>
<author id="bo-needle" orcid="{second}"><first>Bo</first><last>Needle</last></author>
<author><last>Yarn Team</last></author></paper></volume></collection>""".encode()


def _plain(first, second):
    people = [{"name": "Ada Wool", "orcid": first}, {"name": "Bo Needle", "orcid": second}, "Yarn Team"]
    return _json({"title": "T", "authors": people})


def _own(first, second):
    return _json({"title": "T", "authors": NAMES, "orcids": [first, second, ""]})


def _bib(fields, first, second):
    fields = fields.replace("ADA", first).replace("BO", second)
    return f"@article{{k, title = {{T}}, author = {{Wool, Ada and Bo Needle and {{Yarn Team}}}}, {fields}}}".encode()


FORMATS = {
    "OpenAlex": (openalex.parse, _openalex),
    "Crossref and CSL": (csl_json.parse, _csl),
    "Semantic Scholar": (semantic_scholar.parse, _scholar),
    "ACL Anthology": (acl_anthology.parse, _acl),
    "plain JSON": (jsonl.parse, _plain),
    "our JSON Lines": (jsonl.parse, _own),
    "BibLaTeX": (bibtex.parse, partial(_bib, 'author+an:orcid = {1="ADA"; 2="BO"}')),
    "BibLaTeX, unnamed": (bibtex.parse, partial(_bib, 'AUTHOR+an = {2="BO"; 1="ADA"; 3="a team"; 9="ADA"}')),
    "Web of Science": (bibtex.parse, partial(_bib, "ORCID-Numbers = {Wool, Ada/ADA\n Needle, Bo/BO}")),
}


def said(name, first, second):
    parse, write = FORMATS[name]
    outcome = parse(write(first, second), "dumps/x", None)
    (record,) = outcome.value.records
    return record, outcome.diagnostics


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("form", ["{}", "https://orcid.org/{}", "http://orcid.org/{}"])
def test_authors_keep_their_orcids(name, form):
    record, problems = said(name, form.format(ADA), form.format(BO))
    assert (record.authors, record.orcids) == (NAMES, (ADA, BO, ""))
    assert problems == ()


@pytest.mark.parametrize("name", FORMATS)
def test_what_is_no_orcid_is_reported_and_costs_nothing_else(name):
    record, problems = said(name, WRONG, BO)
    assert (record.authors, record.orcids) == (NAMES, ("", BO, ""))
    assert [(problem.severity, problem.code) for problem in problems] == [("warning", "bad-identifier")]
    assert WRONG in problems[0].message


@pytest.mark.parametrize(
    ("fields", "orcids"),
    [
        ("orcid = {ADA and BO and 0000-0001-5109-3700}", (ADA, BO, "0000-0001-5109-3700")),
        ("orcid = {ADA}", ()),  # whose?
        ("orcid-numbers = {Needle, Bo/BO\n Nobody, Here/ADA}", ("", BO, "")),
        ("author+an = {1=highlight; 2=family:underline}", ()),
    ],
)
def test_an_orcid_that_is_nobodys_in_particular_is_nobodys(fields, orcids):
    outcome = bibtex.parse(_bib(fields, ADA, BO), "x.bib", None)
    assert outcome.value.records[0].orcids == orcids
    assert outcome.diagnostics == ()


def test_the_only_author_of_an_entry_has_its_orcid():
    outcome = bibtex.parse(
        f"@misc{{k, title = {{T}}, author = {{Wool, Ada}}, orcid = {{{ADA}}}}}".encode(), "x", None
    )
    assert outcome.value.records[0].orcids == (ADA,)


def test_curators_may_say_who_is_meant(source, shown):
    file = source(f"""\
        title: T
        authors:
          - Yarn Team
          - {{name: Wei Wang, orcid: {ADA}}}
          - name: Bo Needle
            orcid: {WRONG}
        """)
    outcome = parse_paper_file(file)
    (record,) = outcome.value
    assert (record.authors, record.orcids) == (("Yarn Team", "Wei Wang", "Bo Needle"), ("", ADA, ""))
    assert [shown(problem) for problem in outcome.diagnostics] == [
        f"6:12+19 error bad-identifier: '{WRONG}' is no ORCID | write it like 0000-0002-1825-0097"
    ]
