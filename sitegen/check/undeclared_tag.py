"""A tag that content/tags.yaml does not describe is on one paper alone.

Passes: any tag where content/tags.yaml declares none; `diffusion` on two papers. A remark: `difusion-models` on one,
beside a content/tags.yaml with other tags. What looks like a slip of the pen is told by `similar-tags`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.check.similar_tags import misspelt_tags
from sitegen.diagnostics import Diagnostic, info

if TYPE_CHECKING:
    from sitegen.model.site import Site


def check(site: Site) -> tuple[Diagnostic, ...]:
    """A remark for every undeclared tag of one paper, at its use."""
    tags = site.library.tags.values()
    if not any(tag.declared for tag in tags):
        return ()
    misspelt = {tag.id for tag, _ in misspelt_tags(site)}
    return tuple(
        info(
            "undeclared-tag",
            f"'{tag.label}' is the tag of one paper, and not in content/tags.yaml",
            tag.where,
            f"if it is meant, add `{tag.label}:` to content/tags.yaml",
        )
        for tag in tags
        if not tag.declared and tag.id not in misspelt and len(site.by_tag[tag.id]) == 1
    )
