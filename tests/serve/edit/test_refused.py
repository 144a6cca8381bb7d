"""What the editor does not do, and what it says then."""

from __future__ import annotations

import pytest

ATTENTION = "content/collections/attention.yaml"
OWN = "content/papers/own.yaml"


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
    told = "\n".join(f"{why['place']} {why['message']} {why['excerpt']}" for why in said["refused"])
    assert says in told
    assert ATTENTION in told
    assert asked.text(ATTENTION) == text


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ("note_of_all: &n x\ncurators: [*n]\n", "anchors"),
        ("---\ntitle: Second\n", "second document"),
        ("title: Again\n", "title"),
        ("weight: heavy\n", "has errors"),
    ],
)
def test_what_will_be_refused_is_said_when_the_form_opens(asked, more, says):
    (asked.project / ATTENTION).write_text(asked.text(ATTENTION) + more)
    paper = asked("paper", paper="attention-is-all-you-need")[1]
    closed = {place["id"]: place["refused"] for place in paper["places"]}
    assert closed.keys() == {"attention", "recent"}
    assert any(says in why["message"] for why in closed["attention"])
    assert closed["recent"] == []
    for form in ("order", "collection"):
        status, said = asked(form, collection="attention")
        assert status == 422
        assert said["refused"] == closed["attention"]


def test_a_refusal_shows_the_line_and_says_nothing_twice(asked):
    lines = len(asked.text(ATTENTION).splitlines())
    (asked.project / ATTENTION).write_text(asked.text(ATTENTION) + "description: &n x\ncurators: [*n]\n")
    [why] = asked("order", collection="attention")[1]["refused"]
    assert why["place"] == f"{ATTENTION}:{lines + 1}"
    line, mark = why["excerpt"].split("\n")
    assert line.endswith("description: &n x")
    assert set(mark.strip()) == set("|^ ")


def test_facts_that_cannot_be_written_say_so_when_the_form_opens(asked):
    (asked.project / OWN).write_text(asked.text(OWN) + "---\n- title: Second\n")
    said = asked("paper", paper=asked.id("Deep"))[1]["written"]
    assert said["path"] == OWN
    assert "second document" in said["refused"][0]["message"]
    paper = "longformer-the-long-document-transformer"
    (asked.project / f"content/papers/{paper}.yaml").write_text("- paper: '1706.03762'\n  venue: X\n")
    said = asked("paper", paper=paper)[1]["written"]
    assert "says nothing about this paper" in said["refused"][0]["message"]


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
        {"do": "fix", "paper": "x", "links": [{"kind": "shell", "url": "https://x.org"}]},
    ],
)
def test_a_request_of_another_shape_is_no_request(asked, ask):
    status, said = asked("propose", ask=ask)
    assert status == 400
    assert said.startswith("That is no request of the editor")


@pytest.mark.parametrize(
    ("wish", "says"),
    [
        ({"do": "annotate", "note": "x" * 200_001}, "The note is longer than 200,000 characters"),
        ({"do": "annotate", "tags": ["a", "x" * 2_001]}, "One of the tags is longer than 2,000 characters"),
        ({"do": "describe", "title": "x" * 301}, "The title is longer than 300 characters"),
    ],
)
def test_what_is_too_long_is_refused_in_plain_words_with_the_limit(asked, wish, says):
    paper = {"paper": "x"} if wish["do"] == "annotate" else {}
    status, said = asked("propose", ask={**wish, **paper, "collection": "attention"})
    rest = ", the most that the editor takes at once. Shorten it, or write it into the file itself."
    assert (status, said.strip()) == (422, says + rest)


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ("inbox", {"words": "x" * 2_001}),
        ("paper", {"paper": "x" * 301}),
        ("propose", {"ask": {"do": "remove", "collection": "attention", "paper": "x" * 301}}),
        ("propose", {"ask": {"do": "move-section", "collection": "attention", "section": "x" * 301}}),
    ],
)
def test_what_nobody_types_into_a_file_is_not_to_be_written_there(asked, action, said):
    status, told = asked(action, **said)
    assert status == 400
    assert told.startswith("That is no request of the editor")


