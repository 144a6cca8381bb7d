"""Words and phrases in titles and abstracts."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.curate.words import Words
from sitegen.model.paper import Paper


def _found(pattern: str, text: str) -> bool:
    return pattern in Words([pattern]).find(Paper(id="x", title="", abstract=text)).anywhere


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("LLM", "an llm, at last"),
        ("LLM*", "many LLMs"),
        ("trans*", "Transformers translate"),
        ("chain of thought", "Chain-of-Thought prompting"),
        ("chain-of-thought", "a chain of  thought"),
        ("multi-modal", "multimodal"),
        ("multi-modal", "multi modal"),
        ("C++", "in C++, fast"),
        ("c#", "C# and F#"),
        ("naïve bayes", "Naive Bayes"),
        ("naive bayes", "the “Naïve–Bayes” rule"),
        ("language model*", "large language modelling"),
        ("pre* train*", "the pretext trained"),
        ("扩散", "扩散 模型"),
        ("GPT-4", "gpt 4o? no: GPT-4."),
    ],
)
def test_finds(pattern, text):
    assert _found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("LLM", "LLMs"),
        ("c", "C++ and C#"),
        ("trans*", "a neurotransmitter"),
        ("language model", "language of models"),
        ("language model", "language models"),
        ("language model", "model language"),
        ("a b a", "a b b a"),
        ("*", "anything"),
        ("", "anything"),
        ("- -", "a - - b"),
        ("gpt-4", "gpt-41"),
    ],
)
def test_does_not_find(pattern, text):
    assert not _found(pattern, text)


def test_what_stands_in_the_title_is_told_from_what_stands_anywhere():
    found = Words(["alpha", "beta", "gamma"]).find(
        Paper(id="x", title="Alpha", abstract="beta", summary="**Gamma**")
    )
    assert (found.title, found.anywhere) == ({"alpha"}, {"alpha", "beta", "gamma"})


def test_a_phrase_does_not_reach_from_the_title_into_the_abstract():
    assert not Words(["deep end"]).find(Paper(id="x", title="Deep", abstract="end")).anywhere


_words = st.lists(st.sampled_from(["a", "ab", "abc", "b", "bc", "c++"]), min_size=1, max_size=3)


@given(st.lists(_words, min_size=1, max_size=4), st.lists(_words, max_size=4))
def test_many_patterns_at_once_find_what_each_would_by_a_plain_search(patterns, text):
    written = [" ".join(words) for words in patterns] + [" ".join(words) + "*" for words in patterns]
    body = " ".join(word for words in text for word in words)
    expected = {
        pattern
        for pattern in written
        if re.search(rf"(^| ){re.escape(pattern.rstrip('*'))}{'' if pattern[-1] == '*' else '( |$)'}", body)
    }
    assert Words(written).find(Paper(id="x", title="", abstract=body)).anywhere == expected
