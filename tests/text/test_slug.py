import re

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.text.normal import fold
from sitegen.text.slug import slug, tag_slug
from sitegen.text.tex import plain

RESERVED = {"index", "con", "prn", "aux", "nul"} | {
    f"{port}{n}" for port in ("com", "lpt") for n in range(10)
}


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("COSMO: COntrastive Pre-Training", "cosmo-contrastive-pre-training"),
        ("$VILA^2$: VILA Augmented VILA", "vila2-vila-augmented-vila"),
        ("Don't stop: naïve façades", "dont-stop-naive-facades"),
        ("α-VAE and TD(λ)", "alpha-vae-and-td-lambda"),
        ("Straße Ærø", "strasse-aero"),
        ("Model 1.5 (v2)", "model-1-5-v2"),
        ("A & B", "a-and-b"),
    ],
)
def test_a_title_of_words_is_its_words(title, name):
    assert slug(title) == name


@pytest.mark.parametrize(
    "title",
    ["", " ", "🎉", "微调", "../../x", "<script>", "CON", "aux", "index", "x" * 300, "a b " * 80, "x.", "..", "\x00", "\ud800", "\u202e", "-" * 90],
)  # fmt: skip
def test_a_title_from_hell_has_a_safe_name(title):
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug(title))
    assert len(slug(title)) <= 80


def test_names_do_not_depend_on_the_run():
    assert slug("微调") == "x-85cda95c54"
    assert slug("CON") == "con-cb66561fa5"
    assert slug("word " * 60) == "word-" * 13 + "word-0732ad82e4"


@given(st.text())
def test_every_slug_is_short_ascii_and_no_device(title):
    name = slug(title)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name)
    assert len(name) <= 80
    assert name not in RESERVED


@given(st.text(alphabet=list("ab微调🎉<>é "), min_size=1), st.text(alphabet=list("ab微调🎉<>é "), min_size=1))
def test_what_has_no_ascii_form_is_still_told_apart(one, other):
    assume(" ".join(fold(plain(one)).split()) != " ".join(fold(plain(other)).split()))
    assume(not (one + other).isascii())
    if not (fold(one) + fold(other)).isascii():
        assert slug(one) != slug(other)


@given(st.text(alphabet="abcdefgh ", min_size=90), st.text(alphabet="abcdefgh ", min_size=90))
def test_titles_that_are_cut_are_still_told_apart(one, other):
    assume(one.split() != other.split())
    assume(len(slug(one)) > 60)
    assert slug(one) != slug(other)


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("C", "c"),
        ("C++", "c-plus-plus"),
        ("c#", "c-sharp"),
        ("F#", "f-sharp"),
        (".NET", "dot-net"),
        ("Node.js", "node-js"),
        ("LLM", "llm"),
        ("llm", "llm"),
        ("#llm", "llm"),
        ("few_shot", "few-shot"),
        ("R&D", "r-and-d"),
    ],
)
def test_labels_that_look_alike_stay_apart_and_spellings_of_one_meet(label, name):
    assert tag_slug(label) == name
