"""Citations of whole lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.model.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.plan.context import Context


def plan_bibliographies(context: Context) -> Iterator[Page]:
    """`papers.bib` with every paper, `collections/<id>.bib` in the list's order with its notes."""
    yield Page("papers.bib", "bibtex", "", tuple((paper, "") for paper in context.library.papers))
    for reading_list in context.library.lists:
        entries = {entry.paper.id: (entry.paper, entry.note) for entry in reversed(reading_list.entries)}
        yield Page(f"collections/{reading_list.id}.bib", "bibtex", "", tuple(entries.values())[::-1])
