"""What a build needs after it has read its content, made by another process while it does: how the output looks, and the
code of templates.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sitegen import write
from sitegen.build.processes import CAN_FORK, EndedError, Forked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from sitegen.render import Renderer


class Ahead:
    """The other process, where there can be one. It makes a renderer of its own, and imports all that this takes.

    It compiles what these templates draw, which should be those of pages to be drawn; all of them where none is named.
    Whatever becomes of it, the build goes on, and makes all of this by itself.
    """

    def __init__(self, output: Path, renderer: Callable[[], Renderer], templates: Collection[str]) -> None:
        make = partial(_made, output, renderer, templates)
        self._forked = Forked(make, bytes, forks=True) if CAN_FORK else None

    def taken(self, renderer: Renderer) -> write.Looks | None:
        """Give the renderer its code; returns how the output looked when this began, if that is known."""
        if self._forked is None:
            return None
        try:
            encoded = self._forked.result()
        except (EndedError, OSError):
            return None
        if not encoded:
            return None
        made = msgspec.msgpack.decode(encoded, type=_Made)
        renderer.take_code(made.code)
        return made.looks

    def stop(self) -> None:
        """End the work, whatever has become of it."""
        if self._forked is not None:
            self._forked.stop()


class _Made(msgspec.Struct, frozen=True):
    looks: write.Looks
    code: bytes


def _made(output: Path, renderer: Callable[[], Renderer], templates: Collection[str]) -> bytes:
    """Encoded; nothing where it cannot be: a person's file of the year 2600 has a time of more than 64 bits."""
    made = _Made(write.look_at(output), renderer().compiled(templates))
    with suppress(OverflowError):
        return msgspec.msgpack.encode(made)
    return b""
