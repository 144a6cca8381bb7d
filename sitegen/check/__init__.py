"""Site → Diagnostic*: what is worth a curator's second look. One file per check, named after its code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.check import (
    conflicting_facts,
    empty_collection,
    pick_without_note,
    similar_tags,
    suspected_duplicate,
    undeclared_tag,
    unused_tag,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sitegen.diagnostics import Diagnostic
    from sitegen.model.site import Site

CHECKS: Mapping[str, Callable[[Site], tuple[Diagnostic, ...]]] = {
    "suspected-duplicate": suspected_duplicate.check,
    "conflicting-facts": conflicting_facts.check,
    "unused-tag": unused_tag.check,
    "similar-tags": similar_tags.check,
    "undeclared-tag": undeclared_tag.check,
    "empty-collection": empty_collection.check,
    "pick-without-note": pick_without_note.check,
}
"""Every check of a whole site, by code. Apart from them, broken links are found in the written pages (`links`), and
`future_date` needs to know the day."""
