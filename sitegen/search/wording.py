"""What single papers say, word by word, and by which names they are found: as `build` has it for all papers at once."""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING

import msgspec

from sitegen.search.documents import FIELDS
from sitegen.search.forms import has_other_forms, other_forms, stem
from sitegen.search.spellings import TWICE, compounds, joins, symbol

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sitegen.search.lists import Share
    from sitegen.search.reading import Read
    from sitegen.search.spellings import Rule
    from sitegen.search.terms import Words

_TEXTS = len(FIELDS)

Cells = list[list[str]]  # the words of a paper, by field


def cells_of(words: Sequence[str], stream: Iterable[int]) -> list[Cells]:
    """The papers of a stream, as Terms has it."""
    cells: Cells = [[]]
    for word in stream:
        if word:
            cells[-1].append(words[word])
        else:
            cells.append([])
    return [cells[at : at + _TEXTS] for at in range(0, len(cells) - 1, _TEXTS)]


def changes_of_counts(old: Iterable[Cells], new: Iterable[Cells]) -> dict[str, int]:
    """How much oftener each word is met now that papers say something else, where it is not as often."""
    changes: Counter[str] = Counter()
    for papers, sign in ((old, -1), (new, 1)):
        for word in chain.from_iterable(chain.from_iterable(papers)):
            changes[word] += sign
    return {word: more for word, more in changes.items() if more}


def new_rules(changes: Mapping[str, int], papers: Read, words: Words, counts: Sequence[int]) -> bool:
    """Whether other rules may follow, once words are met oftener or more rarely. `counts` are those of now."""
    now = {word: counts[words[word]] for word in changes}
    strange = {word for word, more in changes.items() if not now[word] or now[word] == more}
    if strange and any(not strange.isdisjoint(long) for each in papers.explained for _, *long in each):
        return True  # acronyms are believed where all of their words are known
    common = {
        word
        for word, more in changes.items()
        if joins(word) and (now[word] >= TWICE) != (now[word] - more >= TWICE)
    }
    if not common:
        return False
    either = {text for text, times in zip(words.texts, counts, strict=True) if times >= TWICE and joins(text)}
    return any(
        not common.isdisjoint((first, second, first + second))
        for first, second in compounds(frozenset(either | common))
    )


class Spelling:
    """The rules by which papers are found by other spellings."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._before = rules
        self._counted: dict[int, Rule] = {}  # anew
        self._by_pair: dict[tuple[str, ...], list[int]] = {}
        self._by_short: dict[str, list[int]] = {}
        for number, rule in enumerate(rules):
            self._by_pair.setdefault(rule.symbols[:2], []).append(number)
            self._by_short.setdefault(rule.short, []).append(number)

    @property
    def rules(self) -> list[Rule]:
        """As they are counted now."""
        return [self._counted.get(number, rule) for number, rule in enumerate(self._before)]

    def stays(self) -> bool:
        """Whether rules that were met often enough still are, and no other one is."""
        return all(
            now.long_by_short == then.long_by_short and now.short_by_long == then.short_by_long
            for then, now in ((self._before[number], rule) for number, rule in self._counted.items())
        )

    def _count(self, number: int) -> Rule:
        if number not in self._counted:
            self._counted[number] = msgspec.structs.replace(self._before[number])
        return self._counted[number]

    def share(self, cells: Cells, identifiers: Iterable[str], times: int) -> dict[str, Share]:
        """A paper's postings, by name. `times` is 1 for a paper that comes, -1 for one that goes: so rules are counted."""
        found: dict[str, Share] = {}
        for field, words in enumerate(cells):
            places: dict[str, list[int]] = {}
            for at, word in enumerate(words):
                if term := stem(word):
                    places.setdefault(term, []).append(at)
            for term, each in places.items():
                found.setdefault(term, {})[field] = (each[0], *map(int.__sub__, each[1:], each))
            elsewhere = _TEXTS + (field > 0)
            for name in self._others(words, times):
                found.setdefault(name, {})[elsewhere] = ()
        for name in identifiers:
            found.setdefault(name, {})[_TEXTS + 1] = ()
        return found

    def _others(self, words: Sequence[str], times: int) -> set[str]:
        """Other names by which what has these words is found."""
        names: set[str] = set()
        symbols = [*map(symbol, words)]
        for at, word in enumerate(words):
            if has_other_forms(word):
                names |= other_forms(word)
            for number in self._by_short.get(symbols[at], ()):
                self._count(number).often += times
                if self._before[number].short_by_long:
                    names.update(self._before[number].long)
            for number in self._by_pair.get(tuple(symbols[at : at + 2]), ()):
                rule = self._before[number]
                if tuple(symbols[at : at + len(rule.symbols)]) == rule.symbols:
                    self._count(number).times += times
                    if rule.long_by_short:
                        names.add(rule.short)
        return names
