"""Related papers, and the reasons that readers see."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from sitegen.diagnostics import Span
from sitegen.liken import liken, read_by_liken
from sitegen.model.collection import Rule
from sitegen.model.library import Entry, Library, Part, ReadingList
from sitegen.model.paper import Paper
from sitegen.model.settings import Settings
from sitegen.model.site import Site
from sitegen.model.tag import Tag
from sitegen.relate import relate


def test_papers_of_one_subject_are_related_and_others_are_not(site_of, subjects):
    related = liken(site_of(subjects)).related
    assert sorted(related) == sorted(paper.id for paper in subjects)
    for paper, others in related.items():
        assert {other.paper_id.split("-")[0] for other in others} == {paper.split("-")[0]}


def test_a_paper_is_never_related_to_itself_nor_to_another_one_twice(site_of, subjects):
    for paper, others in liken(site_of(subjects)).related.items():
        ids = [other.paper_id for other in others]
        assert paper not in ids
        assert len(set(ids)) == len(ids) <= 6


def test_the_most_alike_come_first_and_every_one_has_a_reason(site_of, subjects):
    for others in liken(site_of(subjects)).related.values():
        scores = [other.score for other in others]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1000 for score in scores)
        assert all(other.words or other.tags or other.lists for other in others)
        assert all(len(other.words) <= 3 for other in others)


def test_two_papers_that_name_each_other_give_the_same_reason(site_of, subjects):
    related = liken(site_of(subjects)).related
    reasons = {(paper, other.paper_id): other for paper, others in related.items() for other in others}
    both = [pair for pair in reasons if pair[::-1] in reasons]
    assert len(both) > 50
    for one, other in both:
        there, back = reasons[one, other], reasons[other, one]
        assert (there.words, there.tags, there.lists, there.score) == (
            back.words,
            back.tags,
            back.lists,
            back.score,
        )


def test_words_are_shown_as_papers_write_them(site_of):
    others = [
        Paper(id=f"x{n}", title=f"Filler {word}")
        for n, word in enumerate(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"])
    ]
    papers = [
        Paper(
            id="a",
            title="BERTs for Knowledge Distillation",
            abstract="BERT distills. Distillation of BERT models.",
        ),
        Paper(
            id="b", title="Distilling BERT", abstract="Knowledge distillation shrinks BERT by distillation."
        ),
    ]
    (found,) = liken(site_of([*papers, *others])).related["a"]
    assert "BERT" in found.words
    assert "distillation" in found.words
    assert not {"bert", "distil", "Distillation"} & set(found.words)


def test_a_phrase_of_several_titles_is_one_reason_with_what_stands_between_its_words(site_of):
    others = [
        Paper(id=f"x{n}", title=f"Filler {word}")
        for n, word in enumerate(["ab", "cd", "ef", "gh", "ij", "kl", "mn", "op"])
    ]
    papers = [
        Paper(id="a", title="Mixture of Experts that sleep"),
        Paper(id="b", title="A Mixture of Experts for rivers", abstract="A mixture, and its experts."),
    ]
    (found,) = liken(site_of([*papers, *others])).related["a"]
    assert found.words == ("mixture of experts",)


def test_tags_and_lists_are_reasons_the_rarest_first(site_of):
    papers = [
        Paper(id="a", title="Alpha", tags=("common", "rare")),
        Paper(id="b", title="Beta", tags=("common", "rare")),
        *(Paper(id=f"c{n}", title=f"Gamma{'xyzuvw'[n]}", tags=("common",)) for n in range(3)),
        *(Paper(id=f"d{n}", title=f"Delta{'xyzuvw'[n]}") for n in range(6)),
    ]
    site = site_of(papers, {"long": ["a", "b", "c0", "d0"], "short": ["a", "b"]})
    first = liken(site).related["a"][0]
    assert (first.paper_id, first.tags, first.lists) == ("b", ("rare", "common"), ("short", "long"))


def test_a_list_that_a_rule_gathered_is_no_reason():
    papers = tuple(Paper(id=name, title=name * 3) for name in "abcdefgh")
    pair = tuple(Entry(paper=paper) for paper in papers[:2])
    gathered = ReadingList(
        id="new",
        path="new.yaml",
        title="New",
        rule=Rule(where=Span("new.yaml", 1)),
        parts=(Part(id="p", entries=pair),),
    )
    library = Library(settings=Settings(title="T"), papers=papers, lists=(gathered,), tags={}, pages=())
    assert liken(relate(library)).related == {}


def test_a_paper_that_shares_nothing_has_no_entry(site_of, subjects):
    site = liken(site_of([*subjects, Paper(id="alone", title="Zymurgy")]))
    assert "alone" not in site.related
    assert "alone" in {spot.paper_id for spot in site.map}


def test_what_curators_wrote_counts_where_there_is_no_abstract():
    papers = tuple(Paper(id=name, title=name * 3) for name in "abcdefgh")
    notes = {"a": "A labyrinth of minotaurs.", "b": "Minotaurs in every labyrinth."}
    entries = tuple(Entry(paper=paper, note=notes.get(paper.id, "")) for paper in papers)
    listed = ReadingList(id="l", path="l.yaml", title="L", parts=(Part(id="p", entries=entries),))
    library = Library(settings=Settings(title="T"), papers=papers, lists=(listed,), tags={}, pages=())
    assert set(liken(relate(library)).related["a"][0].words) == {"labyrinth", "minotaurs"}


def test_addresses_are_no_words():
    papers = tuple(Paper(id=name, title=name * 3) for name in "abcdefgh")
    note = "[{}](../collections/zebra.html) https://zebra.example.org/zebra"
    entries = tuple(
        Entry(paper=paper, note=note.format(paper.id * 4) if paper.id in "ab" else "") for paper in papers
    )
    listed = ReadingList(id="l", path="l.yaml", title="L", parts=(Part(id="p", entries=entries),))
    library = Library(settings=Settings(title="T"), papers=papers, lists=(listed,), tags={}, pages=())
    assert liken(relate(library)).related == {}


def test_the_order_of_papers_changes_nothing(site_of, subjects):
    shuffled = random.Random(1).sample(subjects, len(subjects))
    one, other = liken(site_of(subjects)), liken(site_of(shuffled))
    assert (one.related, one.map, one.regions) == (other.related, other.map, other.regions)


_WORDS = st.sampled_from(
    [
        "graph",
        "kernel",
        "speech",
        "robot",
        "diffusion",
        "pruning",
        "protein",
        "bandit",
        "gait",
        "Łódź",
        "言語",
        "𝔘x",
        "--",
        "\\alpha",
        "$x^2$",
        "I/O",
    ]
)
_TEXTS = st.lists(_WORDS, max_size=12).map(" ".join)
_PAPERS = st.lists(st.tuples(_TEXTS, _TEXTS, st.sets(st.sampled_from("abc"))), max_size=25)


@given(_PAPERS)
def test_numpy_changes_nothing_but_the_time(contents):
    papers = tuple(
        Paper(id=f"p{number:02}", title=title, abstract=abstract, tags=tuple(sorted(tags)))
        for number, (title, abstract, tags) in enumerate(contents)
    )
    tags = {name: Tag(id=name, label=name, where=Span("t", 1)) for name in "abc"}
    site = relate(Library(settings=Settings(title="T"), papers=papers, lists=(), tags=tags, pages=()))
    slow, fast = liken(site, numpy=False), liken(site, numpy=True)
    assert (slow.related, slow.map, slow.regions) == (fast.related, fast.map, fast.regions)
    assert [spot.paper_id for spot in slow.map] == [paper.id for paper in papers]
    assert len({spot[1:] for spot in slow.map}) == len(papers)


def test_a_note_beside_an_abstract_is_not_read(site_of, subjects):
    papers = site_of(subjects).library.papers

    def noted(note: str) -> Site:
        listed = ReadingList(
            id="l",
            path="l.yaml",
            title="L",
            parts=(Part(id="p", entries=tuple(Entry(paper=paper, note=note) for paper in papers)),),
        )
        library = Library(settings=Settings(title="T"), papers=papers, lists=(listed,), tags={}, pages=())
        return relate(library)

    one, other = noted("A labyrinth."), noted("A minotaur.")
    assert read_by_liken(one) == read_by_liken(other)
    assert liken(one).related == liken(other).related != {}
