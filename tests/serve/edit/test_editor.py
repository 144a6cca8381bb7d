"""What curators ask for, and what becomes of their files."""

from __future__ import annotations

ATTENTION = "content/collections/attention.yaml"


def test_a_note_is_proposed_as_a_difference_and_written_when_that_is_confirmed(asked):
    before = asked.text(ATTENTION)
    paper = asked.id("Attention Is")
    wish = {"do": "annotate", "collection": "attention", "paper": paper, "note": "All you *really* need."}
    proposal = asked.proposed(wish)
    assert [line for line in proposal["diff"] if line[0] in "+-"] == [
        "-          All you need.",
        "+          All you *really* need.",
    ]
    assert (proposal["path"], proposal["created"], proposal["changed"]) == (ATTENTION, False, False)
    assert asked.text(ATTENTION) == before
    status, said = asked("confirm", ask=wish, proposal=proposal["proposal"], seen=proposal["digest"])
    assert status == 200
    assert said["summary"] == "note of 'Attention Is All You Need' in 'Attention'"
    assert asked.text(ATTENTION) == before.replace("All you need.", "All you *really* need.")
