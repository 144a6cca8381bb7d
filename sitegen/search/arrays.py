"""The few operations on long arrays: with numpy where it is installed and pays, without it otherwise. Same results."""

from __future__ import annotations

import importlib
import importlib.util
from array import array
from bisect import bisect
from collections import Counter
from io import BytesIO
from itertools import accumulate, compress, count, pairwise
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

Numbers: TypeAlias = "array[int] | memoryview[int]"  # of type "I"

_NUMPY_PAYS = 300_000  # numbers; below that, numpy takes longer to load than it saves
AT_ONCE = 1 << 17  # numbers: bounds what is in memory beside the arrays
_HAS_NUMPY = importlib.util.find_spec("numpy") is not None


def numpy_for(numbers: int) -> Any:
    """numpy, or None where it is not installed or would not pay for so many numbers."""
    return importlib.import_module("numpy") if _HAS_NUMPY and numbers >= _NUMPY_PAYS else None


def numbers(code: str, data: bytes) -> array[int]:
    """An array that was bytes."""
    result = array(code)
    result.frombytes(data)
    return result


def raised(np: Any, values: array[int], by: int) -> array[int]:
    """Each of the values (an array "Q") and so much more."""
    if np is None:
        return array("Q", [value + by for value in values])
    return numbers("Q", (np.frombuffer(values, np.uint64) + np.uint64(by)).tobytes())


def list_starts(values: Numbers) -> array[int]:
    """Where the lists start that stand in an array "I", each with a 0 after it, and where the last ends."""
    np = numpy_for(len(values))
    found = array("Q", [0])
    if np is not None:
        for at, part in zip(range(0, len(values), AT_ONCE), _parts(np, values), strict=True):
            found.frombytes((np.flatnonzero(part == 0) + (at + 1)).astype(np.uint64).tobytes())
        return found
    found.extend(compress(count(1), map((0).__eq__, values)))
    return found


def renumbered(values: Numbers, numbers: array[int]) -> bytes:
    """What stands in `numbers` at each of the values, as an array "I" has it; all are arrays "I"."""
    np = numpy_for(len(values))
    if np is None:
        return array("I", map(numbers.__getitem__, values)).tobytes()
    table, result = np.frombuffer(numbers, np.uint32), BytesIO()
    for part in _parts(np, values):
        result.write(table.take(part))
    return result.getvalue()  # without a copy


def frequencies(values: Numbers, most: int) -> list[int]:
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


def lists_at(np: Any, starts: array[int], positions: Mapping[int, Any]) -> dict[int, array[int]]:
    """By the same keys, the lists in which the positions are."""
    if np is None or not positions:
        return {key: array("I", [bisect(starts, each) - 1 for each in at]) for key, at in positions.items()}
    bounds = np.frombuffer(starts, np.uint64).astype(np.int64)
    lists = np.searchsorted(bounds, np.concatenate([*positions.values()]), "right") - 1
    found = array("I", lists.astype(np.uint32).tobytes())
    ends = accumulate(map(len, positions.values()))
    return {key: found[end - len(at) : end] for end, (key, at) in zip(ends, positions.items(), strict=True)}


def grouped(np: Any, keys: Any, values: Any) -> dict[int, Any]:
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
        return lists_at(np, starts, grouped(np, np.frombuffer(values, np.uint32)[at].astype(np.int64), at))
    found: dict[int, list[int]] = {}
    for position in compress(count(), flagged_values):
        found.setdefault(values[position], []).append(position)
    return lists_at(np, starts, found)


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


def longest(starts: array[int]) -> int:
    """The size of the longest list; lists begin at `starts` (an array "Q"), and the last one ends there."""
    np = numpy_for(len(starts))
    if np is not None:
        return int(np.diff(np.frombuffer(starts, np.uint64)).max(initial=0))
    return max(map(int.__sub__, starts[1:], starts), default=0)


def sums(values: bytes, starts: array[int]) -> array[int]:
    """The sum of the values of each list; lists begin at `starts` (an array "Q"), and the last one ends there."""
    np = numpy_for(len(values))
    if np is not None:
        bounds = np.frombuffer(starts, np.uint64).astype(np.int64)
        return array(
            "I", np.add.reduceat(np.frombuffer(values, np.uint8), bounds[:-1], dtype=np.uint32).tobytes()
        )
    return array("I", [sum(values[start:end]) for start, end in pairwise(starts)])


def differences(np: Any, values: array[int]) -> array[int]:
    """From each of the ascending values (an array "Q") to the next one, as an array "I"."""
    if np is None:
        return array("I", map(int.__sub__, values[1:], values))
    return array("I", np.diff(np.frombuffer(values, np.uint64)).astype(np.uint32).tobytes())


def sums_before(np: Any, values: Numbers, places: array[int]) -> array[int]:
    """How much the values (an array "I") before each place are together; both of the arrays of places are "Q"."""
    if np is None:
        found = [*accumulate(values, initial=0)]
        return array("Q", map(found.__getitem__, places))
    totals = np.zeros(len(values) + 1, np.uint64)
    np.cumsum(np.frombuffer(values, np.uint32), out=totals[1:])
    return array("Q", totals[np.frombuffer(places, np.uint64).astype(np.int64)].tobytes())


def flagged(values: Numbers, flags: bytes) -> bytes:
    """The flag of every value of an array "I"."""
    np = numpy_for(len(values))
    if np is not None:
        table = np.frombuffer(flags, np.uint8)
        return b"".join(table.take(part).tobytes() for part in _parts(np, values))
    return bytes(map(flags.__getitem__, values))


def _parts(np: Any, values: Numbers) -> Iterator[Any]:
    numbers = np.frombuffer(values, np.uint32)
    return (numbers[start : start + AT_ONCE] for start in range(0, len(numbers), AT_ONCE))
