"""What search costs and how well it ranks. `make bench-search`, or `make bench-search ARGS="--large"` for 87,000 papers, too.

Four tables: time and memory of the index beside lunr.py's own; bytes of a first two-word query, code included; time to
answer in Chromium, network apart; and ranking. Bytes are those a host would send: gzip for what is not compressed.

Known items: 500 papers sampled with a fixed seed, three random words of the title (four letters or more, no stop words),
once with one random edit, once with the last word cut to half. Cranfield: 225 questions with graded judgements. The
numbers in rank.js and engine.js were found with the first sample; the second, of another seed, was drawn when they
stood. Cranfield has no second sample: there the last two figures are its halves.
"""

from __future__ import annotations

import argparse
import gzip
import json
import lzma
import math
import os
import platform
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
from collections.abc import Sequence
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, ClassVar

from lunr.stop_word_filter import WORDS

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("SITEGEN_SHARED", ROOT.parent / "shared"))
PAPERS = SHARED / "corpora" / "papers-10k.jsonl.xz"
CRANFIELD = SHARED / "corpora" / "cranfield"
SEED = 20261121


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--large", action="store_true", help="87,000 papers, too: some minutes more")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--no-lunr", action="store_true", help="leave lunr.py's own index out")
    options = parser.parse_args()
    with lzma.open(PAPERS, "rt", encoding="utf-8") as file:
        papers = [json.loads(line) for line in file]
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors\n")
    sizes = [1_000, 10_000, *([87_000] if options.large else [])]
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
        www = Path(folder)
        _build_table(www, sizes, options.runs, lunr=not options.no_lunr)
        _index(www / "cranfield", [{"title": title, "abstract": text} for title, text in cranfield()[0]])
        (www / "js").symlink_to(ROOT / "templates/assets/js/search")
        (www / "page.html").write_text("<!doctype html><title>Search</title>")
        with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, directory=www)) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            _in_chromium(f"http://127.0.0.1:{server.server_port}/", papers, sizes)
            server.shutdown()


# ---- queries


