"""The few operations on long arrays: with numpy where it is installed and pays, without it otherwise. Same results."""

from __future__ import annotations

import importlib
import importlib.util
from array import array
from collections import Counter
from itertools import accumulate, compress, count, pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

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


def pairs(
    values: Numbers, symbols: Sequence[int], wanted: Sequence[tuple[int, int]]
) -> dict[int, Sequence[int]]:
    """Where the symbols of a value (of an array "I") and of the next one are a wanted pair: by its number, ascending.

    `wanted` has none twice.
    """
    np = numpy_for(len(values))
    firsts, seconds = {first for first, _ in wanted}, {second for _, second in wanted}
    flags = bytes([2 * (symbol in firsts) + (symbol in seconds) for symbol in symbols])
    if np is not None:
        stream, kinds = np.frombuffer(values, np.uint32), np.frombuffer(flags, np.uint8)
        return _keyed_pairs(np, stream, np.asarray(symbols, np.int64), kinds, wanted)
    numbers = {pair: number for number, pair in enumerate(wanted)}
    found: dict[int, list[int]] = {}
    for at in compress(count(), map(_FIRST_AND_SECOND.__contains__, pairwise(flagged(values, flags)))):
        number = numbers.get((symbols[values[at]], symbols[values[at + 1]]))
        if number is not None:
            found.setdefault(number, []).append(at)
    return dict(found)


# Of a pair of flags, 2 for what may be the first and 1 for what may be the second.
_FIRST_AND_SECOND = frozenset({(2, 1), (2, 3), (3, 1), (3, 3)})


_BITS = (1 << 18) - 1


def _keyed_pairs(
    np: Any, stream: Any, symbols: Any, flags: Any, wanted: Sequence[tuple[int, int]]
) -> dict[int, Sequence[int]]:
    if not wanted:
        return {}
    most = symbols.max() + 1
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
        pair = symbols[part[at]] * most + symbols[part[at + 1]]
        kept = likely[pair & _BITS]
        at, pair = at[kept], pair[kept]
        near = np.minimum(np.searchsorted(keys, pair), len(keys) - 1)
        right = keys[near] == pair
        positions.append(at[right] + start)
        found.append(numbers[near[right]])
    return _grouped(np, np.concatenate(found), np.concatenate(positions))


def _grouped(np: Any, keys: Any, values: Any) -> dict[int, Sequence[int]]:
    """The values by key, in their order."""
    order = np.argsort(keys, kind="stable")
    keys, values = keys[order], values[order].tolist()
    firsts = np.flatnonzero(np.diff(keys, prepend=-1))
    bounds = [*firsts.tolist(), len(values)]
    parts = map(slice, bounds, bounds[1:])
    return dict(zip(keys[firsts].tolist(), map(values.__getitem__, parts), strict=True))


def gaps(np: Any, values: array[int], sizes: array[int]) -> array[int]:
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
    np: Any, documents: array[int], sizes: array[int], tables: Sequence[array[int] | None]
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


def sums_until(values: Sequence[int], bounds: array[int]) -> Sequence[int]:
    """The sum of `values[:bound]` for each bound of an array "Q"; values of an array "I" or bytes."""
    np = numpy_for(len(values))
    if np is not None:
        cumulated = np.zeros(len(values) + 1, np.int64)
        np.cumsum(
            np.frombuffer(values, np.uint32 if isinstance(values, array) else np.uint8), out=cumulated[1:]
        )
        sums: list[int] = cumulated[np.frombuffer(bounds, np.uint64).astype(np.int64)].tolist()
        return sums
    cumulative = list(accumulate(values, initial=0))
    return [cumulative[bound] for bound in bounds]


def places(values: Numbers, wanted: Iterable[int], most: int) -> dict[int, Sequence[int]]:
    """Positions, ascending, of those of the values (an array "I") that are wanted, by value; all are below `most`."""
    flags = bytearray(most)
    for value in wanted:
        flags[value] = 1
    np = numpy_for(len(values))
    flagged_values = flagged(values, bytes(flags))
    if np is not None:
        at = np.flatnonzero(np.frombuffer(flagged_values, bool))
        return _grouped(np, np.frombuffer(values, np.uint32)[at].astype(np.int64), at)
    found: dict[int, list[int]] = {}
    for position in compress(count(), flagged_values):
        found.setdefault(values[position], []).append(position)
    return dict(found)


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


def packed(np: Any, values: array[int]) -> bytes:
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
