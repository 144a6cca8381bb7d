"""The few operations on long arrays: with numpy where it is installed and pays, without it otherwise. Same results."""

from __future__ import annotations

import importlib
import importlib.util
from array import array
from collections import Counter
from itertools import accumulate, compress, count, pairwise
from operator import and_
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from collections.abc import Set as AbstractSet

_NUMPY_PAYS = 300_000  # numbers; below that, numpy takes longer to load than it saves
_AT_ONCE = 1 << 20  # numbers: bounds what is in memory beside the arrays
_HAS_NUMPY = importlib.util.find_spec("numpy") is not None


def numpy_for(numbers: int) -> Any:
    """numpy, or None where it is not installed or would not pay for so many numbers."""
    return importlib.import_module("numpy") if _HAS_NUMPY and numbers >= _NUMPY_PAYS else None


def frequencies(values: array[int], most: int) -> Sequence[int]:
    """How often each of the numbers below `most` stands among the values (an array "I")."""
    np = numpy_for(len(values))
    if np is not None:
        counts: list[int] = np.bincount(np.frombuffer(values, np.uint32), minlength=most).tolist()
        return counts
    counted = Counter(values)
    return [counted[value] for value in range(most)]


def pairs(values: array[int], symbols: Sequence[int], wanted: AbstractSet[tuple[int, int]]) -> Iterator[int]:
    """Positions, ascending, where the symbols of a value (of an array "I") and of the next one are a wanted pair."""
    np = numpy_for(len(values))
    firsts, seconds = {first for first, _ in wanted}, {second for _, second in wanted}
    first = bytearray(symbol in firsts for symbol in symbols)
    second = bytearray(symbol in seconds for symbol in symbols)
    if np is None:
        following = map(second.__getitem__, values[1:])
        found = compress(count(), map(and_, map(first.__getitem__, values), following))
        return (at for at in found if (symbols[values[at]], symbols[values[at + 1]]) in wanted)
    stream, numbers = np.frombuffer(values, np.uint32), np.asarray(symbols, np.int64)
    most = max(symbols, default=0) + 1
    keys = np.sort(np.asarray([one * most + other for one, other in wanted], np.int64))
    return _keyed_pairs(np, stream, numbers, (np.frombuffer(first, bool), np.frombuffer(second, bool)), keys)


def _keyed_pairs(np: Any, stream: Any, numbers: Any, flags: tuple[Any, Any], keys: Any) -> Iterator[int]:
    """Where the numbers of a value and of the next one make one of the sorted keys; flags tell most others off."""
    most = len(numbers) and numbers.max() + 1
    for start in range(0, len(stream) if len(keys) else 0, _AT_ONCE):
        part = stream[start : start + _AT_ONCE + 1]
        at = np.flatnonzero(flags[0][part[:-1]] & flags[1][part[1:]])
        found = numbers[part[at]] * most + numbers[part[at + 1]]
        near = np.minimum(np.searchsorted(keys, found), len(keys) - 1)
        yield from (at[keys[near] == found] + start).tolist()


def gaps(values: array[int], starts: array[int]) -> array[int]:
    """From each value of an ascending list to the next, the first from -1; lists are `values[starts[l]:starts[l + 1]]`."""
    np = numpy_for(len(values))
    if np is not None:
        result = np.diff(np.frombuffer(values, np.uint32), prepend=np.uint32(0))
        firsts = np.frombuffer(starts, np.uint64)
        firsts = firsts[:-1][firsts[:-1] < firsts[1:]].astype(np.int64)
        result[firsts] = np.frombuffer(values, np.uint32)[firsts] + 1
        return array("I", result.tobytes())
    differences = array("I", values)
    for start, end in pairwise(starts):
        if start < end:
            part = values[start:end]
            differences[start] = part[0] + 1
            differences[start + 1 : end] = array("I", map(int.__sub__, part[1:], part))
    return differences


def looked_up(documents: array[int], sizes: array[int], tables: Sequence[array[int] | None]) -> array[int]:
    """Each document's number in the table of its list: list `l`, of `sizes[l]` documents, has table `l % len(tables)`.

    Nothing for lists without a table.
    """
    np = numpy_for(len(documents))
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


def flagged(values: array[int], flags: bytes) -> bytes:
    """The flag of every value of an array "I"."""
    np = numpy_for(len(values))
    if np is not None:
        taken: bytes = np.frombuffer(flags, np.uint8)[np.frombuffer(values, np.uint32)].tobytes()
        return taken
    return bytes(map(flags.__getitem__, values))


def packer(numbers: int) -> Callable[[array[int]], bytes]:
    """What turns arrays "I", of so many numbers in all, into varints."""
    np = numpy_for(numbers)
    return varints if np is None else lambda values: _packed_by_numpy(np, values)


def _packed_by_numpy(np: Any, values: array[int]) -> bytes:
    rest = np.frombuffer(values, np.uint32)
    sizes = np.ones(len(rest), np.int64)
    for power in range(7, 32, 7):
        sizes += rest >= 1 << power
    at = np.cumsum(sizes) - sizes
    result = np.empty(int(sizes.sum()), np.uint8)
    while len(rest):
        more = rest > 127
        result[at] = (rest & 127) | (more << 7)
        rest, at = rest[more] >> 7, at[more] + 1
    packed: bytes = result.tobytes()
    return packed


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
