import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.normal import fold, title_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("VILA^2: a Title", "$VILA^2$: A title"),
        ("VILA^2: a Title", "VILA2: a title"),
        ("VILA²: a Title", "VILA$^2$ – a title"),
        ("Pre-training of Models", "Pretraining of models"),
        ("Pre training of Models", "Pre-Training of  Models."),
        ("Łódź façade", "LODZ FACADE"),
        (r"$\alpha$-VAE", "α-VAE"),
        ("Alpha-VAE", "α-VAE"),
        ("GPT-4", "GPT 4"),
        ("Search & Rescue @ Home", "Search and rescue at home"),
        ("The ﬁne line", "The fine line"),
        ("Learningx2013again", "Learning – again"),
    ],
)
def test_two_spellings_of_a_title_have_one_key(one, other):
    assert title_key(one) == title_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Keye-VL Report", "Keye-VL 1.5 Report"),
        ("Model 1.5", "Model 15"),
        ("Model 1.5", "Model 1 5"),
        ("Llama 2 7B", "Llama 27B"),
        ("Learning C", "Learning C++"),
        ("Learning C#", "Learning C++"),
        ("🎉", "🔥"),
        ("训练", "微调"),
    ],
)
def test_two_works_have_two_keys(one, other):
    assert title_key(one) != title_key(other)


def test_marks_that_a_script_needs_stay():
    assert fold("हिन्दी") == "हिन्दी"


@given(st.text())
def test_a_folded_text_stays_folded(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="$\\{}~-`x0123456789"), max_size=30))
def test_case_does_not_matter(title):
    assert title_key(title.upper().lower()) == title_key(title.upper().lower().upper().lower())


@given(st.text(min_size=1).filter(str.strip))
def test_no_title_is_without_a_key(title):
    assert title_key(title)
