import pytest

from sitegen.diagnostics import Span
from sitegen.model.collection import Rule
from sitegen.model.library import Entry, Part
from sitegen.model.record import PartialDate
from sitegen.plan.collections import plan_collections
from sitegen.plan.tags import plan_tags
from sitegen.plan.years import plan_years


@pytest.fixture
def collection_pages(make_context):
    def pages(papers, *lists, **settings):
        _, *pages = plan_collections(make_context(papers, lists, **settings))
        return {page.url: page.view for page in pages}

    return pages


def test_a_list_keeps_its_order_and_counts_on_over_pages(collection_pages, make_paper, make_list):
    papers = [make_paper(name) for name in "cab"]
    pages = collection_pages(papers, make_list(*papers))
    assert [
        (part.start, [e.card.id for e in part.entries]) for view in pages.values() for part in view.parts
    ] == [
        (1, ["c", "a"]),
        (3, ["b"]),
    ]


def test_a_section_that_goes_on_says_so_and_does_not_repeat_its_description(
    collection_pages, make_paper, make_list
):
    papers = [make_paper(name) for name in "abc"]
    part = Part(id="all", title="All", description="Once.", entries=tuple(Entry(paper=p) for p in papers))
    pages = collection_pages(papers, make_list(parts=(part,)))
    assert [(part.continued, part.description) for view in pages.values() for part in view.parts] == [
        (False, "Once."),
        (True, ""),
    ]


def test_sections_are_listed_with_the_page_on_which_they_begin(collection_pages, make_paper, make_list):
    a, b, c = papers = [make_paper(name) for name in "abc"]
    parts = (
        Part(id="one", title="One", entries=(Entry(paper=a), Entry(paper=b))),
        Part(id="two", title="Two", entries=(Entry(paper=c),)),
    )
    pages = collection_pages(papers, make_list(parts=parts))
    for view in pages.values():
        assert [heading.url for heading in view.headings] == [
            "collections/shelf.html#one",
            "collections/shelf.2.html#two",
        ]


def test_a_section_without_papers_is_still_shown_once(collection_pages, make_paper, make_list):
    a = make_paper("a")
    parts = (Part(id="empty", title="Empty"), Part(id="one", title="One", entries=(Entry(paper=a),)))
    [view] = collection_pages([a], make_list(parts=parts)).values()
    assert [part.title for part in view.parts] == ["Empty", "One"]


@pytest.mark.parametrize("papers", [0, 1, 2, 3, 4, 5])
@pytest.mark.parametrize("before", [0, 1, 2, 3, 4, 5])
def test_every_section_stands_where_its_heading_leads_whether_or_not_it_has_papers(
    collection_pages, make_paper, make_list, papers, before
):
    entries = tuple(Entry(paper=make_paper(f"p{n}")) for n in range(papers))
    parts = (
        Part(id="early", title="Early", entries=entries[:before]),
        Part(id="empty", title="Empty"),
        Part(id="late", title="Late", entries=entries[before:]),
        Part(id="end", title="End"),
    )
    pages = collection_pages([entry.paper for entry in entries], make_list(parts=parts))
    begun = [(url, part.id) for url, view in pages.items() for part in view.parts if not part.continued]
    for view in pages.values():
        assert [tuple(heading.url.split("#")) for heading in view.headings] == begun


def test_a_paper_that_stands_twice_in_a_list_has_two_anchors(collection_pages, make_paper, make_list):
    a = make_paper("a")
    [view] = collection_pages([a], make_list(a, a)).values()
    assert [entry.anchor for part in view.parts for entry in part.entries] == ["paper-a", "paper-a.2"]


def test_progress_is_told_where_there_is_any(collection_pages, make_paper, make_list):
    a, b = make_paper("a"), make_paper("b")
    [view] = collection_pages([a, b], make_list(Entry(paper=a, status="read"), b)).values()
    assert (view.progress.read, view.progress.total, view.progress.read_share) == (1, 2, 50.0)
    [view] = collection_pages([a, b], make_list(a, b)).values()
    assert view.progress is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (
            {"tags": ("a", "b"), "since": 2023, "until": 2025},
            ("tagged with any of: a, b", "from 2023 to 2025"),
        ),
        ({"words": ("bird song",), "since": 2023}, ("with the words: bird song", "from 2023 on")),
        (
            {"all_tags": ("a",), "until": 2020, "limit": 30},
            ("tagged with all of: a", "up to 2020", "at most 30"),
        ),
        ({"source": "dumps/*", "order": "discussed"}, ("listed in dumps/*", "most discussed first")),
    ],
)
def test_a_smart_list_says_by_which_rule_it_gathers(collection_pages, make_paper, make_list, rule, words):
    a = make_paper("a")
    smart = make_list(a, rule=Rule(where=Span("x.yaml"), **rule))
    [view] = collection_pages([a], smart).values()
    assert set(words) <= set(view.rule)


def test_a_card_shows_one_note_and_names_the_other_lists(make_context, make_paper, make_list):
    a = make_paper("a")
    lists = (make_list(a, name="plain"), make_list(Entry(paper=a, note="Why."), name="noted"))
    card = make_context([a], lists).card(a)
    assert (card.note, card.note_in.title) == ("Why.", "Noted")
    assert [listed.title for listed in card.also_in] == ["Plain"]


def test_a_card_leads_to_the_page_of_the_list_on_which_its_paper_stands(make_context, make_paper, make_list):
    papers = [make_paper(name) for name in "abc"]
    context = make_context(papers, (make_list(*papers),))
    assert context.card(papers[2]).also_in[0].url == "collections/shelf.2.html#paper-c"


def test_a_card_names_six_authors_and_counts_the_others(make_context, make_paper):
    named = make_paper("named", authors=tuple("abcdefghi"))
    some = make_paper("some", authors=("a", "b"), author_count=9)
    counted = make_paper("counted", author_count=9)
    context = make_context([named, some, counted])
    assert (context.card(named).authors, context.card(named).others) == (tuple("abcdef"), 3)
    assert (context.card(some).authors, context.card(some).others) == (("a", "b"), 7)
    assert (context.card(counted).others, context.card(counted).author_count) == (0, 9)


def test_tags_stand_below_their_parents(make_context, make_paper, make_tag):
    tags = [make_tag("a"), make_tag("b", parent="a"), make_tag("c", parent="b"), make_tag("d")]
    index = next(plan_tags(make_context([make_paper(tags=("c",))], tags=tags))).view
    [a] = index.described
    assert [row.label for row in a.children] == ["B"]
    assert [row.label for row in a.children[0].children] == ["C"]
    assert [row.label for row in index.others] == ["D"]


def test_years_come_newest_first_and_papers_without_a_date_last(make_context, make_paper):
    papers = [
        make_paper("a", date=PartialDate(2020)),
        make_paper("b", date=PartialDate(2024)),
        make_paper("c"),
    ]
    index, *lists = plan_years(make_context(papers))
    assert [bar.label for bar in index.view.years] == ["2024", "2020", "Undated"]
    assert [page.url for page in lists] == ["years/2024.html", "years/2020.html", "years/undated.html"]
    assert [[choice.current for choice in page.view.choices[0].items] for page in lists] == [
        [True, False, False],
        [False, True, False],
        [False, False, True],
    ]
