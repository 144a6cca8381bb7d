"""Papers of the dumps that are in no collection yet."""

from __future__ import annotations

import json

import pytest

from sitegen.serve.edit.inbox import PAGE


def titles(asked, **search):
    status, said = asked("inbox", **search)
    assert status == 200, said
    return [paper["title"] for paper in said["papers"]]


def test_the_inbox_has_what_no_list_has_the_newest_first(asked):
    assert titles(asked) == [
        "Deep Residual Learning for Image Recognition",
        "Adam: A Method for Stochastic Optimisation",
        "Adam: A Method for Stochastic Optimization",
    ]
    assert asked("overview")[1]["inbox"] == 3


def test_a_paper_that_is_added_leaves_it_with_the_next_build(asked):
    asked.written({"do": "add", "collection": "plain", "paper": asked.id("Deep")})
    asked.build()
    assert len(titles(asked)) == 2


@pytest.mark.parametrize(
    ("search", "found"),
    [
        ({"words": "RESIDUAL  layers"}, 1),
        ({"words": "kingma"}, 2),
        ({"words": "1512.03385"}, 1),
        ({"words": "kingma residual"}, 0),
        ({"words": "kingma", "year": 2014}, 1),
        ({"year": 2015}, 2),
        ({"year": "undated"}, 0),
        ({"source": "content/dumps/papers.jsonl"}, 3),
        ({"source": "../../etc/passwd"}, 0),
        ({"tag": "transformers"}, 0),
    ],
)
def test_every_condition_that_is_given_is_met(asked, search, found):
    assert len(titles(asked, **search)) == found


def test_choices_of_a_filter_count_what_the_others_let_pass_and_keep_what_is_chosen(asked):
    _, said = asked("inbox", words="kingma", year=2014)
    assert [(choice["value"], choice["papers"]) for choice in said["years"]] == [("2015", 1), ("2014", 1)]
    assert [(choice["value"], choice["papers"]) for choice in said["sources"]] == [
        ("content/dumps/papers.jsonl", 1)
    ]
    _, said = asked("inbox", words="residual", year=2014)
    assert ("2014", 0) in [(choice["value"], choice["papers"]) for choice in said["years"]]


def test_a_long_inbox_comes_in_pages_and_the_last_page_is_the_last(asked):
    dump = asked.project / "content/dumps/many.jsonl"
    dump.write_text("".join(json.dumps({"title": f"Paper number {n}"}) + "\n" for n in range(2 * PAGE)))
    asked.build()
    pages = [titles(asked, page=page) for page in (1, 2, 3)]
    assert [len(page) for page in pages] == [PAGE, PAGE, 3]
    assert len({title for page in pages for title in page}) == 2 * PAGE + 3
    assert asked("inbox", page=99)[1]["page"] == 3


@pytest.mark.parametrize("search", [{"page": 0}, {"year": "x"}, {"words": 1}, {"path": "x"}])
def test_a_search_of_another_shape_is_no_request(asked, search):
    assert asked("inbox", **search)[0] == 400
