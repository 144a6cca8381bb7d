"""What a full build costs, stage by stage. `make bench`, or `make bench ARGS="--papers FILE.jsonl.xz --sizes 1000 87000"`.

Beyond the papers of the file, papers are repeated with their titles disturbed; `--settings "related: false"` changes the project.
Every figure is the median of the runs. Stages of several processes go on at the same time: their seconds on the wall do not add up,
those of the processors do. Memory is sampled every 20 ms over all processes of the build, shared pages counted once (Linux: PSS),
and told process by process where the first run had most of it; per stage it is the largest process.
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
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

import papers

BUILD = """
import sys, json, msgspec
from pathlib import Path
from sitegen.build import Options, build
report = build(Path(sys.argv[1]), Options(clean=sys.argv[2] == "clean", jobs=int(sys.argv[3])))
assert report.published, [d.message for d in report.diagnostics if d.severity == "error"]
print(json.dumps({"stages": msgspec.to_builtins(report.stages), "bytes": report.bytes,
                  "papers": report.papers, "written": report.written}))
"""


def main() -> None:
    options = _options()
    papers.compile_program()
    print(
        f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} processors, {_libraries()}"
    )
    print(f"{options.papers.name}, medians of {options.runs} runs, {options.jobs or 'all'} processes\n")
    for size in options.sizes:
        with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
            project = Path(folder)
            papers.project(project, size, options.papers, options.settings)
            clean = [_measured(project, "clean", options.jobs) for _ in range(options.runs)]
            again = [_measured(project, "again", options.jobs) for _ in range(options.runs)]
            _table(f"{size:,} papers, full build", clean)
            print(
                f"  nothing changed: {_median(again, 'wall'):.2f} s wall, {_median(again, 'cpu'):.2f} s CPU\n"
            )
    helps = [_timed([sys.executable, "-m", "sitegen", "--help"]) for _ in range(9)]
    print(f"sitegen --help: {statistics.median(helps) * 1000:.0f} ms")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--papers", type=Path, default=papers.PAPERS)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=0)
    parser.add_argument("--settings", default="", help="lines of YAML for the project's settings")
    return parser.parse_args()


def _measured(project: Path, mode: str, jobs: int) -> dict:
    start = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", BUILD, str(project), mode, str(jobs)], stdout=subprocess.PIPE
    )
    most: list[int] = []
    while process.poll() is None:
        most = max(most, _memory(process.pid), key=sum)
        time.sleep(0.02)
    wall = time.perf_counter() - start
    said, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"the build failed ({process.returncode})")
    figures = json.loads(said)
    figures["files"] = sum(path.is_file() for path in (project / "site").rglob("*"))
    figures |= {
        "wall": wall,
        "peak": sum(most),
        "split": most,
        "cpu": sum(stage["cpu"] for stage in figures["stages"].values()),
    }
    return figures


def _memory(pid: int) -> list[int]:
    """Bytes of a process and of its children, one by one. Shared pages are split among those who share them."""
    found = []
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        found += [int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:")]
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            found += _memory(int(child))
    except OSError:  # it has ended
        return found
    return found


def _table(title: str, runs: list[dict]) -> None:
    print(f"{title}: {_median(runs, 'files'):,.0f} files, {_median(runs, 'bytes') / 1e6:.1f} MB")
    print(f"  {'stage':<10}{'wall s':>9}{'CPU s':>9}{'largest process MB':>21}")
    for stage in runs[0]["stages"]:
        at = [run["stages"][stage] for run in runs]
        print(
            f"  {stage:<10}{_median(at, 'wall'):>9.2f}{_median(at, 'cpu'):>9.2f}{_median(at, 'peak') / 1e6:>21.0f}"
        )
    whole = f"  {'whole':<10}{_median(runs, 'wall'):>9.2f}{_median(runs, 'cpu'):>9.2f}"
    split = " + ".join(f"{size / 1e6:.0f}" for size in runs[0]["split"])
    print(f"{whole}{_median(runs, 'peak') / 1e6:>21.0f}  (all processes: {split})")


def _median(runs: list[dict], figure: str) -> float:
    return statistics.median(run[figure] for run in runs)


def _timed(command: list[str]) -> float:
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def _libraries() -> str:
    from importlib.metadata import PackageNotFoundError, version

    found = []
    for name in ("jinja2", "lunr", "msgspec", "numpy"):
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            found.append(f"no {name}")
    return ", ".join(found)


if __name__ == "__main__":
    main()
