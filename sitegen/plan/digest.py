"""An issue of the digest: which papers are in it, and what is said of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.model.issue import Issue, IssueGroup, IssueItem
from sitegen.plan.card import paper_url
from sitegen.text.opening import opening
from sitegen.text.tex import plain

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from sitegen.model.library import Entry, ReadingList
    from sitegen.model.record import PartialDate
    from sitegen.model.site import Site
    from sitegen.text.texts import Texts

_AUTHORS = 6
_ABSTRACT = 400  # characters


def plan_issue(
    site: Site, texts: Texts, *, name: str, day: PartialDate, since: str, issued: Collection[str]
) -> Issue:
    """The papers that came to a list from the ISO day `since` to `day`, under the first list that took them.

    When a paper came is what its pick says (`added`), or what is recorded. Those in `issued` were told already, by the
    ids that they have or had.
    """
    settings = site.library.settings
    ids = {alias: paper.id for paper in site.library.papers for alias in paper.aliases}
    told = {ids.get(id_, id_) for id_ in issued}
    groups = []
    for reading_list in site.library.lists:
        entries = [e for e in _came(site, reading_list, since, day.iso) if e.paper.id not in told]
        items = {entry.paper.id: _item(entry) for entry in reversed(entries)}
        told |= items.keys()
        if items:
            groups.append(
                IssueGroup(
                    title=reading_list.title,
                    url=f"collections/{reading_list.id}.html",
                    items=tuple(items.values())[::-1],
                )
            )
    return Issue(
        name=name,
        day=day,
        since=since,
        title=texts("digest.title", site=settings.title, n=sum(len(group.items) for group in groups)),
        site=settings.title,
        base_url=settings.base_url,
        language=settings.language,
        groups=tuple(groups),
        unsubscribe=settings.mail.unsubscribe if settings.mail else "",
    )


def _came(site: Site, reading_list: ReadingList, since: str, until: str) -> Iterator[Entry]:
    events = site.history.events if site.history else ()
    recorded = {
        event.paper
        for event in events
        if event.kind == "added" and event.list == reading_list.id and since <= event.day <= until
    }
    return (
        entry
        for entry in reading_list.entries
        if (since <= entry.added <= until if entry.added else entry.paper.id in recorded)
    )


def _item(entry: Entry) -> IssueItem:
    paper = entry.paper
    authors = ", ".join(paper.authors[:_AUTHORS])
    others = len(paper.authors) - _AUTHORS
    return IssueItem(
        id=paper.id,
        url=paper_url(paper),
        title=plain(paper.title),
        authors=f"{authors} +{others}" if others > 0 else authors,
        facts=" · ".join(part for part in (paper.venue, str(paper.year or "")) if part),
        note=entry.note,
        abstract=plain(opening(paper.abstract, _ABSTRACT)),
    )
