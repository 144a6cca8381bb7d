import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.text.tex import Segment, plain, segments

TEX = st.text(alphabet=list("ab1 .,$\\{}[]()_^~-`'x2013\"é"), max_size=60)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("$VILA^2$: a name", "VILA^2: a name"),
        (r"a gain of 72\% \& more", "a gain of 72% & more"),
        (r"our \ModelName, and \ModelName{} again", "our ModelName, and ModelName again"),
        ("f_{stack} of C_{a b}", "f_stack of C_(a b)"),
        (r"\textbf{bold \emph{and} slanted}", "bold and slanted"),
        (r"{\em old} {\bf style}", "old style"),
        (r"\'{e}t\'e, na\"{\i}ve, G{\"o}del, Fran\c{c}ois, Erd\H{o}s", "été, naïve, Gödel, François, Erdős"),
        (r"\o re, Stra\ss e, \L{}\'od\'z", "øre, Straße, Łódź"),
        ("2018--2020 --- or --flag", "2018–2020 — or --flag"),
        ("``quoted'' and f''(x)", "“quoted” and f”(x)"),
        ("f''(x)", "f''(x)"),
        ("a model~(Ours), i.e.~it, Version~2", "a model (Ours), i.e. it, Version 2"),
        ("~10% of 2.5~3.5x (~billions)", "~10% of 2.5~3.5x (~billions)"),
        ("from scratchx2013even", "from scratch–even"),
        ("the modelx2019s", "the model’s"),
        ("0x2013 and x20139", "0x2013 and x20139"),
        (r"at \url{https://x.org/a_b~c}", "at https://x.org/a_b~c"),
        ("https://x.org/{https://x.org/}", "https://x.org/"),
        (r"\href{https://x.org}{here}", "https://x.org (here)"),
        (r"as shown \cite{one,two}\footnote{not by us}", "as shown [one,two] (not by us)"),
        (r"$\tilde{O}(\sqrt{T\log T})$", "Õ(√(T log T))"),
        (r"$\frac{1}{2}$ or \(\frac{a+b}{n}\)", "1/2 or (a+b)/n"),
        (r"$\epsilon$-greedy, $x \leq \infty$", "ε-greedy, x ≤ ∞"),
        (r"an unclosed \textit{argument", "an unclosed argument"),
        (r"a set \{a, b\} and {c, d}", "a set {a, b} and {c, d}"),
        ("the {SkillNet} model", "the SkillNet model"),
        ("a lone \\", "a lone \\"),
    ],
)
def test_leftovers_of_tex_read_as_they_were_meant(written, read):
    assert plain(written) == read


@pytest.mark.parametrize(
    ("written", "formulas"),
    [
        ("the $k$-th", ["k"]),
        ("costs $5 and $6", []),
        ("costs $5, and $x$ is math", ["x"]),
        ("US$5", []),
        (r"a \$ sign, not $a\$b$", [r"a\$b"]),
        (r"\(a\) and \[b\] and $$c$$", ["a", "b", "c"]),
        ("$ not a formula $", []),
        ("$$", []),
        ("$a", []),
        (r"\(a", []),
    ],
)
def test_a_formula_is_told_from_money(written, formulas):
    assert [piece.text for piece in segments(written) if piece.math] == formulas


def test_words_around_a_formula_are_repaired_and_the_formula_is_not():
    assert segments(r"72\% of $\frac{1}{2}$~(half)") == (
        Segment(math=False, text="72% of "),
        Segment(math=True, text=r"\frac{1}{2}"),
        Segment(math=False, text=" (half)"),
    )


def test_an_empty_text_has_no_segments():
    assert segments("") == ()


@given(st.text())
def test_any_text_is_read(text):
    assert isinstance(plain(text), str)
    assert all(piece.text or not piece.math for piece in segments(text))


@given(TEX)
def test_no_letter_or_digit_is_lost(text):
    words = text.replace("x20", "")  # which is a lost character, not three
    assert sum(map(str.isdigit, plain(words))) >= sum(map(str.isdigit, words))


@given(st.text(alphabet=st.characters(exclude_characters="$\\{}~-`x"), max_size=200))
def test_a_text_without_tex_is_itself(text):
    assert plain(text) is text


@pytest.mark.parametrize(
    "piece",
    [
        "$",
        "[",
        "{",
        "\\",
        "$a ",
        "\\(",
        "\\[",
        "\\textbf{",
        "{\\em ",
        "_{",
        "}",
        "`",
        "--",
        "\\frac{",
        "$$a",
        "\\'{",
        "https://{",
    ],
)
def test_a_hundred_thousand_of_anything_come_back(piece):
    # In quadratic time this would be minutes each, not a tenth of a second.
    assert plain(piece * 100_000) is not None
    assert segments(piece * 100_000)


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("a risk of mathcal{O}(mathcal{C_Phi/m} + mathcal{C_Psi/n})", "a risk of O(C_Phi/m + C_Psi/n)"),
        ("mathcal{O}(mathcal{C_{Phi circ Psi}/n})", "O(C_(Phi circ Psi)/n)"),
        ("emph{what} text{and} textbf{how}", "what and how"),
        ("frac{a}{b} and 2sqrt{n+1}", "a/b and 2√(n+1)"),
        ("weights W^star and x^top", "weights W^⋆ and x^⊤"),
        ("including Wukong{ViT-B} and more", "including Wukong (ViT-B) and more"),
        ("a mild ''informative'' condition, (''so'')", "a mild “informative” condition, (“so”)"),
    ],
)
def test_commands_that_lost_their_backslash_are_known_all_the_same(source, shown):
    assert plain(source) == shown
    assert segments(source) == (Segment(math=False, text=shown),)


@pytest.mark.parametrize(
    "text",
    [
        "context{x}",
        "a set{a,b}",
        "2^stars",
        "^star",
        "5'' wide and 3'' high",
        "f'' and g''",
        "an unclosed ''quote",
        "set{X}",
        "BER{TSum}",
    ],
)
def test_what_only_resembles_a_lost_command_stays(text):
    assert plain(text) == text
