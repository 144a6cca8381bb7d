"""Pages of authors, where the settings ask for them."""

from __future__ import annotations

import pytest

from sitegen.plan.authors import authors_of, plan_authors
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
    (author,) = authors_of(make_site(papers, author_pages=2)).values()
    assert (author.id, author.name, len(author.papers)) == ("jan-muller", "Jan Müller", 3)


def test_initials_may_be_anybodys(make_site, papers):
    names = {author.name for author in authors_of(make_site(papers, author_pages=1)).values()}
    assert names == {"Jan Müller", "Ada Lovelace", "A. Lovelace"}


def test_names_that_look_alike_in_addresses_have_two(make_site, make_paper):
    papers = [make_paper("one", authors=("Jo-Ann Lee", "Jo Ann Lee"))]
    ids = [author.id for author in authors_of(make_site(papers, author_pages=1)).values()]
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
