"""Words by which a document is also found, beyond lunr's terms: learnt from how the corpus itself writes them.

pre-training by pretraining and the other way, and GPT-4 by gpt4; a large language model by llm and the other way,
wherever the corpus explains it: "large language model (LLM)". And what has a word with other forms, by these.
"""

from __future__ import annotations

import re
from array import array
from collections import Counter
from functools import lru_cache
from itertools import chain, count
from string import digits
from typing import TYPE_CHECKING

import msgspec

from sitegen.search.arrays import documents_of, numpy_for
from sitegen.search.forms import LONGEST, STOP_WORDS, has_other_forms, other_forms, parts_of, stem
from sitegen.search.phrases import phrases
from sitegen.search.terms import STOPPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.search.terms import Terms

_RARELY = 20  # a spelling that is rarer than one in so many is none
TWICE = 2  # what only one document writes may be a slip

_is_numbered = re.compile(r"[a-z]*[0-9]{1,4}").fullmatch
_acronyms = re.compile(r"\(([A-Z][A-Za-z]{0,5}[A-Z])s?\)").finditer
_HEAD = 90  # letters before an acronym in which its words stand


def acronyms(text: str) -> Iterator[tuple[str, ...]]:
    """What the text explains: the acronym, then its words.

    >>> list(acronyms("A mixture-of-experts (MoE) for pre-trained language models (LMs), see (AB)"))
    [('moe', 'mixture', 'of', 'experts'), ('lm', 'language', 'models')]
    """
    if "(" not in text:
        return
    for found in _acronyms(text):
        letters = found[1].lower()
        long = _spelt_out(letters, parts_of(text[max(0, found.start() - _HEAD) : found.start()].lower()))
        if long:
            yield (letters, *long)


def _spelt_out(letters: str, words: Sequence[str]) -> Sequence[str]:
    """The last words that have these initials, stop words between them allowed."""
    wanted = len(letters)
    for at in range(len(words) - 1, -1, -1):
        if words[at][0] == letters[wanted - 1]:
            wanted -= 1
            if not wanted:
                return words[at:] if len(words) - at > 1 else ()
        elif words[at] not in STOP_WORDS:
            break
    return ()


class Rule(msgspec.Struct, gc=False):
    """Long and short forms of the same, how often they are met, and whether that is often enough."""

    symbols: tuple[str, ...]  # of the long form: its words' terms; a stop word has a symbol of its own
    short: str  # a term
    long: tuple[str, ...]  # terms
    trusted: bool  # acronyms are explained; compounds have to be met in two spellings
    times: int = 0  # the long form is met
    often: int = 0  # the short one

    @property
    def long_by_short(self) -> bool:
        """Whether what has the long form is found by the short one, too."""
        return self.times >= (1 if self.trusted else TWICE)

    @property
    def short_by_long(self) -> bool:
        """And the other way. For acronyms of two letters never: most are something else elsewhere."""
        return len(self.short) > 2 and self.times >= TWICE and self.often <= _RARELY * self.times


def symbol(word: str) -> str:
    """By which rules know a word: its term, or what no term is."""
    return stem(word) or f"\0{word}"


def other_spellings(
    terms: Terms, explained: Iterable[tuple[str, ...]]
) -> tuple[Mapping[str, array[int]], list[Rule]]:
    """Term → 2 · document position for each document that is found by it in its title, one more for elsewhere; and why.

    `explained` are the acronyms of all texts. Titles are field 0.
    """
    several = ((word, text) for word, text in enumerate(terms.words) if has_other_forms(text))
    other = {word: forms for word, text in several if (forms := other_forms(text))}
    found: dict[str, array[int]] = {}
    by_word = ((cells, other[word]) for word, cells in terms.cells_of(other).items())
    rules = _Rules(terms, explained)
    for cells, names in chain(by_word, rules.matches()):
        for name in names:
            found.setdefault(name, array("I")).extend(cells)
    names = sorted(found)
    documents = documents_of(numpy_for(len(terms.stream)), [found[name] for name in names], terms.fields)
    return dict(zip(names, documents, strict=True)), rules.rules


class _Met(msgspec.Struct, gc=False):
    """A rule by numbers, and where it is met."""

    rule: Rule
    symbols: tuple[int, ...]
    cells: array[int] = array("I")


