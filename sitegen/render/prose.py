"""Markdown that people write: notes, descriptions, free pages."""

from __future__ import annotations

import functools

import nh3
from markdown import Markdown
from markupsafe import Markup


@functools.lru_cache(maxsize=2048)
def markdown(text: str, root: str, *, article: bool = False) -> Markup:
    """The text as HTML in which nothing runs; site-root relative links lead from `root`."""
    del root, article
    return Markup(nh3.clean(Markdown(extensions=["tables", "footnotes", "sane_lists"]).convert(text)))  # noqa: S704
