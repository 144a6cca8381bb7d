"""What the engine answers, and how pages show it."""

from __future__ import annotations

import html
import json

import pytest
from searching import TAGS, found, indexed, made_up_site, search, site_of

from sitegen.model.paper import Paper
from sitegen.search.documents import FIELDS
from sitegen.search.forms import other_forms, stem

pytestmark = pytest.mark.browser


def test_signs_around_a_word_do_not_hide_it_but_where_lunr_is_asked_for_exactly(tab, made_up):
    assert found(tab, made_up, "learning?") == found(tab, made_up, "learning") != []
    assert found(tab, made_up, "learning?", exact=True) == []


def test_while_typing_the_last_word_is_the_beginning_of_words(tab, made_up):
    whole = set(found(tab, made_up, "transformer"))
    assert whole <= set(found(tab, made_up, "transfo", asYouType=True))
    assert whole <= set(found(tab, made_up, "transforme", asYouType=True))
    assert found(tab, made_up, "model") == found(tab, made_up, "model ", asYouType=True)
    assert set(found(tab, made_up, "mode", asYouType=True)) >= set(found(tab, made_up, "model"))


def test_what_an_unfinished_word_finds_while_typed_stays_when_it_is_asked_for(tab, made_up):
    typed = found(tab, made_up, "transfo", asYouType=True)
    assert typed == found(tab, made_up, "transfo") == found(tab, made_up, "transfo ", asYouType=True) != []


def test_a_sign_that_no_paper_has_finds_none(tab, www):
    # An acronym that is a word as common as "or" has no term.
    roads = tuple(Paper(id=f"r{n}", title="Maps", abstract="Of open roads (OR), again.") for n in range(3))
    index = indexed(site_of((*roads, Paper(id="hug", title="A 🤗 for all"))), www[0] / "signs", www[1])
    assert found(tab, index, "((((") == found(tab, index, "😀") == []
    assert found(tab, index, "🤗") == ["hug"]


@pytest.mark.parametrize(
    ("malformed", "words"),
    [
        ("nothing:learning", "nothing learning"),
        ("title:", "title"),
        ("learning^", "learning"),
        ("learning~x", "learning x"),
        ("VILA: learning models", "vila learning models"),
        ("title:author:chen", "title author:chen"),
        ("++learning", "+learning"),
        ("title:+learning", "title +learning"),
        ("learning +", "learning"),
        ("learning - models", "learning models"),
        ("- learning -- models -", "learning models"),
        ("~1 learning", "1 learning"),
        (":learning", "learning"),
        ("author:chen tag:llm", "authors:chen tags:llm"),
    ],
)
def test_what_lunr_calls_an_error_is_read_as_words(tab, made_up, malformed, words):
    odd, plain = search(tab, made_up, [malformed, words])
    assert odd == plain


@pytest.mark.parametrize(
    "query",
    [
        "+-~^:*\\" * 1000,
        "<script>alert(1)</script>",
        "\ud800 \udc00x\ud800",
        "a" * 10_000,
        "*a" * 3000,
        "x~99999999999999",
        "😀*",
        "^^^~~~",
    ],
)
def test_any_query_gets_an_answer(tab, made_up, query):
    result = tab.evaluate(
        "async ([address, query]) => { const { openSearch } = await import('/js/client.js');"
        " const search = await openSearch(address);"
        " const answer = await search.search(eval(query)); search.close(); return answer.total; }",
        [made_up.address, json.dumps(query)],
    )
    assert result >= 0


def test_a_card_shows_the_paper_in_plain_text(tab, made_up, www):
    paper = next(
        p for p in made_up.site.newest if p.id in made_up.site.appearances and p.tags and len(p.authors) > 3
    )
    page = www[0] / "made-up" / "papers" / f"{paper.id}.html"
    page.parent.mkdir(exist_ok=True)
    page.write_text(f'<!doctype html><p class="abstract">{html.escape(paper.abstract)}</p>')
    answers = search(tab, made_up, [f"+authors:{paper.authors[0].split()[0]} +notes:see"], abstracts=True)
    [card] = [hit["card"] for hit in answers[0]["hits"] if hit["card"]["id"] == paper.id]
    note = made_up.site.appearances[paper.id][0].entry.note
    assert card == {
        "id": paper.id,
        "title": paper.title,
        "authors": list(paper.authors[:3]),
        "authorCount": len(paper.authors),
        "date": paper.date.iso,
        "added": paper.date.iso,
        "venue": "",
        "note": note.split("**")[1] + " see",
        "tags": [{"id": tag, "label": TAGS[tag].label} for tag in paper.tags],
        "collections": [{"id": "list", "title": "A list"}],
        "abstract": paper.abstract,
    }


def test_hits_say_which_terms_matched_in_which_field(tab, made_up):
    [answer] = search(tab, made_up, ["+title:learning models -zzyzx"])
    for hit in answer["hits"]:
        assert "learn" in hit["terms"]["title"]
        assert set(hit["terms"]) <= set(FIELDS)
        assert {term for terms in hit["terms"].values() for term in terms} <= {"learn", "model"}


