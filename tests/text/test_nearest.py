"""Did you mean …?"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.nearest import Nearest

_TITLES = [
    "Attention Is All You Need",
    "Deep Learning",
    "Deep Kernels",
    "Çedilla Gates",
    "attention-is-all-you-need",
]


@pytest.mark.parametrize(
    ("word", "near"),
    [
        ("Atention is al you ned", "Attention Is All You Need"),
        ("atention-is-all-you-need", "attention-is-all-you-need"),
        ("deep kernals", "Deep Kernels"),
        ("cedila gates", "Çedilla Gates"),
        ("Submodular Cuts", ""),
        ("", ""),
    ],
)
def test_the_nearest_known_text_or_nothing(word, near):
    assert Nearest(_TITLES).to(word) == near


def test_a_hint_is_a_question_or_nothing():
    assert Nearest(_TITLES).hint("deep kernals") == "did you mean 'Deep Kernels'?"
    assert Nearest([]).hint("deep kernals") == ""


@given(st.lists(st.text(max_size=12), max_size=5), st.text(max_size=12))
def test_any_text_gets_a_known_text_or_nothing(known, word):
    assert Nearest(known).to(word) in {*known, ""}


def test_what_holds_all_the_words_is_meant_before_what_is_spelt_alike():
    known = Nearest(["Deep Kernels", "Kernels for $N^2$ Gates", "Kernel"])
    assert known.meant("kernels") == ("Deep Kernels", "Kernels for $N^2$ Gates")
    assert known.meant("gates n^2") == ("Kernels for $N^2$ Gates",)
    assert known.meant("depe kernels") == ("Deep Kernels",)
    assert known.meant("") == ()


def test_a_hint_names_a_few_and_counts_the_many():
    known = Nearest(["A kernel", "B kernel", "C kernel", "D kernel", "A gate", "B gate"])
    assert known.hint_by_words("gate") == "did you mean 'A gate' or 'B gate'?"
    assert known.hint_by_words("kernel") == "4 have these words, such as 'A kernel', 'B kernel', 'C kernel'"
    assert known.hint_by_words("quokka") == ""
