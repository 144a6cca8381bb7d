"""What curators ask for of a list and its sections, and what becomes of its file."""

from __future__ import annotations

import re

import pytest

ATTENTION = "content/collections/attention.yaml"
PLAIN = "content/collections/plain.yaml"


def changed(asked, wish):
    """The lines that a wish takes out of its file and puts into it."""
    return [line for line in asked.proposed(wish)["diff"] if line[0] in "+-"]


def test_a_new_collection_is_a_new_file_with_its_first_paper(asked):
    wish = {"do": "new-collection", "title": "Depth: how far?", "blurb": "Far.", "paper": asked.id("Deep")}
    proposal = asked.proposed(wish)
    assert (proposal["path"], proposal["created"]) == ("content/collections/depth-how-far.yaml", True)
    assert not (asked.project / proposal["path"]).exists()
    asked.written(wish)
    asked.build()
    [made] = [each for each in asked("overview")[1]["collections"] if each["id"] == "depth-how-far"]
    assert made["title"] == "Depth: how far?"
    assert asked.refused(wish)["message"].startswith("there is a collection 'depth-how-far' already")


def test_a_file_that_came_meanwhile_is_not_written_over(asked):
    wish = {"do": "new-collection", "title": "New"}
    proposal = asked.proposed(wish)
    path = asked.project / proposal["path"]
    path.write_text("title: Theirs\n")
    status, said = asked("confirm", ask=wish, proposal=proposal["proposal"])
    assert status == 422
    assert "is there already" in said["refused"][0]["message"]
    assert path.read_text() == "title: Theirs\n"


@pytest.mark.parametrize("title", ["../../etc/passwd", "/etc/passwd", "..", ".", "CON", "a/b\\c", "\u202ex"])
def test_a_title_never_names_a_place_outside_of_the_collections(asked, title):
    status, said = asked("propose", ask={"do": "new-collection", "title": title})
    if status == 200:
        assert re.fullmatch(r"content/collections/[a-z0-9-]+\.yaml", said["path"])
    else:
        assert status == 422


def test_a_section_is_begun(asked):
    lines = changed(asked, {"do": "new-section", "collection": "attention", "title": "Latest"})
    assert [line for line in lines if line.strip("+-")] == ["+  - title: Latest"]


def test_what_a_list_says_of_itself_is_changed_where_it_says_it(asked):
    wish = {"do": "describe", "collection": "attention", "title": "On attention", "blurb": "Look."}
    assert changed(asked, wish) == ["-title: Attention", "+title: On attention", '+blurb: "Look."']
    text = asked.written({**wish, "description": "All of it.\n\nIn order."})
    assert text.startswith("# The first list.\ntitle: On attention\nblurb: ")
    asked.build()
    said = asked("collection", collection="attention")[1]
    assert (said["title"], said["blurb"]) == ("On attention", "Look.")
    assert said["description"] == "All of it.\n\nIn order."
    lines = changed(asked, {"do": "describe", "collection": "attention", "description": "", "blurb": ""})
    assert lines == ['-blurb: "Look."', "-description: |", "-  All of it.", "-", "-  In order."]


def test_a_list_keeps_a_title(asked):
    why = asked.refused({"do": "describe", "collection": "attention", "title": "  "})
    assert "needs the field 'title'" in why["message"]


def test_a_section_is_named_and_described(asked):
    wish = {"do": "describe-section", "collection": "attention", "section": "Later"}
    assert changed(asked, {**wish, "title": "Long"}) == ["-  - title: Later", "+  - title: Long"]
    asked.written({**wish, "title": "Long", "description": "Texts."})
    asked.build()
    said = asked("collection", collection="attention")[1]
    assert said["sections"][1] == {"title": "Long", "description": "Texts.", "papers": 1}
    why = asked.refused({**wish, "section": "Long", "title": "beginnings"})
    assert "has a section 'beginnings' already" in why["message"]
    assert changed(asked, {**wish, "section": "Long", "title": "LONG"}) == [
        "-  - title: Long",
        "+  - title: LONG",
    ]


@pytest.mark.parametrize("before", ["Beginnings", ""])
def test_a_section_is_moved_with_all_that_is_in_it(asked, before):
    section = "Later" if before else "Beginnings"
    wish = {"do": "move-section", "collection": "attention", "section": section, "before": before}
    text = asked.written(wish)
    assert text.index("Longformer") < text.index("# where it came from") < text.index("# The famous one.")
    asked.build()
    assert asked("order", collection="attention")[1]["sections"] == ["Later", "Beginnings"]
    assert asked.refused(wish)["message"] == "nothing would change"


@pytest.mark.parametrize(
    ("section", "before", "order"),
    [
        ("A", "", "BCDA"),
        ("D", "A", "DABC"),
        ("D", "B", "ADBC"),
        ("B", "", "ACDB"),
    ],
)
def test_a_section_is_put_anywhere_in_one_edit_and_back_by_one(asked, section, before, order):
    blocks = {title: f"  - title: {title}\n    picks: []  # of {title}\n" for title in "ABCD"}
    (asked.project / PLAIN).write_text("title: Plain\nsections:\n" + "".join(blocks.values()))
    asked.build()
    text = asked.written({"do": "move-section", "collection": "plain", "section": section, "before": before})
    assert text == "title: Plain\nsections:\n" + "".join(blocks[title] for title in order)
    asked.walked("undo", asked("overview")[1]["undo"]["name"])
    assert asked.text(PLAIN) == "title: Plain\nsections:\n" + "".join(blocks.values())