def test_pages_of_hits_follow_each_other(tab, made_up):
    everything = found(tab, made_up, "learning model")
    pages = [
        found(tab, made_up, "learning model", limit=50, offset=at) for at in range(0, len(everything), 50)
    ]
    assert [paper for page in pages for paper in page] == everything


def test_a_title_of_the_very_words_comes_before_a_dozen_with_other_forms_of_them(tab, www):
    others = [
        Paper(
            id=f"{number}", title="Gripped objects sensed at night", abstract="Objects, sensed and gripped."
        )
        for number in range(14)
    ]
    remembered = Paper(id="remembered", title="Sensing many objects while gripping", abstract="By touch.")
    index = indexed(site_of([*others, remembered]), www[0] / "very-words", www[1])
    assert "remembered" not in found(tab, index, "gripped objects sensed", limit=10)
    everything = found(tab, index, "sensing gripping objects")
    assert everything[0] == "remembered"
    pages = [found(tab, index, "sensing gripping objects", limit=4, offset=at) for at in range(0, 16, 4)]
    assert [paper for page in pages for paper in page] == everything


@pytest.mark.parametrize("count", [0, 1])
def test_a_site_of_hardly_any_papers_can_be_searched(tab, www, count):
    index = indexed(made_up_site(count), www[0] / f"with-{count}", www[1])
    for query in ("learning", "*", "*x", "x~1", "x~2", "-learning", "+the"):
        assert len(found(tab, index, query)) <= count
    assert len(found(tab, index, "-zzyzx")) == count


@pytest.fixture(scope="module")
def hundred(www):
    """Papers of which most say one thing, and two another."""
    titles = (
        ["On learning"] * 60 + ["Quaternions, and learning", "Quaternions"] + ["Topics"] * 37 + ["Optics"]
    )
    papers = tuple(Paper(id=f"p{number}", title=title) for number, title in enumerate(titles))
    return indexed(site_of(papers), www[0] / "hundred", www[1])


@pytest.mark.parametrize("query", ["learning quaternions", "lerning quaternions", "quatrenions lerning"])
def test_papers_that_have_only_the_commonest_word_of_several_are_no_results(tab, hundred, query):
    assert found(tab, hundred, query) == ["p60", "p61"]
    assert len(found(tab, hundred, "lerning")) == 61


def test_among_few_papers_a_word_that_one_has_is_no_slip(tab, hundred):
    assert found(tab, hundred, "optics") == ["p99"]


MARKED = "async (given) => (await import('/js/mark.js')).mark(...given)"
PASSAGE = "async (given) => (await import('/js/snippet.js')).snippet(...given)"


def test_hits_are_marked_by_the_indexs_own_stems(tab):
    pieces = tab.evaluate(
        MARKED, ["State-of-the-art (models), modelling <b>keys</b>", ["model", "kei", "state"]]
    )
    assert "".join(piece["text"] for piece in pieces) == "State-of-the-art (models), modelling <b>keys</b>"
    assert [piece["text"] for piece in pieces if piece["hit"]] == ["State", "models", "modelling", "keys"]


@pytest.mark.parametrize(
    "word",
    [
        *(
            "Sim2Real",
            "360MVSNet",
            "STAR3D",
            "YOLOv7",
            "YOLOv²",
            "conv2d",
            "Linear²",
            "fooBarv1x2Baz",
            "ab2v3",
        ),
        *("encoder/decoder", "model's", "4th", "improv", "Erdős"),
    ],
)
def test_a_hit_is_marked_by_every_name_by_which_the_index_has_the_word(tab, word):
    low = word.lower()
    for term in {stem(low), *other_forms(low)}:
        pieces = tab.evaluate(MARKED, [f"A {word} thing", [term]])
        assert "".join(piece["text"] for piece in pieces) == f"A {word} thing"
        assert [piece["text"] for piece in pieces if piece["hit"]] != [], term
    for part in {low[:at] for at in range(1, len(low))} - {stem(low), *other_forms(low)}:
        assert [piece for piece in tab.evaluate(MARKED, [word, [part]]) if piece["hit"]] == [], part


def test_a_snippet_is_the_passage_with_most_of_the_words(tab):
    text = (
        "Models first. "
        + "Nothing to see here at all. " * 20
        + "The models of vision learn keys. "
        + "More of nothing. " * 20
    )
    pieces = tab.evaluate(PASSAGE, [text, ["model", "vision", "kei"], 120])
    assert [piece["text"] for piece in pieces if piece["hit"]] == ["models", "vision", "keys"]
    assert pieces[0]["text"] == pieces[-1]["text"] == "…"
    assert len("".join(piece["text"] for piece in pieces)) <= 122
    assert tab.evaluate(PASSAGE, ["Short.", None]) == [{"text": "Short.", "hit": False}]
