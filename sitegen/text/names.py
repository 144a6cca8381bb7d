"""Names of people and groups, in the order in which they are read."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple


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
    if given and family and _is_east_asian(given + family):
        return family + given
    return " ".join(f"{given} {particle} {family} {suffix}".split())


class Name(NamedTuple):
    """The parts of a name. A group, or a name that no rule divides safely, is a `literal` and has no other part."""

    given: str = ""
    family: str = ""
    particle: str = ""
    suffix: str = ""
    literal: str = ""

    @property
    def sorted(self) -> str:
        """As it stands in an alphabetical list: `van der Berg, Jan, Jr.`"""
        if self.literal:
            return self.literal
        return ", ".join(filter(None, (f"{self.particle} {self.family}".strip(), self.given, self.suffix)))


@lru_cache(maxsize=4096)  # a page writes each name in several formats
def parts_of_name(name: str) -> Name:
    """The parts of a name that is written as it is read. `full_name` of them is the name again.

    >>> parts_of_name("Ludwig van Beethoven").sorted, parts_of_name("Martin Luther King Jr.").sorted
    ('van Beethoven, Ludwig', 'King, Martin Luther, Jr.')
    >>> parts_of_name("Wool Collective").literal, parts_of_name("山田太郎").literal, parts_of_name("Quoc V. Le").family
    ('Wool Collective', '山田太郎', 'Le')
    """
    words = name.split()
    whole = Name(literal=" ".join(words))
    suffix = words.pop() if len(words) > 2 and _SUFFIX.fullmatch(words[-1]) else ""
    if len(words) < 2 or not _is_divisible(whole.literal) or _GROUP.search(whole.literal):
        return whole
    first = next((at for at, word in enumerate(words[1:-1], 1) if _PARTICLE.fullmatch(word)), len(words) - 1)
    last = first
    while last < len(words) - 1 and _PARTICLE.fullmatch(words[last]):
        last += 1
    return Name(" ".join(words[:first]), " ".join(words[last:]), " ".join(words[first:last]), suffix)


_SUFFIX = re.compile(r"(?:jr|sr|i{2,3}|iv|vi{1,3}|2nd|3rd|[4-9]th)\.?", re.IGNORECASE)
# Not `AG`, `SA` or `Co`: these are initials and given names more often.
_COMPANY = re.compile(r"(?:inc|ltd|llc|corp|gmbh|plc|limited|incorporated|corporation)\.?", re.IGNORECASE)
# First and last, not a regular expression: Python takes 5 ms to compile sets of so many characters.
_HAN_HIRAGANA_HANGUL = (
    ("\u3005", "\u3007"),
    ("\u3041", "\u309f"),
    ("\u3400", "\u4dbf"),
    ("\u4e00", "\u9fff"),
    ("\uac00", "\ud7a3"),
    ("\uf900", "\ufaff"),
)
_EAST_ASIAN = (*_HAN_HIRAGANA_HANGUL, ("\u30a0", "\u30ff"))  # with Katakana


def _is_east_asian(text: str) -> bool:
    """Han, Hiragana and Hangul alone; a Katakana name is mostly a Western one, written in the order of the West."""
    return all(_is_within(letter, _HAN_HIRAGANA_HANGUL) for letter in text)


def _is_divisible(name: str) -> bool:
    """Without a digit, a comma, a sign, or a script that writes the family first without a rule that tells."""
    first = name[0]
    return (
        first.isalnum()
        and not _UNLIKE_A_PERSON.search(name)
        and (max(name) < "\u3005" or not any(_is_within(letter, _EAST_ASIAN) for letter in name))
    )


def _is_within(letter: str, ranges: tuple[tuple[str, str], ...]) -> bool:
    return any(first <= letter <= last for first, last in ranges)


_UNLIKE_A_PERSON = re.compile(r"[\d,;:&@/()\[\]{}<>|\"]")
_GROUP = re.compile(
    r"\bAI\b|(?i:\b(?:team|group|collective|collaboration|consortium|community|committee|project|initiative|foundation|"
    r"institute|university|laborator(?:y|ies)|labs?|research|academy|alliance|network|inc|ltd|llc|corp|gmbh|"
    r"corporation|company|et al|others|and)\b)"
)
_PARTICLE = re.compile(
    r"(?:van|von|vom|zu|zum|zur|af|av|de|del|della|dei|degli|di|du|des|do|da|dos|das|der|den|het|ter|ten|te|la|le|los|las|"
    r"'t|bin|ibn|al|el|Van|Von|Der|Den|De|Del|Della|Di|Du|La|Le)"
)
