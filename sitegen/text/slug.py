"""Slugs: names for files and addresses that every system, server and person can handle."""

from __future__ import annotations

import re
from hashlib import blake2b

from sitegen.text.normal import GREEK, fold, folded_key
from sitegen.text.tex import plain

LONGEST = 80  # bytes, which leaves room for endings and page numbers on every file system


def slug(text: str) -> str:
    """A name in [a-z0-9-] of 1 to 80 bytes: the words of `text`, and a short hash where these do not say all of it.

    Spaces and ordinary punctuation divide words and count for nothing. Whatever else has no ASCII form (Chinese,
    emoji, `<`), and whatever is too long, is left out, and a hash of the whole text takes its place: two such texts
    have two slugs. Never `index` nor a device name of Windows.

    >>> slug("VILA$^2$: VILA Augmented VILA")
    'vila2-vila-augmented-vila'
    >>> slug("α-VAE für C++")
    'alpha-vae-fur-c-plus-plus'
    >>> slug("CON")
    'con-cb66561fa5'
    """
    folded = fold(plain(text))
    name, whole = _spelt(folded)
    return name if whole else hashed(name, " ".join(folded.split()))


def title_slug(title: str) -> str:
    """The slug of a title, which titles of other works never have: those of two title keys have two slugs.

    `1-5` reads as `1.5`, `plus` as `+`, `c-sharp` as `C#`. Whoever means anything else by it has a hash of the title
    key as well, and so has a title that ends in what looks like one.

    >>> [title_slug(title) for title in ("C++ Primer", "C plus plus Primer")]
    ['c-plus-plus-primer', 'c-plus-plus-primer-f0cf2078b9']
    """
    folded = fold(plain(title))
    name, whole = _spelt(folded)
    if not whole:
        return hashed(name, " ".join(folded.split()))
    key = folded_key(folded)
    return name if _key_of(name) == key and not _HASHED.search(name) else hashed(name, key)


def hashed(name: str, text: str) -> str:
    """A slug with a short hash of `text` after it, within 80 bytes."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=5).hexdigest()
    return f"{_cut(name, LONGEST - len(digest) - 1) or 'x'}-{digest}"


def tag_slug(label: str) -> str:
    """A slug that tells the names of programming languages apart: `C++`, `C#`, `.NET`; the `#` of a hashtag is dropped.

    >>> [tag_slug(label) for label in ("C", "C++", "C#", ".NET", "LLM", "#llm")]
    ['c', 'c-plus-plus', 'c-sharp', 'dot-net', 'llm', 'llm']
    """
    label = label.strip().lstrip("#") or label
    return slug("dot " + label[1:] if label.startswith(".") and label[1:2].isalpha() else label)


_RESERVED = re.compile(r"index|con|prn|aux|nul|com[0-9]|lpt[0-9]")
_SPOKEN = re.compile(r"\+|&|(?<=[a-z])#|%|@")
_WORDS = {"+": " plus ", "&": " and ", "#": " sharp ", "%": " percent ", "@": " at "}
_GLUE = {ord(c): None for c in "'’`´^${}\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"} | {
    ord(c): " " for c in "‐‑‒–—―‘“”„«»…·•\u00a0\u2003\u2009\u2028\u2029"
}
# What is neither kept, nor spoken, nor one of the marks that merely divide words.
_LOSSY = re.compile(
    r"[^\s\w+&#%@.,:;!?'\"()\[\]/_^${}`´‘’“”„«»…·•‐‑‒–—―\u00ad\u200b-\u200f\u2060\ufeff-]|[^\x00-\x7f](?<=\w)"
)
_DIVIDE = bytes(c if chr(c).isascii() and chr(c).isalnum() else 32 for c in range(128)) + b" " * 128


def _spelt(folded: str) -> tuple[str, bool]:
    """The words of a folded text as a slug, and whether these say all of it and can be a name."""
    words = folded.translate(GREEK) if not folded.isascii() else folded
    lossy = _LOSSY.search(words) is not None
    if _SPOKEN.search(words):
        words = _SPOKEN.sub(_spoken, words)
    name = "-".join(words.translate(_GLUE).encode("ascii", "ignore").translate(_DIVIDE).decode().split())
    return name, not lossy and 0 < len(name) <= LONGEST and not _RESERVED.fullmatch(name)


def _key_of(name: str) -> str:
    """The one title key that a slug without a hash stands for."""
    name = _MEANT.sub(_mark, name)
    if _NUMBERS.search(name):
        name = _NUMBERS.sub(" ", _POINT.sub(".", name))
    return name.replace("-", "")


_MEANT = re.compile(r"\bplus\b|(?<=\b[cf]-)sharp\b")
_NUMBERS = re.compile(r"(?<=[0-9])-(?=[0-9])")
_POINT = re.compile(r"(?<=[0-9])-(?=[0-9]{1,2}(?![0-9]))")  # `1-5b` is a version, `2020-2021` is not
_HASHED = re.compile(r"(?:^|-)[0-9a-f]{10}$")


def _mark(word: re.Match[str]) -> str:
    return "+" if word[0] == "plus" else "#"


def _spoken(mark: re.Match[str]) -> str:
    return _WORDS[mark[0]]


def _cut(name: str, length: int) -> str:
    if len(name) <= length:
        return name
    return name[: length + 1].rpartition("-")[0] or name[:length]
