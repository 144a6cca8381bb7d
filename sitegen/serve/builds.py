"""The builds of one preview: the page that is looked at first, then the rest, and pages are told of both."""

from __future__ import annotations

import gc
import os
import time
import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol
from urllib.parse import unquote, urlsplit

from sitegen.build import Kept, Options, Report, rehearse
from sitegen.diagnostics import Span, error
from sitegen.parse.settings import parse_settings
from sitegen.plan.frame import form_target
from sitegen.read import read_file, settings_path
from sitegen.serve.problems import with_problems
from sitegen.serve.site import NOT_FOUND, file_of, is_another
from sitegen.serve.state import ASSET, Channel, State
from sitegen.write import read_manifest

if TYPE_CHECKING:
    from pathlib import Path

    from sitegen.model.page import Output
    from sitegen.model.settings import Settings
    from sitegen.serve.editor import Editor

Told = Callable[[Report, float], None]  # what became of a build, and its seconds


class Build(Protocol):
    """As `sitegen.build.build`."""

    def __call__(
        self,
        project: Path,
        options: Options,
        *,
        kept: Kept,
        first: Sequence[str],
        shown: Callable[[Output], None],
    ) -> Report: ...


class Builds:
    """What is kept from build to build, and the channel on which pages learn of them. `heard` gets every Report."""

    def __init__(self, project: Path, build: Build, editor: Editor, told: Told) -> None:
        self.channel = Channel(State(root=project))
        self.heard: list[Callable[[Report], None]] = []
        self._project, self._build, self._editor, self._told = project, build, editor, told
        self._kept = Kept()
        self._drawn: dict[str, bytes] = {}  # assets, which are of no use before a page
        self._waited = 0.0  # seconds of a build that browsers had
        self._rehearsed: tuple[str, ...] | None = None  # what was looked at then; None: not yet

    def build(self, options: Options) -> Report:
        """Build once. What goes wrong, our own bugs included, is in the Report, and the last good site stays."""
        before = self.channel.state
        self._say(_BUILDING)
        started = time.monotonic()
        report = self._attempt(options)
        if "render" in report.stages:
            self._rehearsed = (_START,)  # nothing of it is left to be made
        self._told(report, time.monotonic() - started - self._waited)
        for hear in self.heard:
            hear(report)
        if report.published or not before.files:
            before = self._site(options)
        if not report.published:
            before = with_problems(before, report, self._project, self._editor)
        self.channel.publish(before)
        return report

    def rehearse(self, options: Options) -> None:
        """While nothing else is to be done: make what the first edit after a start would wait for, once for whoever looks.

        An edit in the middle of it waits until it is done, and has most of it less to do.
        """
        first = _first(self.channel)
        if self._rehearsed or first == self._rehearsed or not self.channel.state.files:
            return
        self._rehearsed = first
        try:
            rehearse(self._project, options, self._kept, first or (_START,))
        except Exception:  # noqa: BLE001 - whatever it is, a build finds it again, and says it
            self._kept = Kept()
        # As after a build that made all this, which a start with nothing to do does not.
        gc.freeze()

    def wait_for(self, path: str) -> None:
        """Tell pages that this file is still being written; "" when it is not."""
        shown = os.path.relpath(path, self._project) if path else ""
        self._say(f"Waiting until {shown} is written …" if path else "")

    def _attempt(self, options: Options) -> Report:
        where = Span(settings_path(self._project))
        first, self._drawn, self._waited = _first(self.channel), {}, 0.0
        try:
            return self._build(self._project, options, kept=self._kept, first=first, shown=self._show)
        except OSError as problem:
            said = error("cannot-build", f"{problem.filename or ''}: {problem.strerror or problem}", where)
        except Exception as bug:  # noqa: BLE001 - the preview outlives our bugs: the next edit may avoid them
            traceback.print_exc()
            self._kept = Kept()
            said = error(
                "bug", f"sitegen failed: {type(bug).__name__}: {bug}", where, "the terminal says where"
            )
        return Report(published=False, diagnostics=(said,))

    def _show(self, output: Output) -> None:
        self._drawn[output.path] = output.data
        if ASSET.fullmatch(output.path):
            return
        before, opened = self.channel.state, self.channel.opened
        now = before.with_fresh(self._drawn, _THE_REST)
        self._drawn = {}
        self.channel.publish(now)
        # The rest would keep from the processor who sends this page, and the browser that draws it.
        if self._waited < _PATIENCE and any(is_another(path, before, now) for path in self.channel.viewed):
            began = time.monotonic()
            self.channel.until_opened(opened, _PATIENCE - self._waited)
            self._waited += time.monotonic() - began

    def _say(self, under_way: str) -> None:
        self.channel.publish(self.channel.state.at(under_way))

    def _site(self, options: Options) -> State:
        root = (self._project / options.output).absolute()
        settings = self._settings(options)
        # The path that the site is published under, so that addresses are the same here as there.
        base = unquote(urlsplit(settings.base_url).path) or "/" if settings else "/"
        forms = form_target(settings) if settings else ""
        return State(root=root, base=base, files=read_manifest(root), forms=forms)

    def _settings(self, options: Options) -> Settings | None:
        file = read_file(self._project, settings_path(self._project)).value
        return parse_settings(file, options.overrides).value if file else None


_START = "index.html"  # what is drawn for nobody: most of what this takes is the same for every page
_PATIENCE = 0.25  # seconds of a build in which browsers may load what is drawn of it
_BUILDING = "Building …"
_THE_REST = "Building the rest …"


def _first(channel: Channel) -> tuple[str, ...]:
    """The site's paths that open pages are at. Where there is no page yet, its absence is what is looked at."""
    wanted = [file_of(path, channel.state) for path in channel.viewed]
    lost = [NOT_FOUND] if any(not channel.state.has(path) for path in wanted) else []
    return tuple(dict.fromkeys([*filter(None, wanted), *lost]))
