"""One engine's index of so many papers, made in a process of its own: `python building.py ENGINE FOLDER PAPERS [watched]`."""

from __future__ import annotations

import gc
import importlib
import json
import multiprocessing
import os
import resource
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Row = dict[str, Any]


def main() -> None:
    """Prints seconds, and how many files of how many bytes; watched, bytes at the peak instead: to look at memory takes time."""
    from tests.bench.search.corpora import some_papers

    engine, folder, papers = sys.argv[1], Path(sys.argv[2]), some_papers(int(sys.argv[3]))
    site = a_site(papers) if engine == "sitegen" else None
    if site:
        papers.clear()  # a site has all that it needs
    # No engine's time is that of loading it.
    for module in ("sitegen.search.indexing", "sitegen.build.processes") if site else ("lunr",):
        importlib.import_module(module)
    gc.freeze()
    gc.disable()

    def make() -> list[int]:
        if site is None:
            return [lunr_index(papers)]
        write_index(site, folder)
        return []

    if sys.argv[4:] == ["watched"]:
        with _memory() as watched:
            make()
        print(json.dumps({"peak": watched[0]}))
        return
    start, cpu = time.perf_counter(), _cpu()
    sizes = make()
    wall = time.perf_counter() - start
    for other in multiprocessing.active_children():  # what one took is known once it has ended
        other.join()
    figures = {"wall": wall, "cpu": _cpu() - cpu}
    sizes += [file.stat().st_size for file in folder.rglob("*") if file.is_file()]
    print(json.dumps(figures | {"files": len(sizes), "bytes": sum(sizes)}))


def _cpu() -> float:
    used = [resource.getrusage(whose) for whose in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@contextmanager
def _memory() -> Iterator[list[float]]:
    """[The most bytes that this process and those that it started had at once].

    What they share is counted once. Where the system does not tell, the most of this process alone.
    """
    most, done = [0.0], threading.Event()

    def watch() -> None:
        while not done.wait(0.05):
            with suppress(OSError):
                most[0] = max(most[0], sum(map(_proportional, _family())))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield most
    finally:
        done.set()
        watcher.join()
        if not most[0]:
            most[0] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _family() -> list[str]:
    own = f"/proc/{os.getpid()}"
    return [
        own,
        *(f"/proc/{child}" for child in Path(own, f"task/{os.getpid()}/children").read_text().split()),
    ]


def _proportional(process: str) -> int:
    lines = Path(process, "smaps_rollup").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def write_index(site: Any, folder: Path) -> None:
    """Our own index as files."""
    from sitegen.build.processes import Forked
    from sitegen.search.indexing import build

    class Files:
        def stands(self, path: str, digest: bytes) -> bool:
            return False

        def put(self, output: Any) -> None:
            path = folder / output.path
            try:
                path.write_bytes(output.data)
            except FileNotFoundError:  # the first one in its folder
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(output.data)

        def told(self) -> bytes:
            return b""

    files = Files()
    for output in build(site, apart=lambda run, kind: Forked(run, kind, forks=True).result, elsewhere=Files):
        files.put(output)


def a_site(rows: Sequence[Row]) -> Any:
    from sitegen.model.library import Library
    from sitegen.model.paper import Paper
    from sitegen.model.record import PartialDate
    from sitegen.model.settings import Settings
    from sitegen.model.site import Site
    from sitegen.text.slug import slug

    papers = tuple(
        Paper(
            id=f"{number}-{slug(row['title'])}"[:80],
            title=row["title"],
            abstract=row["abstract"],
            authors=tuple(row.get("authors", ())),
            date=PartialDate(row["year"]) if row.get("year") else None,
            venue=row.get("venue", ""),
        )
        for number, row in enumerate(rows)
    )
    library = Library(settings=Settings(title="Bench"), papers=papers, lists=(), tags={}, pages=())
    empty: dict[Any, Any] = {}
    return Site(
        library=library, by_tag=empty, by_year=empty, undated=(), newest=papers, children=empty,
        related_tags=empty, appearances=empty,
        since={paper.id: paper.date.iso if paper.date else "" for paper in papers},
    )  # fmt: skip


def lunr_index(rows: Sequence[Row]) -> int:
    """lunr.py's own index of titles, abstracts and authors: bytes of its JSON."""
    import lunr

    documents = [
        {"id": str(number), "title": row["title"], "abstract": row["abstract"], "authors": ", ".join(row.get("authors", ()))}
        for number, row in enumerate(rows)
    ]  # fmt: skip
    index = lunr.lunr(ref="id", fields=["title", "abstract", "authors"], documents=documents)
    return len(json.dumps(index.serialize()))


if __name__ == "__main__":
    main()
