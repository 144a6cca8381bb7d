"""Pages become files, in as many processes as there are processors."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from sitegen.build.processes import Counter, Forked
from sitegen.diagnostics import Diagnostic
from sitegen.liken import liken
from sitegen.model.likeness import Region, Related, Spot
from sitegen.search import build as build_search
from sitegen.write import Written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sitegen.model.page import Page
    from sitegen.model.site import Site
    from sitegen.render import Renderer
    from sitegen.write import Stage

_FEW = 400  # pages that are drawn before another process has begun


def start_search(site: Site, stage: Stage, *, jobs: int) -> Forked[list[Written]]:
    """The search index, begun early: it needs no page, and takes one process as long as thousands of them."""

    def run() -> list[Written]:
        if not site.library.settings.search:
            return []
        return [stage.write(output) for output in build_search(site)]

    return Forked(run, list[Written], forks=jobs > 1 and len(site.library.papers) > _FEW)


def start_likeness(site: Site, *, jobs: int) -> Forked[Likeness]:
    """What papers have in common, in a process of its own: its tables are large, and gone when it is done."""

    def run() -> Likeness:
        if not site.library.settings.related:
            return Likeness({}, (), ())
        alike = liken(site)
        return Likeness(dict(alike.related), alike.map, alike.regions)

    return Forked(run, Likeness, forks=jobs > 1 and len(site.library.papers) > _FEW)


class Likeness(msgspec.Struct, frozen=True):
    """The fields of a Site that `liken` makes."""

    related: dict[str, tuple[Related, ...]]
    map: tuple[Spot, ...]
    regions: tuple[Region, ...]


class Rendered(msgspec.Struct, frozen=True):
    written: list[Written]
    diagnostics: list[Diagnostic]


def render_pages(pages: Sequence[Page], renderer: Renderer, stage: Stage, *, jobs: int) -> Rendered:
    """Draw every page into the stage. Each process takes the next batch when it is free; this one takes its share."""
    jobs = jobs if len(pages) > _FEW else 1
    size = max(16, min(256, len(pages) // (8 * jobs)))
    counter = Counter()

    def run() -> Rendered:
        done = Rendered([], [])
        while (start := counter.take() * size) < len(pages):
            for page in pages[start : start + size]:
                outcome = renderer.render(page)
                done.diagnostics.extend(outcome.diagnostics)
                done.written.extend(map(stage.write, outcome.value))
        return done

    others = [Forked(run, Rendered, forks=True) for _ in range(jobs - 1)]
    try:
        shares = [run(), *(other.result() for other in others)]
    finally:
        for other in others:
            other.stop()
    return Rendered(
        [file for share in shares for file in share.written],
        [problem for share in shares for problem in share.diagnostics],
    )
