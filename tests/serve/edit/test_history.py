"""What was written is taken back, and done again, and never over what somebody else wrote."""

from __future__ import annotations

import os
import threading

import pytest

ATTENTION = "content/collections/attention.yaml"
NOTE = {"do": "annotate", "collection": "attention", "paper": "attention-is-all-you-need"}


def names(asked):
    """The names of the steps that could be undone and redone now."""
    said = asked("overview")[1]
    return [said[way] and said[way]["name"] for way in ("undo", "redo")]


def test_edits_are_undone_and_redone_in_their_order(asked):
    texts = [asked.text(ATTENTION)]
    texts += [asked.written({**NOTE, "note": note}) for note in ("One.", "Two.", "Three.")]
    for text in reversed(texts[:-1]):
        assert asked.walked("undo", names(asked)[0])[0] == 200
        assert asked.text(ATTENTION) == text
    assert names(asked)[0] is None
    for text in texts[1:]:
        assert asked.walked("redo", names(asked)[1])[0] == 200
        assert asked.text(ATTENTION) == text
    assert names(asked)[1] is None


def test_undoing_says_what_it_takes_back_and_shows_the_difference(asked):
    asked.written({**NOTE, "note": "One."})
    before = asked.text(ATTENTION)
    wish = {"do": "undo", "step": names(asked)[0]}
    said = asked.proposed(wish)
    assert said["summary"] == "undo: note of 'Attention Is All You Need' in 'Attention'"
    assert {"-          One.", "+          All you need."} <= {*said["diff"]}
    assert asked.text(ATTENTION) == before
    _, said = asked("confirm", ask=wish, proposal=said["proposal"])
    assert said["summary"] == "note of 'Attention Is All You Need' in 'Attention'"
    assert said["undo"] is None
    said = asked.proposed({"do": "redo", "step": said["redo"]["name"]})
    assert {"-          All you need.", "+          One."} <= {*said["diff"]}


def test_a_new_edit_ends_what_could_be_redone(asked):
    asked.written({**NOTE, "note": "One."})
    asked.walked("undo", names(asked)[0])
    asked.written({**NOTE, "note": "Two."})
    assert names(asked)[1] is None


def test_an_edit_of_a_file_that_changed_since_is_not_undone_and_can_be_when_it_is_as_it_was(asked):
    asked.written({**NOTE, "note": "One."})
    step, mine = names(asked)[0], asked.text(ATTENTION)
    (asked.project / ATTENTION).write_text(mine + "# theirs\n")
    status, said = asked.walked("undo", step)
    assert status == 409
    assert said["refused"][0]["message"] == f"{ATTENTION} was changed meanwhile: nothing was written"
    assert asked.text(ATTENTION) == mine + "# theirs\n"
    (asked.project / ATTENTION).write_text(mine)
    assert asked.walked("undo", step)[0] == 200


@pytest.mark.usefixtures("in_time")
def test_what_a_pipe_is_in_the_place_of_is_not_undone(asked):
    asked.written({**NOTE, "note": "One."})
    (asked.project / ATTENTION).unlink()
    os.mkfifo(asked.project / ATTENTION)
    assert names(asked)[0] is None


@pytest.mark.parametrize("way", ["undo", "redo"])
def test_what_somebody_else_made_of_a_file_is_shown_where_a_step_is_taken_back_or_done_again(asked, way):
    asked.written({**NOTE, "note": "One."})
    if way == "redo":
        asked.walked("undo", names(asked)[0])
    wish = {"do": way, "step": names(asked)[way == "redo"]}
    mine, proposal = asked.text(ATTENTION), asked.proposed(wish)
    theirs = mine.replace("# The first list.", "# Theirs.")
    (asked.project / ATTENTION).write_text(theirs)
    shown = ["-# The first list.", "+# Theirs."]
    for said in (
        asked("propose", ask=wish),
        asked("confirm", ask=wish, proposal=proposal["proposal"], seen=proposal["digest"]),
    ):
        assert (said[0], said[1]["path"]) == (409, ATTENTION)
        assert [line for line in said[1]["meanwhile"] if line[0] in "+-"] == shown
    assert asked.text(ATTENTION) == theirs
    (asked.project / ATTENTION).unlink()
    status, said = asked("propose", ask=wish)
    assert (status, [line[0] for line in said["meanwhile"]]) == (409, ["@", *"-" * mine.count("\n")])


