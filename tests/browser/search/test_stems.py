"""The browser's words and stems are those of the index: lunr.py's."""

from __future__ import annotations

import json
import lzma
import re

import pytest
from lunr.stemmer import stemmer
from lunr.token import Token
from searching import WORDS

pytestmark = pytest.mark.browser


def test_words_and_their_stems_are_lunr_pys(tab):
    suffixes = [
        "s",
        "es",
        "ed",
        "ing",
        "ies",
        "sses",
        "eed",
        "ational",
        "tional",
        "enci",
        "izer",
        "bli",
        "alli",
        "ousli",
        "ization",
        "ation",
        "alism",
        "iveness",
        "biliti",
        "logi",
        "icate",
        "ative",
        "alize",
        "iciti",
        "ful",
        "ness",
        "ance",
        "ement",
        "ion",
        "ou",
        "ism",
        "e",
        "y",
        "ll",
    ]
    stems = [
        "a",
        "y",
        "by",
        "ha",
        "rel",
        "hopp",
        "fall",
        "syzyg",
        "agr",
        "feed",
        "controll",
        "activ",
        "𝒜𝒜",
        "b𝒜o",
        "ye",
        "gener",
        "oscill",
        "ties",
    ]
    words = {stem + suffix + more for stem in stems for suffix in suffixes for more in ("", "s", "ly")}
    words.update(WORDS)
    words = sorted(word.lower() for word in words)
    stemmed = tab.evaluate(
        "async (words) => { const { stem } = await import('/js/stemmer.js'); return words.map(stem); }", words
    )
    assert dict(zip(words, stemmed, strict=True)) == {word: stemmer(Token(word)).string for word in words}


def test_every_word_of_ten_thousand_papers_has_lunr_pys_stem(tab, real_papers):
    with lzma.open(real_papers) as lines:
        words = sorted(
            {word for line in lines for word in re.findall(r"[^\s\-]+", json.loads(line)["abstract"].lower())}
        )
    stemmed = tab.evaluate(
        "async (words) => { const { stem } = await import('/js/stemmer.js'); return words.map(stem); }", words
    )
    assert dict(zip(words, stemmed, strict=True)) == {word: stemmer(Token(word)).string for word in words}
