"""What else a paper is found by: learnt from how the corpus writes."""

from __future__ import annotations

import pytest

from sitegen.search.forms import cjk_pairs
from sitegen.search.spellings import acronyms, other_spellings
from sitegen.search.terms import read_terms


def found(*papers: tuple[str, str]) -> dict[str, list[int]]:
    """Term → 2 · paper for its title, one more for elsewhere."""
    explained = (each for paper in papers for text in paper for each in acronyms(text))
    return {
        term: list(places) for term, places in other_spellings(read_terms(papers, 2), explained)[0].items()
    }


@pytest.mark.parametrize(
    ("text", "explained"),
    [
        ("a large language model (LLM)", [("llm", "large", "language", "model")]),
        ("large language models (LLMs)", [("llm", "large", "language", "models")]),
        ("a mixture-of-experts (MoE)", [("moe", "mixture", "of", "experts")]),
        ("support vector machine (SVM), see (CNN)", [("svm", "support", "vector", "machine")]),
        ("the large model (LLM)", []),
        ("(LLM)", []),
        ("no acronym (see below)", []),
        ("(" * 1000, []),
    ],
)
def test_an_acronym_is_what_has_the_initials_of_the_words_before_it(text, explained):
    assert list(acronyms(text)) == explained


def test_a_word_is_found_without_its_accents_and_signs_and_by_its_parts():
    assert found(("Erdős", "encoder/decoder")) == {
        "erdo": [0],
        "encoderdecod": [1],
        "encod": [1],
        "decod": [1],
    }
    assert found(("VILA^2", "the model's")) == {"vila": [0], "vila2": [0], "model": [1]}


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Sim2Real", {"sim", "real"}),
        ("360MVSNet", {"mvsnet"}),
        ("STAR3D", {"star"}),
        ("YOLOv7", {"yolov", "yolo"}),
        ("conv2d", {"conv"}),
        ("Linear²", {"linear2", "linear"}),
        ("β-VAE", {"beta"}),
        ("Õ(√T)", {"ot"}),
        ("4th", set()),
        ("2024", set()),
    ],
)
def test_a_name_with_digits_is_found_by_its_words_and_a_greek_letter_by_its_name(written, names):
    assert set(found((written, ""))) == names


def test_text_without_spaces_is_found_by_pairs_of_characters():
    assert found(("深度学习", "")) == {"深度": [0], "度学": [0], "学习": [0]}
    assert cjk_pairs("学") == ["学"]
    assert cjk_pairs("abc") == ["abc"]


def test_a_compound_is_found_in_both_spellings_where_the_corpus_has_both_twice():
    joined = [("pretraining", "")] * 2
    split = [("pre-training", ""), ("pre training", "")]
    assert found(*joined, *split) == {"pre": [0, 2], "train": [0, 2], "pretrain": [4, 6]}
    assert found(*joined, split[0]) == {}


def test_a_name_and_its_number_are_found_in_both_spellings_where_the_corpus_has_both_twice():
    joined = [("GPT4", "")] * 2
    split = [("GPT-4", ""), ("gpt 4", "")]
    assert found(*joined, *split) == {"gpt": [0, 2], "4": [0, 2], "gpt4": [4, 6]}
    assert found(*joined, split[0]) == {"gpt": [0, 2]}
    assert found(*[("2024", "")] * 2, *[("20 24", "")] * 2) == {}


def test_an_acronym_and_what_it_stands_for_find_each_other_where_two_papers_explain_it():
    explaining = [("", "a graph neural network (GNN)")] * 2
    others = [("GNN", ""), ("Graph neural networks", "")]
    places = found(*explaining, *others)
    assert places["gnn"] == [1, 3, 6]
    assert {term: where for term, where in places.items() if 4 in where} == {
        term: [1, 3, 4] for term in ("graph", "network", "neural")
    }
    assert found(explaining[0], *others) == {}


def test_an_acronym_that_is_a_stop_word_finds_nothing():
    assert found(*[("", "an odds ratio (OR)")] * 2, ("Odds ratio", "")) == {}
