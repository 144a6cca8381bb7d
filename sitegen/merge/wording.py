"""Whether two titles say the same in other words: without the subtitle, abbreviated, marked as retracted."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from sitegen.text.normal import fold
from sitegen.text.tex import plain


def same_wording(one: str, other: str) -> bool:
    """Whether the titles are equal but for short forms and a subtitle that only one of them has.

    It is a hint that needs other evidence: the same people may well write two such papers.

    >>> same_wording("Gates: Sparse and Small", "Gates"), same_wording("Sparse Gates: A Study", "Sparse gates")
    (False, True)
    >>> same_wording("RETRACTED: Tuning LLMs w/ Care", "Tuning Large Language Models with Care")
    True
    >>> same_wording("Sparse Gates: Part II", "Sparse Gates"), same_wording("Sparse Gates: A Reply", "Sparse Gates")
    (False, False)
    """
    left, right = _wording(one), _wording(other)
    if told_apart(one, other):
        return False
    return _aligned(left.words, right.words) or _is_main(left, right) or _is_main(right, left)


def akin(one: str, other: str) -> bool:
    """Whether the shorter title has at least half of its words from the longer."""
    left, right = set(_wording(one).words), set(_wording(other).words)
    return 2 * len(left & right) >= min(len(left), len(right))


def told_apart(one: str, other: str) -> bool:
    """Whether the titles name two works of a series, or one of them is about the other.

    Numbers, versions and parts, `+` and `#`, and words such as "erratum" or "reply" are in one as they are in the other.
    """
    left, right = _wording(one), _wording(other)
    return (left.marks, left.about) != (right.marks, right.about)


class _Wording(NamedTuple):
    words: tuple[str, ...]
    main: int  # how many of them stand before the subtitle; all where there is none
    marks: tuple[str, ...]  # what tells the members of a series apart
    about: frozenset[str]  # what makes it a paper about another


@lru_cache(maxsize=4096)  # of titles that share a key with others, each is compared with several
def _wording(title: str) -> _Wording:
    text = fold(plain(title))
    text = RETRACTED.sub("", text)
    text = text.replace("w/o ", "without ").replace("w/ ", "with ").replace(" & ", " and ")
    main, _, sub = _SUBTITLE.sub("\n", text, count=1).partition("\n")
    before = [_SPELT.get(word, word) for word in _WORD.findall(main)]
    words = (*before, *(_SPELT.get(word, word) for word in _WORD.findall(sub)))
    return _Wording(
        words,
        len(before) if sub else len(words),
        (*_NUMBER.findall(main), *_LAST_NUMBER.findall(sub), *_SIGN.findall(main)),
        frozenset(words) & _ABOUT,
    )


# How publishers mark the title of what they take back; `Retraction Note:` is the title of a paper about it.
RETRACTED = re.compile(
    r"^\W*(?:(?:retracted|withdrawn)(?:\s+(?:article|chapter|paper|papers))?)\b(?:\W*:|\W*[\])])\W*"
)
_SUBTITLE = re.compile(r"\s*[:\u2013\u2014](?=\s|$)|\s+-+(?=\s)|(?<=[a-z]{2}):(?=[a-z])|\?\s")
_WORD = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_SPELT = {"vs": "versus", "v": "versus"}
_ROMAN = r"i{1,3}|iv|vi{0,3}|ix|x"
_NUMBER = re.compile(rf"\d+(?:\.\d+)*|\b(?:{_ROMAN})\b")
_LAST_NUMBER = re.compile(
    rf"^(?:\W*(?:part|paper|volume|version|v)?\W*(?:\d+(?:\.\d+)*|{_ROMAN})\b)|\b(?:part|volume|version|v)\W*(?:\d+(?:\.\d+)*|{_ROMAN})\b|\b(?:{_ROMAN})$"
)
_SIGN = re.compile(r"[+#]+|(?<=\w)\*+")
_ABOUT_ANOTHER = """
    addendum annotated answer appendix comment commentary comments companion correction corrections corrigenda
    corrigendum demo demonstration discussion dissertation errata erratum expression implementation note notes
    poster proceedings rebuttal rejoinder remark remarks replication reply report reproducibility response retraction
    review revisited revisiting slides summary supplement supplementary supplemental talk thesis tutorial update workshop
"""
_ABOUT = frozenset(_ABOUT_ANOTHER.split())
_FEWEST_WORDS = 2  # of a title that stands for a longer one: many have been called by one word


def _is_main(short: _Wording, long: _Wording) -> bool:
    whole = short.main == len(short.words)
    return (
        whole
        and long.main < len(long.words)
        and short.main >= _FEWEST_WORDS
        and _aligned(short.words, long.words[: long.main])
    )


_STOP = frozenset(["of", "the", "and", "for", "in", "to", "a", "from", "with", "on"])
_LONGEST_SHORT_FORM = 6


def _aligned(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the words are the same, one after another, or a word is made of the initials of those of the other."""
    if one == other:
        return True
    if "".join(one) == "".join(other):
        return True
    a = b = 0
    while a < len(one) and b < len(other):
        if one[a] == other[b]:
            a, b = a + 1, b + 1
        elif taken := _spelt_out(one[a], other[b:]):
            a, b = a + 1, b + taken
        elif taken := _spelt_out(other[b], one[a:]):
            a, b = a + taken, b + 1
        else:
            return False
    return a == len(one) and b == len(other)


def _spelt_out(short: str, words: tuple[str, ...]) -> int:
    """How many of these words the short form stands for, or 0.

    >>> _spelt_out("llms", ("large", "language", "models", "at")), _spelt_out("moe", ("mixture", "of", "experts"))
    (3, 3)
    """
    plural = len(short) > 2 and short[-1] == "s"
    letters = short[:-1] if plural else short
    if not 2 <= len(letters) <= _LONGEST_SHORT_FORM:
        return 0
    at = 0
    for taken, word in enumerate(words, 1):
        if word[0] == letters[at]:
            at += 1
        elif word not in _STOP or at == 0:
            return 0
        if at == len(letters):
            return taken if word[-1:] == "s" or not plural else 0
    return 0
