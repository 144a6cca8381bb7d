"""The few operations on long arrays: with numpy where it is installed and pays, without it otherwise. Same results."""

from __future__ import annotations

import importlib
import importlib.util
from array import array
from bisect import bisect
from collections import Counter
from functools import partial
from itertools import accumulate, compress, count, pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Numbers: TypeAlias = "array[int] | memoryview[int]"  # of type "I"

_NUMPY_PAYS = 300_000  # numbers; below that, numpy takes longer to load than it saves
_AT_ONCE = 1 << 17  # numbers: bounds what is in memory beside the arrays
_HAS_NUMPY = importlib.util.find_spec("numpy") is not None


def numpy_for(numbers: int) -> Any:
    """numpy, or None where it is not installed or would not pay for so many numbers."""
    return importlib.import_module("numpy") if _HAS_NUMPY and numbers >= _NUMPY_PAYS else None


def list_starts(values: Numbers) -> array[int]:
    """Where the lists start that stand in an array "I", each with a 0 after it, and where the last ends."""
    np = numpy_for(len(values))
    found = array("Q", [0])
    if np is not None:
        for at, part in zip(range(0, len(values), _AT_ONCE), _parts(np, values), strict=True):
            found.frombytes((np.flatnonzero(part == 0) + (at + 1)).astype(np.uint64).tobytes())
        return found
    found.extend(compress(count(1), map((0).__eq__, values)))
    return found


def renumbered(values: Numbers, numbers: array[int]) -> array[int]:
    """What stands in `numbers` at each of the values; all are arrays "I"."""
    np = numpy_for(len(values))
    if np is None:
        return array("I", map(numbers.__getitem__, values))
    table, result = np.frombuffer(numbers, np.uint32), array("I")
    for part in _parts(np, values):
        result.frombytes(memoryview(table[part]).cast("B"))
    return result


def frequencies(values: Numbers, most: int) -> Sequence[int]:
    """How often each of the numbers below `most` stands among the values (an array "I")."""
    np = numpy_for(len(values))
    if np is not None:
        counts = np.zeros(most, np.int64)
        for part in _parts(np, values):
            counts += np.bincount(part, minlength=most)
        numbers: list[int] = counts.tolist()
        return numbers
    counted = Counter(values)
    return [counted[value] for value in range(most)]


def phrases(
    values: Numbers, starts: array[int], symbols: array[int], wanted: Sequence[Sequence[int]]
) -> dict[int, array[int]]:
    """The lists in which the symbols of neighbouring values are a wanted phrase, by its number, one for each time.

    `starts` are those of the lists in `values` (an array "I"), `symbols` (an array "I") has the symbol of each value. A
    phrase has two symbols or more, and never that of the 0 after a list.
    """
    np = numpy_for(len(values))
    alike: dict[tuple[int, int], list[int]] = {}  # phrases that begin with the same pair
    for number, phrase in enumerate(wanted):
        alike.setdefault((phrase[0], phrase[1]), []).append(number)
    begun = (_pairs if np is None else partial(_keyed_pairs, np))(values, symbols, list(alike))
    going_on = _going_on if np is None else partial(_going_on_in_arrays, np)
    found: dict[int, Any] = {}
    for numbers, at in (
        (numbers, begun[pair]) for pair, numbers in enumerate(alike.values()) if pair in begun
    ):
        for number in numbers:
            found[number] = going_on(values, symbols, at, wanted[number])
    return _lists(np, starts, found)


def _going_on(
    values: Numbers, symbols: array[int], begun: Sequence[int], phrase: Sequence[int]
) -> Sequence[int]:
    """Where all of the phrase stands, of the positions where its first two symbols do."""
    for ahead, symbol in enumerate(phrase[2:], 2):
        begun = [at for at in begun if symbols[values[at + ahead]] == symbol]
    return begun


def _going_on_in_arrays(
    np: Any, values: Numbers, symbols: array[int], begun: Any, phrase: Sequence[int]
) -> Any:
    stream, symbol_of = np.frombuffer(values, np.uint32), np.frombuffer(symbols, np.uint32)
    for ahead, symbol in enumerate(phrase[2:], 2):
        begun = begun[symbol_of[stream[begun + ahead]] == symbol]
    return begun


def _lists(np: Any, starts: array[int], positions: Mapping[int, Any]) -> dict[int, array[int]]:
    """By the same keys, the lists in which the positions are."""
    if np is None or not positions:
        return {key: array("I", [bisect(starts, each) - 1 for each in at]) for key, at in positions.items()}
    bounds = np.frombuffer(starts, np.uint64).astype(np.int64)
    lists = np.searchsorted(bounds, np.concatenate([*positions.values()]), "right") - 1
    found = array("I", lists.astype(np.uint32).tobytes())
    ends = accumulate(map(len, positions.values()))
    return {key: found[end - len(at) : end] for end, (key, at) in zip(ends, positions.items(), strict=True)}


