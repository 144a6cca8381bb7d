"""JSON that stands inside HTML."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from sitegen.render.characters import encode_json


def embedded_json(value: Any) -> Markup:
    r"""JSON for a `<script type="application/json">`: nothing in it can end that element or start another.

    >>> embedded_json({"a": "</script>"})
    Markup('{"a":"\\u003c/script\\u003e"}')
    """
    text = encode_json(value).decode()
    for character, escaped in _ESCAPES:
        text = text.replace(character, escaped)
    return Markup(text)  # noqa: S704 - no markup is left in it


_ESCAPES = tuple((character, f"\\u{ord(character):04x}") for character in "<>&\u2028\u2029")
