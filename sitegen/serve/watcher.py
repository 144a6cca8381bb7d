"""When to look: as soon as what an editor does to a file is done.

Events say what happens; whether it changed anything is `look`'s to say. Where there are no events (network disks, exhausted
limits, `--poll`), time passes and `look` decides alone.
"""

from __future__ import annotations

import contextlib
import glob
import logging
import os
import sys
import time
import warnings
from fnmatch import fnmatchcase
from pathlib import Path
from threading import Condition, Event
from typing import TYPE_CHECKING, Any, Protocol, Self

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

from sitegen.serve.look import Look, changes, is_noise, links, look

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping


class Waiting(Protocol):
    """What tells when to look: `Watcher` by events, `Poll` by the clock."""

    def __enter__(self) -> Self: ...
    def __exit__(self, *_: object) -> None: ...
    def watch(self, inputs: Iterable[str]) -> None:
        """Attend to these inputs, and to nothing else."""

    def wait(self, timeout: float, known: Container[str]) -> bool:
        """Return when something happened and is over, or after `timeout` seconds without anything. Whether it did."""

    def quiet(self, seconds: float) -> None:
        """Return when nothing happened for so long."""


def settled(
    inputs: Iterable[str], seen: Mapping[str, Look], watcher: Waiting, timeout: float
) -> Mapping[str, Look]:
    """The inputs, once something happened to them and they are quiet again, or after `timeout` seconds.

    A hand saves a file or two. Many at once are a `git checkout` or a copy, which pauses for longer than an editor.
    """
    happened = watcher.wait(timeout, seen)
    now = look(inputs, seen)
    for _ in range(_PATIENCE):
        changed = changes(seen, now)
        if not changed or (happened and changed < _MANY):
            break
        # Without an event it may be half a file that we saw.
        watcher.quiet(_QUIET if changed < _MANY else _LONG_QUIET)
        before, now = now, look(inputs, now)
        if not changes(before, now):
            break
    return now


class Watcher:
    """Events of the file system where the inputs are, and where links among them lead.

    `unfinished` is called with a file that a program is still writing, while that is waited for, and with "" afterwards.
    """

    def __init__(self, unfinished: Callable[[str], None] = lambda _: None) -> None:
        self._condition = Condition()
        self._last = 0.0  # time of the last event
        self._touched: dict[
            str, str
        ] = {}  # path → what became of it; empty: nothing happened since the last wait
        self._open: dict[str, None] = {}  # paths that are being written
        self._watches: dict[tuple[str, bool, int], Any] = {}
        self._observer = Observer()
        self._unfinished = unfinished

    def __enter__(self) -> Self:
        # A folder that was moved away and comes back is still known under its old name. The library says so, and gets over it.
        warnings.filterwarnings("ignore", "Callback with id", RuntimeWarning)
        logging.getLogger("watchdog").addHandler(logging.NullHandler())
        self._observer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join()

    def watch(self, inputs: Iterable[str]) -> None:
        """Watch where these inputs are, and nowhere else."""
        inputs = [os.path.realpath(text) for text in (*inputs, *links(inputs))]
        with self._condition:
            self._inputs = tuple(inputs)
        wanted = dict.fromkeys(place for text in inputs for place in _places(text))
        for place in [place for place in self._watches if place not in wanted]:
            self._observer.unschedule(self._watches.pop(place))
        for place in wanted:
            if place not in self._watches:
                handler = _Handler(self._touch)
                try:
                    self._watches[place] = self._observer.schedule(handler, place[0], recursive=place[1])
                except (
                    OSError,
                    RecursionError,
                ):  # no watches left, gone again, too deep: `wait` has a timeout
                    continue

    def wait(self, timeout: float, known: Container[str]) -> bool:
        """Return when something happened and is over, or after `timeout` seconds without anything. Whether it did.

        It is over at once when files that are `known` were closed by who wrote them, or put in place whole; after a pause
        when files came, after a long one when a known one went: that may be half of what an editor does; not as long as a
        program writes and has not closed.
        """
        with self._condition:
            happened = bool(self._condition.wait_for(lambda: self._touched, timeout))
            if happened:
                self._until_over(lambda: self._pause(known))
            return happened

    def quiet(self, seconds: float) -> None:
        """Return when nothing happened for so long."""
        with self._condition:
            self._last = time.monotonic()
            self._until_over(lambda: seconds)

    def _until_over(self, quiet: Callable[[], float]) -> None:
        began, said = time.monotonic(), ""
        while True:
            unfinished = next(iter(self._open), "")
            # What never becomes quiet is looked at all the same.
            pause, longest = (_WRITER, _LONG_WRITER) if unfinished else (quiet(), _LONGEST)
            now = time.monotonic()
            ends = min(self._last + pause, began + longest)
            if ends <= now:
                break
            if said != unfinished and now > began + _LONG_QUIET:
                self._unfinished(unfinished)
                said = unfinished
            self._condition.wait(min(ends - now, _LONG_QUIET))
        if said:
            self._unfinished("")
        self._touched.clear()
        self._open.clear()

    def _pause(self, known: Container[str]) -> float:
        if len(self._touched) >= _MANY:
            return _QUIET
        pause = _AT_ONCE
        for path, what in self._touched.items():
            if what == _GONE and path in known:
                return _LONG_QUIET
            # A file that is not known may be one in the making, and is of no interest once it is gone.
            if what != _GONE and (what != _DONE or path not in known):
                pause = _QUIET
        return pause

    def _touch(self, path: str, what: str) -> None:
        with self._condition:
            if not any(_concerns(path, text) for text in self._inputs):
                return
            self._last = time.monotonic()
            self._touched[path] = what
            if what == _WRITTEN:
                self._open[path] = None
            else:
                self._open.pop(path, None)
            self._condition.notify_all()


