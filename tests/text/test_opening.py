import json
import lzma

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.opening import opening
from sitegen.text.tex import pieces


@pytest.mark.parametrize(
    ("text", "most", "expected"),
    [
        ("", 10, ""),
        ("Short.", 10, "Short."),
        ("One. Two. Three.", 12, "One. Two."),
        ("One! Two? Three.", 12, "One! Two?"),
        ("One “two.” Three four.", 14, "One “two.”"),
        ("A gain of 2.5 points. And more.", 25, "A gain of 2.5 points."),
        ("Seen, e.g. By us, i.e. Them. Then on.", 30, "Seen, e.g. By us, i.e. Them."),
        ("By J. Lee et al. 2020. And so on.", 27, "By J. Lee et al. 2020."),
        ("The .NET one. of many. More", 24, "The .NET one. of many."),
        ("We ask: is $a. B$ so. Then.", 21, "We ask: is $a. B$ so."),
        (r"See \emph{this. And that} too. Then.", 31, r"See \emph{this. And that} too."),
        ("這是第一句。這是第二句。這是第三句。", 13, "這是第一句。這是第二句。"),
        ("No sentence, that would end", 13, "No sentence …"),
        ("Wordwithoutanyblank", 5, "Wordw …"),
        ("這是沒有句號的一段很長的文字", 6, "這是沒有句號 …"),
        ("{We {use braces. They never close.", 20, "{We {use braces."),
        ("One {two three four. Five six.", 20, "One {two three four."),
        ("{One two three four five six}", 15, "{One two three …"),
        (r"ab\alphabet", 6, "ab …"),
        (r"ab\$cd", 3, "ab …"),
        ("abc$x + y$", 5, "abc …"),
        (r"$a \le b \le c \le d$ follows.", 8, "…"),
    ],
)
def test_an_opening_has_whole_sentences(text, most, expected):
    assert opening(text, most) == expected


WRITTEN = st.lists(
    st.sampled_from(
        [*"ab. $ { } \\", "One. ", "Two? ", "$x. Y$ ", r"\emph{a. B} ", r"\( c. D \) ", "。", "\n"]
    )
).map("".join)


@given(WRITTEN, st.integers(1, 40))
def test_an_opening_is_a_beginning_that_cuts_no_formula(text, most):
    short = opening(text, most)
    kept = short.removesuffix("…").rstrip()
    assert text.startswith(kept)
    if short != text:
        assert len(kept) <= most
        assert not any(formula and start <= len(kept) < end for start, end, formula in pieces(text))
        assert text[len(kept) :].strip()


@given(WRITTEN | st.text(), st.integers(1, 40))
def test_an_opening_is_never_longer_than_asked_for_but_for_the_dots(text, most):
    assert len(opening(text, most).rstrip()) <= most + len(" …")


def test_openings_of_real_abstracts_are_most_of_the_room(real_papers):
    with lzma.open(real_papers, "rt", encoding="utf-8") as lines:
        texts = [json.loads(line)["abstract"] for line, _ in zip(lines, range(1000), strict=False)]
    lengths = sorted(len(opening(text, 550)) for text in texts if len(text) > 550)
    assert lengths[len(lengths) // 2] > 400
    assert lengths[-1] <= 552
