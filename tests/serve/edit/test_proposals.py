"""What is asked for is shown as a difference, and written when exactly that is confirmed."""

from __future__ import annotations

ATTENTION = "content/collections/attention.yaml"


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
