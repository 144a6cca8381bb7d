"""The preview's loop: look, build, publish to the browsers, wait."""

from __future__ import annotations

import errno
import time
import traceback
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

import msgspec

from sitegen.build import Options, Report, build
from sitegen.diagnostics import Diagnostic, Span, as_text, error, in_reading_order
from sitegen.parse.settings import parse_settings
from sitegen.plan.frame import form_target
from sitegen.read import read_file, settings_path
from sitegen.serve.own import Extension, Own, own
from sitegen.serve.server import PreviewServer
from sitegen.serve.state import Channel, Problem, State
from sitegen.serve.watcher import Look, Watcher, changes, look
from sitegen.text.excerpt import line_of
from sitegen.write import read_manifest

if TYPE_CHECKING:
    from sitegen.model.settings import Settings

# Of its own: what is published is never touched by a preview, nor a preview by a build.
OUTPUT = ".sitegen/preview"

Told = Callable[[Report, float], None]  # what became of a build, and its seconds
Built = Callable[[Path, Options], Report]

_QUIET = 0.08  # seconds without an event before a build: editors write in several steps
_LONG_QUIET = 0.4  # the same for changes of many files
_MANY = 10  # files
_PATIENCE = 10  # long quiets at most: something may write for ever
_ANYWAY = 2.0  # seconds after which to look without any event
_MOST_SHOWN = 50  # problems in the overlay


def serve(
    project: Path,
    options: Options,
    *,
    host: str,
    port: int,
    opened: Callable[[str], None],
    told: Told,
    built: Built = build,
    extensions: Sequence[Extension] = (),
) -> None:
    """Preview `project` until interrupted. `opened` gets the address, `told` every build.

    Takes the first free port from `port` on; 0 means any. Raises OSError where there is none.
    """
    inputs = _first_inputs(project)
    seen = look(inputs, {})
    # The first build may use every processor; later ones run beside threads, which do not survive a fork unharmed.
    report = _attempt(project, options, told, built)
    later = msgspec.structs.replace(options, jobs=1)
    channel = Channel(_state(project, options, report, None))
    ours = own(extensions)
    heard = [extension.heard for extension in extensions if extension.heard]
    _tell(heard, report)
    patience = _QUIET
    with _listening(host, port, channel, ours) as server, Watcher() as watcher:
        Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, daemon=True).start()
        try:
            opened(_address(host, server.server_port, channel.state.base))
            while True:
                if report.inputs and report.inputs != inputs:
                    inputs = report.inputs
                    # What was seen before the build stays so: an edit during the build must be noticed.
                    seen = {path: seen.get(path, found) for path, found in look(inputs, seen).items()}
                watcher.watch(inputs)
                before, seen = seen, settled(inputs, seen, watcher, patience)
                patience = _ANYWAY
                if changes(before, seen):
                    report = _attempt(project, later, told, built)
                    _tell(heard, report)
                    channel.publish(_state(project, later, report, channel.state))
                    patience = _QUIET  # there may have been an edit during the build
        finally:
            channel.close()
            server.shutdown()


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


def _first_inputs(project: Path) -> tuple[str, ...]:
    names = ("content", "templates", "static", "sitegen.yaml")
    return tuple(str(project / name) for name in names)


def _attempt(project: Path, options: Options, told: Told, built: Built) -> Report:
    started = time.monotonic()
    where = Span(settings_path(project))
    try:
        report = built(project, options)
    except OSError as problem:
        said = error("cannot-build", f"{problem.filename or ''}: {problem.strerror or problem}", where)
        report = Report(published=False, diagnostics=(said,))
    except Exception as bug:  # noqa: BLE001 - the preview outlives our bugs: the next edit may avoid them
        traceback.print_exc()
        said = error("bug", f"sitegen failed: {type(bug).__name__}: {bug}", where, "the terminal says where")
        report = Report(published=False, diagnostics=(said,))
    told(report, time.monotonic() - started)
    return report


def _tell(heard: Iterable[Callable[[Report], None]], report: Report) -> None:
    for hear in heard:
        hear(report)


def _state(project: Path, options: Options, report: Report, before: State | None) -> State:
    root = (project / options.output).absolute()
    problems = () if report.published else _problems(report)
    if before is not None and not report.published:
        return msgspec.structs.replace(before, problems=problems)
    settings = _settings(project, options)
    # The path that the site is published under, so that addresses are the same here as there.
    base = unquote(urlsplit(settings.base_url).path) or "/" if settings else "/"
    forms = form_target(settings) if settings else ""
    return State(root=root, base=base, files=read_manifest(root), problems=problems, forms=forms)


def _problems(report: Report) -> tuple[Problem, ...]:
    """Errors alone: what is no error has not kept the site from being built."""
    line = line_of(report.sources)
    errors = [problem for problem in in_reading_order(report.diagnostics) if problem.severity == "error"]
    return tuple(_problem(problem, as_text(problem, line)) for problem in errors[:_MOST_SHOWN])


def _problem(problem: Diagnostic, text: str) -> Problem:
    headline, *rest = text.split("\n")
    hint = rest.pop() if problem.hint else ""
    return Problem(problem.severity, headline, "\n".join(rest), hint)


def _settings(project: Path, options: Options) -> Settings | None:
    file = read_file(project, settings_path(project)).value
    return parse_settings(file, options.overrides).value if file else None


def _listening(host: str, port: int, channel: Channel, ours: Own) -> PreviewServer:
    for candidate in range(port, min(port + 100, 65536)) if port else [0]:
        try:
            return PreviewServer(host, candidate, channel, ours)
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE:
                raise
    raise OSError(errno.EADDRINUSE, f"no port from {port} on is free")


def _address(host: str, port: int, base: str) -> str:
    return f"http://{f'[{host}]' if ':' in host else host}:{port}{quote(base)}"
