import pytest

from sitegen.model.library import Entry
from sitegen.model.record import PartialDate
from sitegen.plan.collections import collection_rows
from sitegen.plan.home import plan_home
from sitegen.plan.search import plan_search


@pytest.fixture
def home(make_context):
    def home(*args, **settings):
        [page] = plan_home(make_context(*args, **settings))
        return page.view

    return home


def test_a_date_that_all_lists_have_in_common_is_not_repeated(make_context, make_list):
    one, same, later = (make_list(name=n, updated=f"2026-0{m}-01") for n, m in (("a", 1), ("b", 1), ("c", 2)))
    assert [row.updated for row in collection_rows(make_context([], [one, same]))] == [None, None]
    assert all(row.updated for row in collection_rows(make_context([], [one, same, later])))
    assert [row.updated for row in collection_rows(make_context([], [one]))] == [PartialDate(2026, 1, 1)]


def test_a_home_page_shows_twelve_lists_and_leads_to_the_others(home, make_list):
    view = home([], [make_list(name=f"list-{n:02}") for n in range(29)])
    assert [row.title for row in view.collections] == [f"List-{n:02}" for n in range(12)]
    assert view.all_collections == 29


def test_papers_are_called_additions_where_a_list_says_when_it_was_added_to(home, make_paper, make_list):
    paper = make_paper()
    assert not home([paper], [make_list(paper)]).by_addition
    assert home([paper], [make_list(Entry(paper=paper, added="2026-01-02"))]).by_addition


def test_tags_without_any_below_them_are_offered_first(home, make_context, make_paper, make_tag):
    papers = [make_paper("one", tags=("wide",)), make_paper("two", tags=("narrow",))]
    tags = [make_tag("wide"), make_tag("narrow", parent="wide"), make_tag("unused")]
    assert [(item.tag.label, item.count) for item in home(papers, tags=tags).tags] == [
        ("NARROW", 1),
        ("WIDE", 2),
    ]
    [page] = plan_search(make_context(papers, tags=tags))
    assert page.view.suggestions == ("NARROW", "WIDE")
