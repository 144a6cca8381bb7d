"""A curator has the last word: `not_same_as` before records are compared, `paper` and `same_as` after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sitegen.diagnostics import Diagnostic, error, warning
from sitegen.merge.clusters import cluster
from sitegen.merge.guards import facts, objection
from sitegen.merge.ids import name
from sitegen.text.nearest import Nearest
from sitegen.text.references import readings

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from sitegen.merge.clusters import Apart, Clusters
    from sitegen.merge.guards import Facts
    from sitegen.merge.keys import Keys
    from sitegen.model.record import Record


def kept_apart(records: Sequence[Record], keys: Keys) -> tuple[Apart, list[Diagnostic]]:
    """Which positions may never be in one paper, and errors for references that name nothing.

    What a reference means is decided by the papers as they would be without any `not_same_as`.
    """
    apart: Apart = {}
    problems: list[Diagnostic] = []
    speakers = [number for number, record in enumerate(records) if record.not_same_as]
    if not speakers:
        return apart, problems
    clusters, _ = cluster(records, keys, {})
    known = _Known(records, keys, clusters)
    for number in speakers:
        record = records[number]
        own = {number, *(known.find(record.names) if record.names else ())}
        for reference in record.not_same_as:
            found = known.find(reference)
            others = set(found) - own
            if not found:
                problems.append(known.unknown(reference, record))
            elif not others:
                problems.append(
                    error(
                        "unknown-paper",
                        f"not_same_as '{reference}' names nothing but the paper itself",
                        record.where,
                        "name the other paper by its id, arXiv id, DOI or URL",
                    )
                )
            for one in own:
                apart.setdefault(one, set()).update(others)
            for other in others:
                apart.setdefault(other, set()).update(own)
    return apart, problems


def join(records: Sequence[Record], keys: Keys, clusters: Clusters) -> list[Diagnostic]:
    """Bring additions to the papers that they name, and `same_as` together. Returns what could not be done."""
    speakers = [number for number, record in enumerate(records) if record.names or record.same_as]
    if not speakers:
        return []
    joiner = _Joiner(records, clusters, _Known(records, keys, clusters))
    for number in speakers:
        if records[number].names:
            joiner.join(number, records[number].names, "named")
    for number in speakers:
        for reference in records[number].same_as:
            joiner.join(number, reference, "same_as")
    return joiner.problems


class _Joiner:
    def __init__(self, records: Sequence[Record], clusters: Clusters, known: _Known) -> None:
        self.problems: list[Diagnostic] = []
        self._records = records
        self._clusters = clusters
        self._known = known

    def join(self, number: int, reference: str, rule: Literal["named", "same_as"]) -> None:
        record, clusters = self._records[number], self._clusters
        found = [other for other in self._known.find(reference) if other != number]
        if not found:
            self.problems.append(self._known.unknown(reference, record))
            return
        own = clusters.root(number)
        roots = list(dict.fromkeys(clusters.root(other) for other in found))
        others = [root for root in roots if root != own]
        if not others:
            return  # together already
        if len(others) > 1 or (rule == "named" and len(roots) > 1):
            self.problems.append(self._ambiguous(reference, record, roots if rule == "named" else others))
            return
        other = next(other for other in found if clusters.root(other) == others[0])
        doubt = "" if rule == "same_as" else objection(self._facts(number), self._facts(other))
        if not clusters.unite(other, number, rule, reference):
            self.problems.append(
                error(
                    "contradiction",
                    f"'{reference}' is to be the same paper here, and another one by a `not_same_as`",
                    record.where,
                    "keep one of the two",
                )
            )
        elif doubt:
            self.problems.append(
                warning(
                    "merge-conflict",
                    f"this adds to '{reference}', but {doubt}",
                    record.where,
                    "name the paper by its id, or mend what is added",
                )
            )

    def _facts(self, number: int) -> Facts:
        return facts(self._records[member] for member in self._clusters.members(number))

    def _ambiguous(self, reference: str, record: Record, roots: Sequence[int]) -> Diagnostic:
        candidates = "; ".join(self._known.describe(root) for root in roots)
        return error(
            "ambiguous-paper",
            f"'{reference}' could be any of {len(roots)} papers: {candidates}",
            record.where,
            "use an id",
        )


class _Known:
    """Finds the records that a reference means: those of the paper with that id, or those found under its keys."""

    def __init__(self, records: Sequence[Record], keys: Keys, clusters: Clusters) -> None:
        self._records = records
        self._keys = keys
        works = [numbers for numbers in clusters.groups() if any(records[number].title for number in numbers)]
        names, _ = name([[records[number] for number in numbers] for numbers in works], keys.addresses)
        self._by_id: dict[str, Sequence[int]] = {}
        for named, numbers in zip(names, works, strict=True):
            for alias in named.aliases:
                self._by_id.setdefault(alias, numbers)
        self._by_id |= {named.id: numbers for named, numbers in zip(names, works, strict=True)}
        self._id_of = {numbers[0]: named.id for named, numbers in zip(names, works, strict=True)}
        self._clusters = clusters
        self._nearest: Nearest | None = None

    def find(self, reference: str) -> Sequence[int]:
        """Positions of the records, or none."""
        indices: Mapping[str, Mapping[str, Sequence[int]]] = {
            "url": self._keys.by_url,
            "link": self._keys.by_url,
        }
        for reading in readings(reference):
            kind, _, value = reading.partition(":")
            if kind == "id":
                found = self._by_id.get(value, ())
            elif kind == "title":
                found = self._keys.by_title.get(value, ())
            else:
                found = indices.get(kind, self._keys.by_identifier).get(reading, ())
            if found:
                return found
        return ()

    def unknown(self, reference: str, record: Record) -> Diagnostic:
        if self._nearest is None:
            self._nearest = Nearest([*self._by_id, *(r.title for r in self._records if r.title)])
        return error(
            "unknown-paper", f"no paper is '{reference}'", record.where, self._nearest.hint(reference)
        )

    def describe(self, number: int) -> str:
        members = sorted(self._clusters.members(number))
        where = self._records[members[0]].where
        return f"{self._id_of.get(members[0], '?')} ({where.path}:{where.line})"
