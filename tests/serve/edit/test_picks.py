"""What curators ask for of a paper in a list, and what becomes of its file."""

from __future__ import annotations

import pytest

ATTENTION = "content/collections/attention.yaml"
RECENT = "content/collections/recent.yaml"


def changed(asked, wish):
    """The lines that a wish takes out of its file and puts into it."""
    return [line for line in asked.proposed(wish)["diff"] if line[0] in "+-"]


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"tags": ["a", "b c"]}, ["-        tags: [transformers]", "+        tags: [a, b c]"]),
        ({"tags": []}, ["-        tags: [transformers]"]),
        ({"rating": 5}, ["-        rating: 4", "+        rating: 5"]),
        ({"rating": 0}, ["-        rating: 4"]),
        ({"status": "reading"}, ["+        status: reading"]),
        ({"start_here": True}, ["+        start_here: true"]),
        ({"rating": 0, "status": "read", "tags": ["a"]},
         ["-        tags: [transformers]", "-        rating: 4", "+        tags: [a]", "+        status: read"]),
        ({"note": ""}, ["-        note: |", "-          All you need."]),
    ],
)  # fmt: skip
def test_a_field_of_a_pick_changes_alone_and_goes_when_it_says_nothing(asked, fields, lines):
    wish = {"do": "annotate", "collection": "attention", "paper": "attention-is-all-you-need", **fields}
    assert changed(asked, wish) == lines


def test_a_paper_to_start_with_is_one_no_more(asked):
    wish = {"do": "annotate", "collection": "attention", "paper": "attention-is-all-you-need"}
    before = asked.text(ATTENTION)
    asked.written({**wish, "start_here": True})
    assert asked("paper", paper=wish["paper"])[1]["places"][0]["start_here"]
    assert asked.written({**wish, "start_here": False}) == before


def test_fields_that_change_together_are_spliced_once(asked, monkeypatch):
    from sitegen.splice import edits

    parsed = []
    compose = edits.compose
    monkeypatch.setattr(edits, "compose", lambda file: parsed.append(file.path) or compose(file))
    wish = {"do": "annotate", "collection": "attention", "paper": "attention-is-all-you-need"}
    asked.proposed({**wish, "note": "x", "rating": 0, "status": "read", "tags": [], "start_here": True})
    assert parsed == [ATTENTION] * 2  # before and after


def test_what_says_the_same_changes_nothing(asked):
    same = {"rating": 4, "start_here": False, "tags": ["transformers"], "note": "All you need."}
    wish = {"do": "annotate", "collection": "attention", "paper": "attention-is-all-you-need", **same}
    assert asked.refused(wish)["message"] == "nothing would change"


def test_a_pick_that_is_only_a_name_gets_a_note(asked):
    paper = "longformer-the-long-document-transformer"
    wish = {"do": "annotate", "collection": "attention", "paper": paper, "note": "Long."}
    text = asked.written(wish)
    assert '      - paper: "Longformer: The Long-Document Transformer"\n        note: ' in text
    asked.build()
    assert asked("paper", paper=paper)[1]["places"][0]["note"] == "Long."


def test_a_paper_is_added_to_a_section_with_a_note_by_the_name_that_a_person_would_write(asked):
    paper = asked.id("Deep Residual")
    wish = {"do": "add", "collection": "attention", "paper": paper, "section": "Later", "note": "Depth."}
    assert changed(asked, wish) == [
        '+      - paper: "Deep Residual Learning for Image Recognition"',
        '+        note: "Depth."',
    ]
    asked.written(wish)
    asked.build()
    assert [place["section"] for place in asked("paper", paper=paper)[1]["places"]] == ["Later"]


def test_a_paper_whose_title_means_two_is_added_by_its_id(asked):
    title = "Adam: A Method for Stochastic Optimization"
    dump = asked.project / "content/dumps/more.jsonl"
    dump.write_text(
        f'{{"title": "{title}", "authors": ["Eve"], "date": "1999-01-01", "arxiv": "9901.00001"}}\n'
    )
    asked.build()
    papers = [paper.id for paper in asked.loaded.site.library.papers if paper.title == title]
    assert len(papers) == 2
    for paper in papers:
        asked.written({"do": "add", "collection": "plain", "paper": paper})
    asked.build()
    entries = asked.loaded.site.library.lists
    assert {entry.paper.id for each in entries if each.id == "plain" for entry in each.entries} == {*papers}


