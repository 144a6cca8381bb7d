"""Pages become files, in as many processes as there are processors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import msgspec

from sitegen.build.clock import Clock, Cost
from sitegen.build.processes import Counter, Forked
from sitegen.build.tables import Table
from sitegen.diagnostics import Diagnostic
from sitegen.write import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.build.searching import Searching
    from sitegen.build.tables import Tables
    from sitegen.model.page import Page
    from sitegen.render import Renderer
    from sitegen.write import Stage

_FEW = 400  # pages that are drawn, or papers that are indexed, before another process has begun


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

    One of the others makes the search index before it begins to draw.
    """
    if max(len(pages), index.papers if index else 0) <= _FEW:
        jobs = 1
    size = max(1, min(256, len(pages) // (8 * jobs)))
    counter = Counter()

    def run(index: Searching | None = None) -> Rendered:
        clock = Clock(None)
        with clock("search"):
            # With two jobs, both are at work already.
            written = [] if index is None else index.make(stage, apart=jobs > 2)
        problems: list[Diagnostic] = []
        told: list[str] = []
        made: dict[str, Table] = {}
        while (start := counter.take() * size) < len(pages):
            for page in pages[start : start + size]:
                outcome = renderer.render(page, tables.published(page))
                if outcome.diagnostics:
                    problems.extend(outcome.diagnostics)
                    told.append(page.url)
                for output in outcome.value:
                    file = stage.write(output)
                    written.append(file)
                    if output.lengths:
                        made[output.path] = Table(file.digest, page.parts, output.lengths)
        return Rendered(written, problems, told, made, clock.costs["search"])

    if jobs == 1:
        return run(index)
    others = [
        Forked(partial(run, None if number else index), Rendered, forks=True) for number in range(jobs - 1)
    ]
    try:
        shares = [run(), *(other.result() for other in others)]
    finally:
        for other in others:
            other.stop()
    return Rendered(
        [file for share in shares for file in share.written],
        [problem for share in shares for problem in share.diagnostics],
        [url for share in shares for url in share.told],
        {path: table for share in shares for path, table in share.tables.items()},
        shares[1].index,
    )
