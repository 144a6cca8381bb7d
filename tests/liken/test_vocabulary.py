"""Which words are one, and which say nothing."""

from __future__ import annotations

import pytest

from sitegen.liken.vocabulary import readable, split, stems


def _stems(text: str) -> list[str]:
    return [stem for word in split(text) for stem, _ in stems(word.decode())]


@pytest.mark.parametrize(
    "forms",
    [
        "pruning pruned prune prunes",
        "distillation distilling distilled distills distill",
        "pre-training pretraining Pre-trained pretrain",
        "similarity similarities",
        "optimization optimisation optimize optimizing optimized optimizer optimise",
        "planning planned plan plans",
        "networks network Network",
        "multi-modal multimodal Multimodal",
        "Erdős Erdos erdős",
    ],
)
def test_forms_of_a_word_have_one_stem(forms: str):
    assert len(set(_stems(forms))) == 1


@pytest.mark.parametrize(
    "words", ["bias bandit", "diffusion fusion", "general generation", "class classical", "speech speed"]
)
def test_different_words_keep_their_stems(words: str):
    assert len(set(_stems(words))) == len(words.split())


def test_grammar_numbers_and_adverbs_have_no_stem():
    assert _stems("the of 2024 10x 7b very efficiently a b") == []


def test_dimensions_and_words_with_digits_have_one():
    assert _stems("3D GPT4 wav2vec") == ["3d", "gpt4", "wav2vec"]


def test_what_abstracts_are_made_of_says_nothing_alone():
    assert [telling for _, telling in stems("learning")] == [False]
    assert [telling for _, telling in stems("bandit")] == [True]


def test_compounds_are_their_parts_but_prefixes_belong_to_what_follows():
    assert _stems("vision-language") == ["vision", "languag"]
    assert _stems("self-supervised") == _stems("selfsupervised")


def test_words_are_read_without_what_stands_around_them():
    assert [readable(word) for word in split("(“Łódź”), -x-ray- `BERT`.")] == ["Łódź", "x-ray", "BERT"]
