"""Pages that curators write: content/pages/*.md."""

from __future__ import annotations

import msgspec

from sitegen.diagnostics import Span


class FreePage(msgspec.Struct, frozen=True, kw_only=True):
    id: str  # slug of the file's name; its page is <id>.html
    where: Span
    title: str
    text: str  # Markdown
    description: str = ""
    navigation: bool = True  # listed in the footer
