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
