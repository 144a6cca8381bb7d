"""Whether anything that a build depends on is different: events say when to look, contents say whether."""

from __future__ import annotations

import glob
import hashlib
import os
import time
from pathlib import Path
from threading import Condition
from typing import TYPE_CHECKING, Any, Self

import msgspec
from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

_TELLING = {"created", "modified", "deleted", "moved", "closed"}  # the others are about reading


_QUIET = 0.08  # seconds without an event before a build: editors write in several steps
_LONG_QUIET = 0.4  # the same for changes of many files
_MANY = 10  # files
_PATIENCE = 10  # long quiets at most: something may write for ever


class Look(msgspec.Struct, frozen=True, gc=False):
    """A file at a moment."""

    signature: tuple[int, ...]  # from stat: equal means not worth reading again; () means read again
    digest: str


def look(inputs: Iterable[str], before: Mapping[str, Look]) -> Mapping[str, Look]:
    """Every file that `inputs` (absolute files, folders and globs) lead to now; unchanged ones are not read again."""
    found = {}
    for path in sorted(set(_files(inputs))):
        try:
            at = os.stat(path)  # noqa: PTH116 - a third of the time of Path.stat, for every file after every event
        except OSError:
            continue
        # The change time, unlike the time of modification, cannot be set back by an editor.
        signature = (at.st_ino, at.st_size, at.st_mtime_ns, at.st_ctime_ns)
        known = before.get(path)
        if known is not None and known.signature == signature:
            found[path] = known
            continue
        try:
            digest = hashlib.blake2b(Path(path).read_bytes(), digest_size=16).hexdigest()
        except OSError:
            digest = "unreadable"
        # The clock of a file system ticks every few milliseconds: a second edit may hide in the same tick.
        settled = time.time_ns() - at.st_ctime_ns > 100_000_000
        found[path] = Look(signature if settled else (), digest)
    return found


def changes(before: Mapping[str, Look], now: Mapping[str, Look]) -> int:
    """How many files came, went or have another content."""
    came_or_went = before.keys() ^ now.keys()
    return len(came_or_went) + sum(
        before[path].digest != now[path].digest for path in before.keys() & now.keys()
    )


def settled(
    inputs: Iterable[str], seen: Mapping[str, Look], watcher: Watcher, timeout: float
) -> Mapping[str, Look]:
    """The inputs, once something happened to them and they are quiet again, or after `timeout` seconds.

    A hand saves a file or two. Many at once are a `git checkout` or a copy, which pauses for longer than an editor.
    """
    happened = watcher.wait(quiet=_QUIET, timeout=timeout)
    now = look(inputs, seen)
    for _ in range(_PATIENCE):
        changed = changes(seen, now)
        if not changed or (happened and changed < _MANY):
            break
        # Without an event it may be half a file that we saw.
        pause = _QUIET if changed < _MANY else _LONG_QUIET
        watcher.wait(quiet=pause, timeout=pause)
        before, now = now, look(inputs, now)
        if not changes(before, now):
            break
    return now


class Watcher:
    """Wakes up when something happens where the inputs are. Of no use without `look`: it may wake for nothing.

    Where the system has no events (network disks, exhausted limits), `wait` ends after its timeout and `look` decides.
    """

    def __init__(self) -> None:
        self._condition = Condition()
        self._last = 0.0  # time of the last event; 0: none since the last wait
        self._watches: dict[tuple[str, bool, int], Any] = {}
        self._observer = Observer()

    def __enter__(self) -> Self:
        self._observer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._observer.stop()
        self._observer.join()

    def watch(self, inputs: Iterable[str]) -> None:
        """Watch where these inputs are, and nowhere else."""
        wanted = dict.fromkeys(place for place in map(_place, inputs) if place is not None)
        for place in [place for place in self._watches if place not in wanted]:
            self._observer.unschedule(self._watches.pop(place))
        for place in wanted:
            if place not in self._watches:
                handler = _Wake(self._wake)
                try:
                    self._watches[place] = self._observer.schedule(handler, place[0], recursive=place[1])
                except OSError:  # no watches left, or gone again: `wait` has a timeout
                    continue

    def wait(self, *, quiet: float, timeout: float, longest: float = 2.0) -> bool:
        """Return when something happened and then nothing for `quiet` seconds, or after `timeout` without anything.

        Whether something happened, since the last wait already. `longest`: seconds after which a place that never becomes
        quiet is left all the same.
        """
        with self._condition:
            happened = bool(self._condition.wait_for(lambda: self._last, timeout))
            until = time.monotonic() + longest
            while self._last and (now := time.monotonic()) < min(self._last + quiet, until):
                self._condition.wait(min(self._last + quiet, until) - now)
            self._last = 0.0
            return happened

    def _wake(self) -> None:
        with self._condition:
            self._last = time.monotonic()
            self._condition.notify_all()


class _Wake(FileSystemEventHandler):
    def __init__(self, wake: Any) -> None:
        self._wake = wake

    def on_any_event(self, event: FileSystemEvent) -> None:
        if event.event_type in _TELLING:
            self._wake()


def _files(inputs: Iterable[str]) -> Iterator[str]:
    for text in inputs:
        if os.path.isdir(text):  # noqa: PTH112 - inputs are text throughout
            yield from _below(text)
            continue
        for path in glob.glob(text, recursive=True) if glob.has_magic(text) else [text]:  # noqa: PTH207
            if os.path.isfile(path):  # noqa: PTH113 - a pipe is never read
                yield os.path.normpath(path)
                yield os.path.normpath(f"{path}.meta.yaml")  # what the curator says about a dump


def _below(folder: str) -> Iterator[str]:
    seen = set()
    for here, folders, names in os.walk(folder, followlinks=True):
        real = os.path.realpath(here)
        folders[:] = [] if real in seen else [f for f in folders if not _is_noise(f)]
        if real in seen:
            continue
        seen.add(real)
        for name in names:
            path = os.path.normpath(os.path.join(here, name))  # noqa: PTH118 - as above
            if not _is_noise(name) and os.path.isfile(path):  # noqa: PTH113
                yield path


def _is_noise(name: str) -> bool:
    # Editors' swap, backup and probe files.
    return name.startswith((".", "#")) or name.endswith(("~", ".swp", ".tmp", ".bak")) or name == "4913"


def _place(text: str) -> tuple[str, bool, int] | None:
    """The folder to watch for an input, whether with those below it, and its inode: a folder that was replaced is another."""
    path = Path(os.path.normpath(text))
    deep = path.is_dir() or "**" in text
    if not path.is_dir():
        path = path.parent
    while glob.has_magic(str(path)) or not path.is_dir():
        deep = deep or glob.has_magic(path.name)
        if path == path.parent:
            return None
        path = path.parent
    try:
        return str(path), deep, path.stat().st_ino
    except OSError:
        return None
