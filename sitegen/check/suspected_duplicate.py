"""Two papers look like one work that merging did not dare to unite.

Passes: `Scaling Laws, Part I` beside `… Part II`; `VL 1.5` beside `VL 2`; equal titles by different authors, years
apart or with different arXiv ids or DOIs. Fails: `Foo: A Study` beside `Foo`; a title with one word misspelt; one
abstract under two titles. `same_as` or `not_same_as` in content/papers/ settles it.

Every pair comes with what speaks for one work and, after "but", what against it.
"""

from __future__ import annotations

import re
from collections import Counter
from difflib import SequenceMatcher
from itertools import combinations
from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Diagnostic, warning
from sitegen.model.paper import Paper
from sitegen.text.normal import fold, title_key
from sitegen.text.references import identifier_key, link_keys, readings
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Iterator, Sequence

    from sitegen.model.site import Site

_RARE = 4  # a title is compared with those that share one of its four rarest words,
_CROWD = 40  # unless more titles than this have that word
_ALIKE = 0.92
_YEARS_APART = 2
_TELLING_ABSTRACT = 150  # letters and digits of an abstract's beginning that no two works share


def check(site: Site) -> tuple[Diagnostic, ...]:
    """A warning for every such pair, at the later paper, with the evidence and the line that would settle it."""
    return tuple(map(_warned, suspicions(site)))


class Suspicion(msgspec.Struct, frozen=True):
    """Two papers that look like one work; `second` was read after `first`."""

    first: Paper
    second: Paper
    evidence: tuple[str, ...]  # that they are one: sentences without a full stop
    against: tuple[str, ...]  # that they are two


def suspicions(site: Site) -> tuple[Suspicion, ...]:
    """Every such pair, in the order of the papers."""
    papers = [_Looks.of(paper) for paper in site.library.papers]
    reasons: dict[tuple[int, int], str] = {}
    for left, right in _pairs((looks.abstract, i) for i, looks in enumerate(papers) if looks.abstract):
        if papers[left].numbers == papers[right].numbers:
            reasons[left, right] = "their abstracts begin alike"
    for left, right in _pairs(_blocks(papers)):
        if (left, right) not in reasons and (reason := _similarity(papers[left], papers[right])):
            reasons[left, right] = reason
    return tuple(
        _suspicion(papers[left].paper, papers[right].paper, reason)
        for (left, right), reason in sorted(reasons.items())
        if not _told_apart(papers[left], papers[right])
    )


class _Looks(msgspec.Struct, frozen=True):
    paper: Paper
    words: tuple[str, ...]
    key: str
    main: str  # key of what stands before the first colon
    abstract: str
    numbers: tuple[str, ...]
    authors: frozenset[str]  # surnames

    @classmethod
    def of(cls, paper: Paper) -> _Looks:
        title = fold(plain(paper.title))
        words = tuple(_WORD.findall(title))
        abstract = (
            title_key(paper.abstract[: 2 * _TELLING_ABSTRACT])[:_TELLING_ABSTRACT] if paper.abstract else ""
        )
        return cls(
            paper=paper,
            words=words,
            key=" ".join(words),
            main=" ".join(_WORD.findall(title.partition(":")[0])),
            abstract=abstract if len(abstract) == _TELLING_ABSTRACT else "",
            numbers=tuple(sorted(word for word in words if word[0].isdigit() or word in _ROMAN)),
            authors=frozenset(
                fold(name).split(",")[0].split()[-1] for name in paper.authors if name.split(",")[0].split()
            ),
        )


_WORD = re.compile(r"\d+(?:\.\d+)*|[^\W\d_]+")
_ROMAN = frozenset(["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"])


def _blocks(papers: Sequence[_Looks]) -> Iterator[tuple[str, int]]:
    """(word, position) of the rarest words of every title."""
    spread = Counter(word for looks in papers for word in set(looks.words))
    for i, looks in enumerate(papers):
        for word in sorted(set(looks.words), key=lambda word: (spread[word], word))[:_RARE]:
            if spread[word] > 1:
                yield word, i


