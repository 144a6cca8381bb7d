"""The stems are lunr.py's own, of any word."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st
from lunr.stemmer import porter_stemmer

from sitegen.search.stemmer import stem

ENDINGS = (
    *("s", "es", "sses", "ies", "ss", "ed", "eed", "ing", "at", "bl", "iz", "y", "e", "ll", "l"),
    *(
        "ational",
        "tional",
        "enci",
        "anci",
        "izer",
        "bli",
        "alli",
        "entli",
        "eli",
        "ousli",
        "ization",
        "ation",
    ),
    *("ator", "alism", "iveness", "fulness", "ousness", "aliti", "iviti", "biliti", "logi", "icate", "ative"),
    *(
        "alize",
        "iciti",
        "ical",
        "ful",
        "ness",
        "al",
        "ance",
        "ence",
        "er",
        "ic",
        "able",
        "ible",
        "ant",
        "ement",
    ),
    *("ment", "ent", "ion", "sion", "tion", "ou", "ism", "ate", "iti", "ous", "ive", "ize"),
)
BEGINNINGS = st.text("aeiouybcdflnstwxz1é深-", max_size=6)


def test_all_short_words_have_the_stems_that_lunr_gives_them():
    letters = "aeybdglnstwz"
    words = ["".join(each) for size in range(1, 5) for each in product(letters, repeat=size)]
    assert [stem(word) for word in words] == [porter_stemmer.stem(word) for word in words]


@settings(max_examples=2_000)
@given(BEGINNINGS, st.lists(st.sampled_from(ENDINGS), min_size=1, max_size=3))
def test_words_with_every_ending_have_the_stems_that_lunr_gives_them(beginning, endings):
    word = beginning + "".join(endings)
    assert stem(word) == porter_stemmer.stem(word)


@given(st.text(min_size=1))
def test_any_other_text_has_the_stem_that_lunr_gives_it(text):
    assert stem(text) == porter_stemmer.stem(text)
