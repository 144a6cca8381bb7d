"""Which records become one paper."""

from __future__ import annotations

import pytest

from sitegen.diagnostics import Span
from sitegen.merge import clusters, merge
from sitegen.model.record import Identifier, Link, PartialDate, Record

_ARXIV = Identifier("arxiv", "2401.00010")
_OTHER_ARXIV = Identifier("arxiv", "2402.22222")
_DOI = Identifier("doi", "10.1145/1.2")
_PAGE = Link("page", "https://proceedings.example.org/one.html")


def _record(
    line: int, title: str = "Sparse Gates for Small Machines", year: int | None = None, **fields
) -> Record:
    date = PartialDate(year) if year else None
    return Record(where=Span("dump.txt", line), title=title, date=date, **fields)


def _groups(*records: Record) -> list[list[int]]:
    papers = merge(records).value
    return sorted([record.where.line for record in paper.records] for paper in papers)


def _rules(*records: Record) -> list[str]:
    (paper,) = merge(records).value
    return [reason.rule for reason in paper.reasons]


def test_records_that_share_an_identifier_are_one_work_whatever_their_titles():
    records = [
        _record(1, "A First Title", identifiers=(_ARXIV,)),
        _record(2, "Quite Another One", identifiers=(Identifier("arxiv", "2401.00010", "2"),)),
    ]
    assert _groups(*records) == [[1, 2]]
    assert _rules(*records) == ["identifier"]


def test_the_doi_that_arxiv_gives_is_the_arxiv_id():
    doi = Identifier("doi", "10.48550/arxiv.2401.00010")
    assert _groups(_record(1, "One", identifiers=(_ARXIV,)), _record(2, "Two", identifiers=(doi,))) == [
        [1, 2]
    ]


def test_an_address_that_a_curator_wrote_is_the_identifier_that_it_shows():
    link = Link("pdf", "https://arxiv.org/pdf/2401.00010v2")
    listed = _record(1, "One", identifiers=(_ARXIV,))
    assert _groups(listed, _record(2, "Two", curated=True, links=(link,))) == [[1, 2]]
    assert _groups(listed, _record(2, "Two", links=(link,))) == [[1], [2]]
    (paper,) = merge([_record(2, "Two", curated=True, links=(link,))]).value
    assert paper.identifier("arxiv") == "2401.00010"


def test_records_at_one_address_are_one_work_when_their_titles_are_akin():
    longer = _record(
        2, "Sparse Gates for Small Machines, Extended", links=(Link("page", _PAGE.url + "#top"),)
    )
    assert _groups(_record(1, links=(_PAGE,)), longer) == [[1, 2]]
    assert _rules(_record(1, links=(_PAGE,)), longer) == ["url"]


def test_a_page_that_holds_whole_proceedings_makes_nothing_one_work():
    assert _groups(_record(1, links=(_PAGE,)), _record(2, "Deep Kernels in Practice", links=(_PAGE,))) == [
        [1],
        [2],
    ]


def test_versions_at_one_address_stay_apart():
    assert _groups(
        _record(1, "Foo 1.5 Report", links=(_PAGE,)), _record(2, "Foo Report", links=(_PAGE,))
    ) == [[1], [2]]


@pytest.mark.parametrize("kind", ["code", "project", "model", "data", "other"])
def test_shared_code_or_a_shared_project_makes_nothing_one_work(kind):
    link = Link(kind, "https://example.org/shared")
    titles = ("Sparse Gates for Small Machines", "Sparse Gates for Large Machines")
    assert _groups(*(_record(i, title, links=(link,)) for i, title in enumerate(titles))) == [[0], [1]]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VILA^2: VILA Augmented VILA", "$VILA^2$: VILA augmented VILA"),
        ("Łódź and the Naïve Bayes Machine", "Lodz and the naive Bayes machine"),
        ("Attention - Is It All?", "ATTENTION: IS IT ALL"),
    ],
)
def test_spellings_of_one_title_are_one_work_with_one_id(one, other):
    assert _groups(_record(1, one), _record(2, other)) == [[1, 2]]
    (paper,) = merge([_record(1, one), _record(2, other)]).value
    assert paper.aliases == ()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Kwai Keye-VL Technical Report", "Kwai Keye-VL 1.5 Technical Report"),
        ("Scaling Mixtures 2", "Scaling Mixtures 3"),
        ("A Study of C", "A Study of C++"),
    ],
)
def test_titles_that_differ_by_a_number_or_a_sign_are_two_works(one, other):
    assert _groups(_record(1, one), _record(2, other)) == [[1], [2]]


