"""Where phrases stand in long arrays of numbered words."""

from __future__ import annotations

from functools import partial
from itertools import compress, count, pairwise
from typing import TYPE_CHECKING, Any

from sitegen.search.arrays import AT_ONCE, Numbers, flagged, grouped, lists_at, numpy_for

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence


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
    return lists_at(np, starts, found)


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
    for start in range(0, len(stream), AT_ONCE):
        part = stream[start : start + AT_ONCE + 1]
        kinds = flags.take(part)
        at = np.flatnonzero((kinds[:-1] >> 1) & kinds[1:])
        pair = symbol_of.take(part.take(at)) * most + symbol_of.take(part.take(at + 1))
        kept = likely.take(pair & _BITS)
        at, pair = at[kept], pair[kept]
        near = np.minimum(np.searchsorted(keys, pair), len(keys) - 1)
        right = keys[near] == pair
        positions.append(at[right] + start)
        found.append(numbers[near[right]])
    return grouped(np, np.concatenate(found), np.concatenate(positions))
