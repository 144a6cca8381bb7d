"""All papers, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.plan.exports import files_of_site
from sitegen.plan.listing import Choices, plan_listing
from sitegen.plan.years import year_choices

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.page import Page
    from sitegen.plan.context import Context


def plan_paper_lists(context: Context) -> Iterator[Page]:
    """`papers/index.html` and the pages after it."""
    texts = context.texts
    return plan_listing(
        context,
        "papers/index",
        texts("papers.title"),
        context.site.newest,
        section="papers/index.html",
        about=texts("papers.about", n=len(context.site.newest)),
        choices=(Choices(texts("years.title"), year_choices(context)),),
        feeds=context.frame.feeds,
        files=files_of_site(),
        scope=(),
    )
