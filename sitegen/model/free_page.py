"""Pages that curators write: content/pages/*.md."""

from __future__ import annotations

import msgspec

from sitegen.diagnostics import Span


class FreePage(msgspec.Struct, frozen=True, kw_only=True):
    id: str  # slugs of the folders below content/pages and of the file's name: `docs/search`; its page is <id>.html
    where: Span
    title: str
    text: str  # Markdown
    description: str = ""
    navigation: bool = True  # listed in the footer or, within a folder, beside its pages
    order: int = 0  # among the pages of its folder

    @property
    def folder(self) -> str:
        """`docs` of `docs/search`, "" at the top."""
        return self.id.rpartition("/")[0]