class Poll:
    """No events: a look every `seconds`. For disks that other machines write to, which tell ours nothing."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._never = Event()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None: ...

    def watch(self, inputs: Iterable[str]) -> None: ...

    def wait(self, timeout: float, known: Container[str]) -> bool:
        """Let the time pass. Never knows of anything."""
        del timeout, known
        self._never.wait(self._seconds)
        return False

    def quiet(self, seconds: float) -> None:
        """Let the time pass: no less than the time in which another machine's writing reaches us."""
        self._never.wait(max(seconds, min(self._seconds, _LONG_QUIET)))


_AT_ONCE = (
    0.004  # seconds without an event after which a file that was closed is read: others may be saved with it
)
_QUIET = 0.08  # the same where an editor may be in the middle of something
_LONG_QUIET = 0.4  # the same for changes of many files, and where a file went that may come again
_LONGEST = 2.0  # seconds after which a place that is never quiet is looked at all the same
_WRITER = 10.0  # seconds that a program may pause with a file open that it writes
_LONG_WRITER = 300.0  # seconds that it may write
_MANY = 10  # files
_PATIENCE = 10  # long quiets at most: something may write for ever

_WRITTEN, _DONE, _GONE, _CAME = "written", "done", "gone", "came"
# Only inotify says that a file was closed after writing.
_TELLS_CLOSING = sys.platform.startswith("linux")
_BECAME = {
    "created": _CAME,
    "modified": _WRITTEN if _TELLS_CLOSING else _CAME,
    "closed": _DONE,
    "deleted": _GONE,
}


class _Handler(FileSystemEventHandler):
    def __init__(self, touch: Callable[[str, str], None]) -> None:
        self._touch = touch

    def on_any_event(self, event: FileSystemEvent) -> None:
        source, target = os.fsdecode(event.src_path), os.fsdecode(event.dest_path)
        if event.event_type == "moved":
            self._touch(source, _GONE)
            self._touch(target, _CAME if event.is_directory else _DONE)
        elif event.event_type in _BECAME and not (event.is_directory and event.event_type == "modified"):
            self._touch(source, _CAME if event.is_directory else _BECAME[event.event_type])


def _concerns(path: str, text: str) -> bool:
    """Whether what happens to `path` may matter to an input: it is that, below it, on the way to it, or beside it."""
    plain = path.removesuffix(".meta.yaml")
    if path == text or text.startswith(f"{path}/"):
        return True
    noise = is_noise(os.path.basename(path), text)  # noqa: PTH119 - text throughout
    return not noise and (f"{plain}/".startswith(f"{text}/") or fnmatchcase(plain, text))


def _places(text: str) -> Iterator[tuple[str, bool, int]]:
    """The folders to watch for an input, whether with those below, and their inodes: one that was replaced is another."""
    path = Path(text)
    deep = path.is_dir() or "**" in text
    if deep:
        yield from _place(path.parent, deep=False)  # the folder itself may be moved, and another come
    if not path.is_dir():
        path = path.parent
    while glob.has_magic(str(path)) or not path.is_dir():
        deep = deep or glob.has_magic(path.name)
        if path == path.parent:
            return
        path = path.parent
    yield from _place(path, deep=deep)


def _place(path: Path, *, deep: bool) -> Iterator[tuple[str, bool, int]]:
    with contextlib.suppress(OSError):
        yield str(path), deep, path.stat().st_ino
