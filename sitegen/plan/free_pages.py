"""Pages that curators write themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.frame import Frame, Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.page import Page
    from sitegen.plan.context import Context


class FreePageView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    title: str
    text: str  # Markdown


def plan_free_pages(context: Context) -> Iterator[Page]:
    """`<id>.html` for every file in content/pages."""
    for page in context.library.pages:
        url = f"{page.id}.html"
        head = context.head(url, page.title, page.description, section=url)
        view = FreePageView(frame=context.frame, head=head, title=page.title, text=page.text)
        yield context.page(url, "free_page.html", view)
