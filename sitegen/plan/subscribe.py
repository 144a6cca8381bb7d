"""How readers hear of what is new: feeds, and the mail of the curator's provider."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.settings import Subscribe
from sitegen.plan.feeds import OPML, Outline, outlines
from sitegen.plan.frame import Frame, Head, can_subscribe

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.page import Page
    from sitegen.plan.context import Context


class SubscribeView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head
    mail: Subscribe | None
    outlines: tuple[Outline, ...]
    opml: str  # path, or "" where there are no feeds


def plan_subscribe(context: Context) -> Iterator[Page]:
    """`subscribe.html`; none where there is nothing to subscribe to."""
    settings, texts = context.settings, context.texts
    if not can_subscribe(settings):
        return
    url = "subscribe.html"
    view = SubscribeView(
        frame=context.frame,
        head=context.head(url, texts("subscribe.title"), texts("subscribe.about")),
        mail=settings.subscribe,
        # Those of tags and years may be thousands; their pages name them, and the OPML does.
        outlines=outlines(context)[:2] if settings.base_url else (),
        opml=OPML if settings.base_url else "",
    )
    yield context.page(url, "subscribe.html", view)
