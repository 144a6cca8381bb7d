"""An issue of the digest: what came to the lists since a day, and was in no issue before."""

from __future__ import annotations

import msgspec

from sitegen.model.record import PartialDate


class Issued(msgspec.Struct, frozen=True):
    """content/digests/<name>.json: what an issue held, so that no other holds it again."""

    day: str  # ISO
    since: str
    papers: tuple[str, ...]  # ids


class IssueItem(msgspec.Struct, frozen=True, kw_only=True):
    """A paper in an issue. All but the note is plain text."""

    id: str
    url: str  # path in the site
    title: str
    authors: str
    facts: str  # venue and year
    note: str  # Markdown
    abstract: str


class IssueGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The papers of one list."""

    title: str
    url: str  # path in the site
    items: tuple[IssueItem, ...]


class Issue(msgspec.Struct, frozen=True, kw_only=True):
    """All that its page, its mail and its text show."""

    name: str  # of its files: the day, and a number where there is more than one of that day
    day: PartialDate
    since: str
    title: str  # subject of the mail
    site: str
    base_url: str
    language: str
    groups: tuple[IssueGroup, ...]
    unsubscribe: str  # address, or ""

    @property
    def papers(self) -> tuple[str, ...]:
        """Ids, each once."""
        return tuple(item.id for group in self.groups for item in group.items)
