"""The index after an edit of a few papers: what they say changes in the index that is there.

Only where papers keep their numbers, and no other paper is found by more or by less because of them; else the whole is
made anew.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import partial
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import msgspec

from sitegen.search.arrays import list_starts
from sitegen.search.blocks import Block, block_cuts, blocks_of_lines, card_blocks, name_of, separator, units
from sitegen.search.documents import FIELDS, LONG
from sitegen.search.facets import FACETS, facet_blocks
from sitegen.search.families import Before, Family, Standing, cards_each, family_files, manifest
from sitegen.search.index import numbers
from sitegen.search.lists import NONE, Lists, Share, read_lists, with_shares, written_lists
from sitegen.search.reading import Read, read_some
from sitegen.search.spellings import as_written
from sitegen.search.terms import Words, stem
from sitegen.search.wording import Cells, Spelling, cells_of, changes_of_counts, new_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sitegen.model.library import Library
    from sitegen.model.page import Output
    from sitegen.model.site import Site
    from sitegen.search.index import Index

T = TypeVar("T")

_FEW = 40  # papers; of many more, making the whole anew is hardly dearer
_TEXTS = len(FIELDS)
_NUMBER = 4  # bytes


class _Edit(NamedTuple):
    """One paper before and after."""

    number: int
    old: Cells
    new: Cells
    had: dict[str, Share]
    has: dict[str, Share]


def patch(
    before: Index,
    site: Site,
    told: Mapping[str, bytes],
    *,
    read: Callable[[str, int], Block],
    stands: Callable[[str, bytes], bool],
    keep: Callable[[Index], None],
) -> Iterator[Output] | None:
    """What `build` gives of the site. None: more has changed than a few papers.

    `before` is the index of the last build, of which `read` has a block by its family and number. `told` has digests of
    the papers, as the reading of papers takes them; names of tags and lists are those of that time. For `stands` and
    `keep`, see `build`.
    """
    papers = before.papers
    keys = [told[paper.id] for paper in site.newest]
    if len(keys) != len(papers.told):
        return None
    changed = [at for at, (now, then) in enumerate(zip(keys, papers.told, strict=True)) if now != then]
    if len(changed) > _FEW:
        return None
    words = Words(papers.words)
    fresh = read_some(site, [site.newest[at] for at in changed], words)
    old = cells_of(papers.words, _streams(before, changed))
    new = cells_of(fresh.words, memoryview(fresh.stream).cast("I"))
    if any(_length(then[LONG]) != _length(now[LONG]) for then, now in zip(old, new, strict=True)):
        return None  # papers are numbered by it
    explained = chain.from_iterable(papers.explained[at] for at in changed)
    if Counter(explained) != Counter(chain.from_iterable(fresh.explained)):
        return None
    counts = numbers("I", before.counts)
    counts.frombytes(bytes(_NUMBER * (len(words.texts) - len(counts))))
    changes = changes_of_counts(old, new)
    for word, more in changes.items():
        counts[words[word]] += more
    if new_rules(changes, papers, words, counts):
        return None
    numbering, spelling = numbers("I", before.numbering), Spelling(before.rules)
    edits = [
        _Edit(
            numbering[at],
            then,
            now,
            spelling.share(then, papers.identifiers[at], -1),
            spelling.share(now, identifiers, 1),
        )
        for at, then, now, identifiers in zip(changed, old, new, fresh.identifiers, strict=True)
    ]
    if not spelling.stays():
        return None
    lengths = [numbers("I", each) for each in before.lengths]
    for edit in edits:
        for field, length in enumerate(lengths):
            length[edit.number] = _length(edit.new[field])
    after = msgspec.structs.replace(
        _replaced(before, changed, fresh, keys),
        counts=counts.tobytes(),
        lengths=[each.tobytes() for each in lengths],
        rules=spelling.rules,
    )
    return _outputs(before, after, site.library, edits, read=read, stands=stands, keep=keep)


def _outputs(
    before: Index,
    after: Index,
    library: Library,
    edits: Sequence[_Edit],
    *,
    read: Callable[[str, int], Block],
    stands: Callable[[str, bytes], bool],
    keep: Callable[[Index], None],
) -> Iterator[Output]:
    lengths = [numbers("I", each) for each in after.lengths]
    postings = _Postings(before, edits, lengths, read)
    lines = {
        family: _recounted(before.lines[family], changes) for family, changes in _recounts(edits).items()
    }
    numbering = numbers("I", after.numbering)
    order = sorted(range(len(numbering)), key=numbering.__getitem__)
    cards, facets = after.papers.cards, after.papers.facets
    made: dict[str, Sequence[Block | Standing]] = {
        "postings": postings.postings,
        "positions": postings.positions,
        **{family: list(blocks_of_lines(rows)) for family, rows in lines.items()},
        "cards": list(card_blocks([cards[at] for at in order], cards_each(len(cards)))),
        "facets": [Standing(number, "") for number in range(len(FACETS))]
        if facets == before.papers.facets
        else list(facet_blocks([facets[at] for at in order], library)),
    }
    counts = {family: len(made[family]) for family in ("postings", "positions", "cards")}
    families: dict[str, Family] = {}
    for family, blocks in made.items():
        known = Before(before.families[family], partial(read, family))
        families[family] = yield from family_files(family, blocks, counts.get(family, 1), stands, known)
    yield manifest(library, lengths, len(lines["vocabulary"]), families)
    keep(
        msgspec.structs.replace(
            after,
            names=postings.names,
            totals=array("I", postings.totals).tobytes(),
            lines={family: "\n".join(rows).encode() for family, rows in lines.items()},
            families=families,
        )
    )


class _Postings:
    """Names and blocks of postings after the edits."""

    def __init__(
        self,
        before: Index,
        edits: Sequence[_Edit],
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


def _affected(edits: Iterable[_Edit]) -> set[str]:
    """Names whose postings change. Those of a field whose length changes do, as they tell it."""
    found = set()
    for edit in edits:
        longer = {
            field
            for field in range(_TEXTS)
            if field != LONG and _length(edit.old[field]) != _length(edit.new[field])
        }
        for name in edit.had.keys() | edit.has.keys():
            had, has = edit.had.get(name), edit.has.get(name)
            if had != has or (has and not longer.isdisjoint(has)):
                found.add(name)
    return found


def _recounts(edits: Iterable[_Edit]) -> dict[str, Counter[str]]:
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


def _recounted(lines: bytes, changes: Mapping[str, int]) -> list[str]:
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


def _name_units(line: str) -> str:
    return units(name_of(line))


def _length(words: Iterable[str]) -> int:
    """How many of them are terms."""
    return sum(map(bool, map(stem, words)))


def _streams(before: Index, positions: Iterable[int]) -> Iterator[int]:
    """What papers at these positions say, one after another."""
    starts, stream = numbers("Q", before.starts), memoryview(before.papers.stream).cast("I")
    return chain.from_iterable(stream[starts[at] : starts[at + 1]] for at in positions)


def _replaced(before: Index, changed: Sequence[int], fresh: Read, keys: list[bytes]) -> Index:
    """With other papers at the positions that changed."""
    papers, starts = before.papers, numbers("Q", before.starts)
    bounds = list_starts(memoryview(fresh.stream).cast("I"))[::_TEXTS]
    sizes = [end - start for start, end in pairwise(starts)]
    old, at = memoryview(papers.stream), 0
    parts: list[bytes | memoryview] = []
    for position, (start, end) in zip(changed, pairwise(bounds), strict=True):
        sizes[position] = end - start
        parts += [old[at : _NUMBER * starts[position]], fresh.stream[_NUMBER * start : _NUMBER * end]]
        at = _NUMBER * starts[position + 1]

    def among(values: Iterable[T], others: Iterable[T]) -> list[T]:
        result = list(values)
        for position, value in zip(changed, others, strict=True):
            result[position] = value
        return result

    return msgspec.structs.replace(
        before,
        papers=Read(
            among(papers.cards, fresh.cards),
            among(papers.facets, fresh.facets),
            among(papers.identifiers, fresh.identifiers),
            among(papers.explained, fresh.explained),
            fresh.words,
            b"".join([*parts, old[at:]]),
            keys,
        ),
        starts=array("Q", accumulate(sizes, initial=0)).tobytes(),
    )
