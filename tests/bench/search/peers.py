"""Engines that people use instead: installed by npm, by their names, into a folder that git ignores."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.bench.search.corpora import ROOT

if TYPE_CHECKING:
    from collections.abc import Sequence

PEERS = ("minisearch", "flexsearch", "pagefind")
_FOLDER = ROOT / ".sitegen" / "bench-peers"
MODULES = _FOLDER / "node_modules"
_BUILDER = Path(__file__).with_name("engines") / "build.mjs"


def install() -> str:
    """Installs the peers where they are not yet; a sentence why not, or nothing."""
    npm = shutil.which("npm")
    if npm is None:
        return "There is no npm here, so MiniSearch, FlexSearch and Pagefind are left out."
    if all((MODULES / name).is_dir() for name in PEERS):
        return ""
    _FOLDER.mkdir(parents=True, exist_ok=True)
    command = [
        npm,
        "install",
        "--no-audit",
        "--no-fund",
        "--no-package-lock",
        "--prefix",
        str(_FOLDER),
        *PEERS,
    ]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    last = done.stderr.strip().splitlines()[-1:]
    return (
        f"npm could not install MiniSearch, FlexSearch and Pagefind: {' '.join(last)}"
        if done.returncode
        else ""
    )


def version(name: str) -> str:
    """As its package says."""
    return str(json.loads((MODULES / name / "package.json").read_text("utf-8"))["version"])


def build(name: str, folder: Path, rows: Sequence[dict[str, Any]]) -> dict[str, float]:
    """The peer's index over titles, abstracts and authors, in `folder`, and what it took."""
    documents = folder.with_suffix(".json")
    documents.parent.mkdir(parents=True, exist_ok=True)
    documents.write_text(
        json.dumps(
            [
                {
                    "id": str(number),
                    "title": row["title"],
                    "abstract": row["abstract"],
                    "authors": ", ".join(row.get("authors", ())),
                }
                for number, row in enumerate(rows)
            ]
        )
    )
    command = ["/usr/bin/env", "node", str(_BUILDER), name, str(MODULES), str(documents), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        figures: dict[str, float] = json.loads(process.stdout.read())
        _, _, used = os.wait4(process.pid, 0)
        process.returncode = 0
    # With all processes that it started; of their memory, that of the largest.
    return figures | {"cpu": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss * 1024}
