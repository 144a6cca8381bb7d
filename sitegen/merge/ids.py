"""What papers are called: short, stable, and never another paper's."""

from __future__ import annotations

from hashlib import blake2b
from itertools import chain, count
from typing import TYPE_CHECKING, NamedTuple

from sitegen.diagnostics import Diagnostic, error, info, warning
from sitegen.merge.keys import identifiers_of
from sitegen.text.references import identifier_key
from sitegen.text.slug import slug

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.diagnostics import Span
    from sitegen.model.record import Record

_LONGEST = 80


class Name(NamedTuple):
    """A paper's id, and the ids that led to it before or would from its other titles."""

    id: str
    aliases: tuple[str, ...] = ()


def name(works: Sequence[Sequence[Record]]) -> tuple[list[Name], list[Diagnostic]]:
    """Ids of works, each given as its records in order of precedence.

    An `id:` that a curator wrote comes first; else the title as a slug. Where two works want one slug, the older keeps
    it and the other takes its year, or a digest, as well: works whose titles differ never influence each other's ids.
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

    natural = [slug(next((r.title for r in records if r.title), "")) for records in works]
    wanted: dict[str, list[int]] = {}
    for number, slug_ in enumerate(natural):
        if not ids[number]:
            wanted.setdefault(slug_, []).append(number)
    late: list[int] = []
    for slug_ in sorted(wanted):
        numbers = wanted[slug_]
        if len(numbers) > 1:
            numbers.sort(key=lambda number: _seniority(works[number]))
        if slug_ not in taken:
            ids[numbers[0]] = slug_
            taken[slug_] = numbers[0]
            numbers = numbers[1:]
        late += numbers
    for number in late:
        ids[number] = _free(natural[number], works[number], taken)
        taken[ids[number]] = number
        problems.append(_shared(natural[number], ids[number], works[number], works[taken[natural[number]]]))

    return [
        Name(ids[number], _aliases(records, ids[number], taken))
        if len(records) > 1 or ids[number] != natural[number]
        else Name(ids[number])
        for number, records in enumerate(works)
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


def _claimed_twice(chosen: str, where: Span, holder: Sequence[Record]) -> Diagnostic:
    place = min(record.where for record in holder if record.id)
    return error(
        "duplicate-id",
        f"the id '{chosen}' is another paper's already: {place.path}:{place.line}",
        where,
        "give one of them another id, or merge them with `same_as:`",
    )


def _seniority(records: Sequence[Record]) -> tuple[bool, str, bool, list[str], Span]:
    dates = [record.date.iso for record in records if record.date]
    identifiers = sorted(identifier_key(i) for record in records for i in identifiers_of(record))
    return (
        not dates,
        min(dates, default=""),
        not identifiers,
        identifiers,
        min(record.where for record in records),
    )


def _free(wanted: str, records: Sequence[Record], taken: dict[str, int]) -> str:
    """The slug with the year, or with a digest of what the records say."""
    years = sorted({record.date.year for record in records if record.date})
    if years:
        dated = _with(wanted, str(years[0]))
        if dated not in taken:
            return dated
    said = {
        "\t".join((*sorted(map(identifier_key, identifiers_of(r))), r.title, *r.authors, r.abstract))
        for r in records
    }
    digest = blake2b("\n".join(sorted(said)).encode("utf-8", "surrogatepass"), digest_size=3).hexdigest()
    candidates = chain(
        (digest,), (f"{digest}-{number}" for number in count(2))
    )  # works may say the very same
    return next(name for name in (_with(wanted, ending) for ending in candidates) if name not in taken)


def _with(stem: str, ending: str) -> str:
    return f"{stem[: _LONGEST - 1 - len(ending)].rstrip('-')}-{ending}"


def _shared(wanted: str, given: str, records: Sequence[Record], holder: Sequence[Record]) -> Diagnostic:
    other = min(record.where for record in holder)
    return info(
        "shared-slug",
        f"'{wanted}' is the id of {other.path}:{other.line}; this one is called '{given}'",
        min(record.where for record in records),
        "write `id:` in content/papers/ to choose, and so that it never changes",
    )


def _aliases(records: Sequence[Record], own: str, taken: dict[str, int]) -> tuple[str, ...]:
    others = {slug(record.title) for record in records if record.title}
    return tuple(sorted(alias for alias in others if alias != own and alias not in taken))
