"""What is believed about a work, field by field, and which record it was taken from."""

from __future__ import annotations

from operator import attrgetter
from typing import TYPE_CHECKING, Any, TypeVar

from sitegen.merge.keys import identifiers_of
from sitegen.merge.orcids import orcids_for
from sitegen.merge.published import published
from sitegen.merge.wording import RETRACTED
from sitegen.model.paper import MergeReason, Paper
from sitegen.model.record import Notice
from sitegen.text.identifiers import is_preprint_doi
from sitegen.text.normal import fold
from sitegen.text.references import identifier_key
from sitegen.text.urls import url_key
from sitegen.text.venues import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

    from sitegen.merge.ids import Name
    from sitegen.model.record import Identifier, Link, Organization, PartialDate, Record, Signal

T = TypeVar("T")

_SINGLE = ("title", "abstract", "summary")


def precedence(record: Record) -> tuple[int, bool, bool, int, str, int, int]:
    """Whose word counts first: that of `content/papers/`, then a definition's in a pick, then the sources'.

    Among the sources, records with identifiers count first, then those with metadata, then the longest.
    """
    where = record.where
    return (
        _voice(record),
        not identifiers_of(record),
        not (record.date or record.authors or record.author_count),
        -len(record.abstract),
        where.path,
        where.line,
        where.column,
    )


def believed(
    named: Name, records: Sequence[Record], numbers: Sequence[int], reasons: Sequence[MergeReason]
) -> Paper:
    """The paper that these records, in order of precedence, are about.

    Title, abstract and summary are those of the first record that has one. Venue, volume, pages and what belongs to
    them are what one source says, the fullest account of the version of record, and over it what curators say. The
    date is the curators' (that of `content/papers/` before one in a pick), else an exact one before an inferred one,
    the more precise before the less, the earlier before the later. Authors are the curators' likewise, else the longest
    list, that of the version of record before others; so is their number where nobody names them; an ORCID may be known
    from any record that names the same person. Everything else is the union, in order of precedence, but identifiers
    and links of the version of record go before those of other sources.

    `numbers` are the records' positions in the whole merge, in which `reasons` are given.
    """
    if len(records) == 1:
        return _from_one(named, records[0])
    order = sorted(range(len(records)), key=lambda i: numbers[i])
    position = {i: place for place, i in enumerate(order)}  # in precedence → in Paper.records
    at = {numbers[i]: position[i] for i in range(len(records))}

    sources: list[tuple[str, int]] = []
    chosen: dict[str, Any] = {}
    for field in _SINGLE:
        i = next((i for i, record in enumerate(records) if getattr(record, field)), None)
        if i is not None:
            chosen[field] = getattr(records[i], field)
            sources.append((field, position[i]))
    chosen["venue"], chosen["publication"], told = published(records)
    sources += [(field, position[i]) for field, i in told]
    of_record = told[0][1] if told and kind_of(records[told[0][1]]) != "preprint" else None
    dated = [(_date_rank(record), i) for i, record in enumerate(records) if record.date]
    if dated:
        i = min(dated)[1]
        chosen["date"] = records[i].date
        sources.append(("date", position[i]))
    listed = [
        (_voice(record), -len(record.authors), i != of_record, i)
        for i, record in enumerate(records)
        if record.authors
    ]
    counted = [
        (_voice(record), -record.author_count, i) for i, record in enumerate(records) if record.author_count
    ]
    if listed:
        i = min(listed)[-1]
        chosen["authors"] = records[i].authors
        chosen["author_count"] = len(records[i].authors)
        chosen["orcids"] = orcids_for(records[i], records)
        sources.append(("authors", position[i]))
    elif counted:
        _, count, i = min(counted)
        chosen["author_count"] = -count
        sources.append(("author_count", position[i]))
    for field, (claim, unite) in _UNIONS.items():
        claims = [claim(record) for record in records]
        cited = sorted(range(len(records)), key=lambda i: (_voice(records[i]), i != of_record))
        chosen[field] = unite([claims[i] for i in cited] if field in _OF_RECORD else claims)
        sources += [(field, position[i]) for i, said in enumerate(claims) if said]

    return Paper(
        id=named.id,
        aliases=named.aliases,
        records=tuple(records[i] for i in order),
        provenance=tuple(sorted(sources)),
        reasons=_reasons(reasons, at),
        **chosen,
    )


def _reasons(reasons: Sequence[MergeReason], at: Mapping[int, int]) -> tuple[MergeReason, ...]:
    """The reasons in terms of the paper's own records, in their order."""
    moved = (
        MergeReason(reason.rule, reason.evidence, at[reason.left], at[reason.right]) for reason in reasons
    )
    return tuple(sorted(moved, key=lambda reason: (max(reason.left, reason.right), reason.left)))


