"""Normal forms, for comparing and never for showing."""

from __future__ import annotations

import re
import unicodedata

from sitegen.text.tex import plain


def fold(text: str) -> str:
    """Lower case without accents: `Łódź` and `lodz` are one. Compatibility forms (`ﬁ`, `²`, `Ａ`) become plain ones.

    Marks of scripts that cannot be read without them (Devanagari, Arabic …) stay.

    >>> fold("Żółć Straße Æther")
    'zolc strasse aether'
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", decomposed).translate(_LETTERS))


def title_key(title: str) -> str:
    """The title as a key: two spellings of one title have one key.

    TeX, case, accents, spaces and punctuation are gone, Greek letters, `&`, `%` and `@` spelt out; `+` and `#` stay,
    and numbers never run into each other: `VL 1.5`, `VL 15` and `VL 1 5` are three. A title of nothing but symbols is
    its own key.

    >>> title_key("$VILA^2$: VILA Augmented VILA") == title_key("VILA2 - Vila augmented VILA")
    True
    >>> title_key("Kwai Keye-VL 1.5 Technical Report")
    'kwaikeyevl1.5technicalreport'
    >>> title_key("Search & Rescue") == title_key("Search and rescue")
    True
    """
    return folded_key(fold(plain(title)))


def folded_key(text: str) -> str:
    """The key of a title that is plain and folded already."""
    numbers = _BETWEEN_NUMBERS.search(text) is not None
    if numbers:
        text = _BETWEEN_NUMBERS.sub(_sentinel, text)
    key = text.translate(_ASCII_KEY) if text.isascii() else _NO_KEY.sub("", text.translate(_SPELT))
    if numbers:
        key = key.replace(_POINT, ".").replace(_GAP, " ")
    return key or "".join(text.split())


_GREEK_NAMES = (
    "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma sigma tau upsilon "
    "phi chi psi omega"
)
GREEK = dict(zip(map(ord, "αβγδεζηθικλμνξοπρςστυφχψω"), _GREEK_NAMES.split(), strict=True))
"""Small Greek letters by name: papers write `α-VAE`, `alpha-VAE` and `$\\alpha$-VAE`."""

_ACCENTS = re.compile("[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+")
# Letters that Unicode does not take apart, in the spelling that is usual where there is no such key.
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "æ": "ae",
        "œ": "oe",
        "ł": "l",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "ı": "i",
        "ħ": "h",
        "ŧ": "t",
        "ŋ": "ng",
        "ß": "ss",
    }
)
_POINT, _GAP = "\x1e", "\x1f"  # stand between two numbers while punctuation is removed
_SPOKEN = {ord("&"): "and", ord("%"): "percent", ord("@"): "at"}
_SPELT = GREEK | _SPOKEN
_BETWEEN_NUMBERS = re.compile(r"(?<=[0-9])(?:[^\w+#&%@]|_)+(?=[0-9])")
_NO_KEY = re.compile(r"(?:[^\w+#\x1e\x1f]|_)+")
_ASCII_KEY = {
    c: _SPOKEN.get(c) for c in range(128) if not (chr(c).isalnum() or chr(c) in "+#" + _POINT + _GAP)
}


def _sentinel(gap: re.Match[str]) -> str:
    return _POINT if gap[0] == "." else _GAP
