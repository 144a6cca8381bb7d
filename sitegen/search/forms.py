"""What follows from a word alone: its stem, and other terms as people may remember it.

Erdős by erdos, VILA^2 by vila2, `encoder/decoder` by each of the two, Sim2Real by real, YOLOv7 by yolo, β-VAE by
beta; Chinese, Japanese and Korean by pairs of characters.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from lunr.stop_word_filter import WORDS

from sitegen.search import stemmer
from sitegen.text.normal import GREEK, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

STOP_WORDS = frozenset(WORDS)
LONGEST = 30  # letters: what is longer is no word

_VERSIONED = 4  # letters, with the v: `yolov7` is a yolo, `conv2d` no con
_REMEMBERED = 300_000  # words: a preview builds the index again and again, of the same ones

parts_of = re.compile(r"[^\W_]+").findall
"""The runs of letters and digits of a text."""

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff"  # kana, ideographs, syllables
# Compiled when the first word is met that is not ASCII: that takes longer than many an edit has.
_RUNS, _ONE = f"[{_CJK}]+|[^{_CJK}]+", f"[{_CJK}]"
_has_letters_by_digits = re.compile(r"[^\W\d_]{3}\d|\d[^\W\d_]{3}").search
_letters = re.compile(r"([^\W\d_]{3,})(\d?)").findall


class _Stems(dict[str, str]):
    def __missing__(self, word: str) -> str:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = stem = "" if word in STOP_WORDS else stemmer.stem(word)
        return stem


class _OtherForms(dict[str, frozenset[str]]):
    def __missing__(self, word: str) -> frozenset[str]:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[word] = forms = _other_forms(word)
        return forms


_STEMS, _OTHER_FORMS = _Stems(), _OtherForms()

stem = _STEMS.__getitem__
"""lunr's stem of a word in lower case; nothing of a stop word."""

other_forms = _OTHER_FORMS.__getitem__
"""Terms, other than its own, of a word as people may remember it.

That is without accents, without the signs inside it, by its parts, by the name of a Greek letter, and by pairs of CJK
characters.
"""


def find_forms(words: Iterable[str]) -> None:
    """Find all forms of these words, which are remembered then."""
    for word in words:
        stem(word)
        if has_other_forms(word):
            other_forms(word)


def has_other_forms(word: str) -> bool:
    """Whether it is worth asking: of plain letters, or plain digits, there are none."""
    return not (word.isascii() and word.isalnum()) or (
        not word.isalpha() and _has_letters_by_digits(word) is not None
    )


def _other_forms(word: str) -> frozenset[str]:
    plain = fold(word)
    parts = parts_of(plain)
    if not parts or len(word) > 4 * LONGEST:
        return frozenset()
    forms = {"".join(parts), *(part for part in parts if len(part) > 1)}
    forms.update(form for part in parts for form in _names(part))
    if not word.isascii():
        for part in parts:
            runs = re.findall(_RUNS, part)
            if len(runs) > 1 or re.match(_ONE, part):
                forms.update(form for run in runs for form in cjk_pairs(run))
    return frozenset({stem(form) for form in forms if len(form) <= LONGEST} - {"", stem(word)})


def _names(part: str) -> Iterator[str]:
    """What a part of a word is called without its digits, or `v2`; a Greek letter by its name."""
    # lunr cuts β-VAE at its hyphen, so the letter stands alone as the article η of a Greek text does: that one is found
    # by `eta`, too, which nobody asks of such texts.
    if len(part) == 1 and ord(part) in GREEK:
        yield GREEK[ord(part)]
    elif not part.isalpha():
        for letters, digit in _letters(part):
            yield letters
            if digit and letters[-1] == "v" and len(letters) > _VERSIONED:
                yield letters[:-1]


def as_written(word: str) -> list[str]:
    """A word, if it is none but letters, with its accents and without."""
    return [form for form in dict.fromkeys((word, fold(word))) if form.isalpha() and 2 < len(form) < 25]


def cjk_pairs(run: str) -> list[str]:
    """A run of CJK characters as overlapping pairs; one alone, and anything else, as it is."""
    if len(run) == 1 or not re.match(_ONE, run):
        return [run]
    return [run[at : at + 2] for at in range(len(run) - 1)]
