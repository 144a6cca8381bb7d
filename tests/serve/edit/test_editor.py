"""What curators ask for, and what becomes of their files."""

from __future__ import annotations

import re

import pytest

ATTENTION = "content/collections/attention.yaml"
RECENT = "content/collections/recent.yaml"
OWN = "content/papers/own.yaml"


def changed(asked, wish):
    """The lines that a wish takes out of its file and puts into it."""
    return [line for line in asked.proposed(wish)["diff"] if line[0] in "+-"]


# Proposals and their confirmation


def test_a_note_is_proposed_as_a_difference_and_written_when_that_is_confirmed(asked):
    before = asked.text(ATTENTION)
    wish = {"do": "annotate", "collection": "attention", "paper": "attention-is-all-you-need", "note": "All!"}
    proposal = asked.proposed(wish)
    assert [line for line in proposal["diff"] if line[0] in "+-"] == [
        "-          All you need.",
        "+          All!",
    ]
    assert (proposal["path"], proposal["created"], proposal["changed"]) == (ATTENTION, False, False)
    assert asked.text(ATTENTION) == before
    status, said = asked("confirm", ask=wish, proposal=proposal["proposal"], seen=proposal["digest"])
    assert status == 200
    assert said["summary"] == "note of 'Attention Is All You Need' in 'Attention'"
    assert asked.text(ATTENTION) == before.replace("All you need.", "All!")


def test_a_file_that_changed_since_it_was_looked_at_is_shown_before_anything_is_proposed(asked):
    paper = asked("paper", paper="attention-is-all-you-need")[1]
    [place, _] = paper["places"]
    elsewhere = asked.text(ATTENTION).replace("All you need.", "What others wrote.")
    (asked.project / ATTENTION).write_text(elsewhere)
    wish = {"do": "annotate", "collection": "attention", "paper": paper["id"], "note": "Mine."}
    status, said = asked("propose", ask=wish, seen=place["digest"])
    assert status == 409
    assert said["changed"]
    assert "+          What others wrote." in said["meanwhile"]
    assert {"-          What others wrote.", "+          Mine."} <= {*said["diff"]}
    assert asked.text(ATTENTION) == elsewhere


def test_a_file_that_changed_since_the_proposal_is_not_written_and_the_new_proposal_can_be_confirmed(asked):
    wish = {
        "do": "annotate",
        "collection": "attention",
        "paper": "attention-is-all-you-need",
        "note": "Mine.",
    }
    proposal = asked.proposed(wish)
    elsewhere = asked.text(ATTENTION).replace("# The first list.", "# The very first list.")
    (asked.project / ATTENTION).write_text(elsewhere)
    status, said = asked("confirm", ask=wish, proposal=proposal["proposal"], seen=proposal["digest"])
    assert status == 409
    assert "+# The very first list." in said["meanwhile"]
    assert asked.text(ATTENTION) == elsewhere
    status, _ = asked("confirm", ask=wish, proposal=said["proposal"], seen=said["digest"])
    assert status == 200
    assert asked.text(ATTENTION) == elsewhere.replace("All you need.", "Mine.")


def test_a_file_that_changes_between_reading_and_writing_is_not_written(asked, monkeypatch):
    from sitegen.serve.edit import desk

    wish = {
        "do": "annotate",
        "collection": "attention",
        "paper": "attention-is-all-you-need",
        "note": "Mine.",
    }
    proposal = asked.proposed(wish)
    elsewhere = asked.text(ATTENTION).replace("# The first list.", "# Another.")
    written = desk.replace_file

    def late(path, before, after):
        path.write_text(elsewhere)
        written(path, before, after)

    monkeypatch.setattr(desk, "replace_file", late)
    status, said = asked("confirm", ask=wish, proposal=proposal["proposal"], seen=proposal["digest"])
    assert status == 409
    assert "+# Another." in said["meanwhile"]
    assert asked.text(ATTENTION) == elsewhere


def test_a_confirmation_of_another_wish_writes_nothing(asked):
    wish = {"do": "annotate", "collection": "attention", "paper": "attention-is-all-you-need", "note": "One."}
    proposal = asked.proposed(wish)
    before = asked.text(ATTENTION)
    other = {**wish, "note": "Another."}
    assert asked("confirm", ask=other, proposal=proposal["proposal"], seen=proposal["digest"])[0] == 409
    assert asked.text(ATTENTION) == before


# Picks


