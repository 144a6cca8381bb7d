"""The reader's own page, and what scripts need to know of lists. Which papers somebody reads is known to their browser alone."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sitegen.model.page import Page
from sitegen.plan.frame import Frame, Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.site import Site
    from sitegen.plan.context import Context


class ReadingView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    texts: dict[str, str]  # what the script says


# Nobody reads a list of more papers to its end, and a rule may gather tens of thousands.
_LONGEST = 1000


def plan_reading(context: Context) -> Iterator[Page]:
    """`reading.html`, which scripts fill from the browser's storage, and `reading.json`: the papers of every list."""
    texts = context.texts
    view = ReadingView(
        frame=context.frame,
        head=context.head("reading.html", texts("reading.title"), texts("reading.about"), indexed=False),
        texts=texts.under("reading.js.") | {key: texts(f"reader.{key}") for key in ("lost", "note", "write")},
    )
    yield context.page("reading.html", "reading.html", view)
    yield Page("reading.json", "json", "", partial(_members, context.site))


def _members(site: Site) -> dict[str, list[str]]:
    """{list: [papers]}, each paper once; fetched only for readers who have marked something as read."""
    ids = {
        each.id: list(dict.fromkeys(entry.paper.id for entry in each.entries)) for each in site.library.lists
    }
    return {name: papers for name, papers in ids.items() if len(papers) <= _LONGEST}
