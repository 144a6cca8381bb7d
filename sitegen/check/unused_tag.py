"""A tag is described that no paper has.

Passes: `LLM: {match: {words: [large language model]}}` where an abstract speaks of one, or a tag that a pick names,
or one above such a tag. Fails: `LLM: {aliases: [llms]}` where no pick, paper or rule uses it: a typing error, or a
tag page that nobody will see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, info, warning

if TYPE_CHECKING:
    from sitegen.model.site import Site


def check(site: Site) -> tuple[Diagnostic, ...]:
    """A warning for every declared tag without papers, its children's included; a remark where it waits by a rule."""
    return tuple(
        info("unused-tag", f"no paper has the tag '{tag.label}' yet, nor the words of its rule", tag.where)
        if tag.rule.words or tag.rule.title
        else warning(
            "unused-tag",
            f"no paper has the tag '{tag.label}'",
            tag.where,
            "give it to a pick, add `match: {words: […]}`, or delete it",
        )
        for tag in site.library.tags.values()
        if tag.declared and not site.by_tag.get(tag.id)
    )
