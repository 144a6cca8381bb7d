"""What we believe about a work."""

from __future__ import annotations

from typing import Literal

import msgspec

from sitegen.model.record import (
    UNPUBLISHED,
    Identifier,
    Link,
    Notice,
    NoticeKind,
    Organization,
    PartialDate,
    Publication,
    Record,
    Signal,
    SignalKind,
)

MergeRule = Literal["identifier", "url", "title", "abstract", "wording", "same_as", "named"]


class MergeReason(msgspec.Struct, frozen=True, gc=False):
    """Why record `right` belongs to the same work as record `left` (positions in `Paper.records`)."""

    rule: MergeRule
    evidence: str  # the identifier, URL or normalised title that they share
    left: int
    right: int


class Paper(msgspec.Struct, frozen=True, kw_only=True):
    """One work. Text fields are as the chosen record wrote them, TeX included."""

    id: str  # slug: ASCII, at most 80 bytes, stable
    aliases: tuple[
        str, ...
    ] = ()  # ids that other evidence would give it; no other paper's; they redirect here
    title: str
    abstract: str = ""
    summary: str = ""
    authors: tuple[str, ...] = ()
    orcids: tuple[str, ...] = ()  # of the authors, in their order, "" where not known; () where none is
    author_count: int | None = None  # known even where the names are not
    organizations: tuple[Organization, ...] = ()
    date: PartialDate | None = None
    venue: str = ""
    publication: Publication = UNPUBLISHED  # in that venue
    identifiers: tuple[Identifier, ...] = ()
    links: tuple[Link, ...] = ()
    keywords: tuple[str, ...] = ()
    signals: tuple[Signal, ...] = ()  # every reading, oldest first
    notices: tuple[Notice, ...] = ()  # what has happened to it, the gravest first
    tags: tuple[str, ...] = ()  # after `curate`: ids of tags, sorted; before: as curators wrote them
    records: tuple[Record, ...] = ()  # everything it was made of, in the order of (path, line)
    provenance: tuple[tuple[str, int], ...] = ()  # (field, position in records); empty for a single record
    reasons: tuple[MergeReason, ...] = ()

    @property
    def year(self) -> int | None:
        return self.date.year if self.date else None

    @property
    def recency(self) -> tuple[int, int, int, str]:
        """Sorts the newest first, unknown days and months after known ones, undated papers last; ties by id."""
        date = self.date
        return (-date.year, -date.month, -date.day, self.id) if date else (1, 0, 0, self.id)

    @property
    def published(self) -> PartialDate | None:
        """When the version that is cited appeared: the date that goes with its venue, where that is another year.

        What has none, as a thesis, has the date of the record that tells how it appeared.
        """
        telling = "venue" if self.venue else "publication"
        chosen = [self.records[i] for field, i in self.provenance if field == telling]
        if self.publication.kind in {"", "preprint"} and not self.venue:
            chosen = []
        there = [record for record in self.records if self.venue and record.venue == self.venue]
        date = next((record.date for record in (*chosen, *there) if record.date), self.date)
        return self.date if date and self.date and date.year == self.date.year else date

    @property
    def standing(self) -> tuple[NoticeKind, ...]:
        """What has happened to it that everybody must know, each once, the gravest first."""
        return tuple(dict.fromkeys(notice.kind for notice in self.notices if notice.kind != "revised"))

    def identifier(self, kind: str) -> str:
        """The first identifier of this kind, or ""."""
        return next((i.value for i in self.identifiers if i.kind == kind), "")

    def link(self, kind: str) -> str:
        """The first link of this kind, or ""."""
        return next((link.url for link in self.links if link.kind == kind), "")

    def reading(self, kind: SignalKind) -> Signal | None:
        """The latest reading of this kind that has a day: the one that is shown and sorted by."""
        dated = [(s.day, s.source, s.value, s) for s in self.signals if s.kind == kind and s.day]
        return max(dated)[-1] if dated else None
