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
    from collections.abc import Iterator, Sequence
    from collections.abc import Set as AbstractSet

_NUMPY_PAYS = 300_000  # numbers; below that, numpy takes longer to load than it saves
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
    stream = np.frombuffer(values, np.uint32)
    at = np.flatnonzero(np.frombuffer(first, np.uint8)[stream[:-1]])
    at = at[np.frombuffer(second, np.uint8)[stream[at + 1]] > 0]
    numbers = np.asarray(symbols, np.int64)
    most = max(symbols, default=0) + 1
    keys = numbers[stream[at]] * most + numbers[stream[at + 1]]
    at = at[np.isin(keys, [first * most + second for first, second in wanted])]
    return iter(at.tolist())


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


class Column:
    """Numbers below 2^32 as varints, of which any range can be taken as bytes."""

    def __init__(self, values: array[int]) -> None:
        self._values = values
        self._bytes = self._ends = None
        np = numpy_for(len(values))
        if np is None:
            return
        numbers = np.frombuffer(values, np.uint32)
        sizes = np.ones(len(values), np.uint8)
        for power in range(7, 32, 7):
            sizes += numbers >= 1 << power
        self._ends = np.zeros(len(values) + 1, np.int64)
        np.cumsum(sizes, out=self._ends[1:])
        self._bytes = np.empty(int(self._ends[-1]), np.uint8)
        rest, at = numbers, self._ends[:-1]
        while len(rest):
            more = rest > 127
            self._bytes[at] = (rest & 127) | (more << 7)
            rest, at = rest[more] >> 7, at[more] + 1

    def __getitem__(self, span: slice) -> bytes:
        if self._bytes is None or self._ends is None:
            return b"".join(map(_VARINTS.__getitem__, self._values[span]))
        part: bytes = self._bytes[self._ends[span.start] : self._ends[span.stop]].tobytes()
        return part


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
