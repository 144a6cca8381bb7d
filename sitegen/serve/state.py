"""What the preview shows at a moment: the last good site, what is drawn of the next one, and what stands in its way."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from threading import Condition

import msgspec

from sitegen.read import digest


class Problem(msgspec.Struct, frozen=True):
    """A diagnostic, as the overlay shows it: plain text throughout."""

    place: str  # path:line:column
    text: str  # severity, message and code
    excerpt: str = ""  # the line of source and the caret below it
    hint: str = ""
    link: str = ""  # an address that opens the editor
    file: Path | None = None  # where there is one to open
    line: int = 0
    column: int = 0


class State(msgspec.Struct, frozen=True, kw_only=True, dict=True):  # dict: where cached properties are kept
    """A moment of the preview. A change replaces the whole of it."""

    root: Path  # the folder that is served
    base: str = "/"  # path that the site is published under: begins and ends in "/"
    files: Mapping[str, str] = {}  # the manifest: path → digest. Nothing else is served from the folder
    fresh: Mapping[
        str, bytes
    ] = {}  # what the build that is running has drawn already, and is not in the folder yet
    problems: tuple[Problem, ...] = ()
    more: int = 0  # problems beside these
    under_way: str = ""  # what the preview is at, in words
    forms: str = ""  # the one origin beside ours that pages may send forms to

    def has(self, path: str) -> bool:
        """Whether the site has this file."""
        return path in self.fresh or path in self.files

    def with_fresh(self, drawn: Mapping[str, bytes], under_way: str) -> State:
        """The state once these files are drawn. Nothing is drawn while a problem stands."""
        # The folder of assets is named after their content: one that is there is the same.
        new = {
            path: data for path, data in drawn.items() if path not in self.files or not ASSET.fullmatch(path)
        }
        return self._of_the_same_site(
            msgspec.structs.replace(
                self, fresh={**self.fresh, **new}, problems=(), more=0, under_way=under_way
            )
        )

    def at(self, under_way: str) -> State:
        """The same, while the preview is at this."""
        return self._of_the_same_site(msgspec.structs.replace(self, under_way=under_way))

    def asset(self, path: str) -> str:
        """Where this asset is now: a page of the last build may still ask for it in that build's folder."""
        asked = ASSET.fullmatch(path)
        return path if asked is None else self._assets.get(asked[1], (path, ""))[0]

    @cached_property
    def assets(self) -> str:
        """The folder that they are in now, `assets/<digest>/`; "" where there are none."""
        return next((path.removesuffix(name) for name, (path, _) in self._assets.items()), "")

    @cached_property
    def scripts(self) -> str:
        """Names the assets that a page has to be loaded anew for: all but the style sheets."""
        return _digest(f"{name}\0{at[1]}" for name, at in self._assets.items() if not name.endswith(".css"))

    @cached_property
    def styles(self) -> str:
        """Names the style sheets, which can be exchanged in a page that stays."""
        return _digest(f"{name}\0{at[1]}" for name, at in self._assets.items() if name.endswith(".css"))

    @cached_property
    def _assets(self) -> Mapping[str, tuple[str, str]]:
        """Path and digest of each asset, by its name; those of the newest generation, which is drawn as a whole."""
        drawn = {path: digest(data) for path, data in self.fresh.items() if ASSET.fullmatch(path)}
        return _by_name(drawn) if drawn else self._published_assets

    @cached_property
    def _published_assets(self) -> Mapping[str, tuple[str, str]]:
        return _by_name({path: name for path, name in self.files.items() if path.startswith("assets/")})

    def _of_the_same_site(self, state: State) -> State:
        # They are looked for among the paths of hundreds of thousands of files.
        state.__dict__["_published_assets"] = self._published_assets
        return state


def _by_name(assets: Mapping[str, str]) -> Mapping[str, tuple[str, str]]:
    return {found[1]: (path, assets[path]) for path in sorted(assets) if (found := ASSET.fullmatch(path))}


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
        self._viewers: dict[object, str] = {}
        self._opened = 0

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

    @contextmanager
    def viewing(self, path: str) -> Iterator[None]:
        """While a page of this path, as addresses have it, is open before somebody."""
        viewer = object()
        with self._condition:
            self._viewers[viewer] = path
            self._opened += 1
            self._condition.notify_all()
        try:
            yield
        finally:
            with self._condition:
                del self._viewers[viewer]

    @property
    def opened(self) -> int:
        """How many pages were opened so far."""
        return self._opened

    def until_opened(self, before: int, timeout: float) -> None:
        """Wait until a page more than `before` was opened, for `timeout` seconds at most."""
        with self._condition:
            self._condition.wait_for(lambda: self._closed or self._opened > before, timeout)

    @property
    def viewed(self) -> tuple[str, ...]:
        """The paths of all pages that are open before somebody, each once, the one that was opened last first."""
        with self._condition:
            return tuple(dict.fromkeys(reversed(self._viewers.values())))

    @property
    def closed(self) -> bool:
        return self._closed


def _digest(parts: Iterator[str]) -> str:
    return hashlib.blake2b("\n".join(sorted(parts)).encode(), digest_size=8).hexdigest()
