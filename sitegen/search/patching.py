"""The index after an edit of a few papers: what they say changes in the index that is there.

Only where papers keep their numbers, and no other paper is found by more or by less because of them; else the whole is
made anew.
"""

from __future__ import annotations

from array import array
from collections import Counter
from functools import partial
from itertools import accumulate, chain, pairwise
from typing import TYPE_CHECKING, TypeVar

import msgspec

from sitegen.search.arrays import list_starts, numbers
from sitegen.search.blocks import Block, blocks_of_lines, card_blocks
from sitegen.search.documents import FIELDS, LONG
from sitegen.search.edits import Edit, PostingsAfter, length, recounted, recounts
from sitegen.search.facets import FACETS, facet_blocks
from sitegen.search.families import Before, Family, Standing, cards_each, family_files, manifest
from sitegen.search.reading import Read, read_some
from sitegen.search.terms import Words
from sitegen.search.wording import Spelling, cells_of, changes_of_counts, new_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from sitegen.model.page import Output
    from sitegen.search.documents import Document, Labels
    from sitegen.search.index import Index

T = TypeVar("T")

_FEW = 40  # papers; of many more, making the whole anew is hardly dearer
_TEXTS = len(FIELDS)
_NUMBER = 4  # bytes


def changed_papers(before: Index, told: Sequence[bytes]) -> list[int] | None:
    """The positions of papers of which the site tells something else than before. None: it is not about a few papers.

    `told` has digests of all that the site tells of its papers, newest first.
    """
    then = before.papers.told
    if len(told) != len(then):
        return None
    changed = [at for at, (now, old) in enumerate(zip(told, then, strict=True)) if now != old]
    return changed if len(changed) <= _FEW else None


def patch(
    before: Index,
    changed: Mapping[int, Document],
    told: Sequence[bytes],
    labels: Labels,
    *,
    read: Callable[[str, int], Block],
    stands: Callable[[str, bytes], bool],
    keep: Callable[[Index], None],
) -> Iterator[Output] | None:
    """What `build` gives of a site of which these papers changed, by their positions. None: it changes too much.

    `before` is the index of the last build, of which `read` has a block by its family and number; names of tags and lists
    are those of that time. For `told` see `changed_papers`, for `stands` and `keep` see `build`.
    """
    papers = before.papers
    words = Words(papers.words)
    fresh = read_some(changed.values(), words)
    old = cells_of(papers.words, _streams(before, changed))
    new = cells_of(fresh.words, memoryview(fresh.stream).cast("I"))
    if any(length(then[LONG]) != length(now[LONG]) for then, now in zip(old, new, strict=True)):
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
        Edit(
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
        for field, of_field in enumerate(lengths):
            of_field[edit.number] = length(edit.new[field])
    after = msgspec.structs.replace(
        _replaced(before, list(changed), fresh, list(told)),
        counts=counts.tobytes(),
        lengths=[each.tobytes() for each in lengths],
        rules=spelling.rules,
    )
    return _outputs(before, after, labels, edits, read=read, stands=stands, keep=keep)


def _outputs(
    before: Index,
    after: Index,
    labels: Labels,
    edits: Sequence[Edit],
    *,
    read: Callable[[str, int], Block],
    stands: Callable[[str, bytes], bool],
    keep: Callable[[Index], None],
) -> Iterator[Output]:
    lengths = [numbers("I", each) for each in after.lengths]
    postings = PostingsAfter(before, edits, lengths, read)
    lines = {family: recounted(before.lines[family], changes) for family, changes in recounts(edits).items()}
    order, facets = _order(after), after.papers.facets
    made: dict[str, Sequence[Block | Standing]] = {
        "postings": postings.postings,
        "positions": postings.positions,
        **{family: list(blocks_of_lines(rows)) for family, rows in lines.items()},
        "cards": list(_cards(after, order, edits)),
        "facets": [Standing(number, "") for number in range(len(FACETS))]
        if facets == before.papers.facets
        else list(facet_blocks([facets[at] for at in order], labels)),
    }
    counts = {family: len(made[family]) for family in ("postings", "positions", "cards")}
    families: dict[str, Family] = {}
    for family, blocks in made.items():
        known = Before(before.families[family], partial(read, family))
        families[family] = yield from family_files(family, blocks, counts.get(family, 1), stands, known)
    yield manifest(labels, lengths, len(lines["vocabulary"]), families)
    keep(
        msgspec.structs.replace(
            after,
            names=postings.names,
            totals=array("I", postings.totals).tobytes(),
            lines={family: "\n".join(rows).encode() for family, rows in lines.items()},
            families=families,
        )
    )


def _order(index: Index) -> list[int]:
    """The positions of papers, by their numbers."""
    order = [0] * len(index.papers.cards)
    for position, number in enumerate(numbers("I", index.numbering)):
        order[number] = position
    return order


def _cards(index: Index, order: Sequence[int], edits: Iterable[Edit]) -> Iterator[Block | Standing]:
    """Blocks of cards: those without an edited paper stand."""
    cards = index.papers.cards
    size = cards_each(len(cards))
    edited = {edit.number // size for edit in edits}
    for number, first in enumerate(range(0, len(cards), size)):
        if number in edited:
            yield from card_blocks([cards[at] for at in order[first : first + size]], size)
        else:
            yield Standing(number, "")


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
