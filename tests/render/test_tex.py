import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markupsafe import Markup

from sitegen.render.mathml import LONGEST, mathml
from sitegen.render.tex import tex

ELEMENTS = frozenset(
    "math mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup "  # noqa: SIM905
    "msup mtable mtd mtext mtr munder munderover span bdi".split()
)
ATTRIBUTES = frozenset(
    "alttext display class accent accentunder displaystyle fence largeop movablelimits separator stretchy symmetric "  # noqa: SIM905
    "depth height linethickness lspace maxsize minsize rspace voffset width columnspan form mathvariant rowspan "
    "scriptlevel".split()
)


def fragment(markup):
    """The markup as a browser's tree would hold it; a parse error fails the test."""
    # XML forbids characters that HTML forgives, and that are replaced where bytes are made.
    readable = re.sub("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", "\ufffd", str(markup))
    return ET.fromstring(f"<p>{readable}</p>")


def assert_harmless(markup):
    for element in fragment(markup).iter():
        assert element.tag in ELEMENTS | {"p"}
        assert set(element.attrib) <= ATTRIBUTES
        assert element.get("class", "math-source") == "math-source"


def test_what_draws_formulas_is_not_loaded_before_there_is_one():
    code = "import sys, sitegen.render.tex as t; t.tex('a $5'); sys.exit('latex2mathml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class TestTitles:
    def test_text_is_escaped(self):
        assert tex("a<b & <script>\"'") == Markup("a&lt;b &amp; &lt;script&gt;&#34;&#39;")

    def test_formulas_are_drawn_and_keep_their_source(self):
        assert tex("VILA$^2$ & co") == Markup(
            'VILA<math alttext="^2"><msup><mi></mi><mn>2</mn></msup></math> &amp; co'
        )

    def test_what_tex_left_is_repaired(self):
        assert tex(r"72\% of it") == "72% of it"

    def test_titles_never_go_through_markdown(self):
        assert tex("*a* [b](c) <i>d</i>") == "*a* [b](c) &lt;i&gt;d&lt;/i&gt;"

    def test_text_that_could_turn_its_surroundings_is_isolated(self):
        assert tex("a\u202eb<") == Markup("<bdi>a\u202eb&lt;</bdi>")
        assert tex("é漢") == "é漢"

    @pytest.mark.parametrize(
        "text",
        [
            r"$\href{javascript:alert(1)}{x}$",
            r"$\style{color:red}{x}$",
            r"$\class{card}{x}$",
            r"$\text{<script>alert(1)</script>}$",
            r'$x"><img src=x onerror=alert(1)>$',
            r"$\unicode{x3c}script\unicode{x3e}$",
            r"$&lt;script&gt;$",
            r"$\mathrm{</math><script>}$",
            "$\\text{\x00\ud800}$",
            "<math href='javascript:alert(1)'>x</math>",
        ],
    )
    def test_nothing_runs_through_a_formula(self, text):
        assert_harmless(tex(text))

    @settings(max_examples=200, deadline=None)
    @given(st.text(alphabet=r"\${}()[]^_&%~<>\"' abfrctexml1", max_size=60))
    def test_any_title_gives_a_well_formed_fragment(self, text):
        assert_harmless(tex(text))

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=60))
    def test_any_text_returns(self, text):
        assert_harmless(tex(text))


class TestFormulas:
    @pytest.mark.parametrize(
        ("source", "drawn"),
        [
            ("x^2", "<msup><mi>x</mi><mn>2</mn></msup>"),
            (r"\mathbb{R}", "<mi>ℝ</mi>"),
            (r"\mathbf{x}", "<mi>𝐱</mi>"),
            (r"\mathcal{O}", "<mi>𝒪</mi>"),
            (r"\mathfrak{C}", "<mi>ℭ</mi>"),
            (r"\mathsf{A}", "<mi>𝖠</mi>"),
            (r"\boldsymbol{\theta}", "<mi>𝜽</mi>"),
            ("a<b", "<mi>a</mi><mo>&lt;</mo><mi>b</mi>"),
        ],
    )
    def test_it_is_drawn_with_what_every_browser_knows(self, source, drawn):
        assert f">{drawn}</math>" in mathml(source)

    @pytest.mark.parametrize(
        "source",
        [
            r"\poly(n)",
            "x" * (LONGEST + 1),
            "{" * 500,
            r"\frac",
            "x_{" * 400 + "}" * 400,
            "%",
            r"\left( x",
        ],
    )
    def test_what_cannot_be_drawn_is_shown_as_its_source(self, source):
        assert mathml(source) == Markup('<span class="math-source">{}</span>').format(source)

    def test_a_block_is_displayed(self):
        assert mathml("x", block=True) == Markup('<math alttext="x" display="block"><mi>x</mi></math>')
