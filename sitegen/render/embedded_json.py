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
    return Markup(encode_json(value).decode().translate(_ESCAPES))  # noqa: S704 - no markup is left in it


_ESCAPES = {ord(c): f"\\u{ord(c):04x}" for c in "<>&\u2028\u2029"}
