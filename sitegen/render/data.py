"""Files without a template: text, JSON, bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen.diagnostics import Outcome
from sitegen.render.characters import encode, encode_json

if TYPE_CHECKING:
    from sitegen.model.page import Page
    from sitegen.render.templates import Templates


def text(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """The view is the text."""
    del templates
    return Outcome(encode(page.view))


def json(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """The view as JSON, its members in the order of its fields."""
    del templates
    return Outcome(encode_json(page.view))


def raw(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """The view is the bytes."""
    del templates
    return Outcome(page.view)