@pytest.mark.parametrize(
    ("fields", "lines"),
    [
        ({"tags": ["a", "b c"]}, ["-        tags: [transformers]", "+        tags: [a, b c]"]),
        ({"tags": []}, ["-        tags: [transformers]"]),
        ({"rating": 5}, ["-        rating: 4", "+        rating: 5"]),
        ({"rating": 0}, ["-        rating: 4"]),
        ({"status": "reading"}, ["+        status: reading"]),
        ({"note": ""}, ["-        note: |", "-          All you need."]),
    ],
)
def test_a_field_of_a_pick_changes_alone_and_goes_when_it_says_nothing(asked, fields, lines):
    wish = {"do": "annotate", "collection": "attention", "paper": "attention-is-all-you-need", **fields}
    assert changed(asked, wish) == lines


def test_what_says_the_same_changes_nothing(asked):
    same = {"rating": 4, "tags": ["transformers"], "note": "All you need."}
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


def test_of_two_sections_of_one_title_none_is_taken(asked):
    path = asked.project / ATTENTION
    path.write_text(asked.text(ATTENTION).replace("title: Later", "title: Beginnings"))
    paper = "attention-is-all-you-need"
    for wish in ({"do": "move", "paper": paper}, {"do": "add", "paper": asked.id("Deep")}):
        why = asked.refused({**wish, "collection": "attention", "section": "Beginnings"})
        assert "two sections of this collection are called 'Beginnings'" in why["message"]


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


# Collections and sections


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


# Papers


def test_facts_go_to_where_the_paper_has_an_entry(asked):
    paper = asked.id("Deep")
    wish = {
        "do": "fix",
        "paper": paper,
        "date": "2015-12",
        "links": [{"kind": "pdf", "url": "https://x.org/p"}],
    }
    assert asked.proposed(wish)["path"] == OWN
    assert changed(asked, wish) == [
        "-    code: https://example.org/resnet   # theirs",
        "+    pdf: https://x.org/p",
        "+  date: 2015-12",
    ]


def test_facts_of_another_paper_go_into_a_file_of_its_own_that_names_it_by_what_lasts(asked):
    paper = "longformer-the-long-document-transformer"
    wish = {"do": "fix", "paper": paper, "title": "Longformer", "date": "2020-04"}
    text = asked.written(wish)
    assert asked.proposed({**wish, "title": "Other"})["path"] == f"content/papers/{paper}.yaml"
    assert text.endswith('- paper: "2004.05150"\n  title: "Longformer"\n  date: 2020-04\n')
    asked.build()
    [fixed] = [each for each in asked.loaded.site.library.papers if each.title == "Longformer"]
    assert fixed.date.iso == "2020-04"
    assert asked("paper", paper=fixed.id)[1]["written"]["title"] == "Longformer"


def test_a_title_by_which_a_pick_names_the_paper_is_not_taken_from_it(asked):
    (asked.project / OWN).write_text('- title: Only here\n  arxiv: "2101.00001"\n')
    (asked.project / "content/collections/plain.yaml").write_text("title: Plain\npicks:\n  - only here\n")
    asked.build()
    wish = {"do": "fix", "paper": asked.id("Only here"), "title": "Elsewhere"}
    why = asked.refused(wish)
    assert why["place"] == "content/collections/plain.yaml:3"
    assert why["hint"] == "write `paper: 2101.00001` there first"
    (asked.project / "content/collections/plain.yaml").write_text('title: Plain\npicks: ["2101.00001"]\n')
    assert "- title: Elsewhere\n" in asked.written(wish)


def test_a_date_that_no_calendar_has_is_refused_with_a_hint(asked):
    why = asked.refused({"do": "fix", "paper": asked.id("Deep"), "date": "2015-02-30"})
    assert "2015-02-30" in why["message"]


