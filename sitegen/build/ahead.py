"""What a build needs after it has read its content, made by another process while it does: how the output looks, and the
code of templates.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sitegen import write
from sitegen.build.processes import CAN_FORK, Forked

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

    from sitegen.render import Renderer


class Ahead:
    """The other process, where there can be one. It makes a renderer of its own, and imports all that this takes.

    It compiles what these templates draw, which should be those of pages to be drawn; all of them where none is named.
    """

    def __init__(self, output: Path, renderer: Callable[[], Renderer], templates: Collection[str]) -> None:
        make = partial(_made, output, renderer, templates)
        self._forked = Forked(make, _Made, forks=True) if CAN_FORK else None

    def taken(self, renderer: Renderer) -> write.Looks | None:
        """Give the renderer its code; returns how the output looked when this began, if that is known."""
        if self._forked is None:
            return None
        made = self._forked.result()
        renderer.take_code(made.code)
        return made.looks

    def stop(self) -> None:
        """End the work, whatever has become of it."""
        if self._forked is not None:
            self._forked.stop()


class _Made(msgspec.Struct, frozen=True):
    looks: write.Looks
    code: bytes


def _made(output: Path, renderer: Callable[[], Renderer], templates: Collection[str]) -> _Made:
    return _Made(write.look_at(output), renderer().compiled(templates))
