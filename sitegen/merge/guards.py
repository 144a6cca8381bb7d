"""What stands against two groups of records being one work, though they share a title or an address."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import msgspec

from sitegen.merge.keys import identifiers_of
from sitegen.text.normal import fold, title_key
from sitegen.text.references import identifier_key
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sitegen.model.record import Record

_YEARS_APART = 2
_SHORT_TITLE = 6  # characters of a title's key; shorter ones are as good as generic
_GENERIC = """
    Abstract · Acknowledgements · Addendum · Annotation · Appendix · Authors' reply · Background ·
    Bibliography · Book review · Book reviews · Comment · Commentary · Comments · Conclusion · Conclusions ·
    Contents · Correction · Corrigendum · Discussion · Editor's note · Editorial · Editorial board · Erratum
    · Errata · Foreword · Front matter · Glossary · Guest editorial · Guest editors' introduction · Guest
    editorial preface · Index · Introduction · In memoriam · Invited talk · Keynote · Letter · Letter to the
    editor · Letters · List of reviewers · Message from the chairs · News · Notes · Obituary · Overview ·
    Panel · Position paper · Poster · Preface · Proceedings · Program · Prologue · References · Rejoinder ·
    Related work · Reply · Report · Response · Retraction · Review · Reviews · Summary · Supplementary
    material · Survey · Table of contents · Technical report · Thesis · Title page · Tutorial · Untitled ·
    Welcome · Workshop · Workshop report
"""
_GENERIC_TITLES = frozenset(title_key(title) for title in _GENERIC.split("·"))


class Facts(msgspec.Struct, frozen=True, gc=False):
    """What a group of records says that could tell it from another, as it was written."""

    arxiv: frozenset[str]
    doi: frozenset[str]
    years: frozenset[int]
    authors: frozenset[str]
    titles: frozenset[str]
    abstracts: frozenset[str]  # beginnings


def facts(records: Iterable[Record]) -> Facts:
    """What these records say together."""
    records = tuple(records)
    identifiers = {identifier_key(i) for record in records for i in identifiers_of(record)}
    return Facts(
        arxiv=frozenset(key for key in identifiers if key.startswith("arxiv:")),
        doi=frozenset(key for key in identifiers if key.startswith("doi:")),
        years=frozenset(record.date.year for record in records if record.date),
        authors=frozenset(author for record in records for author in record.authors),
        titles=frozenset(record.title for record in records if record.title),
        abstracts=frozenset(
            " ".join(record.abstract[:200].split())[:150] for record in records if record.abstract
        ),
    )


def objection(one: Facts, other: Facts) -> str:
    """Why these cannot be one work, or "".

    Different arXiv ids, different DOIs, or years too far apart without an author in common.
    """
    for kind, left, right in (("arXiv ids", one.arxiv, other.arxiv), ("DOIs", one.doi, other.doi)):
        if left and right and not left & right:
            return f"their {kind} differ: {_list(left)} and {_list(right)}"
    gap = max((abs(a - b) for a in one.years for b in other.years), default=0)
    if gap > _YEARS_APART and not shared_authors(one, other):
        return f"they are {gap} years apart and share no author"
    return ""


def title_objection(title: str, one: Facts, other: Facts) -> str:
    """Why a shared title does not make these one work, or "". Titles that anything may bear need more evidence."""
    if (
        (title in _GENERIC_TITLES or len(title) < _SHORT_TITLE)
        and not one.years & other.years
        and not one.abstracts & other.abstracts
        and not shared_authors(one, other)
    ):
        return "their title alone says too little, and they share no author, year or abstract"
    return objection(one, other)


def url_objection(one: Facts, other: Facts) -> str:
    """Why a shared address does not make these one work, or "". Whole proceedings may stand at one address."""
    if not one.titles & other.titles:
        left, right = (
            map(fold, map(plain, sorted(one.titles))),
            [fold(plain(title)) for title in sorted(other.titles)],
        )
        pairs = [(a, b) for a in left for b in right]
        if not any(_akin(a, b) for a, b in pairs):
            return "their titles have little in common"
        if not any(_NUMBER.findall(a) == _NUMBER.findall(b) for a, b in pairs):
            return "the numbers in their titles differ"
    return objection(one, other)


def shared_authors(one: Facts, other: Facts) -> int:
    """How many authors they share, by surname and first initial: listings shorten the rest."""
    if not one.authors or not other.authors:
        return 0
    return len(set(map(_author_key, one.authors)) & set(map(_author_key, other.authors)))


_WORD = re.compile(r"\w+")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def _akin(one: str, other: str) -> bool:
    """Whether the shorter title has at least half of its words from the longer."""
    left, right = set(_WORD.findall(one)), set(_WORD.findall(other))
    return 2 * len(left & right) >= min(len(left), len(right))


def _author_key(author: str) -> str:
    family, comma, given = author.partition(",")
    if not comma:
        given, _, family = author.strip().rpartition(" ")
    return f"{fold(family).strip()} {fold(given).strip()[:1]}"


def _list(keys: Iterable[str]) -> str:
    return ", ".join(sorted(key.partition(":")[2] for key in keys))