@pytest.mark.parametrize(("same", "papers"), [(True, 1), (False, 2)])
def test_a_suspected_duplicate_is_shown_with_its_evidence_and_settled(asked, same, papers):
    paper, other = (
        asked.id("Adam: A Method for Stochastic Optimiz"),
        asked.id("Adam: A Method for Stochastic Optimis"),
    )
    [suspicion] = asked("suspicions", paper=paper)[1]["pairs"]
    assert {each["id"] for each in suspicion["papers"]} == {paper, other}
    assert asked("suspicions")[1] == asked("suspicions", paper=other)[1]
    assert asked("suspicions", paper=asked.id("Deep"))[1]["pairs"] == []
    assert "their authors are the same" in " ".join(suspicion["evidence"])
    assert suspicion["against"] == ["they are of 2014 and 2015"]
    asked.written({"do": "settle", "paper": paper, "other": other, "same": same})
    asked.build()
    left = [each.id for each in asked.loaded.site.library.papers if each.title.startswith("Adam")]
    assert len(left) == papers
    assert asked("suspicions")[1]["pairs"] == []


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("same", [True, False])
def test_what_was_settled_is_settled_otherwise_in_the_same_file_before_the_site_is_built(asked, same, turned):
    pair = [
        asked.id("Adam: A Method for Stochastic Optimiz"),
        asked.id("Adam: A Method for Stochastic Optimis"),
    ]
    wish = {"do": "settle", "paper": pair[0], "other": pair[1]}
    first = asked.written({**wish, "same": not same})
    assert asked("suspicions")[1]["total"] == 0
    assert asked.refused({**wish, "same": not same})["message"] == "nothing would change"
    if turned:
        wish |= {"paper": pair[1], "other": pair[0]}
    path = f"content/papers/{pair[0]}.yaml"
    assert asked.proposed({**wish, "same": same})["path"] == path
    text = asked.written({**wish, "same": same})
    assert text.count("same_as") == first.count("same_as") == 1
    assert ("not_same_as" in text) is not same
    assert [each.name for each in (asked.project / "content/papers").iterdir()].count(f"{pair[1]}.yaml") == 0
    asked.build()
    left = [each for each in asked.loaded.site.library.papers if each.title.startswith("Adam")]
    assert len(left) == (1 if same else 2)


def test_an_answer_that_is_undone_is_asked_for_again(asked):
    pair = (
        asked.id("Adam: A Method for Stochastic Optimiz"),
        asked.id("Adam: A Method for Stochastic Optimis"),
    )
    asked.written({"do": "settle", "paper": pair[0], "other": pair[1], "same": True})
    asked("undo", step=asked("overview")[1]["undo"]["name"])
    assert asked("suspicions")[1]["total"] == 1


def test_two_files_that_both_say_the_opposite_are_not_edited_by_guessing(asked):
    pair = (
        asked.id("Adam: A Method for Stochastic Optimiz"),
        asked.id("Adam: A Method for Stochastic Optimis"),
    )
    for paper, other in (pair, pair[::-1]):
        path = asked.project / f"content/papers/{paper}.yaml"
        path.write_text(f"- paper: {paper}\n  not_same_as: [{other}]\n")
    why = asked.refused({"do": "settle", "paper": pair[0], "other": pair[1], "same": True})
    assert why["place"] == f"content/papers/{pair[1]}.yaml:1"
    assert "not_same_as" in why["hint"]


def test_what_has_just_been_written_of_a_paper_is_known_before_the_site_is_built(asked):
    paper = "longformer-the-long-document-transformer"
    asked.written({"do": "fix", "paper": paper, "date": "2020-05"})
    assert asked("paper", paper=paper)[1]["written"]["date"] == "2020-05"
    text = asked.written({"do": "fix", "paper": paper, "title": "Longformer"})
    assert text.endswith('- paper: "2004.05150"\n  date: 2020-05\n  title: "Longformer"\n')


def test_a_file_of_that_name_that_is_about_something_else_is_told_of_before_anything_is_proposed(asked):
    paper = "longformer-the-long-document-transformer"
    (asked.project / f"content/papers/{paper}.yaml").write_text("- paper: '1706.03762'\n  venue: X\n")
    assert (
        "says nothing about this paper"
        in asked.refused({"do": "fix", "paper": paper, "date": "2020"})["message"]
    )


def test_a_paper_is_no_duplicate_of_itself(asked):
    paper = asked.id("Deep")
    for same in (True, False):
        why = asked.refused({"do": "settle", "paper": paper, "other": paper, "same": same})
        assert why["message"] == "these two are one paper already"


def test_suspicions_are_found_once_as_long_as_papers_are_what_they_were(asked, monkeypatch):
    from sitegen.serve.edit import known

    counted = []
    found = known.suspicions
    monkeypatch.setattr(known, "suspicions", lambda site: counted.append(site) or found(site))
    first = asked("suspicions")
    asked.written({"do": "add", "collection": "plain", "paper": asked.id("Deep")})
    asked.build()
    assert asked("suspicions") == first
    assert len(counted) == 1
    asked.written(
        {"do": "fix", "paper": asked.id("Deep"), "title": "Adam: A Method of Stochastic Optimization"}
    )
    asked.build()
    asked("suspicions")
    assert len(counted) == 2


# What cannot be edited


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("tags: [transformers]", "tags: &t [transformers]\n        # *t\n        keywords: *t", ""),
        ("note: |", "note: &n |", "anchors"),
        ("rating: 4", "rating: 9", "rating"),
        ("title: Attention", "title: Attention\ntitle: Again", "title"),
    ],
)
def test_files_that_would_have_to_be_guessed_at_are_refused_with_the_place(asked, old, new, says):
    text = asked.text(ATTENTION).replace(old, new, 1)
    if says == "anchors":
        text += "    description: *n\n"
    (asked.project / ATTENTION).write_text(text)
    wish = {"do": "remove", "collection": "attention", "paper": "attention-is-all-you-need"}
    status, said = asked("propose", ask=wish)
    assert status == 422
    told = "\n".join(why["text"] for why in said["refused"])
    assert says in told
    assert ATTENTION in told
    assert asked.text(ATTENTION) == text


