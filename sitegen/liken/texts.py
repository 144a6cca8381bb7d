"""What papers say, as numbered terms."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import cache, partial
from itertools import chain, pairwise
from typing import TYPE_CHECKING

import msgspec

from sitegen.liken.counting import Counts, Pair, count
from sitegen.liken.vocabulary import is_one_word, readable, split, stems
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.paper import Paper
    from sitegen.model.site import Site

_SPELLERS = 2_000  # papers are enough to know how words are written
_ENOUGH = 5  # titles are enough to know how a phrase is written
_ADDRESS = re.compile(r"https?://\S+")
_LINK_OR_ADDRESS = re.compile(rf"(?<=\])\([^()\s]*\)|{_ADDRESS.pattern}")


class Texts(msgspec.Struct, frozen=True):
    """What papers say. `counts.shares` is without what says nothing alone."""

    counts: Counts
    spellings: Sequence[str]  # of stems, as papers mostly write them
    phrases: Sequence[Pair]
    wordings: Sequence[str]  # of phrases, as titles mostly write them


def read_texts(site: Site, papers: Sequence[Paper], *, numpy: bool) -> Texts:
    """Titles, abstracts and what curators wrote, paper by paper. A phrase is two stems that follow each other in several titles."""
    numbers = _Numbers()
    titles = [split(_readable(paper.title)) for paper in papers]
    written = Counter(chain.from_iterable(titles))
    title_stems = [numbers.of(title) for title in titles]
    phrases = _phrases(title_stems, numbers)
    bodies = _bodies(site, papers, numbers, written)
    counts = count(zip(title_stems, bodies, strict=True), phrases, numpy=numpy)
    for stem in numbers.silent:
        del counts.shares[stem]
    spellings = _spellings(written, numbers)
    wordings = _wordings(titles, title_stems, phrases, numbers, spellings)
    for (first, second), term in phrases.items():
        # `Continual pre-training of large …` has no phrase that ends with `large`.
        if (first in numbers.silent or second in numbers.silent) and wordings[~term].count(" ") > 1:
            del counts.shares[term]
    return Texts(counts, spellings, tuple(phrases), wordings)


def _bodies(
    site: Site, papers: Sequence[Paper], numbers: _Numbers, written: Counter[bytes]
) -> Iterator[list[int]]:
    spellers = -(-len(papers) // _SPELLERS)
    for position, paper in enumerate(papers):
        spells = position % spellers == 0
        body = split(_body(site, paper), cased=spells)
        if spells:
            written.update(body)
        yield numbers.of(body)


def _phrases(titles: Sequence[Sequence[int]], numbers: _Numbers) -> dict[Pair, int]:
    """Pairs of stems that several titles have → their terms. Of two stems one at least says something alone."""
    silent = numbers.silent
    shares = Counter(chain.from_iterable(map(pairwise, titles)))
    pairs = (
        pair
        for pair, share in shares.items()
        if share > 1
        and pair[0] != pair[1]
        and (share > 2 if pair[0] in silent or pair[1] in silent else True)
        and not (pair[0] in silent and pair[1] in silent)
    )
    return {pair: ~number for number, pair in enumerate(pairs)}


def body_of(site: Site, paper: Paper) -> str:
    """What is read of a paper beside its title.

    Notes stand in for a missing abstract; beside one they say little more, and a curator who edits them need not wait
    until all papers are compared anew.
    """
    said = [text for text in (paper.abstract, paper.summary) if text]
    said = said or [place.entry.note for place in site.appearances.get(paper.id, ()) if place.entry.note]
    return "\n".join([*said, ". ".join(paper.keywords)]) if paper.keywords else "\n".join(said)


def _body(site: Site, paper: Paper) -> str:
    text = _readable(body_of(site, paper))
    if "](" in text:
        return _LINK_OR_ADDRESS.sub(" ", text)
    return _ADDRESS.sub(" ", text) if "http" in text else text


def _readable(text: str) -> str:
    """Without commands; dollars and braces are no letters anyway."""
    return plain(text) if "\\" in text else text


class _Numbers(dict[bytes, tuple[int, ...]]):
    """Word → numbers of its stems. A word is looked at when it is first met."""

    def __init__(self) -> None:
        self.stems: dict[str, int] = {}
        self.silent: set[int] = set()

    def of(self, words: Sequence[bytes]) -> list[int]:
        return list(chain.from_iterable(filter(None, map(self.__getitem__, words))))

    def __missing__(self, word: bytes) -> tuple[int, ...]:
        lower = word.lower()
        if lower != word:
            numbers = self[lower]
        else:
            found = []
            for stem, telling in stems(word.decode()):
                number = self.stems.setdefault(stem, len(self.stems))
                found.append(number)
                if not telling:
                    self.silent.add(number)
            numbers = tuple(found)
        self[word] = numbers
        return numbers


def _spellings(written: Mapping[bytes, int], numbers: _Numbers) -> list[str]:
    """The most frequent form of every stem. Titles and sentences begin with capitals: `Graph` counts as `graph`, `BERT` does not."""
    forms: list[dict[bytes, int]] = [{} for _ in numbers.stems]
    for word, times in sorted(written.items()):
        found = numbers[word]
        if len(found) == 1 and is_one_word(word):
            lower = word.lower()
            opens = word[1:] == lower[1:] and _CAPITALS * written.get(lower, 0) >= times
            form, spelt = forms[found[0]], lower if opens else word
            form[spelt] = form.get(spelt, 0) + times
    return [
        readable(max(form, key=form.__getitem__)) if form else stem
        for stem, form in zip(numbers.stems, forms, strict=True)
    ]


_CAPITALS = 4  # times as often as small a word may be written with a capital; a name is so more often


def _wordings(
    titles: Sequence[Sequence[bytes]],
    stems: Sequence[Sequence[int]],
    phrases: Mapping[Pair, int],
    numbers: _Numbers,
    spellings: Sequence[str],
) -> list[str]:
    """The most frequent form of every phrase, with what stands between its words: `mixture of experts`."""
    forms: list[list[str]] = [[] for _ in phrases]
    pieces_of = cache(partial(_pieces, numbers))
    for title, said in zip(titles, stems, strict=True):
        if all(len(forms[~phrases[pair]]) == _ENOUGH for pair in phrases.keys() & pairwise(said)):
            continue
        pieces = list(chain.from_iterable(map(pieces_of, title)))
        telling = [(position, stem) for position, (_, stem) in enumerate(pieces) if stem >= 0]
        for (begin, first), (end, second) in pairwise(telling):
            phrase = phrases.get((first, second))
            if phrase is not None and len(forms[~phrase]) < _ENOUGH:
                span = pieces[begin : end + 1]
                forms[~phrase].append(" ".join(_cased(text, stem, spellings) for text, stem in span if text))
    return [min(form, key=lambda text: (-form.count(text), text)) for form in forms]


def _pieces(numbers: _Numbers, word: bytes) -> list[tuple[str, int]]:
    """A word, or the parts of a compound, each with the number of its stem, or -1."""
    found = numbers[word]
    text = readable(word)
    parts = text.split("-")
    if len(found) == len(parts):
        return list(zip(parts, found, strict=True))
    return [(text, found[0] if found else -1), *(("", stem) for stem in found[1:])]


def _cased(text: str, stem: int, spellings: Sequence[str]) -> str:
    """Titles write every word with a capital; only what also sentences write so keeps it."""
    return text.lower() if stem < 0 or spellings[stem].islower() else text