def _pairs(keyed: Iterable[tuple[Hashable, int]]) -> Iterator[tuple[int, int]]:
    """Positions that share a key which is no crowd's."""
    blocks: dict[Hashable, list[int]] = {}
    for key, i in keyed:
        blocks.setdefault(key, []).append(i)
    for block in blocks.values():
        if 1 < len(block) <= _CROWD:
            yield from combinations(block, 2)


def _similarity(one: _Looks, other: _Looks) -> str:
    if one.numbers != other.numbers:
        return ""
    if one.key == other.key:
        return "their titles are equal"
    if one.key == other.main or other.key == one.main:
        return "their titles differ by a subtitle"
    long, short = sorted((len(one.key), len(other.key)), reverse=True)
    if 2 * short < _ALIKE * (long + short):
        return ""
    matcher = SequenceMatcher(None, one.key, other.key, autojunk=False)
    if matcher.quick_ratio() >= _ALIKE and (ratio := matcher.ratio()) >= _ALIKE:
        return f"their titles are {ratio:.0%} alike"
    return ""


def _told_apart(one: _Looks, other: _Looks) -> bool:
    """Whether something says already that these are two works."""
    left, right = one.paper, other.paper
    for kind in ("arxiv", "doi"):
        if left.identifier(kind) and right.identifier(kind):
            return True  # equal ones would have been merged
    if one.authors and other.authors and not one.authors & other.authors:
        return True
    if (
        left.year
        and right.year
        and abs(left.year - right.year) > _YEARS_APART
        and not one.authors & other.authors
    ):
        return True
    return _denies(left, right) or _denies(right, left)


def _denies(speaker: Paper, other: Paper) -> bool:
    references = [reference for record in speaker.records for reference in record.not_same_as]
    if not references:
        return False
    keys = {f"id:{other.id}", *(f"id:{alias}" for alias in other.aliases)}
    keys.update(f"title:{title_key(record.title)}" for record in other.records)
    keys.update(map(identifier_key, other.identifiers))
    keys.update(link_keys(other.links))
    return any(not keys.isdisjoint(readings(reference)) for reference in references)


def _suspicion(left: Paper, right: Paper, reason: str) -> Suspicion:
    first, second = sorted((left, right), key=lambda paper: (paper.records[0].where, paper.id))
    more, against = _evidence(first, second)
    return Suspicion(first, second, (reason, *more), tuple(against))


def _warned(found: Suspicion) -> Diagnostic:
    first, second = found.first, found.second
    evidence = "; ".join([", ".join(found.evidence), *(f"but {said}" for said in found.against)])
    place = first.records[0].where
    return warning(
        "suspected-duplicate",
        f"'{second.title}' and '{first.title}' ({place.path}:{place.line}) may be one work: {evidence}",
        second.records[0].where,
        f"in content/papers/: `- {{paper: {second.id}, same_as: [{first.id}]}}`, or "
        f"`- {{paper: {second.id}, not_same_as: [{first.id}]}}` if they are two",
    )


def _evidence(left: Paper, right: Paper) -> tuple[list[str], list[str]]:
    """What else speaks for their being one work, and what against it."""
    more, against = [], []
    common = len(set(map(fold, left.authors)) & set(map(fold, right.authors)))
    if common:
        more.append(f"{common} of their authors are the same")
    elif left.authors and right.authors:
        against.append("no author is written the same")
    elif bool(left.authors) != bool(right.authors):
        against.append("only one of them names its authors")
    if left.year and right.year:
        if left.year == right.year:
            more.append(f"both are of {left.year}")
        else:
            against.append(f"they are of {left.year} and {right.year}")
    links = set(link_keys(left.links)) & set(link_keys(right.links))
    if links:
        more.append(f"both link to {min(links).partition(':')[2]}")
    if left.venue and right.venue and fold(left.venue) != fold(right.venue):
        against.append(f"they appeared at {left.venue} and {right.venue}")
    return more, against
