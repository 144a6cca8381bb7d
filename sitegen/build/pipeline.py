"""The pipeline, in order."""

from __future__ import annotations

import os
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from sitegen import memo, write
from sitegen.build.clock import Clock, Progress, without_collector
from sitegen.build.collisions import collisions, origins
from sitegen.build.drawing import drawing_of
from sitegen.build.inputs import Inputs, read_inputs
from sitegen.build.kept import Kept
from sitegen.build.loading import load_inputs
from sitegen.build.memory import Memory, stands
from sitegen.build.outages import outages
from sitegen.build.processes import EndedError
from sitegen.build.recalled import Recalled
from sitegen.build.report import Options, Report, stops
from sitegen.diagnostics import Diagnostic, Span, error, has_errors, in_reading_order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sitegen.build.ahead import Ahead
    from sitegen.build.likeness import Likening
    from sitegen.build.memory import File
    from sitegen.build.searching import Patching
    from sitegen.model.page import Output


_MANY = 10_000  # files of an output: content of fewer is read long before another process has compiled the templates


def build(
    project: Path,
    options: Options,
    progress: Progress | None = None,
    *,
    kept: Kept | None = None,
    first: Sequence[str] = (),
    shown: Callable[[Output], None] | None = None,
) -> Report:
    """Read the project, and publish its site unless an error stands in the way.

    `kept` is what this process remembers of earlier builds of the project. Pages at the paths `first`, which somebody
    is looking at, are given to `shown` as soon as they are drawn, long before the site is published: what is published
    then differs from them only by what papers have in common.
    """
    project = project.resolve()
    output = options.output_in(project)
    clock = Clock(progress)
    kept = kept or Kept()
    if options.clean:
        kept.forget()
    with without_collector():
        refusals = write.refuse(project, output, force=options.force)
        if refusals:
            return Report(published=False, diagnostics=refusals)
        try:
            with write.locked(output), ExitStack() as ending:
                write.heal(output)
                return _build(
                    project, output, options, clock, kept=kept, first=first, shown=shown, ending=ending
                )
        except (write.PublishError, EndedError) as problem:
            where = Span(Path(os.path.relpath(output, project)).as_posix())
            return Report(published=False, diagnostics=(error("cannot-publish", str(problem), where),))
        except OSError as problem:
            return Report(published=False, diagnostics=(_disk_problem(project, problem),))


