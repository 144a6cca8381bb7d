"""Edited papers, before and after: which postings and which lines of words are others because of them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from itertools import accumulate, chain
from typing import TYPE_CHECKING, NamedTuple

from sitegen.search.arrays import numbers
from sitegen.search.blocks import Block, block_cuts, name_of, separator, units
from sitegen.search.documents import FIELDS, LONG
from sitegen.search.families import Standing
from sitegen.search.forms import as_written, stem
from sitegen.search.lists import NONE, Lists, Share, read_lists, with_shares, written_lists

if TYPE_CHECKING:
    from array import array
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sitegen.search.index import Index
    from sitegen.search.wording import Cells

_TEXTS = len(FIELDS)


class Edit(NamedTuple):
    """One paper before and after."""

    number: int
    old: Cells
    new: Cells
    had: dict[str, Share]
    has: dict[str, Share]


class PostingsAfter:
    """Names and blocks of postings after the edits."""

    def __init__(
        self,
        before: Index,
        edits: Sequence[Edit],
        lengths: Sequence[array[int]],
        read: Callable[[str, int], Block],
    ) -> None:
        self._edits, self._lengths, self._read = edits, lengths, read
        self.names, self.totals = list(before.names), numbers("I", before.totals).tolist()
        self._before = before.names
        self._cuts = block_cuts([*accumulate(self.totals, initial=0)])
        self._firsts = [units(before.names[first]) for first, _ in self._cuts]
        affected = _affected(edits)
        self._affected, self._is_affected = sorted(affected, key=units), affected.__contains__
        for name in self._affected:
            self._count(name)
        self.postings: list[Block | Standing] = []
        self.positions: list[Block | Standing] = []
        self._known: dict[int, dict[str, Lists]] = {}
        last = ""
        for first, end in block_cuts([*accumulate(self.totals, initial=0)]):
            start = separator(last, self.names[first])
            last = self.names[end - 1]
            self._add(first, end, start)

    def _count(self, name: str) -> None:
        """The postings of this name as they are now, the name gone with the last of them."""
        more = sum(len(edit.has.get(name, ())) - len(edit.had.get(name, ())) for edit in self._edits)
        at = bisect_left(self.names, units(name), key=units)
        if at == len(self.names) or self.names[at] != name:
            self.names.insert(at, name)
            self.totals.insert(at, more)
        elif self.totals[at] + more:
            self.totals[at] += more
        else:
            del self.names[at], self.totals[at]

    def _add(self, first: int, end: int, start: str) -> None:
        """The block of these names: one that stands, or another."""
        names = self.names[first:end]
        low, high = units(names[0]), units(names[-1])
        block, last = (bisect_right(self._firsts, each) - 1 for each in (low, high))
        among = bisect_left(self._affected, low, key=units)
        affected = among < len(self._affected) and units(self._affected[among]) <= high
        if not affected and block >= 0 and self._before[slice(*self._cuts[block])] == names:
            self.postings.append(Standing(block, start))
            self.positions.append(Standing(block, ""))
            return
        lists: dict[str, Lists] = {}
        for number in range(max(block, 0), last + 1):
            lists |= self._lists(number)
        postings, positions = written_lists(
            names,
            [
                self._changed(name, lists.get(name, NONE)) if self._is_affected(name) else lists[name]
                for name in names
            ],
        )
        self.postings.append(Block(start, postings))
        self.positions.append(Block("", positions))

    def _lists(self, number: int) -> dict[str, Lists]:
        """Of the block that had this number."""
        if number not in self._known:
            postings, positions = self._read("postings", number), self._read("positions", number)
            self._known[number] = dict(read_lists(postings.data, positions.data))
        return self._known[number]

    def _changed(self, name: str, lists: Lists) -> Lists:
        shares = {edit.number: edit.has[name] for edit in self._edits if name in edit.has}
        return with_shares(lists, [edit.number for edit in self._edits], shares, self._lengths)


def recounts(edits: Iterable[Edit]) -> dict[str, Counter[str]]:
    """By family of lines: by how much the numbers of words change."""
    terms: Counter[str] = Counter()
    words: Counter[str] = Counter()
    for edit in edits:
        for sign, shares, cells in ((-1, edit.had, edit.old), (1, edit.has, edit.new)):
            for name, share in shares.items():
                terms[name] += sign * sum(field < _TEXTS for field in share)
            for word in chain.from_iterable(cells):
                if stem(word):
                    words.update(dict.fromkeys(as_written(word), sign))
    return {
        "vocabulary": terms,
        "endings": Counter({name[::-1]: times for name, times in terms.items()}),
        "words": words,
    }


def recounted(lines: bytes, changes: Mapping[str, int]) -> list[str]:
    """The lines of a family with other numbers."""
    rows = lines.decode().split("\n") if lines else []
    for name, more in changes.items():
        if not more:
            continue
        at = bisect_left(rows, units(name), key=_name_units)
        times = 0
        if at < len(rows) and name_of(rows[at]) == name:
            times = int(rows.pop(at).rpartition("\t")[2])
        if times + more:
            rows.insert(at, f"{name}\t{times + more}")
    return rows


def length(words: Iterable[str]) -> int:
    """How many of them are terms."""
    return sum(map(bool, map(stem, words)))


def _affected(edits: Iterable[Edit]) -> set[str]:
    """Names whose postings change. Those of a field whose length changes do, as they tell it."""
    found = set()
    for edit in edits:
        longer = {
            field
            for field in range(_TEXTS)
            if field != LONG and length(edit.old[field]) != length(edit.new[field])
        }
        for name in edit.had.keys() | edit.has.keys():
            had, has = edit.had.get(name), edit.has.get(name)
            if had != has or (has and not longer.isdisjoint(has)):
                found.add(name)
    return found


def _name_units(line: str) -> str:
    return units(name_of(line))
