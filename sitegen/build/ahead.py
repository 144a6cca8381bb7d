"""What a build needs once it has read its content, made by another process meanwhile: how the output looks, the code of
templates, and then the patched search index.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sitegen import write
from sitegen.build.processes import CAN_FORK, Beside, EndedError, Other

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from pathlib import Path
    from typing import Any

    from sitegen.build.memory import File
    from sitegen.build.processes import Line
    from sitegen.memo import Shelf
    from sitegen.render import Renderer
    from sitegen.search.documents import Document, Labels


class Patched(msgspec.Struct, frozen=True):
    """All files of a search index: paths of published ones, and the bytes of others."""

    standing: list[str]
    fresh: dict[str, bytes]


class Ahead:
    """The other process, where there can be one. It makes a renderer of its own, and imports all that this takes.

    It compiles what these templates draw, which should be those of pages to be drawn; all of them where none is named.
    Whatever becomes of it, the build goes on, and makes all of this by itself.
    """

    def __init__(
        self,
        output: Path,
        renderer: Callable[[], Renderer],
        templates: Collection[str],
        shelf: Shelf,
        published: Mapping[str, File],
    ) -> None:
        """`published` are the files of the last build, whose index the shelf has."""
        self._remembers = False
        self._other: Other | None = None
        if CAN_FORK:
            make = partial(_made, output, published, renderer, templates)
            with suppress(OSError):  # there is no room for another process
                self._other = Other(partial(_work, make, output, shelf, published))

    def taken(self, renderer: Renderer) -> write.Looks | None:
        """Give the renderer its code; returns how the output looked when this began, if that is known."""
        made: _Made | None = self._heard(_Made | None)
        if made is None:
            return None
        renderer.take_code(made.code)
        return made.looks

    def changed(self, key: bytes, told: Sequence[bytes]) -> list[int] | None:
        """The positions of papers of which the site tells something else than the last build's index says.

        `told` has digests of all that it tells of each, newest first. None: it is not about a few papers of an index
        with this key.
        """
        self._say((key, told))
        changed: list[int] | None = self._heard(list[int] | None)
        return changed

    def begin(self, changed: Mapping[int, Document], labels: Labels) -> None:
        """Have it patched: these papers, by their positions, say this now."""
        self._say((changed, labels))

    def patched(self) -> Patched | None:
        """The whole index, once it is there; None where it cannot be had at little cost."""
        patched: Patched | None = self._heard(Patched | None)
        self._remembers = patched is not None
        return patched

    def remember(self) -> None:
        """Keep the patched index for the next build: the other process is at it already."""

    def stop(self) -> None:
        """End the work, whatever has become of it; but what is being remembered is waited for."""
        if self._other is not None:
            if self._remembers:
                self._other.finish()
            self._other.stop()
            self._other = None

    def _say(self, value: object) -> None:
        if self._other is not None:
            try:
                self._other.say(value)
            except (EndedError, OSError):
                self.stop()

    def _heard(self, kind: Any) -> Any:
        if self._other is not None:
            try:
                return self._other.hear(kind)
            except (EndedError, OSError):
                self.stop()
        return None


class _Made(msgspec.Struct, frozen=True):
    looks: write.Looks
    code: bytes


def _made(
    output: Path,
    published: Mapping[str, File],
    renderer: Callable[[], Renderer],
    templates: Collection[str],
) -> _Made:
    return _Made(write.look_at(output, published), renderer().compiled(templates))


def _work(
    make: Callable[[], _Made], output: Path, shelf: Shelf, published: Mapping[str, File], line: Line
) -> None:
    try:
        made = make()
    except (OSError, MemoryError):
        line.say(None)
        return
    # The first answer is large, and mostly not asked for yet; but it may be waited for.
    saying = Beside(partial(line.say, made))
    from sitegen.build.patcher import last_index
    from sitegen.search.documents import Document, Labels

    last = last_index(output, shelf, published)
    saying.result()
    key, told = line.hear(tuple[bytes, list[bytes]])
    changed = last.changed(told) if last and last.key == key else None
    line.say(changed)
    if last and changed is not None:
        documents, labels = line.hear(tuple[dict[int, Document], Labels])
        patched = last.patched(told, documents, labels)
        line.say(patched and patched.files)
        if patched:
            patched.remember(shelf)
