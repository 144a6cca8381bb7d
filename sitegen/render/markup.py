"""HTML and XML: pages that a template arranges."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.render.characters import encode

if TYPE_CHECKING:
    from sitegen.model.page import Page
    from sitegen.render.templates import Templates


def html(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """A page for readers; its links lead from where it lies."""
    return _rendered(templates.html(page))


def xml(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """A feed or a sitemap; its links are absolute."""
    return _rendered(templates.xml(page))


def mail(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """A mail; its links are absolute."""
    return _rendered(templates.mail(page))


def _rendered(text: Outcome[str | None]) -> Outcome[bytes | None]:
    return Outcome(None if text.value is None else encode(text.value), text.diagnostics)
