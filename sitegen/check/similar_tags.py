"""Two tags differ so little that they are one, most likely.

Passes: `c`, `c-plus-plus` and `c-sharp`; `gan` and `gnn`. Fails: `multimodal` beside `multi-modal`; `language model`
beside `language models`. One of them as an alias of the other in content/tags.yaml settles it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Diagnostic, warning

if TYPE_CHECKING:
    from sitegen.model.site import Site
    from sitegen.model.tag import Tag


def check(site: Site) -> tuple[Diagnostic, ...]:
    """A warning for every tag that another one equals but for hyphens, case or a plural, at the less settled one."""
    groups: dict[str, list[Tag]] = {}
    for tag in site.library.tags.values():
        groups.setdefault(_key(tag), []).append(tag)
    problems = []
    for group in groups.values():
        if len(group) > 1:
            first, *others = sorted(
                group, key=lambda tag: (not tag.declared, -len(site.by_tag[tag.id]), tag.id)
            )
            problems += [_similar(tag, first) for tag in others]
    return tuple(problems)


def _key(tag: Tag) -> str:
    joined = tag.id.replace("-", "")
    return joined[:-1] if len(joined) > 4 and joined.endswith("s") and not joined.endswith("ss") else joined


def _similar(tag: Tag, kept: Tag) -> Diagnostic:
    return warning(
        "similar-tags",
        f"the tags '{tag.label}' and '{kept.label}' differ very little",
        tag.where,
        f"in content/tags.yaml: `{kept.label}: {{aliases: [{tag.label}]}}`",
    )
