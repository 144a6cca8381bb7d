"""Our index is lunr's: whatever is indexed, its serialised form equals lunr.py's own, byte for byte."""

from __future__ import annotations

import json
import lzma
from array import array
from itertools import islice
from typing import TYPE_CHECKING

import lunr
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sitegen.search import arrays, lookups, terms
from sitegen.search.postings import transpose
from sitegen.search.stock import stock_index
from sitegen.search.terms import Words, read_terms, terms_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

BOOSTS = {"title": 2, "abstract": 1, "notes": 1.5}
PIECES = st.sampled_from(
    [
        "learning",
        "Learned",
        "(models),",
        "the",
        "state-of-the-art",
        "a.s",
        "éa",
        "𝛼𝛼ed",
        "ﬁne",
        "Σας",
        "\u2003x",
        "12",
        "ties",
        "\x1cb",
    ]
)
TEXTS = st.lists(PIECES | st.text(max_size=6), max_size=8).map(" ".join)
CORPORA = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), min_size=1, max_size=6)


def by_lunr(corpus: Sequence[Sequence[str]], boosts: Mapping[str, float]) -> bytes:
    documents = [
        {"id": f"paper-{number}", **dict(zip(boosts, texts, strict=True))}
        for number, texts in enumerate(corpus)
    ]
    fields = [{"field_name": name, "boost": boost} for name, boost in boosts.items()]
    return json.dumps(lunr.lunr(ref="id", fields=fields, documents=documents).serialize()).encode()


def by_us(corpus: Sequence[Sequence[str]], boosts: Mapping[str, float]) -> bytes:
    references = [f"paper-{number}" for number in range(len(corpus))]
    return stock_index(read_terms(corpus, len(boosts)), references, boosts)


@settings(max_examples=150, deadline=None)
@given(CORPORA)
def test_the_serialised_index_of_any_corpus_equals_lunrs_own_byte_for_byte(corpus):
    assert by_us(corpus, BOOSTS) == by_lunr(corpus, BOOSTS)


def test_the_serialised_index_of_a_thousand_papers_equals_lunrs_own_byte_for_byte(real_papers):
    with lzma.open(real_papers) as lines:
        papers = [json.loads(line) for line in islice(lines, 1000)]
    corpus = [(p["title"], p["abstract"], ", ".join(p.get("authors", ()))) for p in papers]
    assert by_us(corpus, BOOSTS) == by_lunr(corpus, BOOSTS)


def test_terms_sort_by_code_point_as_lunr_py_sorts_them_and_not_as_javascript_does():
    corpus = [("\uff5a \U0001d49c q", "", "")]
    assert by_us(corpus, BOOSTS) == by_lunr(corpus, BOOSTS)
    terms = [term for term, _ in json.loads(by_us(corpus, BOOSTS))["invertedIndex"]]
    assert terms == ["q", "\uff5a", "\U0001d49c"]


def test_an_index_of_nothing_is_an_index():
    assert json.loads(by_us([], BOOSTS))["invertedIndex"] == []


@settings(max_examples=100, deadline=None)
@given(CORPORA, st.randoms(use_true_random=False))
def test_postings_are_the_same_with_numpy_and_without(corpus, random):
    numbering = list(range(len(corpus)))
    random.shuffle(numbering)
    terms = read_terms(corpus, len(BOOSTS))
    places = random.sample(range(len(terms.names) + 2), len(terms.names))
    also = {place: array("I", [2 * random.choice(numbering)]) for place in range(len(terms.names) + 2)}
    by_sorting = transpose(terms, numbering, places, also)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "_NUMPY_PAYS", 1)
        assert transpose(terms, numbering, places, also) == by_sorting


@settings(max_examples=100, deadline=None)
@given(CORPORA, CORPORA)
def test_two_corpora_read_apart_are_one(one, other):
    for numpy_pays in (1, 1 << 30):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(arrays, "_NUMPY_PAYS", numpy_pays)
            words, others = Words(), Words()
            stream = words.read(one)
            stream.frombytes(words.taken(others.texts, others.read(other)))
            both = terms_of(words.texts, stream, len(BOOSTS))
            # The first order of words is that of the order in which they are met: lunr's.
            assert both == read_terms([*one, *other], len(BOOSTS))


WORDS = st.sampled_from(
    [
        "a",
        "a.b",
        "a.b\x00",
        "\x00",
        "model,",
        "\xa0",
        "日本語の論文",
        "a" * 16,
        "a" * 17,
        *(f"learning{number}" for number in range(9)),
    ]
)


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(TEXTS, st.lists(WORDS | st.text(max_size=9)).map(" ".join)), max_size=6),
    st.integers(1, 4),
)
def test_tokens_looked_up_all_at_once_are_those_that_are_looked_up_one_by_one(corpus, at_once):
    one_by_one, at_once_read = Words(), Words()
    stream = one_by_one.read(corpus)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(arrays, "_NUMPY_PAYS", 0)
        patch.setattr(terms, "_AT_ONCE", at_once)
        patch.setattr(lookups, "_BITS", 3)  # tokens take each other's places
        at_once_read.expect(0)
        assert at_once_read.read(corpus) == stream
        assert at_once_read.read(corpus) == stream
    assert at_once_read.texts == one_by_one.texts


def test_documents_without_texts_do_not_end_the_reading(monkeypatch):
    monkeypatch.setattr(arrays, "_NUMPY_PAYS", 1)
    words = Words()
    words.expect(1000)
    assert list(words.read([(), *[()] * 200, ("one two",)])) == [1, 2, 0]
