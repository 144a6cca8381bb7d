"""Pages of authors, where the settings ask for them."""

from __future__ import annotations

from itertools import zip_longest

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sitegen.plan.authors import Authors, plan_authors
from sitegen.plan.paper import plan_papers


@pytest.fixture
def papers(make_paper):
    return [
        make_paper("one", authors=("Jan Müller", "Ada Lovelace")),
        make_paper("two", authors=("Müller, Jan", "A. Lovelace")),
        make_paper("three", authors=("Jan Müller",)),
    ]


def test_no_pages_unless_they_are_asked_for(make_context, papers):
    assert list(plan_authors(make_context(papers))) == []


@pytest.mark.parametrize(("fewest", "pages"), [(3, True), (4, False)])
def test_there_is_no_index_of_nobody_and_nothing_leads_there(make_context, papers, fewest, pages):
    context = make_context(papers, author_pages=fewest)
    assert any(plan_authors(context)) is pages
    assert ("authors/index.html" in {item.url for item in context.frame.footer}) is pages


def test_writings_of_one_name_are_one_author_in_the_form_that_is_used_most(make_site, papers):
    (author,) = Authors(make_site(papers, author_pages=2)).all
    assert (author.id, author.name, len(author.papers)) == ("jan-muller", "Jan Müller", 3)


def test_initials_may_be_anybodys(make_site, papers):
    names = {author.name for author in Authors(make_site(papers, author_pages=1)).all}
    assert names == {"Jan Müller", "Ada Lovelace", "A. Lovelace"}


def test_names_that_look_alike_in_addresses_have_two(make_site, make_paper):
    papers = [make_paper("one", authors=("Jo-Ann Lee", "Jo Ann Lee"))]
    ids = [author.id for author in Authors(make_site(papers, author_pages=1)).all]
    assert len(set(ids)) == 2
    assert all(id_.startswith("jo-ann-lee-") for id_ in ids)


def test_a_list_says_that_names_may_be_shared_and_the_index_is_by_family_name(make_context, papers):
    pages = {page.url: page.view for page in plan_authors(make_context(papers, author_pages=1))}
    assert [choice.label for choice in pages["authors/index.html"].authors] == [
        "A. Lovelace",
        "Ada Lovelace",
        "Jan Müller",
    ]
    assert "share" in pages["authors/jan-muller.html"].description


def test_bylines_lead_to_who_has_a_page(make_context, papers):
    pages = {
        page.url: page.view
        for page in plan_papers(make_context(papers, author_pages=2))
        if page.url.endswith("one.html")
    }
    assert [(author.title, author.url) for author in pages["papers/one.html"].authors] == [
        ("Jan Müller", "authors/jan-muller.html"),
        ("Ada Lovelace", ""),
    ]


ADA, OTHER = "0000-0002-1825-0097", "0000-0001-5109-3700"


def by_id(site):
    return {author.id: author for author in Authors(site).all}


def test_one_name_with_two_orcids_is_two_people_and_a_third_page_of_nobody_knows_whom(make_site, make_paper):
    papers = [
        make_paper("one", authors=("Wei Wang",), orcids=(ADA,)),
        make_paper("two", authors=("Wei Wang", "Wei Wang"), orcids=(OTHER, "")),
        make_paper("three", authors=("Wang, Wei",)),
    ]
    authors = by_id(make_site(papers, author_pages=1))
    assert {id_: (a.orcid, a.certain, {p.id for p in a.papers}) for id_, a in authors.items()} == {
        "wei-wang": ("", False, {"two", "three"}),
        f"wei-wang-{ADA}": (ADA, True, {"one"}),
        f"wei-wang-{OTHER}": (OTHER, True, {"two"}),
    }


