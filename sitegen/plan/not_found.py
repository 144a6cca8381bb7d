"""What a host shows for an address that does not exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.plan.frame import Frame, Head

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.model.page import Page
    from sitegen.plan.context import Context


class NotFoundView(msgspec.Struct, frozen=True, kw_only=True):
    frame: Frame
    head: Head


def plan_not_found(context: Context) -> Iterator[Page]:
    """`404.html`, always: some hosts otherwise show the home page for every wrong address."""
    head = context.head("404.html", context.texts("not_found.title"), indexed=False)
    yield context.page("404.html", "404.html", NotFoundView(frame=context.frame, head=head))
