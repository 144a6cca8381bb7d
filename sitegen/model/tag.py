"""Terms of the taxonomy."""

from __future__ import annotations

import msgspec

from sitegen.diagnostics import Span


class TagRule(msgspec.Struct, frozen=True, gc=False):
    """Tags a paper by words. A word or phrase matches whole words, case and hyphens folded; `trans*` a beginning."""

    words: tuple[str, ...] = ()  # any of them in title or abstract
    title: tuple[str, ...] = ()  # any of them in the title
    unless: tuple[str, ...] = ()  # none of these in title or abstract


class Tag(msgspec.Struct, frozen=True, kw_only=True):
    id: str  # slug: `c-plus-plus`, `c-sharp`, `c`
    label: str  # as readers see it: `C++`
    where: Span
    description: str = ""  # Markdown
    aliases: tuple[str, ...] = ()
    parent: str = ""  # a tag's id, or ""
    rule: TagRule = TagRule()
    declared: bool = True  # False: only used, never described in tags.yaml