def _pairs(
    values: Numbers, symbols: array[int], wanted: Sequence[tuple[int, int]]
) -> dict[int, Sequence[int]]:
    """Where the symbols of a value and of the next one are a wanted pair, of which none is there twice, by its number."""
    flags = _firsts_and_seconds(symbols, wanted)
    numbers = {pair: number for number, pair in enumerate(wanted)}
    found: dict[int, list[int]] = {}
    for at in compress(count(), map(_FIRST_AND_SECOND.__contains__, pairwise(flagged(values, flags)))):
        number = numbers.get((symbols[values[at]], symbols[values[at + 1]]))
        if number is not None:
            found.setdefault(number, []).append(at)
    return dict(found)


def _firsts_and_seconds(symbols: array[int], wanted: Sequence[tuple[int, int]]) -> bytes:
    """For every value a flag: 2 for what may be the first of a pair and 1 for what may be the second."""
    firsts, seconds = {first for first, _ in wanted}, {second for _, second in wanted}
    return bytes([2 * (symbol in firsts) + (symbol in seconds) for symbol in symbols])


_FIRST_AND_SECOND = frozenset({(2, 1), (2, 3), (3, 1), (3, 3)})  # flags of neighbours


_BITS = (1 << 18) - 1


def _keyed_pairs(
    np: Any, values: Numbers, symbols: array[int], wanted: Sequence[tuple[int, int]]
) -> dict[int, Any]:
    if not wanted:
        return {}
    stream = np.frombuffer(values, np.uint32)
    symbol_of = np.frombuffer(symbols, np.uint32).astype(np.int64)
    flags = np.frombuffer(_firsts_and_seconds(symbols, wanted), np.uint8)
    most = symbol_of.max() + 1
    keys = np.asarray([one * most + other for one, other in wanted], np.int64)
    numbers = np.argsort(keys)
    keys = keys[numbers]
    # Most pairs are none of these: a look at a table of some bits of the keys is faster than a search among the keys.
    likely = np.zeros(_BITS + 1, bool)
    likely[keys & _BITS] = True
    positions, found = [], []
    for start in range(0, len(stream), _AT_ONCE):
        part = stream[start : start + _AT_ONCE + 1]
        kinds = flags[part]
        at = np.flatnonzero((kinds[:-1] >> 1) & kinds[1:])
        pair = symbol_of[part[at]] * most + symbol_of[part[at + 1]]
        kept = likely[pair & _BITS]
        at, pair = at[kept], pair[kept]
        near = np.minimum(np.searchsorted(keys, pair), len(keys) - 1)
        right = keys[near] == pair
        positions.append(at[right] + start)
        found.append(numbers[near[right]])
    return _grouped(np, np.concatenate(found), np.concatenate(positions))


def _grouped(np: Any, keys: Any, values: Any) -> dict[int, Any]:
    """The values by key, in their order."""
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order]
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    bounds = [*firsts.tolist(), len(values)]
    parts = map(slice, bounds, bounds[1:])
    return dict(zip(keys[firsts].tolist(), map(values.__getitem__, parts), strict=True))


def lists_with(
    values: Numbers, starts: array[int], wanted: Iterable[int], most: int
) -> dict[int, array[int]]:
    """The lists in which those of the values stand that are wanted, by value, one for each time; all are below `most`."""
    flags = bytearray(most)
    for value in wanted:
        flags[value] = 1
    np = numpy_for(len(values))
    flagged_values = flagged(values, bytes(flags))
    if np is not None:
        at = np.flatnonzero(np.frombuffer(flagged_values, bool))
        return _lists(np, starts, _grouped(np, np.frombuffer(values, np.uint32)[at].astype(np.int64), at))
    found: dict[int, list[int]] = {}
    for position in compress(count(), flagged_values):
        found.setdefault(values[position], []).append(position)
    return _lists(np, starts, found)