def test_a_file_that_changed_since_does_not_keep_edits_of_others_from_being_undone(asked):
    plain = {"do": "add", "collection": "plain", "paper": "attention-is-all-you-need"}
    asked.written(plain)
    mine = asked.written({**NOTE, "note": "One."})
    (asked.project / ATTENTION).write_text(mine + "# theirs\n")
    said = asked("overview")[1]
    assert said["undo"]["summary"] == "add 'Attention Is All You Need' to 'Plain'"
    assert said["left_alone"] == ATTENTION
    assert asked.walked("undo", said["undo"]["name"])[0] == 200
    assert asked.text("content/collections/plain.yaml") == "title: Plain\npicks: []\n"
    assert asked.text(ATTENTION) == mine + "# theirs\n"
    assert names(asked)[0] is None
    assert asked.walked("redo", names(asked)[1])[0] == 200
    (asked.project / ATTENTION).write_text(mine)
    for _ in range(2):
        assert asked("overview")[1]["left_alone"] == ""
        assert asked.walked("undo", names(asked)[0])[0] == 200
    assert "One." not in asked.text(ATTENTION)


def test_a_new_file_goes_when_it_is_undone_unless_somebody_wrote_into_it(asked):
    asked.written({"do": "new-collection", "title": "New"})
    path = asked.project / "content/collections/new.yaml"
    mine, step = path.read_text(), names(asked)[0]
    path.write_text(mine + "# theirs\n")
    assert names(asked)[0] is None
    status, said = asked.walked("undo", step)
    assert (status, said["meanwhile"][-1]) == (409, "+# theirs")
    assert path.exists()
    path.write_text(mine)
    assert names(asked)[0] == step
    said = asked.proposed({"do": "undo", "step": step})
    assert (said["deleted"], [line[0] for line in said["diff"]]) == (True, ["@", *"-" * mine.count("\n")])
    assert asked.walked("undo", step)[0] == 200
    assert not path.exists()
    assert asked.walked("redo", names(asked)[1])[0] == 200
    assert path.read_text() == mine


def test_a_new_file_is_not_redone_over_another(asked):
    asked.written({"do": "new-collection", "title": "New"})
    asked.walked("undo", names(asked)[0])
    step = names(asked)[1]
    path = asked.project / "content/collections/new.yaml"
    path.write_text("title: Theirs\n")
    assert names(asked)[1] is None
    status, said = asked.walked("redo", step)
    assert (status, said["meanwhile"][-1]) == (409, "+title: Theirs")
    assert path.read_text() == "title: Theirs\n"


def test_an_edit_is_not_undone_twice_by_two_tabs(asked):
    asked.written({**NOTE, "note": "One."})
    two = asked.written({**NOTE, "note": "Two."})
    step = names(asked)[0]
    assert asked.walked("undo", step)[0] == 200
    assert asked.walked("undo", step)[0] == 422
    assert asked.text(ATTENTION) == two.replace("Two.", "One.")


def test_of_many_confirmations_at_once_each_is_written_or_told_that_the_file_changed(asked):
    wishes = [{**NOTE, "note": f"Note {number}."} for number in range(12)]
    proposals = [asked.proposed(wish) for wish in wishes]
    statuses = []

    def confirm(wish, proposal):
        statuses.append(asked("confirm", ask=wish, proposal=proposal["proposal"], seen=proposal["digest"])[0])

    threads = [threading.Thread(target=confirm, args=pair) for pair in zip(wishes, proposals, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(statuses) == [200, *[409] * 11]
    asked.walked("undo", names(asked)[0])
    assert "All you need." in asked.text(ATTENTION)
