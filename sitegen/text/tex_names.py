"""TeX's names of characters, as far as titles and abstracts use them."""

from __future__ import annotations

_GREEK = (
    "alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ vartheta θ iota ι kappa κ lambda λ mu μ "
    "nu ν xi ξ pi π varpi π rho ρ varrho ρ sigma σ varsigma ς tau τ upsilon υ phi φ varphi φ chi χ psi ψ omega ω "
    "Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω"
)
_LETTERS = "ss ß o ø O Ø l ł L Ł ae æ AE Æ oe œ OE Œ aa å AA Å i ı j ȷ dh ð DH Ð th þ TH Þ"
_SIGNS = (
    "times × cdot · div ÷ pm ± mp ∓ ast * star ⋆ circ ∘ bullet • oplus ⊕ otimes ⊗ odot ⊙ dagger † ddagger ‡ "
    "leq ≤ le ≤ leqslant ≤ geq ≥ ge ≥ geqslant ≥ neq ≠ ne ≠ ll ≪ gg ≫ approx ≈ sim ∼ simeq ≃ cong ≅ equiv ≡ propto ∝ "
    "in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ emptyset ∅ varnothing ∅ "
    "forall ∀ exists ∃ neg ¬ land ∧ wedge ∧ lor ∨ vee ∨ perp ⊥ top ⊤ bot ⊥ mid | vert | Vert ‖ parallel ∥ "
    "to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ mapsto ↦ uparrow ↑ "
    "downarrow ↓ longrightarrow → sum ∑ prod ∏ int ∫ partial ∂ nabla ∇ infty ∞ ell ℓ hbar ℏ Re ℜ Im ℑ aleph ℵ "
    "langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ sqrt √ prime ′ degree ° angle ∠ triangle △ square □ "
    "checkmark ✓ ldots … dots … cdots ⋯ textellipsis … textasciitilde ~ textasciicircum ^ textbackslash \\ "
    "textbraceleft { textbraceright } textless < textgreater > textbar | textunderscore _ textdollar $ textquotesingle ' textbullet • "
    "textendash – textemdash — textquoteright ’ textquoteleft ‘ textregistered ® texttrademark ™ copyright © "
    "S § P ¶ pounds £ euro € item • lbrace { rbrace } ie i.e. eg e.g. etc etc. etal et\u00a0al."
)


def _table(text: str) -> dict[str, str]:
    words = text.split(" ")
    return dict(zip(words[::2], words[1::2], strict=True))


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split(" "))


LETTERS = _table(_LETTERS)
"""Letters that are no ASCII: as words of running text they swallow the space after them."""

SYMBOLS = (
    _table(_GREEK)
    | _table(_SIGNS)
    | {"etal": "et al.", "quad": " ", "qquad": " ", "newline": " ", "par": " "}
)
"""Everything else that has a character of its own."""

SWITCHES = _words(
    "em it bf rm tt sc sl sf bfseries itshape ttfamily scshape normalfont small large displaystyle textstyle limits "
    "nolimits left right mleft mright middle big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr noindent centering "
    "xspace protect"
)
"""What changes the look of what follows and says nothing."""

WRAPPERS = _words(
    "textbf textit emph texttt textsc textrm textsf textsl textup textmd text mbox hbox underline uline url nolinkurl "
    "mathcal mathbb mathbf mathrm mathsf mathtt mathit mathscr mathfrak boldsymbol bm pmb operatorname ensuremath "
    "mathnormal mathop textnormal ref eqref label"
)
"""What changes the look of its argument and says nothing."""

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", "=": "\u0304", "u": "\u0306", ".": "\u0307", '"': "\u0308",
    "r": "\u030a", "H": "\u030b", "v": "\u030c", "d": "\u0323", "c": "\u0327", "k": "\u0328", "b": "\u0331",
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "Tilde": "\u0303", "bar": "\u0304",
    "overline": "\u0304", "dot": "\u0307", "ddot": "\u0308", "acute": "\u0301", "grave": "\u0300", "check": "\u030c", "breve": "\u0306",
}  # fmt: skip
"""Combining characters by the names of accents, of text and of formulas."""