def known_items(papers: Sequence[dict[str, Any]], seed: int = SEED, count: int = 500) -> list[dict[str, Any]]:
    """Queries of which one paper is the answer: { at, plain, typo, prefix }."""
    chance = random.Random(seed)
    items = []
    for at in chance.sample(range(len(papers)), len(papers)):
        words = list(
            dict.fromkeys(w for w in re.findall(r"[a-z]{4,}", papers[at]["title"].lower()) if w not in WORDS)
        )
        if len(words) < 3:
            continue
        plain = chance.sample(words, 3)
        slip = list(plain)
        chosen = chance.randrange(3)
        slip[chosen] = _edited(slip[chosen], chance)
        unfinished = [*plain[:2], plain[2][: max(3, len(plain[2]) // 2)]]
        items.append(
            {"at": at, "plain": " ".join(plain), "typo": " ".join(slip), "prefix": " ".join(unfinished)}
        )
        if len(items) == count:
            break
    return items


def _edited(word: str, chance: random.Random) -> str:
    at, letter = chance.randrange(len(word)), chance.choice("abcdefghijklmnopqrstuvwxyz")
    swap = min(at, len(word) - 2)
    return chance.choice(
        [
            word[:at] + word[at + 1 :],
            word[:at] + letter + word[at:],
            word[:at] + (letter if letter != word[at] else "x") + word[at + 1 :],
            word[:swap] + word[swap + 1] + word[swap] + word[swap + 2 :],
        ]
    )


def cranfield() -> tuple[list[tuple[str, str]], list[str], list[dict[int, int]]]:
    """(title, text) of the documents; questions; for each the gains of documents: 5 - code, those without one apart."""
    documents = []
    for part in _parts((CRANFIELD / "cran.all.1400").read_text(), r"^\.I \d+\n"):
        fields = dict(re.findall(r"^\.([TABW])\n(.*?)(?=^\.[TABW]\n|\Z)", part, re.MULTILINE | re.DOTALL))
        title, text = (" ".join(fields.get(key, "").split()) for key in "TW")
        documents.append((title, text.removeprefix(title).strip()))
    questions = [
        " ".join(part.split()) for part in _parts((CRANFIELD / "cran.qry").read_text(), r"^\.I \d+\n\.W\n")
    ]
    gains: list[dict[int, int]] = [{} for _ in questions]
    for line in (CRANFIELD / "cranqrel").read_text().splitlines():
        question, document, code = map(int, line.split())
        if code > 0:
            gains[question - 1][document - 1] = 5 - code
    return documents, questions, gains


def _parts(text: str, beginning: str) -> list[str]:
    return re.split(beginning, text, flags=re.MULTILINE)[1:]


# ---- building

_BUILD = """
import gc, json, resource, sys, time
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from tests.bench.search import a_site, lunr_index, some_papers
what, folder, papers = sys.argv[2], Path(sys.argv[3]), some_papers(int(sys.argv[4]))
site = a_site(papers)
gc.freeze(); gc.disable()
start, cpu = time.perf_counter(), time.process_time()
files = size = 0
if what == "lunr":
    size = lunr_index(papers)
else:
    from sitegen.search import build
    for output in build(site):
        path = folder / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.data)
        files, size = files + 1, size + len(output.data)
print(json.dumps({"wall": time.perf_counter() - start, "cpu": time.process_time() - cpu, "files": files, "bytes": size,
                  "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024}))
"""


def some_papers(count: int) -> list[dict[str, Any]]:
    """The papers of the file; beyond them, again with disturbed titles."""
    with lzma.open(PAPERS, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    papers = []
    for number in range(count):
        row, times = rows[number % len(rows)], number // len(rows)
        if times:
            first, *rest = row["title"].split()
            row = row | {"title": " ".join([*rest, first, f"part {'ivxlcdm'[times % 7]}{times}"])}
        papers.append(row)
    return papers


def a_site(rows: Sequence[dict[str, Any]]) -> Any:
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


def lunr_index(rows: Sequence[dict[str, Any]]) -> int:
    """lunr.py's own index of titles, abstracts and authors: bytes of its JSON."""
    import lunr

    documents = [
        {"id": str(number), "title": row["title"], "abstract": row["abstract"], "authors": ", ".join(row.get("authors", ()))}
        for number, row in enumerate(rows)
    ]  # fmt: skip
    index = lunr.lunr(ref="id", fields=["title", "abstract", "authors"], documents=documents)
    return len(json.dumps(index.serialize()))


def _index(folder: Path, rows: Sequence[dict[str, Any]]) -> None:
    from sitegen.search import build

    for output in build(a_site(rows)):
        path = folder / output.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(output.data)


def _build_table(www: Path, sizes: Sequence[int], runs: int, *, lunr: bool) -> None:
    print(f"Building the index, medians of {runs} runs\n")
    print(f"  {'':<22}{'wall s':>8}{'CPU s':>8}{'peak MB':>9}{'files':>8}{'MB':>8}")
    for size in sizes:
        ours = [_built("sitegen", www / str(size), size) for _ in range(runs)]
        _row(f"{size:,} papers", ours)
        if lunr and size <= 10_000:
            _row("  lunr.py", [_built("lunr", www, size)])
    print()


def _built(what: str, folder: Path, size: int) -> dict[str, float]:
    command = [sys.executable, "-c", _BUILD, str(ROOT), what, str(folder), str(size)]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    figures: dict[str, float] = json.loads(done.stdout)
    return figures


def _row(name: str, runs: Sequence[dict[str, float]]) -> None:
    wall, cpu, peak, files, size = (
        statistics.median(run[key] for run in runs) for key in ("wall", "cpu", "peak", "files", "bytes")
    )
    print(f"  {name:<22}{wall:>8.2f}{cpu:>8.2f}{peak / 1e6:>9.0f}{files:>8,.0f}{size / 1e6:>8.1f}")


# ---- asking


class _Host(SimpleHTTPRequestHandler):
    """Counts what a host would send."""

    extensions_map: ClassVar = {
        ".js": "text/javascript",
        ".html": "text/html",
        "": "application/octet-stream",
    }
    sent: ClassVar[list[int]] = []

    def send_head(self) -> Any:
        path = Path(self.translate_path(self.path))
        if path.is_file() and path.suffix != ".html":
            data = path.read_bytes()
            self.sent.append(len(data) if path.suffix == ".bin" else len(gzip.compress(data)))
        return super().send_head()

    def log_message(self, *_: object) -> None:
        """The tables are what is said."""


_ASK = """async ([base, queries, options]) => {
    const { openSearch } = await import("/js/engine.js");
    const search = await openSearch(base);
    const answers = [];
    for (const query of queries) {
        if (options.warm) await search.search(query, options);  // then nothing is fetched any more
        const start = performance.now();
        const { hits } = await search.search(query, options);
        answers.push({ time: performance.now() - start, docs: hits.map((hit) => hit.card.id.split("-")[0]) });
    }
    return answers;
}"""
_FIRST = """async ([base, query]) => {
    const { openSearch } = await import("/js/client.js");
    const search = await openSearch(base);
    await search.search(query, { abstracts: false });
    search.close();
}"""


def _in_chromium(address: str, papers: Sequence[dict[str, Any]], sizes: Sequence[int]) -> None:
    from playwright.sync_api import sync_playwright

    flags = (
        "--no-sandbox --disable-gpu --disable-background-networking --disable-component-update --disable-sync"
    )
    items = known_items(papers)
    two_words = [" ".join(item["plain"].split()[:2]) for item in items[:40]]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=flags.split())

        def ask(name: str, queries: Sequence[str], **options: Any) -> list[dict[str, Any]]:
            tab = browser.new_page()
            tab.goto(address + "page.html")
            answers = tab.evaluate(_ASK, [f"{address}{name}/search/", list(queries), options])
            tab.close()
            return list(answers)

        print(f"Asking, Chromium {browser.version}\n")
        print(
            f"  {'':<16}{'first two words, ten results: KB':>34}{'files':>7}{'answer ms p50':>15}{'p95':>6}"
        )
        for size in sizes:
            spent = [_first_query(browser, address, size, query) for query in two_words]
            times = sorted(
                each["time"] for each in ask(str(size), [item["plain"] for item in items[:150]], warm=True)
            )
            print(
                f"  {f'{size:,} papers':<16}{statistics.median(sum(s) for s in spent) / 1e3:>34.1f}"
                f"{statistics.median(len(s) for s in spent):>7.0f}{times[len(times) // 2]:>15.1f}"
                f"{times[len(times) * 95 // 100]:>6.1f}"
            )
        print(f"\nRanking, nDCG@10 (known items at {len(papers):,} papers)\n")
        for name, exact in (("sitegen", False), ("lunr alone", True)):
            _ranking(name, ask, (items, known_items(papers, SEED + 1)), exact=exact)
        browser.close()


def _first_query(browser: Any, address: str, size: int, query: str) -> list[int]:
    _Host.sent.clear()
    context = browser.new_context()  # an empty cache
    tab = context.new_page()
    tab.goto(address + "page.html")
    tab.evaluate(_FIRST, [f"{address}{size}/search/", query])
    context.close()
    return list(_Host.sent)


def _ranking(name: str, ask: Any, samples: Sequence[Sequence[dict[str, Any]]], *, exact: bool) -> None:
    for kind in ("plain", "typo", "prefix"):
        figures = []
        for items in samples:
            answers = ask("10000", [i[kind] for i in items], exact=exact, asYouType=kind == "prefix")
            figures.append(
                statistics.mean(
                    _dcg([float(doc == str(item["at"])) for doc in answer["docs"]])
                    for item, answer in zip(items, answers, strict=True)
                )
            )
        print(f"  {name:<12}{kind:<12}{figures[0]:.4f}, another sample {figures[1]:.4f}")
    _, questions, judged = cranfield()
    scores = []
    for answer, gain in zip(ask("cranfield", questions, exact=exact), judged, strict=True):
        ideal = _dcg(sorted(gain.values(), reverse=True)[:10])
        scores.append(_dcg([gain.get(int(doc), 0) for doc in answer["docs"]]) / ideal if ideal else 0)
    halves = " ".join(f"{statistics.mean(half):.4f}" for half in (scores[::2], scores[1::2]))
    print(f"  {name:<12}{'Cranfield':<12}{statistics.mean(scores):.4f}, halves {halves}")


def _dcg(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 2) for rank, gain in enumerate(gains))


if __name__ == "__main__":
    main()