def test_a_link_that_is_too_long_is_refused_in_plain_words(asked):
    links = [{"kind": "code", "url": "https://example.org/" + "x" * 2_000}]
    status, said = asked("propose", ask={"do": "fix", "paper": "x", "links": links})
    assert status == 422
    assert said.startswith("One of the links is longer than 2,000 characters")


def test_a_paper_that_is_no_more_is_not_found(asked):
    assert asked("paper", paper="gone")[0] == 404
    assert asked("order", collection="gone")[0] == 404


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
    why = f"{ATTENTION} leads out of content/"
    assert asked.refused(wish)["message"] == f"{why}: nothing was written"
    assert asked("paper", paper=wish["paper"])[1]["places"][0]["refused"][0]["message"] == why
    assert asked("order", collection="attention")[1]["refused"][0]["message"] == why
    assert real.read_text() == before


def test_a_file_that_leads_elsewhere_since_the_proposal_is_not_touched(asked):
    path, real = asked.project / ATTENTION, asked.project / "elsewhere/attention.yaml"
    wish = {"do": "remove", "collection": "attention", "paper": "attention-is-all-you-need"}
    proposal = asked.proposed(wish)
    real.parent.mkdir()
    path.rename(real)
    path.symlink_to("../../elsewhere/attention.yaml")
    before = real.read_text()
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
    assert "leads out of content/" in asked.refused(wish)["message"]
    assert list(outside.iterdir()) == []


@pytest.mark.parametrize(
    ("right", "wrong"),
    [("title: Attention", "title: ["), ("sections:", "sectoins:"), ('- paper: "1706', '- peper: "1706')],
)
def test_a_list_with_a_mistake_is_known_as_it_was(asked, right, wrong):
    paper, listed = asked.id("Attention"), "content/collections/attention.yaml"
    inbox = asked("inbox")
    text = asked.text(listed)
    (asked.project / listed).write_text(text.replace(right, wrong))
    asked.build()
    _, said = asked("paper", paper=paper)
    [place] = [place for place in said["places"] if place["id"] == "attention"]
    assert {why["place"].split(":")[0] for why in place["refused"]} == {listed}
    assert asked("inbox") == inbox
    wish = {"do": "annotate", "collection": "attention", "paper": paper, "rating": 5}
    assert asked.refused(wish)["place"].startswith(listed)
    assert "rating: 5" in asked.written(wish | {"collection": "recent"})
    (asked.project / listed).write_text(text)
    asked.build()
    assert "rating: 5" in asked.written(wish)


def test_a_list_is_known_as_it_was_also_where_another_had_a_mistake_before_and_nothing_was_asked(asked):
    inbox = asked("inbox")[1]["total"]
    (asked.project / "content/collections/plain.yaml").write_text("title: Plain\npicks: [\n")
    asked = type(asked)(asked.project)
    for name in ("attention", "recent"):
        path = asked.project / f"content/collections/{name}.yaml"
        path.write_text(path.read_text() + "  - [\n")
        asked.build()
    assert asked("inbox")[1]["total"] == inbox
    assert [each["id"] for each in asked("overview")[1]["collections"]] == ["attention", "recent"]


def test_what_is_written_while_a_list_has_a_mistake_is_known(asked):
    path = asked.project / "content/collections/attention.yaml"
    path.write_text(path.read_text() + "  - [\n")
    asked.build()
    asked.written({"do": "new-collection", "title": "Vision"})
    asked.build()
    names = ["attention", "plain", "recent", "vision"]
    assert [each["id"] for each in asked("overview")[1]["collections"]] == names
    assert asked("collection", collection="vision")[0] == 200
    paper = asked.id("Deep")
    asked.written({"do": "add", "collection": "vision", "paper": paper})
    asked.build()
    assert paper not in [each["id"] for each in asked("inbox")[1]["papers"]]


