"""The preview's loop: look, build, tell the browsers, wait."""

from __future__ import annotations

import errno
import gc
import os
import sys
import time
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote

import msgspec

from sitegen.build import Options, build
from sitegen.serve.builds import Build, Builds, Told
from sitegen.serve.editor import NO_EDITOR, Editor, opening
from sitegen.serve.look import Look, changes, look
from sitegen.serve.own import Extension, Own, own
from sitegen.serve.server import PreviewServer
from sitegen.serve.watcher import Poll, Watcher, settled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from sitegen.serve.state import Channel

# Of its own: what is published is never touched by a preview, nor a preview by a build.
OUTPUT = ".sitegen/preview"

_SOON = 0.1  # seconds after a build until the next look: there may have been an edit during the build
_TICK = 100_000_000  # nanoseconds that the clock of a file system may be behind ours
_ANYWAY = 2.0  # seconds after which to look without any event


def serve(
    project: Path,
    options: Options,
    *,
    host: str,
    port: int,
    opened: Callable[[str], None],
    told: Told,
    editor: Editor = NO_EDITOR,
    poll: float = 0,
    built: Build = build,
    extensions: Sequence[Extension] = (),
) -> None:
    """Preview `project` until interrupted. `opened` gets the address, `told` every build.

    `poll`: seconds between looks, where the system tells nothing of changes; 0: wait to be told.
    Takes the first free port from `port` on; 0 means any. Raises OSError where there is none.
    """
    # A build that runs must not keep a page waiting that is asked for: each thread gets its turn ten times as often.
    sys.setswitchinterval(0.0005)
    project = project.resolve()
    builds = Builds(project, built, editor, told)
    extensions = (opening(editor, lambda: builds.channel.state.problems), *extensions)
    builds.heard = [extension.heard for extension in extensions if extension.heard]
    inputs = tuple(str(project / name) for name in ("content", "templates", "static", "sitegen.yaml"))
    seen = look(inputs, {})
    began = time.time_ns()
    # The first build may use every processor; later ones run beside threads, which do not survive a fork unharmed.
    report = builds.build(options)
    # Most of what this build made stays until the end. Looking for garbage among it takes 80 ms for every 10,000 papers,
    # in which no page is answered.
    gc.freeze()
    later = msgspec.structs.replace(options, jobs=1)
    patience = _SOON
    watching = Poll(poll) if poll else Watcher(builds.wait_for)
    with _listening(host, port, builds.channel, own(extensions)) as server, watching as watcher:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            # Before anybody knows the address: whoever edits from then on is seen doing it.
            watcher.watch(inputs)
            opened(_address(host, server.server_port, builds.channel.state.base))
            while True:
                if report.inputs and report.inputs != inputs:
                    seen = _seen_of(report.inputs, inputs, seen, began)
                    inputs = report.inputs
                watcher.watch(inputs)
                before, seen = seen, settled(inputs, seen, watcher, patience)
                patience = _ANYWAY
                if changes(before, seen):
                    began = time.time_ns()
                    report = builds.build(later)
                    patience = _SOON
                else:
                    builds.rehearse(later)
        finally:
            builds.channel.close()
            server.shutdown()


def _seen_of(
    inputs: tuple[str, ...], before: tuple[str, ...], seen: Mapping[str, Look], began: int
) -> Mapping[str, Look]:
    """What a build saw that found out that its inputs are these; `seen` is what it saw of those known `before`.

    What was edited, came or went during the build, which `began` at this time in nanoseconds, must be noticed: only what
    was no input before, and has not changed since, counts as seen now.
    """
    known = look(before, seen)
    now = look(inputs, known)
    still = {path: found for path, found in seen.items() if path in now or path not in known}
    new = now.keys() - known.keys()
    return still | {path: now[path] for path in sorted(new) if _changed(path) < began - _TICK}


def _changed(path: str) -> int:
    try:
        return os.stat(path).st_ctime_ns  # noqa: PTH116 - inputs are text throughout
    except OSError:
        return 0


def _listening(host: str, port: int, channel: Channel, ours: Own) -> PreviewServer:
    for candidate in range(port, min(port + 100, 65536)) if port else [0]:
        try:
            return PreviewServer(host, candidate, channel, ours)
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, f"no port from {port} on is free")


def _address(host: str, port: int, base: str) -> str:
    # 0.0.0.0 and :: are where to listen, not where to go.
    host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared with, not bound to
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{quote(base)}"