def _build(
    project: Path,
    output: Path,
    options: Options,
    clock: Clock,
    *,
    kept: Kept,
    first: Sequence[str],
    shown: Callable[[Output], None] | None,
    ending: ExitStack,
) -> Report:
    shelf = memo.Shelf(project, output, clean=options.clean)
    inputs = read_inputs(project, options, clock, shelf, kept)
    with clock("memory"):
        told = [
            inputs.unread,
            options.output,
            sorted(options.overrides.items()),
            [dump.source for dump in inputs.dumps],
        ]
        program = memo.program()
        key = memo.key_of((*inputs.files, *inputs.templates, *inputs.static), told, program)
        known = kept.last("memory", shelf.look("build"), lambda: shelf.recall("build", b"", Memory))
        # What reading had to say is in no file: then the whole build says it again.
        # And what stands in the way is found again, as far as a clean build comes.
        if (
            known is not None
            and known.key == key
            and not inputs.diagnostics
            and not stops(known.report.diagnostics, options)
            and stands(known, output)
        ):
            kept.loaded = None  # it may be of an edit that was taken back
            return _nothing_changed(known.report, inputs, clock)

    jobs = options.jobs or _processors()
    ahead: Ahead | None = None
    # A process that has built already knows the code, and is large: to make another of it costs more than it brings.
    new = kept.latest("renderer") is None
    last = known if known and known.program == program else None  # what another program made is made anew
    if new and jobs > 1 and inputs.settings is not None and last and len(last.files) > _MANY:
        from sitegen.build.ahead import Ahead

        with clock("theme"):
            settings = inputs.settings
            ahead = Ahead(
                output,
                lambda: drawing_of(inputs, settings, kept).renderer,
                last.drawn,
                shelf,
                last.files,
            )
            ending.callback(ahead.stop)

    loaded = kept.loaded = load_inputs(inputs, clock, kept, shelf)
    shrunk: list[Diagnostic] = []
    if known is not None and not options.allow_shrink:
        shrunk = list(outages(known.records, loaded.records))
    problems = [*loaded.diagnostics, *shrunk]
    report = Report(published=False, diagnostics=(), sources=loaded.sources, inputs=loaded.inputs)
    if loaded.site is None or stops(problems, options):
        return _finished(report, problems, clock)

    # Imported here: `info`, `check` and a build that has nothing to do need none of it.
    from sitegen.build.first import papers_at, show_first
    from sitegen.build.keys import Keys
    from sitegen.build.likeness import Likening
    from sitegen.build.memory import Reuse
    from sitegen.build.rendering import render
    from sitegen.build.searching import Searching
    from sitegen.build.tables import Tables
    from sitegen.build.theme import published_files
    from sitegen.plan import Known, plan, plan_alike, plan_some, search_fingerprint

    site = loaded.site
    views = kept.last("views", (), Known)
    recalled = Recalled(kept, shelf)
    views.next(recalled.of)
    with clock("theme"):
        texts, assets, look, citations, renderer, said = drawing_of(inputs, site.library.settings, kept)
        problems += said
        renderer.begin()
    if first and shown is not None and not stops(problems, options):
        with clock("first"):
            before, papers = kept.latest("likeness"), papers_at(first)
            near = before.near(site, papers) if before and papers else site
            show_first(plan_some(near, texts, first, views), assets, renderer, shown)
    citations.next(site.library.papers)  # who waits for the first pages does not wait for this
    content = {file.path: file.digest for file in inputs.files}
    likeness: Likening | None = None
    if site.library.settings.related:
        with clock("liken"):
            likeness = Likening(site, recalled, jobs=jobs)
            ending.callback(likeness.stop)
        if likeness.known is not None:
            site, likeness = likeness.known.of(site), None
    with clock("plan"):
        pages = [*published_files(inputs, assets), *plan(site, texts, views)]
        problems += collisions(pages, origins(inputs, site))
    with clock("templates"):
        keys = Keys(*look)
        # What templates had to say is said again by compiling them; that they had nothing to say is remembered.
        if shelf.recall("templates", keys.all, bool) is None:
            broken = renderer.compile_all()
            problems += broken
            if not broken:
                shelf.remember("templates", keys.all, value=True)
    if stops(problems, options):
        return _finished(report, problems, clock)
    with clock("reuse"):
        looks = ahead.taken(renderer) if ahead else None
        published = last.files if last else {}
        stage = write.Stage(output, ours=write.read_manifest(output), known=published, looks=looks)
        ending.callback(stage.discard)
    reuse = Reuse(last, keys, stage, content)
    tables = Tables(output, recalled, reuse.published)
    drawn = []
    if likeness is not None:
        with clock("reuse"):
            pages = reuse.due(page for page in pages if not page.alike)
        with clock("render"):
            drawn.append(render(pages, renderer, stage, tables, jobs=max(1, jobs - 1)))
            renderer.forget()  # pages of papers show no cards
        with clock("liken"):
            site = likeness.result().of(site)
        with clock("plan"):
            pages = list(plan_alike(site, texts, views))
    with clock("reuse"):
        pages = reuse.due(pages)
        index: Searching | None = None
        if site.library.settings.search:
            fingerprint, of_papers = search_fingerprint(site, texts, views)
            if not reuse.keep_index(fingerprint):
                patching = ahead if ahead and looks else _here(output, shelf, reuse.published)
                index = Searching(site, of_papers, shelf, reuse.published, patching)
    with clock("render"):
        drawn.append(render(pages, renderer, stage, tables, jobs=jobs, index=index))
    clock.tell_apart("search", drawn[-1].index, within="render")
    problems += [problem for each in drawn for problem in each.diagnostics]
    written = [*reuse.kept, *(file for each in drawn for file in each.written)]
    if not options.allow_shrink and not has_errors(problems):
        problems += write.would_shrink(project, output, [file.path for file in written])
    with clock("publish"):
        carried = stage.carry_over(written, force=options.force)
        problems += carried.diagnostics
        if stops(problems, options):
            return _finished(report, problems, clock)
        done = stage.publish(carried.value)
        problems += done.diagnostics

    report = msgspec.structs.replace(
        report,
        published=True,
        papers=len(site.library.papers),
        pages=sum(path.endswith(".html") for path in (file.path for file in written)),
        written=len(done.written),
        unchanged=done.unchanged,
        removed=len(done.removed),
        bytes=done.bytes,
        changed=(*done.written, *done.removed),
        reasons=reuse.reasons_for(done.written, done.removed),
    )
    report = _finished(report, problems, clock)
    # What a person's file displaced is not there, and may be wanted at any moment: nothing to rely on.
    if not carried.diagnostics:
        made = reuse.remembered(done, carried.value, (url for each in drawn for url in each.told))
        lasting = _without_bulk(report, but=[*shrunk, *done.diagnostics])  # which are news once
        tables.remember({path: table for each in drawn for path, table in each.tables.items()})
        memory = Memory(
            program, key, lasting, dict(loaded.records), made, keys.templates, content, reuse.templates
        )
        shelf.remember("build", b"", memory)
        kept.put("memory", shelf.look("build"), memory)
    return report


def _here(output: Path, shelf: memo.Shelf, published: Mapping[str, File]) -> Patching:
    from sitegen.build.patcher import Here

    return Here(output, shelf, published)


def _without_bulk(report: Report, *, but: Sequence[Diagnostic]) -> Report:
    diagnostics = tuple(each for each in report.diagnostics if each not in but)
    return msgspec.structs.replace(
        report, diagnostics=diagnostics, sources={}, changed=(), inputs=(), reasons={}
    )


def _nothing_changed(before: Report, inputs: Inputs, clock: Clock) -> Report:
    return msgspec.structs.replace(
        before,
        written=0,
        removed=0,
        unchanged=before.written + before.unchanged,
        stages=clock.costs,
        sources={file.path: file for file in (*inputs.files, *inputs.templates)},
        inputs=inputs.watched,
    )


def _finished(report: Report, problems: Iterable[Diagnostic], clock: Clock) -> Report:
    return msgspec.structs.replace(report, diagnostics=in_reading_order(problems), stages=clock.costs)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _disk_problem(project: Path, problem: OSError) -> Diagnostic:
    # The file's name is a number where it was open already.
    named = problem.filename and not isinstance(problem.filename, int)
    path = Path(os.path.relpath(os.fsdecode(problem.filename), project)).as_posix() if named else "."
    return error(
        "cannot-write",
        f"{problem.strerror or problem}",
        Span(path),
        "the site that was there before is untouched",
    )