def test_two_documents_in_a_file_are_refused(asked):
    (asked.project / ATTENTION).write_text(asked.text(ATTENTION) + "---\ntitle: Second\n")
    asked.refused({"do": "remove", "collection": "attention", "paper": "attention-is-all-you-need"})


@pytest.mark.parametrize(
    "wish",
    [
        {"do": "annotate", "collection": "gone", "paper": "attention-is-all-you-need", "note": "x"},
        {"do": "annotate", "collection": "attention", "paper": "gone", "note": "x"},
        {"do": "settle", "paper": "attention-is-all-you-need", "other": "gone", "same": True},
        {"do": "add", "collection": "../papers/own", "paper": "attention-is-all-you-need"},
        {"do": "fix", "paper": "../../etc/passwd", "title": "x"},
    ],
)
def test_what_the_site_does_not_know_is_refused(asked, wish):
    assert "any more" in asked.refused(wish)["message"]


@pytest.mark.parametrize(
    "ask",
    [
        {},
        {"do": "write", "path": "content/x"},
        {"do": "remove", "collection": "attention"},
        {"do": "remove", "collection": "attention", "paper": 1},
        {"do": "remove", "collection": "attention", "paper": "x", "path": "content/sitegen.yaml"},
        {"do": "annotate", "collection": "attention", "paper": "x", "rating": 6},
        {"do": "annotate", "collection": "attention", "paper": "x", "status": "later"},
        {"do": "annotate", "collection": "attention", "paper": "x", "note": "x" * 300_000},
        {"do": "fix", "paper": "x", "links": [{"kind": "shell", "url": "https://x.org"}]},
    ],
)
def test_a_request_of_another_shape_is_no_request(asked, ask):
    status, said = asked("propose", ask=ask)
    assert status == 400
    assert said.startswith("That is no request of the editor")


def test_a_paper_that_is_no_more_is_not_found(asked):
    assert asked("paper", paper="gone")[0] == 404
    assert asked("order", collection="gone")[0] == 404


# Links in the file system


def test_a_file_that_leads_out_of_the_project_is_not_touched(asked, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "list.yaml"
    text = asked.text(ATTENTION)
    outside.write_text(text)
    path = asked.project / ATTENTION
    path.unlink()
    path.symlink_to(outside)
    asked.refused({"do": "remove", "collection": "attention", "paper": "attention-is-all-you-need"})
    assert outside.read_text() == text


def test_a_file_that_leads_elsewhere_in_the_project_is_not_touched(asked):
    path, real = asked.project / ATTENTION, asked.project / "elsewhere/attention.yaml"
    real.parent.mkdir()
    path.rename(real)
    path.symlink_to("../../elsewhere/attention.yaml")
    before = real.read_text()
    wish = {"do": "remove", "collection": "attention", "paper": "attention-is-all-you-need"}
    proposal = asked.proposed(wish)
    status, said = asked("confirm", ask=wish, proposal=proposal["proposal"], seen=proposal["digest"])
    assert status == 422
    assert said["refused"][0]["message"] == f"{ATTENTION} leads out of content/: nothing was written"
    assert real.read_text() == before


def test_a_file_that_leads_elsewhere_in_the_content_is_written_there_and_stays_a_link(asked):
    path = asked.project / ATTENTION
    real = asked.project / "content/lists" / "attention.yaml"
    real.parent.mkdir()
    path.rename(real)
    path.symlink_to("../lists/attention.yaml")
    asked.written({"do": "remove", "collection": "attention", "paper": "attention-is-all-you-need"})
    assert path.is_symlink()
    assert "famous" not in real.read_text()


def test_a_new_file_is_not_made_in_a_folder_that_leads_out_of_the_project(asked, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside")
    (asked.project / OWN).unlink()
    asked.build()
    (asked.project / "content/papers").rmdir()
    (asked.project / "content/papers").symlink_to(outside)
    wish = {"do": "fix", "paper": "longformer-the-long-document-transformer", "title": "x"}
    proposal = asked.proposed(wish)
    status, said = asked("confirm", ask=wish, proposal=proposal["proposal"])
    assert status == 422
    assert "leads out of content/" in said["refused"][0]["message"]
    assert list(outside.iterdir()) == []
