"""One engine's index of so many papers, made in a process of its own: `python building.py ENGINE FOLDER PAPERS`."""

from __future__ import annotations

import gc
import json
import resource
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

Row = dict[str, Any]


def main() -> None:
    """Prints seconds, bytes at the peak, and how many files of how many bytes."""
    from tests.bench.search.corpora import some_papers

    engine, folder, papers = sys.argv[1], Path(sys.argv[2]), some_papers(int(sys.argv[3]))
    site = a_site(papers) if engine == "sitegen" else None
    gc.freeze()
    gc.disable()
    start, cpu = time.perf_counter(), time.process_time()
    files, size = write_index(site, folder) if site else (1, lunr_index(papers))
    figures = {
        "wall": time.perf_counter() - start,
        "cpu": time.process_time() - cpu,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
        "files": files,
        "bytes": size,
    }
    print(json.dumps(figures))


def write_index(site: Any, folder: Path) -> tuple[int, int]:
    """Our own index: its files and their bytes."""
    from sitegen.search import build

    files = size = 0
    for output in build(site):
        path = folder / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.data)
        files, size = files + 1, size + len(output.data)
    return files, size


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