def _from_one(named: Name, record: Record) -> Paper:
    return Paper(
        id=named.id,
        aliases=named.aliases,
        title=record.title,
        abstract=record.abstract,
        summary=record.summary,
        authors=record.authors,
        orcids=record.orcids,
        author_count=len(record.authors) or record.author_count,
        organizations=record.organizations,
        date=record.date,
        venue=record.venue,
        publication=record.publication,
        identifiers=record.identifiers if not record.curated else _identifiers([identifiers_of(record)]),
        links=record.links,
        keywords=record.keywords,
        signals=record.signals if len(record.signals) < 2 else _signals([record.signals]),
        notices=_notices([notices_of(record)]),
        tags=record.tags,
        records=(record,),
    )


def _voice(record: Record) -> int:
    """Who speaks: 0 a file of `content/papers/`, which is about papers; 1 a pick, which is about a list; 2 a source."""
    if not record.curated:
        return 2
    return 0 if record.where.path.startswith("content/papers/") else 1


def _date_rank(record: Record) -> tuple[int, bool, int, PartialDate]:
    date = record.date
    assert date is not None
    return (
        _voice(record),
        date.certainty == "inferred",
        -((date.month > 0) + (date.day > 0)),
        date,
    )


def _once(claims: Iterable[tuple[T, ...]], key: Callable[[T], Hashable]) -> tuple[T, ...]:
    """Every item of every claim, the first of those with one key."""
    first: dict[Hashable, T] = {}
    for claim in claims:
        for item in claim:
            first.setdefault(key(item), item)
    return tuple(first.values())


def _identifiers(claims: Sequence[tuple[Identifier, ...]]) -> tuple[Identifier, ...]:
    """Each once, in its latest version."""
    latest: dict[str, Identifier] = {}
    for claim in claims:
        for identifier in claim:
            key = identifier_key(identifier)
            known = latest.setdefault(key, identifier)
            if _version(identifier) > _version(known):
                latest[key] = identifier
    # The DOI of the version of record is the one that is cited.
    return tuple(sorted(latest.values(), key=lambda i: i.kind == "doi" and is_preprint_doi(i.value)))


def _version(identifier: Identifier) -> int:
    return int(identifier.version) if identifier.version.isdecimal() else 0


def _links(claims: Sequence[tuple[Link, ...]]) -> tuple[Link, ...]:
    """Each address once, as the first record that has it calls it."""
    by_kind = _once(claims, lambda link: (link.kind, url_key(link.url)))
    return _once([by_kind], lambda link: link.url)


def _organizations(claims: Sequence[tuple[Organization, ...]]) -> tuple[Organization, ...]:
    """Each name once, with its handle where any record knows it."""
    best: dict[str, Organization] = {}
    for claim in claims:
        for organization in claim:
            key = fold(organization.name)
            if key not in best or (organization.handle and not best[key].handle):
                best[key] = organization
    return tuple(best.values())


def _signals(claims: Sequence[tuple[Signal, ...]]) -> tuple[Signal, ...]:
    """Every reading once, the oldest first, those without a day last."""
    readings = {signal for claim in claims for signal in claim}
    return tuple(
        sorted(
            readings,
            key=lambda s: (s.day is None, s.day.iso if s.day else "", s.kind, s.value, s.source),
        )
    )


def notices_of(record: Record) -> tuple[Notice, ...]:
    """What it says has happened to the work; publishers also write so before the title."""
    marked = RETRACTED.match(record.title.casefold())
    if marked is None or record.notices:
        return record.notices
    return (Notice("withdrawn" if "withdrawn" in marked[0] else "retracted", "", None, record.where.path),)


def _notices(claims: Sequence[tuple[Notice, ...]]) -> tuple[Notice, ...]:
    """Each once, the gravest first, then by day; of the versions the latest, by who knows its day."""
    said = {notice for claim in claims for notice in claim}
    revised = [notice for notice in said if notice.kind == "revised"]
    if len(revised) > 1:
        said.difference_update(revised)
        said.add(max(revised, key=_newest_version))
    if not said:
        return ()
    return tuple(
        sorted(
            said,
            key=lambda n: (_GRAVITY[n.kind], n.day is None, n.day.iso if n.day else "", n.source, n.text),
        )
    )


def _newest_version(notice: Notice) -> tuple[int, bool, str, str]:
    number = notice.text.removeprefix("v")
    day = notice.day
    return (int(number) if number.isdecimal() else 0, day is not None, day.iso if day else "", notice.source)


_GRAVITY = {"retracted": 0, "withdrawn": 1, "corrected": 2, "revised": 3}


def _keywords(claims: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return _once(claims, fold)


def _tags(claims: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    return _once(claims, str)


_UNIONS: Mapping[str, tuple[Callable[[Record], Any], Callable[[Any], Any]]] = {
    "organizations": (attrgetter("organizations"), _organizations),
    "identifiers": (identifiers_of, _identifiers),
    "links": (attrgetter("links"), _links),
    "keywords": (attrgetter("keywords"), _keywords),
    "signals": (attrgetter("signals"), _signals),
    "notices": (notices_of, _notices),
    "tags": (attrgetter("tags"), _tags),
}
"""What each record says of a field, and how that is united."""
_OF_RECORD = frozenset(
    {"identifiers", "links"}
)  # that of the version which is cited goes before those of others