def test_nothing_is_said_in_a_new_file_while_one_that_may_speak_of_the_paper_has_a_mistake(asked):
    own = asked.project / "content/papers/own.yaml"
    text = own.read_text()
    own.write_text(text + "- [\n")
    asked.build()
    paper = asked.id("Deep")
    _, said = asked("paper", paper=paper)
    wish = {"do": "fix", "paper": paper, "date": "2016"}
    why = asked.refused(wish)
    assert said["written"]["refused"] == [why]
    assert why["place"].startswith("content/papers/own.yaml:")
    own.write_text(text)
    asked.build()
    assert "date: 2016" in asked.written(wish | {"paper": asked.id("Deep")}).replace("'", "")


def test_a_paper_that_has_its_name_from_a_file_with_a_mistake_may_be_unknown_because_of_that(asked):
    paper = asked.id("Deep")
    own = asked.project / "content/papers/own.yaml"
    lines = own.read_text().splitlines()
    own.write_text("\n".join([*lines, "- ["]))
    asked.build()
    status, said = asked("paper", paper=paper)
    assert status == 404
    assert asked("propose", ask={"do": "fix", "paper": paper, "date": "2016"}) == (422, said)
    [gone, why] = said["refused"]
    assert (gone["message"], gone["hint"]) == (f"no paper is '{paper}' any more", "load the page anew")
    assert why["message"].startswith(f"that may come from {OWN}: ")
    assert why["place"] == f"{OWN}:{len(lines) + 1}"
    assert "- [" in why["excerpt"]


def test_of_an_unknown_paper_every_file_is_told_that_may_have_its_name(asked):
    for name in ("plain", "recent"):
        (asked.project / f"content/collections/{name}.yaml").write_text("title: [\n")
    (asked.project / OWN).write_text("- [\n")
    (asked.project / "content/papers/more.yaml").write_text("- [\n")
    (asked.project / "content/dumps/gone.jsonl").symlink_to("nowhere")
    (asked.project / "content/dumps/page.jsonl").write_text("<html>Too many requests</html>")
    (asked.project / "content/pages").mkdir()
    (asked.project / "content/pages/gone.md").symlink_to("nowhere")
    asked.build()
    [gone, *may] = asked("paper", paper="gone")[1]["refused"]
    assert gone["hint"] == "load the page anew"
    assert [why["place"].split(":")[0] for why in may] == [
        "content/papers/more.yaml",
        OWN,
        "content/collections/plain.yaml",
        "content/collections/recent.yaml",
        "content/dumps/gone.jsonl",
        "content/dumps/page.jsonl",
    ]
    assert all(why["message"].startswith("that may come from ") and why["hint"] for why in may)
    assert all(why["message"].count(why["place"].split(":")[0]) == 1 for why in may)


def test_a_list_whose_file_is_gone_is_known_no_more(asked):
    (asked.project / "content/collections/attention.yaml").unlink()
    asked.build()
    assert [each["id"] for each in asked("overview")[1]["collections"]] == ["plain", "recent"]


def test_while_the_site_cannot_be_made_the_editor_knows_the_last_one(asked):
    overview = asked("overview")
    path = asked.project / "content/sitegen.yaml"
    text = path.read_text()
    path.write_text(text + "sources: [\n")
    asked.build()
    assert asked.loaded.site is None
    assert asked("overview") == overview


def test_a_site_that_began_with_a_mistake_is_known_without_what_has_it(asked):
    listed = asked.project / "content/collections/attention.yaml"
    text = listed.read_text()
    listed.write_text(text + "  - [\n")
    asked = type(asked)(asked.project)
    assert [each["id"] for each in asked("overview")[1]["collections"]] == ["plain", "recent"]
    listed.write_text(text)
    asked.build()
    assert [each["id"] for each in asked("overview")[1]["collections"]] == ["attention", "plain", "recent"]
