"""Which records of a listing are wanted."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.model.record import Record
    from sitegen.model.source import Wanted


@lru_cache(maxsize=8)
def condition_of(wanted: Wanted) -> Callable[[Record], bool]:
    """Whether a record is wanted. A record without a date is of no year, one without categories in none."""
    categories = frozenset(wanted.categories)
    words = re.compile("|".join(map(_phrase, wanted.words))) if wanted.words else None
    years = wanted.years

    def is_wanted(record: Record) -> bool:
        if years and not (record.date and years[0] <= record.date.year <= years[1]):
            return False
        if categories:
            named = {keyword.lower() for keyword in record.keywords}
            if categories.isdisjoint(named) and categories.isdisjoint(name.split(".")[0] for name in named):
                return False
        return words is None or any(
            words.search(text.lower()) is not None for text in (record.title, record.abstract)
        )

    return is_wanted


def _phrase(words: str) -> str:
    """A whole word, or several with any blanks between them."""
    return r"(?<!\w)" + r"\s+".join(map(re.escape, words.split())) + r"(?!\w)"
