"""Words of papers made comparable: which words say nothing, and which are forms of one word."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from sitegen.liken.silent import GRAMMAR, PHRASING
from sitegen.text.normal import fold

if TYPE_CHECKING:
    from collections.abc import Iterator


def split(text: str, *, cased: bool = True) -> list[bytes]:
    """Words as they stand in the text, in UTF-8 (bytes are split much faster), compounds in one piece: `pre-training`.

    What is not ASCII stays with its word; `stems` parts them. Without capitals, where nobody asks how they are written,
    there are far fewer words to look at.
    """
    return text.encode("utf-8", "replace").translate(_LETTERS if cased else _SMALL_LETTERS).split()


def readable(word: bytes) -> str:
    """The word as a reader sees it, without what stood around it."""
    text = word.decode()
    return text if text.isalnum() else _AROUND.sub("", text)


def stems(word: str) -> Iterator[tuple[str, bool]]:
    """The stems that a word stands for, and whether each says something alone. Grammar and numbers have none.

    A compound is its parts, but for prefixes, which belong to what follows: `pre-training` is `pretraining`.

    >>> list(stems("Pre-trained")), list(stems("vision-language")), list(stems("learning"))
    ([('pretrain', True)], [('vision', True), ('languag', True)], [('learn', False)])
    """
    folded = fold(word)
    for part in (folded,) if folded.isalnum() else _parts(folded):
        if len(part) > 1 and part not in GRAMMAR and not _says_nothing(part):
            yield _stem(part), part not in PHRASING


def is_one_word(word: bytes) -> bool:
    """Whether it is no compound, or one by a prefix alone: `K-shot` is no way to write `shot`."""
    return b"-" not in word or "-" not in _PREFIX.sub(r"\1", readable(word).lower())


def _parts(compound: str) -> list[str]:
    if not compound.isascii():
        compound = _HYPHEN.sub("-", compound)
    elif _PREFIXES.isdisjoint(compound.split("-")):
        return _PART.findall(compound)
    return _PART.findall(_PREFIX.sub(r"\1", compound))


def _says_nothing(word: str) -> bool:
    """Numbers and adverbs."""
    if word[0] in "0123456789":
        return _DIMENSION.match(word) is None
    return word.endswith("ly") and len(word) > 5 and word not in _NO_ADVERBS


def _stem(word: str) -> str:
    """The word without the endings that English gives to one idea. Porter's idea, in few rules: a stem is never shown."""
    if len(word) < 4 or not word.isascii():
        return word
    if word[-1] == "s" and word[-2] not in "sui":
        word = word[:-3] + "y" if word.endswith("ies") else word[:-2] if word.endswith(_ES) else word[:-1]
    if word[-1] in "degnr":
        word = _ENDING.sub("", word, 1)
    # `pruning` has lost its e, `planning` has won an n; `milling` is not `MIL`.
    return word[:-1] if len(word) > 4 and word[-1] == word[-2] and word[-1] in "bdglmnprst" else word


_LETTERS = bytes(c if c > 127 or chr(c).isalnum() or chr(c) == "-" else 32 for c in range(256))
_SMALL_LETTERS = _LETTERS.lower()
_AROUND = re.compile(r"^[\W_]+|[\W_]+$")
_PART = re.compile(r"[^\W_]+")
_HYPHEN = re.compile("[‐‑]")
_BEFORE = (
    "anti|auto|bi|co|counter|de|hyper|inter|intra|macro|meta|micro|mini|multi|non|over|poly|post|pre|pseudo|quasi"
    "|re|self|semi|sub|super|trans|ultra|un|under|uni"
)
_PREFIXES = frozenset(_BEFORE.split("|"))
_PREFIX = re.compile(rf"\b({_BEFORE})-(?=\w)")
_DIMENSION = re.compile(r"[1-9]d$")
_ES = ("sses", "xes", "ches", "shes", "zzes")
_ENDING = re.compile(
    r"(?<=...)(?:i[sz](?:ation|ing|ed|er?)|ing)$|(?<=....)(?:at(?:ion|ing|ive|ed|or|e)|ed|e)$|(?<=.....)ion$|(?<=......)er$"
)
_NO_ADVERBS = frozenset(["anomaly", "assembly", "butterfly", "family", "monopoly", "multiply", "supply"])
