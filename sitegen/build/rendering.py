"""Pages become files, in as many processes as there are processors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Self

import msgspec

from sitegen.build.clock import Clock, Cost
from sitegen.build.processes import Beside, Counter, Forked
from sitegen.build.tables import Table, table_of
from sitegen.diagnostics import Diagnostic
from sitegen.write import Written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sitegen.build.searching import Searching
    from sitegen.build.tables import Tables
    from sitegen.model.page import Page
    from sitegen.render import Renderer
    from sitegen.write import Stage

_FEW = 400  # pages that are drawn, or papers that are indexed, before another process has begun
_LARGE = 1 << 20  # bytes of a file of rows that a thread writes


class Rendered(msgspec.Struct, frozen=True):
    written: list[Written]
    diagnostics: list[Diagnostic]
    told: list[str]  # addresses of the pages that these are of
    tables: dict[str, Table]  # by address
    index: Cost  # of the search index, within the whole


def render(
    pages: Sequence[Page],
    renderer: Renderer,
    stage: Stage,
    tables: Tables,
    *,
    jobs: int,
    index: Searching | None = None,
) -> Rendered:
    """Draw every page into the stage. Each process takes the next batch when it is free; this one takes its share.

    One of the others makes the search index before it begins to draw. After an edit that few pages are of there are no
    others: they would have to be made of a large process, which takes longer than they save.
    """
    clock = Clock(None)
    few = len(pages) <= _FEW
    if index is not None:
        with clock("search"):
            index.begin()
    with _Drawing(renderer, stage, tables) as drawing:
        if few:
            drawing.add_all(pages)
            pages = ()
        with clock("search"):
            patched = index.patch(stage) if index is not None else []
        if patched is not None:
            index = None  # nothing of it is left to be made
        shares = [drawing.done(patched or (), clock.costs["search"])]
    if not pages:
        if index is None:
            return shares[0]
        jobs = 1 if index.papers <= _FEW else jobs
    size = max(16, min(256, len(pages) // (8 * jobs)))
    counter = Counter()

    def run(index: Searching | None = None) -> Rendered:
        clock = Clock(None)
        with clock("search"):
            # With two jobs both are at work already, unless there is nothing to draw.
            files = [] if index is None else index.write(stage, apart=jobs > (2 if pages else 1))
        with _Drawing(renderer, stage, tables) as drawing:
            while (start := counter.take() * size) < len(pages):
                for page in pages[start : start + size]:
                    drawing.add(page)
            return drawing.done(files, clock.costs["search"])

    others = [
        Forked(partial(run, None if number else index), Rendered, forks=True)
        for number in range(jobs - 1 if pages else min(jobs - 1, 1))
    ]
    try:
        shares += [run(None if others else index), *(other.result() for other in others)]
    finally:
        for other in others:
            other.stop()
    return Rendered(
        [file for share in shares for file in share.written],
        [problem for share in shares for problem in share.diagnostics],
        [url for share in shares for url in share.told],
        {path: table for share in shares for path, table in share.tables.items()},
        max((share.index for share in shares), key=lambda cost: cost.wall),
    )


class _Drawing:
    """Pages of one process, put into the stage. No thread of it is at work any more when its block is left.

    Large files of rows are written by a thread: digests and the disk leave the interpreter to others. It is one at a time, so
    that no more than two of the files are in memory: one that is written, and the next.
    """

    def __init__(self, renderer: Renderer, stage: Stage, tables: Tables) -> None:
        self._renderer, self._stage, self._tables = renderer, stage, tables
        self._written: list[Written] = []
        self._problems: list[Diagnostic] = []
        self._told: list[str] = []
        self._made: dict[str, Table] = {}
        self._writing: tuple[Page, tuple[int, ...], Beside[Written]] | None = None
        self._flushing: Beside[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        # One is left only where something failed: what it writes late could get into the tree of the next build.
        if self._writing is not None:
            self._writing[2].wait()
        if self._flushing is not None:
            self._flushing.wait()

    def add(self, page: Page) -> None:
        """Draw a page."""
        outcome = self._renderer.render(page, self._tables.published(page))
        if outcome.diagnostics:
            self._problems.extend(outcome.diagnostics)
            self._told.append(page.url)
        for output in outcome.value:
            if page.parts and sum(output.lengths) > _LARGE:
                self._finish_writing()
                self._writing = page, output.lengths, Beside(partial(self._stage.write, output))
            else:
                self._keep(page, output.lengths, self._stage.write(output))

    def add_all(self, pages: Iterable[Page]) -> None:
        """Draw pages: those of rows whenever the last one is written, the others meanwhile.

        Once all of the files of rows are written, the disk takes them while the rest is drawn.
        """
        of_rows: list[Page] = []
        others: list[Page] = []
        for page in pages:
            (of_rows if page.parts else others).append(page)
        while of_rows or others:
            if of_rows and (not others or self._writing is None or self._writing[2].is_over):
                self.add(of_rows.pop())
                if not of_rows and self._writing is not None:
                    self._flushing = Beside(partial(self._flush_after, self._writing[2]))
            else:
                self.add(others.pop())

    def _flush_after(self, writing: Beside[Written]) -> None:
        writing.wait()
        self._stage.flush()

    def done(self, files: Iterable[Written], index: Cost) -> Rendered:
        """What came of it, with files of the search index and what they cost."""
        self._finish_writing()
        if self._flushing is not None:
            self._flushing.result()
        return Rendered([*files, *self._written], self._problems, self._told, self._made, index)

    def _finish_writing(self) -> None:
        if self._writing is not None:
            page, lengths, writing = self._writing
            self._keep(page, lengths, writing.result())
            self._writing = None

    def _keep(self, page: Page, lengths: tuple[int, ...], file: Written) -> None:
        self._written.append(file)
        if page.parts is not None:
            self._made[file.path] = table_of(file.digest, page, lengths)
