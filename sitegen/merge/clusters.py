"""Which records belong together, and by which rule."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, warning
from sitegen.merge.guards import (
    abstract_objection,
    facts,
    likeness_objection,
    shared_authors,
    title_objection,
    together,
    url_objection,
)
from sitegen.model.paper import MergeReason

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sitegen.merge.guards import Facts
    from sitegen.merge.keys import Keys
    from sitegen.model.paper import MergeRule
    from sitegen.model.record import Record

Apart = dict[int, set[int]]  # position → positions that a curator says are other works, both ways

_STRONG = ("arxiv:", "doi:")
_CROWD = 500  # works: each is compared with all others, and a dump may call 100,000 of them "Untitled"
_SHARED = {
    "url": "an address",
    "title": "its title",
    "abstract": "its abstract",
    "wording": "an author and a like title",
}
_NAMED = 5  # of the others that a doubt is about


class Clusters:
    """Disjoint sets of positions that remember why they grew."""

    def __init__(self, size: int, apart: Mapping[int, set[int]]) -> None:
        self._root = list(range(size))
        self._members: dict[int, list[int]] = {}  # of clusters larger than one
        self._reasons: dict[int, list[MergeReason]] = {}
        self._apart = apart

    def root(self, number: int) -> int:
        """The position that stands for the cluster of this one."""
        return self._root[number]

    def members(self, number: int) -> Sequence[int]:
        """The whole cluster of this position."""
        root = self._root[number]
        return self._members.get(root, (root,))

    def overruled(self, left: int, right: int) -> bool:
        """Whether a curator keeps these two clusters apart."""
        if not self._apart:
            return False
        few, many = sorted((left, right), key=lambda number: len(self.members(number)))
        root = self._root[many]
        return any(
            self._root[other] == root for number in self.members(few) for other in self._apart.get(number, ())
        )

    def unite(self, left: int, right: int, rule: MergeRule, evidence: str) -> bool:
        """Make one cluster of two, unless a curator keeps them apart. Returns whether they are one now."""
        keep, lose = self._root[left], self._root[right]
        if keep == lose:
            return True
        if self.overruled(keep, lose):
            return False
        if len(self.members(keep)) < len(self.members(lose)):
            keep, lose = lose, keep
        moved = self.members(lose)
        self._members.setdefault(keep, [keep]).extend(moved)
        for number in moved:
            self._root[number] = keep
        self._members.pop(lose, None)
        reasons = self._reasons.setdefault(keep, [])
        reasons += self._reasons.pop(lose, [])
        reasons.append(MergeReason(rule, evidence, left, right))
        return True

    def groups(self) -> list[Sequence[int]]:
        """Every cluster, by its first position; positions in order."""
        seen: dict[int, list[int]] = {}
        for number, root in enumerate(self._root):
            seen.setdefault(root, []).append(number)
        return list(seen.values())

    def reasons_within(self, members: Sequence[int]) -> Sequence[MergeReason]:
        """The reasons that hold this cluster together: one fewer than it has members."""
        return self._reasons.get(self._root[members[0]], ()) if len(members) > 1 else ()


def cluster(
    records: Sequence[Record], keys: Keys, apart: Mapping[int, set[int]]
) -> tuple[Clusters, list[Diagnostic]]:
    """Records by work, judged by their own words; warnings where a record would fit several works."""
    clusters = Clusters(len(records), apart)
    for key, numbers in sorted(
        _shared(keys.by_identifier), key=lambda item: (not item[0].startswith(_STRONG), item)
    ):
        _unite_in_order(clusters, numbers, key)
    placed = _Placing(records, clusters)
    for key, numbers in sorted(_shared(keys.by_url)):
        if key.startswith("url:"):
            placed.place(numbers, "url", key.partition(":")[2], url_objection)
    for key, numbers in sorted(_shared(keys.by_title)):
        placed.place(numbers, "title", key, partial(title_objection, key))
    for _, numbers in sorted(_shared(keys.by_abstract)):
        placed.place(numbers, "abstract", "", abstract_objection)
    for _, numbers in sorted(_shared(keys.by_author)):
        placed.place(numbers, "wording", "", likeness_objection)
    return clusters, placed.doubts


def _shared(index: Mapping[str, list[int]]) -> Iterable[tuple[str, list[int]]]:
    return [item for item in index.items() if len(item[1]) > 1]


def _unite_in_order(clusters: Clusters, numbers: Sequence[int], evidence: str) -> None:
    """All into one, but for those that a curator keeps apart: each of these joins the first that it may."""
    heads: list[int] = []
    for number in numbers:
        if not any(clusters.unite(head, number, "identifier", evidence) for head in heads):
            heads.append(number)


class _Work:
    """A work in the making: the positions that stand for the clusters it took in, and what all of them say."""

    def __init__(self, parts: list[int], known: Facts) -> None:
        self.parts = parts
        self.known = known


class _Placing:
    """Sorts clusters that share a key into works, the best known first, each to the work that it resembles most."""

    def __init__(self, records: Sequence[Record], clusters: Clusters) -> None:
        self.doubts: list[Diagnostic] = []
        self._records = records
        self._clusters = clusters
        self._known: dict[int, Facts] = {}  # by root, where it was asked for

    def place(
        self,
        numbers: Sequence[int],
        rule: MergeRule,
        evidence: str,
        objection: Callable[[Facts, Facts], str],
    ) -> None:
        clusters = self._clusters
        heads = self._heads(numbers)
        if len(heads) > _CROWD:
            for alike in self._said_again(heads):
                if not objection(self._facts(alike[0]), self._facts(alike[0])):
                    for number in alike[1:]:
                        clusters.unite(alike[0], number, rule, evidence)
            heads = self._heads(numbers)
        if len(heads) > _CROWD:
            what = f"shares {_SHARED[rule]} with more than can be compared, so that none of these was united"
            self._doubt(heads[0], heads[1:], what)
            return
        if len(heads) == 1:
            return
        known = {number: self._facts(number) for number in heads}
        works: list[_Work] = []
        for number in sorted(known, key=lambda number: (*_ignorance(known[number]), number)):
            mine = known[number]
            open_to = [work for work in works if not clusters.overruled(work.parts[0], number)]
            fitting = [work for work in open_to if not objection(work.known, mine)]
            if not fitting:
                for work in open_to:
                    if len(work.parts) > 1:
                        self._doubt_part(number, [p for p in work.parts if not objection(known[p], mine)])
                works.append(_Work([number], mine))
                continue
            if len(fitting) > 1:
                self._doubt(number, [work.parts[0] for work in fitting], "would fit several works")
                fitting.sort(key=lambda work: _resemblance(work.known, mine), reverse=True)  # stable
            best = fitting[0]
            clusters.unite(best.parts[0], number, rule, evidence)
            best.parts.append(number)
            best.known = self._known[clusters.root(number)] = together(best.known, mine)

    def _heads(self, numbers: Iterable[int]) -> list[int]:
        """Of every cluster the first member that is among these."""
        heads: dict[int, int] = {}
        for number in numbers:
            heads.setdefault(self._clusters.root(number), number)
        return list(heads.values())

    def _said_again(self, heads: Iterable[int]) -> Iterable[Sequence[int]]:
        """Those of which the very same is said, together."""
        alike: dict[Facts, list[int]] = {}
        for number in heads:
            alike.setdefault(self._facts(number), []).append(number)
        return alike.values()

    def _facts(self, number: int) -> Facts:
        root = self._clusters.root(number)
        if root not in self._known:
            self._known[root] = facts(self._records[member] for member in self._clusters.members(number))
        return self._known[root]

    def _doubt_part(self, number: int, fitting: Sequence[int]) -> None:
        if fitting:
            self._doubt(number, fitting, "fits only a part of the records of a work, so it is kept apart")

    def _doubt(self, number: int, others: Sequence[int], what: str) -> None:
        record = self._records[number]
        places = ", ".join(_place(self._records[other]) for other in others[:_NAMED])
        if len(others) > _NAMED:
            places += f" and {len(others) - _NAMED} more"
        self.doubts.append(
            warning(
                "ambiguous-merge",
                f"'{record.title}' {what}: see {places}",
                record.where,
                "say which in content/papers/ with `same_as:` or `not_same_as:`",
            )
        )


def _ignorance(known: Facts) -> tuple[bool, bool, int, bool]:
    """What is best known comes first, so that a bare record finds every work that it could belong to."""
    return (
        not (known.arxiv or known.doi),
        not known.years,
        min(known.years, default=0),
        not known.authors,
    )


def _resemblance(one: Facts, other: Facts) -> tuple[int, int, int]:
    gap = min((abs(a - b) for a in one.years for b in other.years), default=100)
    return (len(one.abstracts & other.abstracts), shared_authors(one, other), -gap)


def _place(record: Record) -> str:
    return f"{record.where.path}:{record.where.line}"