def test_one_title_more_than_two_years_apart_is_two_works():
    assert _groups(_record(1, year=2019), _record(2, year=2021)) == [[1, 2]]
    assert _groups(_record(1, year=2019), _record(2, year=2022)) == [[1], [2]]


def test_a_shared_author_bridges_the_years():
    early = _record(1, year=2015, authors=("Ada Lovelace", "C. Babbage"))
    assert _groups(early, _record(2, year=2020, authors=("Lovelace, A.",))) == [[1, 2]]
    assert _groups(early, _record(2, year=2020, authors=("Grace Hopper",))) == [[1], [2]]


@pytest.mark.parametrize("other", [_OTHER_ARXIV, Identifier("arxiv", "2401.00011")])
def test_different_arxiv_ids_under_one_title_are_two_works(other):
    assert _groups(_record(1, identifiers=(_ARXIV,)), _record(2, identifiers=(other,))) == [[1], [2]]


def test_different_dois_under_one_title_are_two_works():
    assert _groups(
        _record(1, identifiers=(_DOI,)), _record(2, identifiers=(Identifier("doi", "10.1/x"),))
    ) == [[1], [2]]


def test_equal_titles_by_other_people_are_two_works_unless_a_group_speaks_for_its_people():
    mine = _record(1, authors=("Ada Lovelace",))
    assert _groups(mine, _record(2, authors=("Grace Hopper",))) == [[1], [2]]
    assert _groups(mine, _record(2, authors=("The Gates Team",))) == [[1, 2]]


def test_a_preprint_with_a_doi_of_its_own_and_its_publication_are_one_work():
    preprint = _record(1, identifiers=(Identifier("doi", "10.2139/ssrn.1"),))
    assert _groups(preprint, _record(2, identifiers=(_DOI,))) == [[1, 2]]


def test_people_and_other_words_for_one_title_are_one_work_and_say_so():
    records = [
        _record(1, "Gating Large Language Models: A Study", authors=("Ada Lovelace", "G. Hopper")),
        _record(2, "Gating LLMs", authors=("Lovelace, A.",)),
    ]
    assert _rules(*records) == ["wording"]


def test_a_preprint_and_its_publication_are_one_work():
    assert _groups(_record(1, identifiers=(_ARXIV,)), _record(2, identifiers=(_DOI,))) == [[1, 2]]


def test_a_title_of_nothing_but_blanks_is_like_no_other():
    assert _groups(_record(1, " "), _record(2, " ")) == [[1], [2]]


@pytest.mark.parametrize("title", ["Introduction", "Editorial", "Preface.", "X"])
def test_titles_that_anything_may_bear_need_an_author_a_year_or_the_abstract(title):
    assert _groups(_record(1, title), _record(2, title)) == [[1], [2]]
    assert _groups(_record(1, title, year=2020), _record(2, title, year=2020)) == [[1, 2]]
    assert _groups(*(_record(i, title, authors=("A. Author",)) for i in (1, 2))) == [[1, 2]]
    assert _groups(*(_record(i, title, abstract="In this issue …") for i in (1, 2))) == [[1, 2]]


def test_a_record_that_fits_two_works_joins_the_one_it_resembles_and_is_reported():
    records = [
        _record(1, identifiers=(_ARXIV,)),
        _record(2, identifiers=(_OTHER_ARXIV,), authors=("Grace Hopper",)),
        _record(3, authors=("Hopper, Grace",)),
    ]
    outcome = merge(records)
    assert _groups(*records) == [[1], [2, 3]]
    (doubt,) = outcome.diagnostics[:1]
    assert (doubt.code, doubt.severity, doubt.where) == ("ambiguous-merge", "warning", Span("dump.txt", 3))
    assert "dump.txt:1" in doubt.message
    assert "dump.txt:2" in doubt.message


