"""A collection has no papers.

Passes: a list with one pick; `smart: {tags: [llm]}` where a paper has that tag. Fails: a file without `picks`,
`sections` or `smart`, or with a rule that no paper meets.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Span, warning

if TYPE_CHECKING:
    from sitegen.model.site import Site


def check(site: Site) -> tuple[Diagnostic, ...]:
    """A warning for every list without entries."""
    return tuple(
        warning(
            "empty-collection",
            f"'{reading_list.title}' has no papers",
            reading_list.rule.where if reading_list.rule else Span(reading_list.path),
            "widen the rule" if reading_list.rule else "add `picks:`",
        )
        for reading_list in site.library.lists
        if not reading_list.entries
    )
