import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.names import display_name, full_name


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Wool, Ada", "Ada Wool"),
        ("Ada Wool", "Ada Wool"),
        ("Wool,Ada  B.", "Ada B. Wool"),
        ("van der Berg, Jan", "Jan van der Berg"),
        ("Berg, Jan van der", "Jan van der Berg"),
        ("de la Fontaine, Jean", "Jean de la Fontaine"),
        ("Wool, Jr., Ada", "Ada Wool Jr."),
        ("Wool, Ada, Jr.", "Ada Wool Jr."),
        ("Wool, Ada, III", "Ada Wool III"),
        ("Ada Wool, Jr.", "Ada Wool Jr."),
        ("Wool, V. I.", "V. I. Wool"),
        ("Wool, V.", "V. Wool"),
        ("Wool, AG", "AG Wool"),
        ("Acme, Inc.", "Acme, Inc."),
        ("Needles, Co., Ltd.", "Needles, Co., Ltd."),
        ("Knitters,", "Knitters"),
        (", Ada", "Ada"),
        ("The Wool Collaboration", "The Wool Collaboration"),
        ("Institute of Yarn, Faculty of Loops, Needle Street", "Institute of Yarn, Faculty of Loops, Needle Street"),
        ("O'Needle, Síofra", "Síofra O'Needle"),
        ("山田, 太郎", "山田太郎"),
        ("山田 太郎", "山田 太郎"),
        ("김, 철수", "김철수"),
        ("Шерсть, Анна", "Анна Шерсть"),
        ("", ""),
        (" , ", ""),
    ],
)  # fmt: skip
def test_a_name_stands_in_the_order_in_which_it_is_read(written, read):
    assert display_name(written) == read


def test_parts_that_are_missing_leave_no_gap():
    assert full_name("", "Wool") == "Wool"
    assert full_name("Ada", "") == "Ada"
    assert full_name("Ada", "Wool", "van den", "Jr.") == "Ada van den Wool Jr."


@given(st.text())
def test_a_name_in_reading_order_is_left_alone(text):
    once = display_name(text)
    if once.count(",") == 0:
        assert display_name(once) == once


@given(st.text(alphabet="ab, jrJR.\u5c71"))
def test_nothing_of_a_name_is_lost_but_commas(text):
    assert sorted(display_name(text).replace(",", "").replace(" ", "")) == sorted(
        "".join(text.replace(",", "").split())
    )
