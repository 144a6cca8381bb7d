"""The best of every group, from arrays."""

from __future__ import annotations

from typing import Any


def best(np: Any, groups: Any, scores: Any, items: Any, most: int) -> tuple[Any, Any, Any]:
    """Of every group the `most` items with the highest scores, equals by number: three arrays again, by group.

    All are whole numbers from 0 on. Group, score and item become one number, and numbers are sorted fastest.
    """
    high = int(scores.max(initial=0))
    width, item_width = high.bit_length(), int(items.max(initial=0)).bit_length()
    assert int(groups.max(initial=0)).bit_length() + width + item_width < 64
    packed = groups << width
    packed += high - scores
    packed <<= item_width
    packed += items
    del groups, scores, items  # they may be large
    packed.sort()
    groups = packed >> width + item_width
    firsts = np.searchsorted(groups, np.arange(groups[-1] + 2 if len(groups) else 1))
    kept = np.arange(len(groups)) - np.repeat(firsts[:-1], np.diff(firsts)) < most
    packed, groups = packed[kept], groups[kept]
    return groups, high - (packed >> item_width & (1 << width) - 1), packed & (1 << item_width) - 1