def test_one_orcid_is_one_person_under_every_name_and_has_what_gives_the_name_alone(make_site, make_paper):
    papers = [
        make_paper("one", authors=("Jan Müller",), orcids=(ADA,)),
        make_paper("two", authors=("J. Müller",), orcids=(ADA,)),
        make_paper("three", authors=("Jan Muller", "Bo Needle")),
        make_paper("four", authors=("Jan Müller",)),
    ]
    authors = by_id(make_site(papers, author_pages=2))
    (author,) = authors.values()
    assert (author.id, author.name, author.orcid, author.certain) == ("jan-muller", "Jan Müller", ADA, False)
    assert len(author.papers) == 4


_NAMES = st.sampled_from(["Wei Wang", "Wang, Wei", "W. Wang", "WEI WANG", "Li", ".", "李伟"])
_ORCIDS = st.sampled_from(["", "", ADA, OTHER, "0000-0002-1694-233X"])
_AUTHORS = st.lists(st.tuples(_NAMES, _ORCIDS), max_size=4)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])  # these make values, and keep none
@given(people=st.lists(_AUTHORS, max_size=6), silent=st.booleans())
def test_no_author_page_has_two_orcids_and_every_author_is_on_one(make_site, make_paper, people, silent):
    papers = [
        make_paper(
            f"p{number}",
            authors=tuple(name for name, _ in authors),
            orcids=() if silent and number % 2 else tuple(orcid for _, orcid in authors),
        )
        for number, authors in enumerate(people)
    ]
    site = make_site(papers, author_pages=1)
    authors = Authors(site)
    said: dict[str, set[str]] = {}
    for paper in papers:
        for name, orcid, author in zip_longest(paper.authors, paper.orcids, authors.of(paper)):
            assert (author is None) == (name == "." and not orcid)
            if author:
                assert paper in author.papers
                said.setdefault(author.id, set()).add(orcid or "")
    assert all(len(orcids - {""}) <= 1 for orcids in said.values())
    assert all(a.orcid == max(said[a.id]) and a.certain == ("" not in said[a.id]) for a in authors.all)
    orcids = [author.orcid for author in authors.all if author.orcid]
    assert len(set(orcids)) == len(orcids)
    assert len({author.url for author in authors.all}) == len(authors.all)


def test_a_page_shows_the_orcid_and_leads_to_others_of_the_name(make_context, make_paper):
    papers = [
        make_paper("one", authors=("Wei Wang",), orcids=(ADA,)),
        make_paper("two", authors=("Wei Wang",), orcids=(OTHER,)),
    ]
    context = make_context(papers, author_pages=1)
    page = {page.url: page.view for page in plan_authors(context)}[f"authors/wei-wang-{ADA}.html"]
    assert page.description == f"ORCID: [{ADA}](https://orcid.org/{ADA})"
    assert page.head.data["about"]["sameAs"] == f"https://orcid.org/{ADA}"
    [others] = page.choices
    assert [choice.url for choice in others.items] == [f"authors/wei-wang-{OTHER}.html"]


def test_the_index_tells_people_of_one_name_apart_and_says_no_orcid_of_others(make_context, make_paper):
    papers = [
        make_paper("one", authors=("Wei Wang", "Ada Lovelace"), orcids=(ADA, "0000-0002-1694-233X")),
        make_paper("two", authors=("Wei Wang",), orcids=(OTHER,)),
        make_paper("three", authors=("Wei Wang",)),
    ]
    view = next(plan_authors(make_context(papers, author_pages=1))).view
    assert sorted(choice.label for choice in view.authors) == [
        "Ada Lovelace",
        "Wei Wang",
        *sorted([f"Wei Wang ({ADA})", f"Wei Wang ({OTHER})"]),
    ]


def test_the_papers_data_says_who_has_which_orcid(make_context, make_paper):
    context = make_context([make_paper("one", authors=("A B", "C D"), orcids=("", ADA))])
    view = next(page.view for page in plan_papers(context) if page.url == "papers/one.html")
    assert view.head.data["author"] == [
        {"@type": "Person", "name": "A B"},
        {"@type": "Person", "name": "C D", "sameAs": f"https://orcid.org/{ADA}"},
    ]
