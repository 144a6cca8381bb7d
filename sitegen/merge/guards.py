"""What stands against two groups of records being one work, though they share a title or an address."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import msgspec

from sitegen.merge.keys import abstract_key, author_key, identifiers_of
from sitegen.merge.wording import akin, same_wording, told_apart
from sitegen.text.identifiers import is_preprint_doi
from sitegen.text.names import display_name, parts_of_name
from sitegen.text.normal import fold, title_key
from sitegen.text.references import identifier_key

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
        abstracts=frozenset(abstract_key(record.abstract) for record in records if record.abstract),
    )


def together(one: Facts, other: Facts) -> Facts:
    """What both groups say."""
    return Facts(
        arxiv=one.arxiv | other.arxiv,
        doi=one.doi | other.doi,
        years=one.years | other.years,
        authors=one.authors | other.authors,
        titles=one.titles | other.titles,
        abstracts=one.abstracts | other.abstracts,
    )


def objection(one: Facts, other: Facts) -> str:
    """Why these cannot be one work, or "".

    Different arXiv ids, different DOIs, other people, or years too far apart without an author in common.
    """
    for kind, left, right in (("arXiv ids", one.arxiv, other.arxiv), ("DOIs", one.doi, other.doi)):
        if left and right and not left & right and not _preprint_and_publication(left, right):
            return f"their {kind} differ: {_list(left)} and {_list(right)}"
    gap = max((abs(a - b) for a in one.years for b in other.years), default=0)
    if gap > _YEARS_APART and not shared_authors(one, other):
        return f"they are {gap} years apart and share no author"
    if _people(one) and _people(other) and not shared_authors(one, other):
        return "they share no author"
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
        pairs = [(a, b) for a in one.titles for b in other.titles]
        if not any(akin(a, b) for a, b in pairs):
            return "their titles have little in common"
        if all(told_apart(a, b) for a, b in pairs):
            return "the numbers in their titles differ"
    return objection(one, other)


def likeness_objection(one: Facts, other: Facts) -> str:
    """Why an author and a like beginning of the title do not make these one work, or "".

    The title has to say the same in other words, and everyone that the shorter list names be in the longer.
    """
    if against := objection(one, other):
        return against
    if not any(same_wording(a, b) for a in one.titles for b in other.titles):
        return "their titles differ"
    shared = shared_authors(one, other)
    if not shared or shared < min(len(one.authors), len(other.authors)):
        return "their authors differ"
    return ""


def abstract_objection(one: Facts, other: Facts) -> str:
    """Why one beginning of two abstracts does not make these one work, or ""."""
    pairs = [(a, b) for a in one.titles for b in other.titles]
    if not any(akin(a, b) and not told_apart(a, b) for a, b in pairs):
        return "their titles differ"
    return objection(one, other)


def shared_authors(one: Facts, other: Facts) -> int:
    """How many of them they share. Listings shorten given names, and some put the family's first without a comma."""
    if not one.authors or not other.authors:
        return 0
    if one.authors == other.authors:
        return len(one.authors)
    left, right = set(map(_forms, one.authors)), set(map(_forms, other.authors))
    return min(_found(left, right), _found(right, left))


def _found(some: set[frozenset[str]], others: set[frozenset[str]]) -> int:
    known = frozenset[str]().union(*others)
    return sum(not forms.isdisjoint(known) for forms in some)


@lru_cache(maxsize=4096)
def _forms(author: str) -> frozenset[str]:
    """Family and first initial; and all the words, in no order."""
    words = sorted(fold(author).replace(",", " ").replace(".", " ").split())
    return frozenset([author_key(author), " ".join(words)])


def _people(known: Facts) -> bool:
    """Whether those who wrote it are named one by one, in letters that other listings would use, too."""
    return bool(known.authors) and not any(
        parts_of_name(display_name(name)).literal for name in known.authors
    )


def _preprint_and_publication(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether the one are DOIs of a server for preprints, the other of a publisher."""
    left, right = ({is_preprint_doi(key.removeprefix("doi:")) for key in side} for side in (one, other))
    return len(left) == len(right) == 1 and left != right


def _list(keys: Iterable[str]) -> str:
    return ", ".join(sorted(key.partition(":")[2] for key in keys))
