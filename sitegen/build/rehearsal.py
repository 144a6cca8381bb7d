"""What a build would have to make before it shows anything, made when nothing else is to be done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sitegen import memo
from sitegen.build.clock import Clock, without_collector
from sitegen.build.drawing import drawing_of
from sitegen.build.inputs import read_inputs
from sitegen.build.loading import load_inputs
from sitegen.build.recalled import Recalled
from sitegen.build.report import stops

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from sitegen.build.kept import Kept
    from sitegen.build.report import Options


def rehearse(project: Path, options: Options, kept: Kept, first: Sequence[str]) -> None:
    """Have in `kept` what the next build takes to show pages at the paths `first`; nothing is said, written or published."""
    from sitegen.build.first import papers_at, show_first
    from sitegen.build.likeness import Likening
    from sitegen.plan import Known, plan_some

    project, clock = project.resolve(), Clock(None)
    with without_collector():
        shelf = memo.Shelf(project, options.output_in(project), reads_only=True)
        inputs = read_inputs(project, options, clock, shelf, kept)
        loaded = load_inputs(inputs, clock, kept, shelf)
        site = loaded.site
        if site is None:
            return
        views = kept.last("views", (), Known)
        recalled = Recalled(kept, shelf)
        views.next(recalled.of)
        texts, assets, _, citations, renderer, said = drawing_of(inputs, site.library.settings, kept)
        if stops([*loaded.diagnostics, *said], options):
            return
        citations.next(site.library.papers)
        renderer.begin()
        if site.library.settings.related and papers_at(first):
            known = Likening(site, recalled, jobs=1).known
            site = known.of(site) if known else site
        show_first(plan_some(site, texts, first, views), assets, renderer, lambda _: None)
