import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.texts import Texts, UnknownTextError

CATALOGUE = {
    "papers": {"one": "{n} paper", "other": "{n} papers"},
    "by": "by {name}",
    "range": "{first} to {last}",
    "braces": "a {b} {c",
}


def test_one_and_other_are_chosen_by_n():
    texts = Texts("en", CATALOGUE)
    assert [texts("papers", n=n) for n in (0, 1, 2)] == ["0 papers", "1 paper", "2 papers"]


def test_french_counts_nothing_as_one_and_japanese_never_counts_one():
    assert Texts("fr-CA", CATALOGUE)("papers", n=0) == "0 paper"
    assert Texts("ja", CATALOGUE)("papers", n=1) == "1 papers"


def test_a_text_without_a_form_for_one_uses_the_other():
    assert Texts("en", {"papers": {"other": "{n} papers"}})("papers", n=1) == "1 papers"


def test_numbers_are_grouped_as_the_language_does():
    assert Texts("en", CATALOGUE)("papers", n=1234567) == "1,234,567 papers"
    assert Texts("de", CATALOGUE)("papers", n=1234) == "1.234 papers"
    assert Texts("sv", CATALOGUE)("papers", n=1234) == "1\N{NARROW NO-BREAK SPACE}234 papers"


def test_a_value_is_never_taken_for_a_pattern():
    texts = Texts("en", CATALOGUE)
    assert texts("range", first="{last}", last="{first}") == "{last} to {first}"
    assert texts("by", name=r"\1 {name}") == r"by \1 {name}"


def test_braces_that_name_no_value_stay():
    assert Texts("en", CATALOGUE)("braces", x=1) == "a {b} {c"


def test_a_key_that_is_not_there_is_an_error_that_names_the_nearest():
    with pytest.raises(UnknownTextError) as raised:
        Texts("en", CATALOGUE)("paper")
    assert str(raised.value) == "there is no text 'paper'"
    assert raised.value.hint == "did you mean 'papers'?"


def test_a_key_is_in_the_texts_or_not():
    texts = Texts("en", CATALOGUE)
    assert "papers" in texts
    assert "paper" not in texts


@given(st.integers())
def test_grouping_adds_nothing_but_separators(n):
    assert Texts("en", {}).number(n).replace(",", "") == str(n)
