"""Pages become files, in as many processes as there are processors."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import msgspec

from sitegen import write
from sitegen.diagnostics import Diagnostic
from sitegen.search import build as build_search

if TYPE_CHECKING:
    from collections.abc import Callable

    from sitegen.model.page import Page
    from sitegen.model.site import Site
    from sitegen.render import Renderer


def render_pages(
    pages: list[Page], site: Site, renderer: Renderer, stage: write.Stage, *, jobs: int
) -> tuple[list[write.Written], tuple[Diagnostic, ...]]:
    """Render every page into the stage, in `jobs` processes that each take the next batch when they are free."""

    def run(batch: range | None) -> _Batch:
        written: list[write.Written] = []
        said: list[Diagnostic] = []
        if batch is None:
            written += [stage.write(output) for output in build_search(site)]
        for number in batch or ():
            outcome = renderer.render(pages[number])
            said += outcome.diagnostics
            written += [stage.write(output) for output in outcome.value]
        return _Batch(tuple(written), tuple(said))

    # The longest task goes first: the index is one, and keeps a process busy as long as thousands of pages do.
    size = max(16, min(256, len(pages) // (8 * jobs)))
    batches: list[range | None] = [None] if site.library.settings.search else []
    batches += [range(at, min(at + size, len(pages))) for at in range(0, len(pages), size)]
    worth_it = jobs > 1 and hasattr(os, "fork") and len(pages) > 400
    done = _in_processes(batches, run, jobs) if worth_it else [run(batch) for batch in batches]
    return [file for batch in done for file in batch.written], tuple(
        problem for batch in done for problem in batch.diagnostics
    )


class _Batch(msgspec.Struct, frozen=True):
    written: tuple[write.Written, ...]
    diagnostics: tuple[Diagnostic, ...]


def _in_processes(
    batches: list[range | None], run: Callable[[range | None], _Batch], jobs: int
) -> list[_Batch]:
    """Forked processes see the pages without copying them; only what they wrote comes back, by pipe."""
    import multiprocessing

    context = multiprocessing.get_context("fork")
    counter = context.Value("q", 0)

    def take() -> int:
        with counter.get_lock():
            number = int(counter.value)
            counter.value = number + 1
        return number

    def work(pipe: Any) -> None:
        mine = []
        try:
            while (number := take()) < len(batches):
                mine.append((number, run(batches[number])))
            pipe.send_bytes(msgspec.msgpack.encode(mine))
        except OSError as problem:
            pipe.send_bytes(
                msgspec.msgpack.encode(
                    [problem.errno or 0, problem.strerror or str(problem), str(problem.filename or "")]
                )
            )
        pipe.close()

    helpers = []
    for _ in range(jobs - 1):
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=work, args=(theirs,))
        process.start()
        theirs.close()
        helpers.append((process, ours))
    done: dict[int, _Batch] = {}
    try:
        while (number := take()) < len(batches):
            done[number] = run(batches[number])
        for process, pipe in helpers:
            done.update(_received(pipe))
            process.join()
    finally:
        for process, _ in helpers:
            if process.is_alive():
                process.terminate()
                process.join()
    return [done[number] for number in range(len(batches))]


def _received(pipe: Any) -> dict[int, _Batch]:
    try:
        data = pipe.recv_bytes()
    except EOFError:
        raise RuntimeError("a process that was rendering pages ended; what it said stands above") from None
    first = msgspec.msgpack.decode(data)
    if first and isinstance(first[0], int):
        raise OSError(*first)
    return dict(msgspec.msgpack.decode(data, type=list[tuple[int, _Batch]]))
