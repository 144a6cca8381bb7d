"""Numbers of pages, of which every format and program has its own spelling."""

from __future__ import annotations

import re
from html import unescape


def normal_pages(text: str) -> str:
    """The pages with an en dash in each range, `11–24, 30`; "" where the text is but a placeholder, or counts them.

    An article's number, or `in press`, stays as it is; so does a hyphen that may belong to a number itself.

    >>> normal_pages("11--24"), normal_pages("pp. S11 - S24,30"), normal_pages("12-1--12-9"), normal_pages("064301-2")
    ('11–24', 'S11–S24, 30', '12-1–12-9', '064301-2')
    >>> normal_pages("n/a-n/a"), normal_pages("7-"), normal_pages("in press"), normal_pages("10 pages")
    ('', '7', 'in press', '')
    >>> normal_pages("11&ndash;24"), normal_pages("1-1")
    ('11–24', '1')
    """
    text = _LABEL.sub("", " ".join(unescape(text).split()))
    if _PLACEHOLDER.fullmatch(text) or _COUNT.fullmatch(text):
        return ""
    parts = (_RANGE.sub("\\1–\\2", part) for part in _BETWEEN.split(_DASHES.sub("–", text)))
    return ", ".join(filter(None, map(_once, (part.strip("–- ") for part in parts))))


def _once(part: str) -> str:
    """A range of one page is that page."""
    first, _, last = part.partition("–")
    return first if first == last else part


_LABEL = re.compile(r"^(?:pp?\.|pp?(?=\s)|pages?(?=\s))\s*", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"(?:n/?a|none|null|[\W_])*", re.IGNORECASE)  # Wiley's early views have `n/a-n/a`
_COUNT = re.compile(r"[0-9]+\s?(?:pages?|pp?\.?)", re.IGNORECASE)
_DASHES = re.compile(r"\s*(?:-{2,}|[\u2012-\u2015\u2212])\s*|(?<=\w)\s+-\s+(?=\w)")
_BETWEEN = re.compile(r"\s*[,;]\s*")
_NUMBER = r"((?:[a-z]{0,3}[0-9]{1,5}|[ivxlcdm]+)[a-z]?)"  # longer ones are those of articles
_RANGE = re.compile(rf"^{_NUMBER}[-\u2010\u2011]{_NUMBER}$", re.IGNORECASE)
