"""What the preview shows at a moment: the last good site, and what stands in the way of the next one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from threading import Condition

import msgspec


class Problem(msgspec.Struct, frozen=True):
    """A diagnostic, as the overlay shows it: plain text throughout."""

    severity: str
    headline: str  # place, message and code
    excerpt: str = ""  # the line of source and the caret below it
    hint: str = ""


class State(msgspec.Struct, frozen=True, kw_only=True, dict=True):  # dict: where cached properties are kept
    """A generation of the preview. A change replaces the whole of it."""

    root: Path  # the folder that is served
    base: str = "/"  # path that the site is published under: begins and ends in "/"
    files: Mapping[str, str] = {}  # the manifest: path → digest. Nothing else is served
    problems: tuple[Problem, ...] = ()
    forms: str = ""  # the one origin beside ours that pages may send forms to

    @cached_property
    def version(self) -> str:
        """Names what is served: equal for equal files, in another run of the server, too."""
        return _digest(self.base, *(f"{path}\0{self.files[path]}" for path in sorted(self.files)))

    @cached_property
    def scripts(self) -> str:
        """Names the assets that a page would have to be loaded anew for: all but the style sheets."""
        return _digest(
            *sorted(
                f"{found[1]}\0{digest}"
                for path, digest in self.files.items()
                if (found := ASSET.fullmatch(path)) and not path.endswith(".css")
            )
        )

    def event(self) -> bytes:
        """The state as one server-sent event. https://html.spec.whatwg.org/multipage/server-sent-events.html"""
        data = msgspec.json.encode({"version": self.version, "problems": self.problems})
        return b"event: state\ndata: " + data + b"\n\n"


ASSET = re.compile(r"assets/[0-9a-f]+/(.+)")  # group 1: the asset's name, whichever generation it is of


class Channel:
    """Where the builder leaves the newest state, and every open page waits for it.

    A page that was slow gets the newest state alone: the ones between have no meaning any more.
    """

    def __init__(self, state: State) -> None:
        self._condition = Condition()
        self._state = state
        self._serial = 0
        self._closed = False

    @property
    def state(self) -> State:
        return self._state

    def publish(self, state: State) -> None:
        """Replace the state, and wake everybody."""
        with self._condition:
            self._state = state
            self._serial += 1
            self._condition.notify_all()

    def close(self) -> None:
        """Let everybody who waits go home."""
        with self._condition:
            self._closed = True
            self._condition.notify_all()

    def after(self, serial: int, timeout: float) -> tuple[int, State | None]:
        """Wait for a state newer than `serial` (-1: any); (serial, None) after `timeout` seconds or on closing."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._serial > serial, timeout)
            newer = self._serial > serial and not self._closed
            return self._serial, self._state if newer else None

    @property
    def closed(self) -> bool:
        return self._closed


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=8).hexdigest()