class _Rules:
    """Long and short forms of the same, and where they stand."""

    def __init__(self, terms: Terms, explained: Iterable[tuple[str, ...]]) -> None:
        self._terms = terms
        # A word's symbol is its term; stop words have symbols of their own, after all terms.
        size = len(terms.names)
        self._symbols = array(
            "I", [size + word if term == STOPPED else term for word, term in enumerate(terms.term_of)]
        )
        self._counts = terms.counts
        self._numbers_of_terms = dict(zip(terms.names, count()))
        self._met: list[_Met] = []
        self._add_acronyms(explained)
        self._add_compounds()

    def _add_acronyms(self, explained: Iterable[tuple[str, ...]]) -> None:
        counts: Counter[tuple[str, tuple[int, ...]]] = Counter()
        words: dict[tuple[str, tuple[int, ...]], tuple[str, ...]] = {}
        met = Counter(explained)
        asked = {word for _, *long in met for word in long}
        numbers = {word: number for number, word in enumerate(self._terms.words) if word in asked}
        for (short, *long), times in met.items():
            if short in STOP_WORDS or not numbers.keys() >= set(long):
                continue
            key = stem(short), tuple(self._symbols[numbers[word]] for word in long)
            counts[key] += times
            words.setdefault(key, tuple(filter(None, map(stem, long))))
        most = Counter[str]()
        for (short, _), times in counts.items():
            most[short] = max(most[short], times)
        for key, times in counts.items():
            # Beside "support vector machine", 300 times, the "scalable vector method" of two papers is no SVM.
            if times >= TWICE and 4 * times >= most[key[0]]:
                self._met.append(_Met(Rule(self._texts(key[1]), key[0], words[key], trusted=True), key[1]))

    def _texts(self, symbols: Iterable[int]) -> tuple[str, ...]:
        """As `symbol` has them."""
        names, words = self._terms.names, self._terms.words
        return tuple(
            [names[each] if each < len(names) else symbol(words[each - len(names)]) for each in symbols]
        )

    def _add_compounds(self) -> None:
        words = zip(self._terms.words, self._counts, strict=True)
        common = frozenset(text for text, times in words if times >= TWICE and joins(text))
        pairs = ((stem(first), stem(second), stem(first + second)) for first, second in compounds(common))
        terms = self._numbers_of_terms
        for first, second, short in dict.fromkeys(pairs):
            long = first, second
            self._met.append(_Met(Rule(long, short, long, trusted=False), (terms[first], terms[second])))

    @property
    def rules(self) -> list[Rule]:
        """All of them, counted once they are matched."""
        return [each.rule for each in self._met]

    def matches(self) -> Iterator[tuple[Iterable[int], tuple[str, ...]]]:
        """(cells, terms by which they are found, too), in no order."""
        terms, long = self._terms, [each.symbols for each in self._met]
        for number, cells in phrases(terms.stream, terms.starts, self._symbols, long).items():
            each = self._met[number]
            each.cells, each.rule.times = cells, len(cells)
        yield from self._short_for_long()
        yield from self._long_for_short()

    def _short_for_long(self) -> Iterator[tuple[Iterable[int], tuple[str, ...]]]:
        for each in self._met:
            if each.rule.long_by_short:
                yield each.cells, (each.rule.short,)

    def _long_for_short(self) -> Iterator[tuple[Iterable[int], tuple[str, ...]]]:
        shorts = dict.fromkeys([each.rule.short for each in self._met])
        numbers = {name: self._numbers_of_terms[name] for name in shorts if name in self._numbers_of_terms}
        words: dict[int, list[int]] = {number: [] for number in numbers.values()}  # term → its words
        for word, term in enumerate(self._terms.term_of):
            if term in words:
                words[term].append(word)
        often = {name: sum(self._counts[word] for word in words[number]) for name, number in numbers.items()}
        wanted: dict[int, tuple[str, ...]] = {}
        for rule in self.rules:
            rule.often = often.get(rule.short, 0)
            if rule.often and rule.short_by_long:
                short = numbers[rule.short]
                wanted[short] = (*wanted.get(short, ()), *rule.long)
        here = (word for term in wanted for word in words[term])
        for word, cells in self._terms.cells_of(here).items():
            yield cells, wanted[self._terms.term_of[word]]


def joins(word: str) -> bool:
    """Whether it may be a compound, or a part of one: letters, a number, or letters with their number, as `gpt4`."""
    return (word.isalpha() or _is_numbered(word) is not None) and word not in STOP_WORDS


@lru_cache(maxsize=1)  # a preview builds the index again and again, mostly of the same words
def compounds(words: frozenset[str]) -> list[tuple[str, str]]:
    """Those of the words that are two others, cut between them."""
    return sorted(
        (word[:cut], word[cut:])
        for word in words
        for cut in _cuts(word)
        if word[:cut] in words and word[cut:] in words
    )


def _cuts(word: str) -> Sequence[int]:
    """Places between letters, or the one before the number."""
    if word.isalpha():
        return range(2, len(word) - 1) if 6 <= len(word) <= LONGEST else ()
    letters = len(word.rstrip(digits))
    return (letters,) if letters > 1 else ()