def test_what_is_there_is_not_added_again(asked):
    why = asked.refused({"do": "add", "collection": "attention", "paper": "attention-is-all-you-need"})
    assert why["message"] == "'Attention Is All You Need' is in this collection already"
    assert why["place"] == f"{ATTENTION}:10"


def test_a_paper_is_removed_with_the_comments_that_are_its_own(asked):
    wish = {"do": "remove", "collection": "attention", "paper": "attention-is-all-you-need"}
    text = asked.written(wish)
    assert "famous" not in text
    assert "1706.03762" not in text
    assert "# where it came from" in text


@pytest.mark.parametrize(
    ("paper", "section", "before", "order"),
    [
        ("attention", "Beginnings", "neural", ["attention", "neural", "longformer"]),
        ("neural", "Beginnings", "", ["attention", "neural", "longformer"]),
        ("neural", "Later", "", ["attention", "longformer", "neural"]),
        ("neural", "Later", "longformer", ["attention", "neural", "longformer"]),
        ("longformer", "Beginnings", "attention", ["neural", "longformer", "attention"]),
    ],
)
def test_a_pick_is_moved_before_another_one_or_to_the_end_of_a_section(asked, paper, section, before, order):
    ids = {paper.id.partition("-")[0]: paper.id for paper in asked.loaded.site.library.papers}
    wish = {"do": "move", "collection": "attention", "section": section}
    asked.written({**wish, "paper": ids[paper], "before": ids.get(before, "")})
    asked.build()
    picks = asked("order", collection="attention")[1]["picks"]
    assert [pick["paper"] for pick in picks] == [ids[name] for name in order]
    assert next(pick["section"] for pick in picks if pick["paper"] == ids[paper]) == section


def test_a_pick_is_moved_before_one_that_names_no_paper(asked):
    path = asked.project / "content/collections/plain.yaml"
    path.write_text('title: Plain\npicks:\n  - nobody knows it\n  - "1409.0473"\n  - "1706.03762"\n')
    names = [pick["name"] for pick in asked("order", collection="plain")[1]["picks"]]
    assert names[0] == "nobody knows it"
    wish = {"do": "move", "collection": "plain", "paper": "attention-is-all-you-need"}
    text = asked.written({**wish, "before": names[0]})
    assert text == 'title: Plain\npicks:\n  - "1706.03762"\n  - nobody knows it\n  - "1409.0473"\n'


TWICE = """\
title: Plain
picks:
  - "1706.03762"
  - "1409.0473"
  - paper: "1706.03762"
    note: Again.
sections:
  - title: More
    picks:
      - "2004.05150"
"""


@pytest.fixture
def twice(asked):
    """A list that picks a paper twice, and its papers by what they are called in short."""
    (asked.project / "content/collections/plain.yaml").write_text(TWICE)
    asked.build()
    return asked, {paper.id.partition("-")[0]: paper.id for paper in asked.loaded.site.library.papers}


def test_a_pick_is_not_moved_behind_another_one_of_its_paper_which_would_then_count(twice):
    asked, ids = twice
    wish = {"do": "move", "collection": "plain", "paper": ids["attention"], "section": "More"}
    why = asked.refused(wish)
    assert "the first pick of a paper is the one that counts" in why["message"]
    assert why["place"] == "content/collections/plain.yaml:5"
    assert why["hint"]


def test_a_pick_is_not_moved_to_an_end_that_is_behind_another_one_of_its_paper(twice):
    asked, ids = twice
    (asked.project / "content/collections/plain.yaml").write_text(
        TWICE.replace("sections:", '  - "1512.03385"\nsections:')
    )
    asked.build()
    why = asked.refused({"do": "move", "collection": "plain", "paper": ids["attention"]})
    assert why["place"] == "content/collections/plain.yaml:5"


def test_the_first_of_two_picks_of_a_paper_is_moved_before_the_other(twice):
    asked, ids = twice
    wish = {"do": "move", "collection": "plain", "paper": ids["neural"], "before": ids["attention"]}
    text = asked.written(wish)
    assert text.index("1409.0473") < text.index("1706.03762") < text.index("Again.")
    wish = {"do": "move", "collection": "plain", "paper": ids["attention"], "before": ids["neural"]}
    assert asked.written(wish) == TWICE


def test_the_end_of_a_section_is_behind_the_last_pick_that_its_page_has(twice):
    asked, ids = twice
    wish = {"do": "move", "collection": "plain", "paper": ids["attention"]}
    text = asked.written(wish)
    assert text.index("1409.0473") < text.index("1706.03762") < text.index("Again.")
    picks = asked("order", collection="plain")[1]["picks"]
    assert [pick["paper"] for pick in picks] == [ids["neural"], ids["attention"], ids["longformer"]]
    assert asked.refused(wish)["message"] == "nothing would change"


