"""A collection has no papers.

Passes: a list with one pick; `smart: {tags: [llm]}` where a paper has that tag. Fails: a file without `picks`,
`sections` or `smart`, with `picks: []`, or with a rule that no paper meets. A file that has an error is not judged:
mending that may fill the list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, Span, warning

if TYPE_CHECKING:
    from sitegen.model.site import Site


def check(site: Site) -> tuple[Diagnostic, ...]:
    """A warning for every list without entries, at its title or rule."""
    return tuple(
        warning(
            "empty-collection",
            f"'{reading_list.title}' has no papers",
            reading_list.rule.where if reading_list.rule else reading_list.where or Span(reading_list.path),
            "widen the rule" if reading_list.rule else "list papers under `picks:`",
        )
        for reading_list in site.library.lists
        if not reading_list.entries and reading_list.complete
    )