def test_a_chain_whose_ends_may_not_meet_breaks_at_the_later_end_and_is_reported():
    records = [_record(1, year=2015), _record(2, year=2017), _record(3, year=2019)]
    assert _groups(*records) == [[1, 2], [3]]
    assert [(d.code, d.where.line) for d in merge(records).diagnostics] == [
        ("ambiguous-merge", 3),
        ("shared-slug", 3),
    ]


def test_of_a_crowd_with_one_title_those_of_one_author_are_one_work_and_bare_ones_are_one():
    names = [f"Ann {a}{b}worth" for a in "BCDFGHKLMN" for b in "aeiouy"]
    editorials = [
        _record(2 * number + twice, "Editorial", 2020 + twice, authors=(name,))
        for number, name in enumerate(names, 1)
        for twice in (0, 1)
    ]
    assert _groups(*editorials) == [[2 * number, 2 * number + 1] for number in range(1, len(names) + 1)]
    assert _groups(*(_record(line) for line in range(1, 100))) == [list(range(1, 100))]


@pytest.mark.parametrize(
    ("fields", "shared"),
    [
        (lambda line: {"identifiers": (Identifier("doi", f"10.1145/{line}"),)}, "its title"),
        (lambda line: {"title": "Untitled", "year": 2000 + line}, "its title"),
        (lambda line: {"title": f"Number {line} of them", "links": (_PAGE,)}, "an address"),
        (lambda line: {"title": f"Number {line} of them", "abstract": "Not known. " * 30}, "its abstract"),
        (lambda line: {"title": f"The number {line}", "authors": ("Ann Bow",)}, "an author and a like title"),
    ],
)
def test_of_a_crowd_none_is_compared_with_another_which_is_said_once(fields, shared, monkeypatch):
    for rule in ("title_objection", "likeness_objection", "abstract_objection", "url_objection"):
        monkeypatch.setattr(clusters, rule, _of_itself_alone(getattr(clusters, rule)))
    found = merge([_record(line, **fields(line)) for line in range(1, 502)])
    assert len(found.value) == 501
    (doubt,) = (d for d in found.diagnostics if d.code == "ambiguous-merge")
    assert f" shares {shared} with more than can be compared" in doubt.message
    assert doubt.message.endswith("dump.txt:6 and 495 more")


def _of_itself_alone(objection):
    def asked(*given):
        assert given[-1] is given[-2]
        return objection(*given)

    return asked


def test_who_says_the_very_same_is_no_other_in_a_crowd():
    said = [_record(line, identifiers=(Identifier("doi", f"10.1145/{line}"),)) for line in range(1, 251)]
    bare = [_record(line, authors=("Ann Bow",)) for line in range(251, 602)]
    assert [len(group) for group in _groups(*said, *bare) if len(group) > 1] == [352]
    named = [_record(line, authors=(f"Ann B{chr(96 + line % 26)}w",)) for line in range(1, 502)]
    assert len(_groups(*named)) == 26


def test_a_doubt_names_a_few_of_those_that_fit():
    published = [_record(line, identifiers=(Identifier("doi", f"10.1145/{line}"),)) for line in range(1, 9)]
    (doubt,) = (d for d in merge([*published, _record(9)]).diagnostics if d.code == "ambiguous-merge")
    assert doubt.message.endswith("see dump.txt:1, dump.txt:2, dump.txt:3, dump.txt:4, dump.txt:5 and 3 more")


def test_every_record_is_in_exactly_one_paper_and_every_union_has_its_reason():
    records = [
        _record(1, identifiers=(_ARXIV,)),
        _record(2),
        _record(3, "Other", identifiers=(_ARXIV,)),
        _record(4, "Alone"),
    ]
    papers = merge(records).value
    assert sorted(r.where.line for p in papers for r in p.records) == [1, 2, 3, 4]
    for paper in papers:
        assert len(paper.reasons) == len(paper.records) - 1
        joined = {0}
        for _ in paper.reasons:
            joined |= {n for r in paper.reasons if {r.left, r.right} & joined for n in (r.left, r.right)}
        assert joined == set(range(len(paper.records)))