def test_a_pick_is_moved_into_a_section_that_has_but_another_pick_of_its_paper(twice):
    asked, ids = twice
    path = asked.project / "content/collections/plain.yaml"
    path.write_text(TWICE.replace("2004.05150", "1706.03762"))
    asked.build()
    asked.written({"do": "remove", "collection": "plain", "paper": ids["attention"]})
    asked.build()
    text = asked.written({"do": "move", "collection": "plain", "paper": ids["attention"], "section": "More"})
    assert text.index("sections:") < text.index("Again.") < text.rindex("1706.03762")


def test_that_another_pick_of_a_paper_remains_is_said_before_one_is_removed(twice):
    asked, ids = twice
    wish = {"do": "remove", "collection": "plain", "paper": ids["attention"]}
    summary = "remove 'Attention Is All You Need' from 'Plain'"
    assert asked.proposed(wish)["summary"] == f"{summary}, where another pick of it remains"
    assert "Again." in asked.written(wish)
    asked.build()
    assert asked.proposed(wish)["summary"] == summary


def test_a_pick_that_the_site_leaves_out_has_no_place_in_the_order(twice):
    asked, ids = twice
    picks = asked("order", collection="plain")[1]["picks"]
    assert [pick["paper"] for pick in picks] == [ids["attention"], ids["neural"], ids["longformer"]]
    [place] = [each for each in asked("paper", paper=ids["neural"])[1]["places"] if each["id"] == "plain"]
    assert (place["number"], place["of"]) == (2, 2)


def test_of_two_sections_of_one_title_none_is_taken(asked):
    path = asked.project / ATTENTION
    path.write_text(asked.text(ATTENTION).replace("title: Later", "title: Beginnings"))
    paper = "attention-is-all-you-need"
    for wish in ({"do": "move", "paper": paper}, {"do": "add", "paper": asked.id("Deep")}):
        why = asked.refused({**wish, "collection": "attention", "section": "Beginnings"})
        assert "two sections of this collection are called 'Beginnings'" in why["message"]
        assert why["excerpt"].splitlines()[0].endswith("title: Beginnings")
        assert why["place"] == f"{ATTENTION}:16"


def test_a_pick_described_in_place_under_the_title_of_another_paper_is_that_which_it_describes(asked):
    path = asked.project / "content/collections/plain.yaml"
    title = "Attention Is All You Need"
    picks = f'  - paper: {{title: "{title}", arxiv: "2101.00001", authors: [Eve]}}\n  - "1706.03762"\n'
    path.write_text(f"title: Plain\npicks:\n{picks}")
    asked.build()
    [plain] = [each for each in asked.loaded.site.library.lists if each.id == "plain"]
    built = [entry.paper.id for entry in plain.entries]
    assert len({*built}) == 2
    for text in (path.read_text(), "# A line more.\n" + path.read_text()):
        path.write_text(text)
        assert [pick["paper"] for pick in asked("order", collection="plain")[1]["picks"]] == built
    wish = {"do": "annotate", "collection": "plain", "paper": built[0], "note": "Not that one."}
    assert "Not that one." in asked.written(wish).partition("1706.03762")[0]


def test_a_place_that_is_no_more_is_told_with_the_file(asked):
    wish = {"do": "move", "collection": "attention", "paper": "attention-is-all-you-need"}
    assert "no section 'Gone'" in asked.refused({**wish, "section": "Gone"})["message"]
    beside = asked.id("Deep")
    assert "elsewhere by now" in asked.refused({**wish, "section": "Later", "before": beside})["message"]


def test_what_a_rule_has_found_has_no_place_and_is_pinned_instead(asked):
    paper = "longformer-the-long-document-transformer"
    for wish in ({"do": "move"}, {"do": "remove"}, {"do": "annotate", "note": "x"}):
        why = asked.refused({**wish, "collection": "recent", "paper": paper})
        assert "by the collection's rule, not by a pick" in why["message"]
        assert why["place"] == f"{RECENT}:3"
        assert "pin it" in why["hint"]
    [_, place] = asked("paper", paper=paper)[1]["places"]
    assert (place["id"], place["by_rule"]) == ("recent", True)
    pinned = changed(asked, {"do": "add", "collection": "recent", "paper": paper})
    assert pinned == ['+  - paper: "Longformer: The Long-Document Transformer"']
