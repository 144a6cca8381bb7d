"""Numbers as varints: seven bits a byte, the lowest first; 128 says that more follow."""

from __future__ import annotations

from array import array
from itertools import accumulate
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.search.arrays import Numbers


def varints(values: Sequence[int]) -> bytes:
    """All of them, one after another."""
    return b"".join(map(_VARINTS.__getitem__, values))


def packed(np: Any, values: Numbers, places: Numbers) -> tuple[bytes, array[int]]:
    """The varints of an array "I", and where those of the values at these places (an array "Q") start, or would."""
    if np is None:
        codes = [*map(_VARINTS.__getitem__, values)]
        starts = [*accumulate(map(len, codes), initial=0)]
        return b"".join(codes), array("Q", map(starts.__getitem__, places))
    numbers = np.frombuffer(values, np.uint32)
    large = np.flatnonzero(numbers > 127)  # most are not
    if not len(large):
        return bytes(numbers.astype(np.uint8)), array("Q", places)
    rest = numbers[large]
    sizes = np.ones(len(numbers), np.uint8)
    for power in range(7, 32, 7):
        sizes[large] += rest >= 1 << power
    at = np.zeros(len(numbers) + 1, np.int64)
    np.cumsum(sizes, out=at[1:])
    starts = at[np.frombuffer(places, np.uint64).astype(np.int64)].astype(np.uint64)
    result = np.empty(int(at[-1]), np.uint8)
    result[at[:-1]] = numbers.astype(np.uint8) & 127
    at = at[large]
    while len(rest):
        result[at] |= 128
        rest, at = rest >> 7, at + 1
        result[at] = rest & 127
        more = rest > 127
        rest, at = rest[more], at[more]
    return bytes(result), array("Q", starts.tobytes())


class _Varints(dict[int, bytes]):
    def __missing__(self, value: int) -> bytes:
        low, rest = value & 127, value >> 7
        code = bytes((low | 128,)) + self[rest] if rest else bytes((low,))
        if value < 1 << 16:
            self[value] = code
        return code


_VARINTS = _Varints()
