"""Names of people and groups, in the order in which they are read."""

from __future__ import annotations

import re


def display_name(text: str) -> str:
    """A name written "Last, First", "Last, Jr, First" or "Last, First, Jr" as it is read; any other as it stands.

    A comma before what ends the names of companies divides nothing, nor do the commas of an address.

    >>> display_name("van der Berg, Jan"), display_name("King, Jr., Martin Luther"), display_name("Acme, Inc.")
    ('Jan van der Berg', 'Martin Luther King Jr.', 'Acme, Inc.')
    >>> display_name("山田, 太郎"), display_name("Wool Collective")
    ('山田太郎', 'Wool Collective')
    """
    text = " ".join(text.split())
    if "," not in text:
        return text
    parts = [part for part in (part.strip() for part in text.split(",")) if part]
    if len(parts) < 2:
        return "".join(parts)
    if len(parts) == 2:
        last, first = parts
        if _COMPANY.fullmatch(first):
            return f"{last}, {first}"
        return f"{last} {first}" if _SUFFIX.fullmatch(first) else full_name(first, last)
    if len(parts) == 3 and not _COMPANY.fullmatch(parts[2]):
        last, second, third = parts
        if _SUFFIX.fullmatch(second):
            return full_name(third, last, suffix=second)
        if _SUFFIX.fullmatch(third):
            return full_name(second, last, suffix=third)
    return text


def full_name(given: str, family: str, particle: str = "", suffix: str = "") -> str:
    """The parts of a name in the order in which they are read: Chinese, Japanese and Korean ones family first.

    >>> full_name("Ludwig", "Beethoven", "van"), full_name("철수", "김")
    ('Ludwig van Beethoven', '김철수')
    """
    if given and family and _EAST_ASIAN.fullmatch(given) and _EAST_ASIAN.fullmatch(family):
        return family + given
    return " ".join(f"{given} {particle} {family} {suffix}".split())


_SUFFIX = re.compile(r"(?:jr|sr|i{2,3}|iv|vi{1,3}|2nd|3rd|[4-9]th)\.?", re.IGNORECASE)
# Not `AG`, `SA` or `Co`: these are initials and given names more often.
_COMPANY = re.compile(r"(?:inc|ltd|llc|corp|gmbh|plc|limited|incorporated|corporation)\.?", re.IGNORECASE)
# Han, Hiragana and Hangul; a Katakana name is mostly a Western one, written in the order of the West.
_EAST_ASIAN = re.compile("[\u3005-\u3007\u3041-\u309f\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")
