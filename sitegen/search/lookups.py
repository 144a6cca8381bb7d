"""The numbers of a text's tokens, all looked up at once: by numpy, in a third of the time of a dictionary."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from lunr.tokenizer import SEPARATOR_CHARS

if TYPE_CHECKING:
    from collections.abc import Mapping

_BITS = 18  # of a place in the table: for some times as many tokens as are met often
_HALF = 8  # bytes
_LONGEST = 2 * _HALF  # bytes of a token that can stand in the table
_FACTORS = 0x9E3779B97F4A7C15, 0xFF51AFD7ED558CCD  # any that are large and odd: they mix the bits of a token
# Every separator is one, and no token has a byte 0, which fills up those that are short.
_CUT = 10
_MADE_PLAIN = bytes(
    _CUT if chr(byte) in SEPARATOR_CHARS and byte < 128 else byte or 0xFF for byte in range(256)
)
_WIDE_SEPARATORS = [letter for letter in SEPARATOR_CHARS if ord(letter) > 127]


class Lookups:
    """A table of tokens, each as two numbers of eight of its bytes, in a place that these tell.

    What is not there — it is new, or long, or another one has its place — is asked of the words, and takes the place.
    """

    def __init__(self, np: Any, words: Mapping[str, int]) -> None:
        self._np, self._words = np, words
        self._low = np.zeros(1 << _BITS, np.uint64)
        self._high = np.full(1 << _BITS, (1 << 64) - 1, np.uint64)  # bytes that no token has
        self._numbers = np.zeros(1 << _BITS, np.uint32)
        sizes = range(_LONGEST + 1)
        self._low_bits = np.array([(1 << 8 * min(size, _HALF)) - 1 for size in sizes], np.uint64)
        self._high_bits = np.array([(1 << 8 * max(size - _HALF, 0)) - 1 for size in sizes], np.uint64)

    def __call__(self, text: str) -> bytes:
        """By token, as lunr cuts them, the number of its word: an array "I"."""
        np = self._np
        data = text.encode("utf-8", "surrogatepass")
        for separator in _WIDE_SEPARATORS:
            if separator in text:
                data = data.replace(separator.encode(), b"\n")
        data += b"\n" + bytes(_LONGEST)
        plain = data.translate(_MADE_PLAIN)
        ends = np.flatnonzero(np.frombuffer(plain, np.uint8)[:-_LONGEST] == _CUT)
        starts = np.concatenate([[0], ends[:-1] + 1])
        here = starts < ends
        starts, ends = starts[here], ends[here]
        sizes = ends - starts
        eights = np.ndarray(len(plain) - _HALF + 1, "<u8", plain, strides=(1,))  # at every byte
        of_table = np.minimum(sizes, _LONGEST)
        low = eights[starts] & self._low_bits.take(of_table)
        high = eights[starts + _HALF] & self._high_bits.take(of_table)
        mixed = (low ^ high * np.uint64(_FACTORS[0])) * np.uint64(_FACTORS[1])
        places = (mixed >> np.uint64(64 - _BITS)).view(np.int64)
        numbers = self._numbers.take(places)
        short = sizes <= _LONGEST
        missed = np.flatnonzero(
            ~((self._low.take(places) == low) & (self._high.take(places) == high) & short)
        )
        if len(missed):
            bounds = zip(starts[missed].tolist(), ends[missed].tolist(), strict=True)
            tokens = [data[start:end].decode("utf-8", "surrogatepass") for start, end in bounds]
            numbers[missed] = [self._words[token] for token in tokens]
            kept = missed[short[missed]]
            taken = places[kept]
            self._low[taken], self._high[taken], self._numbers[taken] = low[kept], high[kept], numbers[kept]
        return numbers.tobytes()  # type: ignore[no-any-return]
