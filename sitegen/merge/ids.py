"""What papers are called: short, stable, and never another paper's."""

from __future__ import annotations

from collections import Counter
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from sitegen.diagnostics import Diagnostic, error, warning
from sitegen.merge.keys import identifiers_of
from sitegen.text.normal import title_key
from sitegen.text.references import identifier_key
from sitegen.text.slug import hashed, slug, title_slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sitegen.diagnostics import Span
    from sitegen.model.address import Address
    from sitegen.model.record import Record


class Name(NamedTuple):
    """A paper's id, and the ids that led to it before or would from its other titles."""

    id: str
    aliases: tuple[str, ...] = ()


def name(
    works: Sequence[Sequence[Record]], addresses: Sequence[Address] = ()
) -> tuple[list[Name], list[Diagnostic]]:
    """Ids of works, each given as its records in order of precedence.

    An `id:` that a curator wrote comes first; else the title as a slug, which no other title has. Of works that share
    a title one keeps the slug, and the others take a hash of their own identifier, or of their place, as well. Nothing
    that a later listing may add, such as a date, has a say in it, nor do works of other titles. What is known to have
    had the slug before keeps it, and ids that nobody has any more are aliases of the work that had them.
    """
    problems: list[Diagnostic] = []
    ids: list[str] = [""] * len(works)
    taken: dict[str, int] = {}
    for number, chosen, where in _claims(works, problems):
        if chosen in taken:
            problems.append(_claimed_twice(chosen, where, works[taken[chosen]]))
        elif not ids[number]:
            ids[number] = chosen
            taken[chosen] = number

    held: dict[str, set[str]] = {}
    for address in addresses:
        held.setdefault(address.id, set()).add(address.key)
    slugs = [_slugs(records) for records in works]
    namesakes: dict[str, list[int]] = {}
    for number, own in enumerate(slugs):
        if not ids[number]:
            namesakes.setdefault(own[0], []).append(number)
    late: list[int] = []
    for slug_ in sorted(namesakes):
        numbers = namesakes[slug_]
        if len(numbers) > 1:
            numbers.sort(
                key=lambda number: (not _keeps(works[number], held.get(slug_, ())), _rank(works[number]))
            )
        if slug_ not in taken:
            ids[numbers[0]] = slug_
            taken[slug_] = numbers[0]
            numbers = numbers[1:]
        late += numbers
    for number in late:
        wanted = slugs[number][0]
        ids[number] = next(free for free in _suffixed(wanted, works[number]) if free not in taken)
        taken[ids[number]] = number
        problems.append(_shared(wanted, ids[number], works[number], works[taken[wanted]]))

    wishes = [
        _wishes(own, records, len(namesakes.get(own[0], ())))
        for own, records in zip(slugs, works, strict=True)
    ]
    for number, id_ in _had(works, {id_: keys for id_, keys in held.items() if id_ not in taken}):
        wishes[number].add(id_)
    claims = Counter(chain.from_iterable(wishes))
    return [
        Name(id_, tuple(sorted(alias for alias in wished if alias not in taken and claims[alias] == 1)))
        for id_, wished in zip(ids, wishes, strict=True)
    ], problems


def _claims(works: Sequence[Sequence[Record]], problems: list[Diagnostic]) -> Iterable[tuple[int, str, Span]]:
    """Every `id:` that is usable as one, by place."""
    claims = sorted(
        (record.where, number, record.id)
        for number, records in enumerate(works)
        for record in records
        if record.id
    )
    first: dict[int, str] = {}
    for where, number, chosen in claims:
        usable = slug(chosen)
        if usable != chosen:
            problems.append(
                warning(
                    "bad-id",
                    f"'{chosen}' cannot be an id; '{usable}' is used",
                    where,
                    f"write `id: {usable}`",
                )
            )
        if first.setdefault(number, usable) != usable:
            problems.append(
                warning(
                    "two-ids",
                    f"this paper has the id '{first[number]}' already",
                    where,
                    "keep one of the two",
                )
            )
            continue
        yield number, usable, where


