"""What it costs to take some papers out of a listing that is larger than memory should be: `python tests/bench/large.py`.

A listing in the shape of arXiv's metadata snapshot is made, `--mb` large (300), plain and as gz, xz, bz2 and zip; one record in
thirty is of the category that the source's `where:` asks for. Figures are of one process each: seconds of the processor, bytes of
text per second, and the most memory that the process had at once, beyond what it had before it began to read.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import json
import lzma
import random
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path

RUN = """
import sys, time
from pathlib import Path
from sitegen.model.source import DumpSource, Wanted
from sitegen.parse.dump import parse_dump
from sitegen.read import read_dumps
import sitegen.read.streams
def peak():
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM:")) / 1024
before, start = peak(), time.process_time()
wanted = Wanted(**eval(sys.argv[2]))
project = Path(sys.argv[1]).parent
[dump] = read_dumps(project, [DumpSource(Path(sys.argv[1]).name, wanted=wanted)], near=project).value
read = time.process_time() - start
records = len(parse_dump(dump.file, dump.source).value.records)
print(f"{records} {read} {time.process_time() - start} {peak() - before}")
"""
SIEVES = ({"categories": ("cs.cl",)}, {"words": ("entanglement",)}, {"years": (2024, 2024)})
PACKED = {".gz": gzip.open, ".bz2": bz2.open, ".xz": lzma.open}


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mb", type=int, default=300)
    parser.add_argument("--packed", action="store_true", help="also as gz, bz2, xz and zip")
    options = parser.parse_args()
    print(f"{options.mb} MB, lines as in arXiv's snapshot")
    print(f"  {'file':<16}{'wanted':<34}{'records':>9}{'read s':>8}{'all s':>8}{'MB/s':>7}{'peak MB':>9}")
    with tempfile.TemporaryDirectory(prefix="sitegen-bench-") as folder:
        plain = Path(folder, "arxiv.json")
        _listing(plain, options.mb)
        for wanted in SIEVES:
            _row(plain, wanted, options.mb)
        for path in _packed(plain) if options.packed else ():
            _row(path, SIEVES[0], options.mb)
            path.unlink()


def _row(path: Path, wanted: dict, mb: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", RUN, str(path), repr(wanted)], capture_output=True, text=True, check=True
    )
    records, read, whole, peak = map(float, done.stdout.split())
    print(
        f"  {path.name:<16}{wanted!s:<34}{records:>9,.0f}{read:>8.2f}{whole:>8.2f}{mb / whole:>7.0f}{peak:>9.0f}",
        flush=True,
    )


def _listing(path: Path, mb: int) -> None:
    chance = random.Random(5)
    words = [f"word{n}" for n in range(3000)] + ["entanglement"]
    others = ["hep-th", "math.CO", "astro-ph", "cs.LG", "quant-ph", "cond-mat.mes-hall"]
    with path.open("w", encoding="utf-8") as file:
        number = 0
        while file.tell() < mb * 1_000_000:
            for _ in range(500):
                number += 1
                year = 2007 + number % 18
                text = " ".join(chance.choices(words, k=130))
                paper = {
                    "id": f"{year % 100:02}{1 + number % 12:02}.{number % 100000:05}",
                    "submitter": "A. Person", "authors": "A. Person, B. Person and C. Person",
                    "title": " ".join(chance.choices(words, k=9)), "comments": "12 pages,\n  3 figures",
                    "journal-ref": None, "doi": None, "report-no": None,
                    "categories": f"{'cs.CL' if number % 30 == 0 else others[number % 6]} math.ST",
                    "license": None, "abstract": f"  {text}\n",
                    "versions": [{"version": "v1", "created": f"Mon, 2 Apr {year} 19:18:42 GMT"}],
                    "update_date": f"{year}-05-01",
                    "authors_parsed": [["Person", "A.", ""], ["Person", "B.", ""], ["Person", "C.", ""]],
                }  # fmt: skip
                file.write(json.dumps(paper) + "\n")


def _packed(plain: Path) -> list[Path]:
    made = []
    for ending, opened in PACKED.items():
        path = plain.with_name(plain.name + ending)
        extra = {"preset": 1} if ending == ".xz" else {"compresslevel": 1}
        with plain.open("rb") as source, opened(path, "wb", **extra) as target:
            while chunk := source.read(1 << 20):
                target.write(chunk)
        made.append(path)
    path = plain.with_name(plain.name + ".zip")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.write(plain, plain.name)
    return [*made, path]


if __name__ == "__main__":
    main()
