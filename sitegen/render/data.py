"""Files of data: text, JSON, bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.diagnostics import Outcome, Span, error
from sitegen.render.characters import encode, encode_json
from sitegen.render.template_errors import FOLDER

if TYPE_CHECKING:
    from sitegen.model.page import Page
    from sitegen.render.templates import Templates


def text(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """The view is the text."""
    del templates
    return Outcome(encode(page.view))


def json(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """The view as JSON, its members in the order of its fields; or what its template makes of it."""
    if not page.template:
        return Outcome(encode_json(page.view))
    text = templates.json(page)
    if text.value is None:
        return Outcome(None, text.diagnostics)
    try:
        value = msgspec.json.decode(encode(text.value))
    except msgspec.DecodeError as problem:
        where = Span(f"{FOLDER}{page.template}")
        return Outcome(
            None, (*text.diagnostics, error("template-json", f"this does not make JSON: {problem}", where))
        )
    return Outcome(encode_json(value), text.diagnostics)


def raw(page: Page, templates: Templates) -> Outcome[bytes | None]:
    """The view is the bytes."""
    del templates
    return Outcome(page.view)
