"""What scripts say that are loaded on demand, in the site's language: one small file, so that no page carries it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.model.page import Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sitegen.plan.context import Context

_SPOKEN = (
    "list.comma",
    "panel.abstract",
    "panel.all_one",
    "panel.all_other",
    "panel.none",
    "panel.page",
    "search.js.again",
    "search.js.authors",
    "search.js.loading",
    "search.js.meant",
    "search.js.offline",
    "search.js.reload",
    "search.js.stale",
    "search.js.too_common",
    "search.try",
)


def plan_script_texts(context: Context) -> Iterator[Page]:
    """`texts.json`: texts by the keys of the catalogue."""
    yield Page(
        "texts.json", "bytes", content=msgspec.json.encode({key: context.texts(key) for key in _SPOKEN})
    )