def _keeps(records: Sequence[Record], keys: Iterable[str]) -> bool:
    """Whether one of these keys is the work's; what was known by its title alone had no identifier."""
    known = _identifiers(records)
    return any(key in known if known else key.startswith("title:") for key in keys)


def _had(works: Sequence[Sequence[Record]], retired: Mapping[str, set[str]]) -> Iterator[tuple[int, str]]:
    """(position, id) of the works that had these ids, where there is one alone."""
    wanted = set(chain.from_iterable(retired.values()))
    if not wanted:
        return
    found: dict[str, set[int]] = {}
    titles = any(key.startswith("title:") for key in wanted)
    for number, records in enumerate(works):
        keys = {identifier_key(i) for record in records for i in identifiers_of(record)}
        if titles:
            keys |= {f"title:{title_key(record.title)}" for record in records if record.title}
        for key in keys & wanted:
            found.setdefault(key, set()).add(number)
    for id_, keys in retired.items():
        numbers = set().union(*(found.get(key, ()) for key in keys))
        if len(numbers) == 1:
            yield numbers.pop(), id_


def _claimed_twice(chosen: str, where: Span, holder: Sequence[Record]) -> Diagnostic:
    place = min(record.where for record in holder if record.id)
    return error(
        "duplicate-id",
        f"the id '{chosen}' is another paper's already: {place.path}:{place.line}",
        where,
        "give one of them another id, or merge them with `same_as:`",
    )


def _slugs(records: Sequence[Record]) -> tuple[str, ...]:
    """The slugs of all its titles, that of the title it is known by first."""
    titles = dict.fromkeys(record.title for record in records if record.title)
    return tuple(dict.fromkeys(map(title_slug, titles))) or (title_slug(""),)


def _rank(records: Sequence[Record]) -> tuple[bool, list[str], tuple[str, ...], Span]:
    """Sorts works of one title: those with identifiers first, by these; the others by author and place."""
    identifiers = _identifiers(records)
    authors = min((record.authors for record in _listed(records) if record.authors), default=())
    return (not identifiers, identifiers, authors, _place(records))


def _listed(records: Sequence[Record]) -> Sequence[Record]:
    """The records of listings, where there are any: what curators add to a work does not rename it."""
    return [record for record in records if not record.curated] or records


def _place(records: Sequence[Record]) -> Span:
    return min(record.where for record in _listed(records))


def _identifiers(records: Iterable[Record]) -> list[str]:
    """Sorted; those of arXiv and DOIs, which nobody takes back, before all others."""
    keys = {identifier_key(identifier) for record in records for identifier in identifiers_of(record)}
    return sorted(keys, key=lambda key: (not key.startswith(("arxiv:", "doi:")), key))


def _tellings(records: Sequence[Record]) -> list[str]:
    """What tells a work from others of its title, best first: its identifiers, and its place."""
    where = _place(records)
    return [*_identifiers(records), f"{where.path}:{where.line}"]


def _suffixed(wanted: str, records: Sequence[Record]) -> Iterator[str]:
    tellings = _tellings(records)
    yield from (hashed(wanted, telling) for telling in tellings)
    yield from (
        hashed(wanted, f"{tellings[-1]}:{number}") for number in count(2)
    )  # two claim to stand in one place


def _wishes(slugs: Sequence[str], records: Sequence[Record], namesakes: int) -> set[str]:
    """All ids that the work would have if one thing or another about it were unknown."""
    if namesakes < 2:
        return set(slugs)
    return {*slugs, *(hashed(slugs[0], telling) for telling in _tellings(records))}


def _shared(wanted: str, given: str, records: Sequence[Record], holder: Sequence[Record]) -> Diagnostic:
    other = min(record.where for record in holder)
    return warning(
        "shared-slug",
        f"'{wanted}' is the id of {other.path}:{other.line}; this one is called '{given}'",
        min(record.where for record in records),
        "another of this title may change that: fix it with `id:` in content/papers/",
    )
