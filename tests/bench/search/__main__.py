"""What search costs and how well it ranks, in one table: `make bench-search`.

`ARGS="--large"` adds 87,000 papers; `ARGS="--peers"` adds MiniSearch, FlexSearch and Pagefind, installed by npm into a
folder that git ignores; with both, lunr.py and Pagefind have 87,000 papers, too.

Time and memory of the index; bytes of a first two-word query, code included, as a host would send them: gzip for what
is not compressed; time to answer in Chromium, network apart, when nothing has to be fetched any more; and nDCG@10.

Known items: 500 papers, three random words of each title (four letters or more, no stop words), once with one random
edit, once with the last word cut to half. Our figures are means of ten samples, others' of the first; the numbers in
rank.js and engine.js were found with others. Cranfield: 225 questions with graded judgements, and its two halves.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[3]))

from tests.bench.search import peers
from tests.bench.search.asking import Chromium, chromium, graded_quality, known_item_quality
from tests.bench.search.building import a_site, write_index
from tests.bench.search.corpora import ROOT, cranfield, known_items, some_papers

_SIZE, _LARGE = 10_000, 87_000
_SEEDS = (404, 505, 606, 707, 808, 909, 1111, 1212, 1313, 1414)
_COLUMNS = (
    *(
        ("wall s", "{:.2f}"),
        ("CPU s", "{:.2f}"),
        ("peak MB", "{:.0f}"),
        ("files", "{:,.0f}"),
        ("MB", "{:.1f}"),
    ),
    *(("first KB", "{:.1f}"), ("p50 ms", "{:.1f}"), ("p95 ms", "{:.1f}")),
    *(("plain", "{:.4f}"), ("typo", "{:.4f}"), ("prefix", "{:.4f}")),
    *(("Cranfield", "{:.4f}"), ("odd half", "{:.4f}"), ("even half", "{:.4f}")),
)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--large", action="store_true", help="87,000 papers, too: some minutes more")
    parser.add_argument("--peers", action="store_true", help="MiniSearch, FlexSearch and Pagefind, too")
    parser.add_argument(
        "--runs", type=int, default=3, help="builds of our index, of which the median is shown"
    )
    parser.add_argument(
        "--samples", type=int, default=len(_SEEDS), help="of known items, ten at most: half a minute each"
    )
    parser.add_argument("--no-lunr", action="store_true", help="leave lunr.py out: its index takes long")
    options = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors")
    lacking = peers.install() if options.peers else ""
    others = peers.PEERS if options.peers and not lacking else ()
    if lacking:
        print(lacking)
    papers = some_papers(_SIZE)
    documents = [{"title": title, "abstract": text} for title, text in cranfield()[0]]
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
        www = Path(folder)
        rows = {"sitegen": _built(www / "sitegen", _SIZE, options.runs)}
        write_index(a_site(documents), www / "sitegen-cranfield")
        if not options.no_lunr:
            rows["lunr"] = _built(www / "lunr", _SIZE, 1)
        for peer in others:
            rows[peer] = peers.build(peer, www / peer, papers)
            peers.build(peer, www / f"{peer}-cranfield", documents)
        if options.large:
            rows["sitegen-large"] = _built(www / "sitegen-large", _LARGE, 1)
            if others:
                rows["pagefind-large"] = peers.build("pagefind", www / "pagefind-large", some_papers(_LARGE))
            if others and not options.no_lunr:
                rows["lunr-large"] = _built(www / "lunr-large", _LARGE, 1)
        samples = [known_items(papers, seed) for seed in _SEEDS[: options.samples]]
        with chromium(www, peers.MODULES) as browser:
            print(
                f"Chromium {browser.version}; {len(papers):,} papers; known items: ours of {len(samples)} samples, others' of the first\n"
            )
            _header()
            for name, figures in rows.items():
                engine, _, large = name.partition("-")
                if large:
                    cost = {} if engine == "lunr" else _cost(browser, engine, name, samples[0])
                    _row(f"{engine}, {_LARGE:,}", figures | cost)
                elif name == "lunr":  # its ranking is ours with exact=1: equal results, equal scores
                    _row("lunr.py", figures | _ranking(browser, "sitegen", samples[:1], exact=True))
                else:
                    cost = _cost(browser, name, name, samples[0])
                    version = f" {peers.version(name)}" if name in others else ""
                    asked = samples if name == "sitegen" else samples[:1]
                    _row(name + version, figures | cost | _ranking(browser, name, asked))


def _built(folder: Path, size: int, runs: int) -> dict[str, float]:
    """What our index, or lunr.py's own, of so many papers takes."""
    engine = folder.name.partition("-")[0]
    command = [sys.executable, "-m", "tests.bench.search.building", engine, str(folder), str(size)]
    figures = [_printed(command) for _ in range(runs)]
    middle = {key: statistics.median(each[key] for each in figures) for key in figures[0]}
    return middle | _printed([*command, "watched"])


def _printed(command: list[str]) -> dict[str, float]:
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, cwd=ROOT)
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def _cost(browser: Chromium, engine: str, folder: str, items: list[dict[str, Any]]) -> dict[str, float]:
    two_words = [" ".join(item["plain"].split()[:2]) for item in items[:40]]
    times = browser.milliseconds(engine, folder, [item["plain"] for item in items[:150]])
    return {
        "first KB": statistics.median(browser.first_query(engine, folder, each) for each in two_words) / 1e3,
        "p50 ms": times[len(times) // 2],
        "p95 ms": times[len(times) * 95 // 100],
    }


def _ranking(
    browser: Chromium, engine: str, samples: list[list[dict[str, Any]]], *, exact: bool = False
) -> dict[str, float]:
    _, questions, gains = cranfield()
    figures = {
        kind: statistics.mean(
            known_item_quality(
                items,
                browser.ask(
                    engine, engine, [each[kind] for each in items], exact=exact, asYouType=kind == "prefix"
                ),
            )
            for items in samples
        )
        for kind in ("plain", "typo", "prefix")
    }
    graded = graded_quality(gains, browser.ask(engine, f"{engine}-cranfield", questions, exact=exact))
    halves = {"odd half": statistics.mean(graded[::2]), "even half": statistics.mean(graded[1::2])}
    return figures | {"Cranfield": statistics.mean(graded)} | halves


def _header() -> None:
    print(f"{'':<20}" + "".join(f"{name:>10}" for name, _ in _COLUMNS))


def _row(name: str, figures: dict[str, float]) -> None:
    figures = figures | {"wall s": figures["wall"], "CPU s": figures["cpu"], "MB": figures["bytes"] / 1e6}
    figures["peak MB"] = figures["peak"] / 1e6
    cells = (form.format(figures[key]) if key in figures else "–" for key, form in _COLUMNS)
    print(f"{name:<20}" + "".join(f"{cell:>10}" for cell in cells), flush=True)


if __name__ == "__main__":
    main()
