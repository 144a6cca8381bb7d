import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown import markdown

from sitegen.model.issue import Issue, IssueGroup, IssueItem
from sitegen.model.record import PartialDate
from sitegen.render.mail import as_page
from sitegen.render.own_references import own_references


@pytest.mark.parametrize(
    "text",
    [
        "See [it][a], [a], [A][] and [a](b).\n\n[a]: https://a.example/",
        "![a][b] and [b]: so.\n\n[b]: https://b.example/ 'A title'",
        "[x] [y](z) `code` [not defined][here]\n\n[x]: /there",
        "Nothing [of] the kind.",
    ],
)
def test_a_text_alone_says_what_it_said(text):
    assert markdown(own_references(text, "7")) == markdown(text)


def test_footnotes_stay_with_their_text():
    assert own_references("So.[^1][^2]\n\n[^1]: That.", "p") == "So.[^1-p][^2]\n\n[^1-p]: That."


@given(st.text(alphabet="[]^:()a1 \n!`", max_size=40))
def test_any_text_is_taken(text):
    assert own_references(text, "7").replace(" 7", "").replace("-7", "") or not text


def test_what_one_note_of_an_issue_defines_no_other_refers_to():
    def item(name, note):
        return IssueItem(
            id=name, url=f"papers/{name}.html", title=name, authors="", facts="", note=note, abstract=""
        )

    notes = ("Read [it].[^1]\n\n[it]: https://good.example/\n\n[^1]: Or not.", "Read [it], too.[^1]")
    group = IssueGroup(
        title="List", url="collections/list.html", items=tuple(map(item, ("one", "two"), notes))
    )
    issue = Issue(
        name="2026-11-08", day=PartialDate(2026, 11, 8), since="2026-11-01", title="New", site="Shelf",
        base_url="https://shelf.example/", language="en", groups=(group,), unsubscribe="",
    )  # fmt: skip
    drawn = markdown(as_page(issue, 0), extensions=["footnotes"])
    assert drawn.count('href="https://good.example/"') == 1
    assert "Read [it], too.[^1]" in drawn
