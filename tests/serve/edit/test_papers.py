"""What curators say of papers, and the file in which it is said then."""

from __future__ import annotations

import pytest

OWN = "content/papers/own.yaml"


def changed(asked, wish):
    """The lines that a wish takes out of its file and puts into it."""
    return [line for line in asked.proposed(wish)["diff"] if line[0] in "+-"]


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


def test_links_that_say_no_kind_stay_so_beside_new_ones(asked):
    links = "  links:\n    - https://github.com/a/b  # theirs\n"
    before = f"- paper: '1512.03385'\n{links}"
    (asked.project / OWN).write_text(before)
    asked.build()
    paper = asked.id("Deep")
    said = asked("paper", paper=paper)[1]["written"]["links"]
    assert said == [{"kind": "code", "url": "https://github.com/a/b"}]
    video = {"kind": "video", "url": "https://x.org/v"}
    text = asked.written({"do": "fix", "paper": paper, "links": [*said, video]})
    assert text == f"{before}    - url: https://x.org/v\n      kind: video\n"
    assert asked("paper", paper=paper)[1]["written"]["links"] == [*said, video]


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
    asked.walked("undo", asked("overview")[1]["undo"]["name"])
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
        {
            "do": "fix",
            "paper": asked.id("Adam: A Method for Stochastic Optimis"),
            "title": "Adam: A Method of Stochastic Optimization",
        }
    )
    asked.build()
    asked("suspicions")
    assert len(counted) == 2