@pytest.mark.parametrize(
    ("section", "summary", "sections"),
    [
        ("Later", "its papers to the end of 'Beginnings'", ["Beginnings"] * 3),
        ("Beginnings", "its papers to before any section", ["", "", "Later"]),
    ],
)
def test_the_papers_of_a_section_that_is_removed_stay_in_their_order(asked, section, summary, sections):
    before = asked("order", collection="attention")[1]["picks"]
    wish = {"do": "remove-section", "collection": "attention", "section": section}
    said = asked.proposed(wish)
    assert said["summary"] == f"remove section '{section}' from 'Attention', {summary}"
    assert "# The famous one." in asked.written(wish)
    asked.build()
    after = asked("order", collection="attention")[1]["picks"]
    assert [pick["paper"] for pick in after] == [pick["paper"] for pick in before]
    assert [pick["section"] for pick in after] == sections


PICKED_AGAIN = """\
title: Plain
{before}sections:
  - title: A
    picks:
      - paper: "1706.03762"
        note: First note.
      - "1409.0473"
  - title: B
    picks:
      - paper: "1706.03762"
        note: Again.
      - "2004.05150"
  - title: C
    picks:
      - "1409.0473"
"""


@pytest.mark.parametrize("before", ["", 'picks:\n  - "1512.03385"\n'])
@pytest.mark.parametrize(
    ("section", "place", "line"), [("B", "A", 10), ("A", "C", 10), ("A", "", 10), ("C", "A", 15)]
)
def test_a_section_is_not_moved_where_another_pick_of_a_paper_would_then_count(
    asked, before, section, place, line
):
    (asked.project / PLAIN).write_text(PICKED_AGAIN.format(before=before))
    asked.build()
    why = asked.refused({"do": "move-section", "collection": "plain", "section": section, "before": place})
    assert "the first pick of a paper is the one that counts" in why["message"]
    assert why["place"] == f"{PLAIN}:{line + before.count(chr(10))}"


@pytest.mark.parametrize("before", ["", 'picks:\n  - "1512.03385"\n'])
@pytest.mark.parametrize(("section", "place"), [("B", ""), ("C", "B")])
def test_a_section_is_moved_where_the_same_picks_count(asked, before, section, place):
    (asked.project / PLAIN).write_text(PICKED_AGAIN.format(before=before))
    asked.build()
    wish = {"do": "move-section", "collection": "plain", "section": section, "before": place}
    text = asked.written(wish)
    assert text.index("title: A") < text.index("title: C") < text.index("title: B")


def test_a_section_is_moved_before_another_where_the_picks_before_any_count(asked):
    text = PICKED_AGAIN.format(before='picks:\n  - "1706.03762"\n')
    (asked.project / PLAIN).write_text(text)
    asked.build()
    wish = {"do": "move-section", "collection": "plain", "section": "B", "before": "A"}
    text = asked.written(wish)
    assert text.index("picks:") < text.index("title: B") < text.index("title: A")


def test_an_empty_section_is_removed_alone(asked):
    asked.written({"do": "new-section", "collection": "attention", "title": "Latest"})
    before = asked.text(ATTENTION)
    wish = {"do": "remove-section", "collection": "attention", "section": "Latest"}
    assert asked.proposed(wish)["summary"] == "remove section 'Latest' from 'Attention'"
    assert asked.written(wish) == before.replace("\n  - title: Latest\n", "")


def test_a_section_that_is_no_more_is_told(asked):
    wish = {"collection": "attention", "section": "Gone"}
    for more in (
        {"do": "describe-section", "title": "x"},
        {"do": "move-section"},
        {"do": "remove-section"},
    ):
        assert "no section 'Gone'" in asked.refused({**wish, **more})["message"]
    wish = {"do": "move-section", "collection": "attention", "section": "Later", "before": "Gone"}
    assert "elsewhere by now" in asked.refused(wish)["message"]


@pytest.mark.parametrize(
    "wish",
    [
        {"do": "describe", "title": "Mine"},
        {"do": "describe-section", "section": "Later", "title": "Mine"},
        {"do": "move-section", "section": "Later", "before": "Beginnings"},
        {"do": "remove-section", "section": "Later"},
    ],
)
def test_an_edit_of_a_list_is_made_again_from_a_file_that_changed_meanwhile_and_undone_to_the_byte(
    asked, wish
):
    wish = {**wish, "collection": "attention"}
    proposal = asked.proposed(wish)
    theirs = asked.text(ATTENTION).replace("# The first list.", "# Theirs.")
    (asked.project / ATTENTION).write_text(theirs)
    status, said = asked("confirm", ask=wish, proposal=proposal["proposal"], seen=proposal["digest"])
    assert status == 409
    assert "+# Theirs." in said["meanwhile"]
    assert asked.text(ATTENTION) == theirs
    status, said = asked("confirm", ask=wish, proposal=said["proposal"], seen=said["digest"])
    assert status == 200
    mine = asked.text(ATTENTION)
    assert asked.walked("undo", said["undo"]["name"])[0] == 200
    assert asked.text(ATTENTION) == theirs
    assert asked.walked("redo", asked("overview")[1]["redo"]["name"])[0] == 200
    assert asked.text(ATTENTION) == mine