def documents_of(np: Any, lists: Sequence[array[int]], fields: int) -> list[array[int]]:
    """Lists of cells as lists of 2 · document, and one more where the field is not the first; ascending, none twice."""
    if np is None or not lists:
        return [
            array("I", sorted({cell // fields * 2 + (cell % fields > 0) for cell in cells}))
            for cells in lists
        ]
    cells = np.frombuffer(b"".join(lists), np.uint32).astype(np.int64)
    owners = np.repeat(np.arange(len(lists), dtype=np.int64) << 32, [*map(len, lists)])
    keys = owners + cells // fields * 2 + (cells % fields > 0)
    keys.sort()
    keys = keys[np.diff(keys, prepend=-1) > 0]
    found = array("I", keys.astype(np.uint32).tobytes())
    ends = np.searchsorted(keys, np.arange(1, len(lists) + 1) << 32).tolist()
    return [found[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def gaps(np: Any, values: Numbers, sizes: array[int]) -> array[int]:
    """From each value of an ascending list to the next, the first from -1; lists of these sizes stand one after another."""
    if np is not None:
        numbers = np.frombuffer(values, np.uint32)
        result = np.diff(numbers, prepend=np.uint32(0))
        lists = np.frombuffer(sizes, np.uint32)
        firsts = (np.cumsum(lists) - lists)[lists > 0]
        result[firsts] = numbers[firsts] + 1
        return array("I", result.tobytes())
    differences = array("I", values)
    start = 0
    for size in filter(None, sizes):
        part = values[start : start + size]
        differences[start] = part[0] + 1
        differences[start + 1 : start + size] = array("I", map(int.__sub__, part[1:], part))
        start += size
    return differences


def looked_up(
    np: Any, documents: Numbers, sizes: array[int], tables: Sequence[array[int] | None]
) -> array[int]:
    """Each document's number in the table of its list: list `l`, of `sizes[l]` documents, has table `l % len(tables)`.

    Nothing for lists without a table.
    """
    if np is not None:
        lists = np.frombuffer(sizes, np.uint32)
        number = np.repeat(np.resize(np.arange(len(tables), dtype=np.uint8), len(lists)), lists)
        papers = np.frombuffer(documents, np.uint32)
        result = np.zeros(len(papers), np.uint32)
        wanted = np.zeros(len(papers), bool)
        for at, table in enumerate(tables):
            if table is not None:
                here = number == at
                wanted |= here
                result[here] = np.frombuffer(table, np.uint32)[papers[here]]
        return array("I", result[wanted].tobytes())
    found = array("I")
    start = 0
    for at, size in enumerate(sizes):
        table = tables[at % len(tables)]
        if table is not None and size:
            found.extend(map(table.__getitem__, documents[start : start + size]))
        start += size
    return found


def sums(values: bytes, starts: array[int]) -> array[int]:
    """The sum of the values of each list; lists begin at `starts` (an array "Q"), and the last one ends there."""
    np = numpy_for(len(values))
    if np is not None:
        bounds = np.frombuffer(starts, np.uint64).astype(np.int64)
        return array(
            "I", np.add.reduceat(np.frombuffer(values, np.uint8), bounds[:-1], dtype=np.uint32).tobytes()
        )
    return array("I", [sum(values[start:end]) for start, end in pairwise(starts)])


def flagged(values: Numbers, flags: bytes) -> bytes:
    """The flag of every value of an array "I"."""
    np = numpy_for(len(values))
    if np is not None:
        table = np.frombuffer(flags, np.uint8)
        return b"".join(table[part].tobytes() for part in _parts(np, values))
    return bytes(map(flags.__getitem__, values))


def _parts(np: Any, values: Numbers) -> Iterator[Any]:
    numbers = np.frombuffer(values, np.uint32)
    return (numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE))


def packed(np: Any, values: Numbers) -> bytes:
    """An array "I" as varints."""
    if np is None:
        return varints(values)
    numbers = np.frombuffer(values, np.uint32)
    large = np.flatnonzero(numbers > 127)  # most are not
    if not len(large):
        return bytes(numbers.astype(np.uint8))
    rest = numbers[large]
    sizes = np.ones(len(numbers), np.uint8)
    for power in range(7, 32, 7):
        sizes[large] += rest >= 1 << power
    ends = np.cumsum(sizes, dtype=np.int64)
    result = np.empty(int(ends[-1]), np.uint8)
    at = ends - sizes
    result[at] = numbers.astype(np.uint8) & 127
    at = at[large]
    while len(rest):
        result[at] |= 128
        rest, at = rest >> 7, at + 1
        result[at] = rest & 127
        more = rest > 127
        rest, at = rest[more], at[more]
    return bytes(result)


def varints(values: Sequence[int]) -> bytes:
    """Seven bits a byte, the lowest first; 128 says that more follow."""
    return b"".join(map(_VARINTS.__getitem__, values))


class _Varints(dict[int, bytes]):
    def __missing__(self, value: int) -> bytes:
        low, rest = value & 127, value >> 7
        code = bytes((low | 128,)) + self[rest] if rest else bytes((low,))
        if value < 1 << 16:
            self[value] = code
        return code


_VARINTS = _Varints()
