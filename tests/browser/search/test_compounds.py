"""What is written as one word here is written as two, or with a hyphen, there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from searching import found, indexed, search, site_of

from sitegen.model.paper import Paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Page as Tab
    from searching import Index

pytestmark = pytest.mark.browser

TEXTS = {
    "one": "Pretraining with a dataset of many pictures",
    "two": "Pre-training after all; it is multimodal",
    "three": "Pre training once more, by backpropagation",
    "tuned": "A fine-tuning recipe, multi-modal and slow",
    "keys": "A keyboard that was found in Finland",
    "set": "Data that a set of rules has made, trained before",
    "back": "Back from propagation of errors",
}


@pytest.fixture(scope="module")
def few(www: tuple[Path, str]) -> Iterator[Index]:
    """Papers so few that no word is met in two spellings often enough for the build to learn from it."""
    return _titled(TEXTS, www[0] / "compounds", www[1])


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("pretraining", {"one", "two", "three"}),
        ("pre-training", {"one", "two", "three"}),
        ("pre training", {"one", "two", "three"}),
        ("pretrain", {"one", "two", "three"}),
        ("finetuning", {"tuned"}),
        ("fine-tuning", {"tuned"}),
        ("multimodal", {"two", "tuned"}),
        ("multi-modal", {"two", "tuned"}),
        ("multi modal", {"two", "tuned"}),
        ("dataset", {"one"}),
        ("key board", {"keys"}),
    ],
)
def test_a_compound_is_found_joined_hyphenated_and_apart(tab: Tab, few: Index, query: str, wanted: set[str]):
    assert {*found(tab, few, query)[: len(wanted)]} == wanted


VERSIONS = {
    "l3a": "LLaMA-3 as a judge",
    "l3b": "Judged by LLaMA-3",
    "l2a": "LLaMA-2 from within",
    "l2b": "Looking into LLaMA-2",
    "g3": "GPT3 draws maps",
    "g4": "GPT4 draws maps",
}


@pytest.fixture(scope="module")
def versions(www: tuple[Path, str]) -> Iterator[Index]:
    return _titled(VERSIONS, www[0] / "versions", www[1])


def _titled(texts: dict[str, str], folder: Path, address: str) -> Index:
    papers = tuple(Paper(id=key, title=text) for key, text in texts.items())
    return indexed(site_of(papers), folder, address)


@pytest.mark.parametrize("query", ["llama2", "llama-2", "LLaMA 2"])
def test_a_name_with_its_number_is_found_where_all_papers_write_it_in_two(
    tab: Tab, versions: Index, query: str
):
    [answer] = search(tab, versions, [query])
    assert {hit["card"]["id"] for hit in answer["hits"][:2]} == {"l2a", "l2b"}
    assert "didYouMean" not in answer


@pytest.mark.parametrize("query", ["gpt4", "GPT-4", "gpt 4"])
def test_a_name_and_its_number_are_found_where_all_papers_write_them_in_one(
    tab: Tab, versions: Index, query: str
):
    [answer] = search(tab, versions, [query])
    assert answer["hits"][0]["card"]["id"] == "g4"
    assert "didYouMean" not in answer


def test_two_words_are_both_one_word_and_two(tab: Tab, few: Index):
    assert {*found(tab, few, "data set")} == {"one", "set"}


def test_one_word_is_no_two_words_that_stand_apart(tab: Tab, few: Index):
    assert found(tab, few, "backpropagation") == ["three"]


def test_exactly_lunr_joins_nothing(tab: Tab, few: Index):
    assert found(tab, few, "finetuning", exact=True) == found(tab, few, "multimodal", exact=True)[1:] == []
