"""Dates as readers write them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from sitegen.model.record import PartialDate
    from sitegen.text.texts import Texts


def date(value: PartialDate | None, texts: Texts) -> Markup:
    """`<time>` with the date as precise as it is known; nothing for None.

    Texts: `months` (twelve names, separated by blanks), `date_day`, `date_month` (patterns), `date_inferred`.
    """
    if value is None:
        return Markup()
    words = _in_words(value, texts)
    if value.certainty == "exact":
        return Markup('<time datetime="{}">{}</time>').format(value.iso, words)
    return Markup('<time datetime="{}" class="inferred" title="{}">{}</time>').format(
        value.iso, texts("date_inferred"), words
    )


def _in_words(value: PartialDate, texts: Texts) -> str:
    if not value.month:
        return str(value.year)
    month = texts("months").split()[value.month - 1]
    if not value.day:
        return texts("date_month", month=month, year=str(value.year))
    return texts("date_day", day=str(value.day), month=month, year=str(value.year))
