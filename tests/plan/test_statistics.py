import re

import pytest

from sitegen.diagnostics import Span
from sitegen.model.collection import Rule
from sitegen.model.library import Entry, Part, ReadingList
from sitegen.model.record import Organization, PartialDate, Record, Signal
from sitegen.model.source import DumpSource
from sitegen.plan.statistics import plan_statistics


@pytest.fixture
def statistics(make_context):
    def statistics(papers, **fields):
        [page] = plan_statistics(make_context(papers, **fields))
        return page.view

    return statistics


def _many(make_paper, dates, **fields):
    return [make_paper(f"p{n:03}", date=date, **fields) for n, date in enumerate(dates)]


def test_columns_are_years_in_order_and_gaps_are_seen(statistics, make_paper):
    view = statistics(_many(make_paper, [PartialDate(2020), PartialDate(2023), PartialDate(2023, 5), None]))
    assert [(c.label, c.value, bool(c.url)) for c in view.years.columns] == [
        ("2020", 1, True),
        ("2021", 0, False),
        ("2022", 0, False),
        ("2023", 2, True),
    ]
    assert (view.years.peak, view.years.missing) == (2, 1)


def test_months_are_the_latest_forty_eight_and_say_what_they_leave_out(statistics, make_paper):
    dates = [PartialDate(2015, 2), PartialDate(2023, 1), PartialDate(2024, 12), PartialDate(2024)]
    months = statistics(_many(make_paper, dates)).months
    assert len(months.columns) == 48
    assert (months.columns[0].label, months.columns[-1].label) == ("Jan 2021", "Dec 2024")
    assert sum(c.value for c in months.columns) == 2
    assert months.missing == 1
    assert [c.tick for c in months.columns if c.tick] == ["2021", "2022", "2023", "2024"]


def test_less_than_a_year_has_no_columns_for_its_months(statistics, make_paper):
    assert statistics(_many(make_paper, [PartialDate(2024, 3), PartialDate(2024, 9)])).months.columns == ()


def test_tags_over_time_are_shares_of_years_that_have_papers_enough(statistics, make_paper, make_tag):
    tagged = [(2021, 1, 6), (2022, 3, 6), (2023, 6, 6), (2024, 2, 2)]
    papers = [
        make_paper(f"p{year}-{n}", date=PartialDate(year), tags=("llm",) if n < having else ())
        for year, having, total in tagged
        for n in range(total)
    ]
    over = statistics(papers, tags=[make_tag("llm"), make_tag("parent"), make_tag("unused")]).tags_over_time
    assert over.years == (2021, 2022, 2023)
    [llm] = over.tags
    assert llm.counts == (1, 3, 6)
    assert over.peak == 100
    heights = [float(height) for height in re.findall(r"v-([\d.]+)h", llm.path)]
    assert heights == [6.7, 20, 40]


def test_a_tag_with_others_below_it_is_not_followed_over_time(statistics, make_paper, make_tag):
    papers = [
        make_paper(f"p{year}-{n}", date=PartialDate(year), tags=("child",))
        for year in (2022, 2023, 2024)
        for n in range(5)
    ]
    view = statistics(papers, tags=[make_tag("child", parent="above"), make_tag("above")])
    assert [tag.label for tag in view.tags_over_time.tags] == ["CHILD"]
    assert {bar.label for bar in view.tags.bars} == {"CHILD", "ABOVE"}


def test_collections_that_share_papers_have_squares_by_how_many(statistics, make_paper, make_list):
    a, b, c, d = papers = [make_paper(name) for name in "abcd"]
    lists = [
        make_list(a, b, c, d, name="one"),
        make_list(a, b, c, d, name="two"),
        make_list(a, name="three"),
        make_list(name="four"),
    ]
    over = statistics(papers, lists=lists).overlap
    assert [(p.first.label, p.second.label, p.papers) for p in over.pairs] == [
        ("One", "Two", 4),
        ("One", "Three", 1),
        ("Two", "Three", 1),
    ]
    sides = [float(side) for side in re.findall(r"h([\d.]+)v", over.path)]
    assert sides == [14, 7, 7]  # four times the papers, four times the area
    assert over.grid.count("M") == 3
    assert over.sharing == 3


def test_lists_by_rule_are_compared_only_where_there_are_no_others(statistics, make_paper, make_list):
    a = make_paper("a")
    rule = Rule(where=Span("content/collections/smart.yaml", 1))
    parts = (Part(id="gathered", entries=(Entry(paper=a),)),)
    smart = [
        ReadingList(id=name, path=f"{name}.yaml", title=name, parts=parts, rule=rule) for name in ("s", "t")
    ]
    assert (
        statistics([a], lists=[make_list(a, name="one"), make_list(a, name="two"), *smart]).overlap.sharing
        == 1
    )
    assert statistics([a], lists=smart).overlap.sharing == 1


def test_discussion_comes_with_its_day_and_the_most_discussed_first(statistics, make_paper):
    day = PartialDate(2025, 12, 9)
    papers = [
        make_paper("calm", signals=(Signal("comments", 1, day),)),
        make_paper("loud", signals=(Signal("comments", 4, day),)),
        make_paper("dayless", signals=(Signal("comments", 9),)),
    ]
    talks = statistics(papers).discussed
    assert [(talk.card.id, talk.signal.value, talk.signal.day, talk.share) for talk in talks] == [
        ("loud", 4, day, 100),
        ("calm", 1, day, 25),
    ]


def test_a_source_says_how_many_of_its_papers_are_in_collections(statistics, make_paper, make_list):
    def record(path, **fields):
        return Record(where=Span(path, 1), title="Swarms", **fields)

    both = make_paper("both", records=(record("dumps/spring.txt"), record("dumps/autumn.txt")))
    autumn = make_paper("autumn", records=(record("dumps/autumn.txt"),))
    ours = make_paper("ours", records=(record("content/papers/a.yaml", curated=True),))
    view = statistics(
        [both, autumn, ours],
        lists=[make_list(both, ours)],
        sources=(DumpSource("dumps/s*.txt", label="Spring listing"),),
    )
    assert [(s.label, s.listed, s.papers, s.listed_share) for s in view.sources] == [
        ("autumn.txt", 1, 2, 50),
        ("Spring listing", 1, 1, 100),
    ]
    assert [(s.width, s.listed_width) for s in view.sources] == [(100, 50), (50, 50)]


def test_organisations_are_compared_where_there_are_a_few(statistics, make_paper):
    def papers(*names):
        return [make_paper(f"p{n}", organizations=(Organization(name),)) for n, name in enumerate(names)]

    assert statistics(papers("A", "B")).publishers == ()
    [chart] = statistics(papers("A", "B", "B", "C")).publishers
    assert [(bar.label, bar.value) for bar in chart.bars] == [("B", 2), ("A", 1), ("C", 1)]


def test_a_site_without_papers_has_its_totals_alone(statistics):
    view = statistics([])
    assert [total.value for total in view.totals] == [0, 0, 0, 0]
    assert view.years.columns == view.months.columns == view.discussed == view.sources == ()
    assert view.tags is view.collections is view.known is None
